"""The phone: one shell per place, filled by a small client of the API."""
