"""Duties, chain, dual reports, committees, letters, five measures, assessment."""
