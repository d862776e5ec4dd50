"""REST under /api/v1, drawn from the declarations of records and actions. Same rules as the pages."""
