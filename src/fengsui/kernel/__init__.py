"""Refusal, lifecycle, rulebook, working days, ids. Standard library, pydantic and PyYAML only."""
