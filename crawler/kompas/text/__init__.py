"""Strings into values, one subject a file: white space, times, datelines, bylines, captions. Pure functions."""
