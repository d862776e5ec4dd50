"""Uploads: sniffed, hashed, kept as evidence, stripped for the public."""
