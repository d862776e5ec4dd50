"""Server-rendered pages by audience: desk (officers), field (phone), portal (public and premises)."""
