"""Keys with which a program acts in one person's post."""
