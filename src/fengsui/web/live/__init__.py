"""Server-sent events: what is told to a post appears on its screens at once."""
