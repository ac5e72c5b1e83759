"""Near-duplicates: which stories have nearly the same body."""
