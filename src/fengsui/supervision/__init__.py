"""Inspections and hazards, later the plan and the draw."""
