"""Whether a run and its pages are as they should be: pure."""
