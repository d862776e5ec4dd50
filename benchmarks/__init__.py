"""The figures of docs/performance.md: one module a figure, each a ratio against a named baseline."""
