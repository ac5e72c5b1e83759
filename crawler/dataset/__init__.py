"""The store as files that others can load: the same store gives the same bytes.

``formats`` says which ending is written by whom: ``lines`` (JSON Lines), ``table`` (CSV), ``parquet``; ``aside`` gives
a file its name when it is whole.
"""
