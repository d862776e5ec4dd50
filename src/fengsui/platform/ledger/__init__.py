"""One row per action, sealed into an RFC 9162 tree with signed heads."""
