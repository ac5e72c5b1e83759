"""What lives as long as a run: the open store, the progress line, the verdict."""
