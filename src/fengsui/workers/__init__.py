"""Loops around one-step functions: relay, clock, sealer."""
