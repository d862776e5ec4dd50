"""The library that templates load as `ui`."""
