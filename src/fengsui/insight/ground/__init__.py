"""Where premises lie and what is doubtful about their entries: kept counts beside the register."""
