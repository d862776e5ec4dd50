"""The double-random draw, `hash-rank-1`: pure rules, its files, and the bundle anybody can verify."""
