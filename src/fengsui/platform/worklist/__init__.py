"""What somebody must do by when: one table for every kind of task."""
