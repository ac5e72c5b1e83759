"""Strings into values, one subject a file: charsets, white space, numbers, times, datelines, bylines, captions."""
