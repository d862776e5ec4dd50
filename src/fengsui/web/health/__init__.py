"""For machines that watch: live, ready, metrics; and the authority's certificate for phones."""
