"""Grids, the workers who walk them, and the households at risk inside them."""
