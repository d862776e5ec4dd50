"""Permits, appointments, consultation, complaints, ratings, guidance."""
