"""REST from the same queries and actions as the pages."""
