"""Cases, discretion, statutory documents, quality review, training."""
