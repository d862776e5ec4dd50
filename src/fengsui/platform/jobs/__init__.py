"""Long work: progress, checkpoint, cancel, resume."""
