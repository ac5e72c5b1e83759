"""The verdict of a run, and alarms about pages that show less than before; pure functions."""
