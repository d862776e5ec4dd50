"""People, organisations, posts and certificates; signing in."""
