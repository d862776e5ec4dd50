"""Administrative divisions: national 12-digit codes, a prefix is a subtree."""
