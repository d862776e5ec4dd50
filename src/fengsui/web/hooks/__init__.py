"""Doors for machines of others that call us."""
