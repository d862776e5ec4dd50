"""Numbered, typeset documents whose data is fixed when they are issued."""
