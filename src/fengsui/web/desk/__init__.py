"""Pages of officers and of premises' own account."""
