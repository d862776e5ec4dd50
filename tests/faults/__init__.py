"""What happens when processes race, die and come back: on real databases, with real processes."""
