"""What the commands do that need more than a few lines."""
