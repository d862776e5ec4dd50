"""How many records of a kind there are by region, kept while they change: no page counts a big table."""
