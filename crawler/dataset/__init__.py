"""Exports and releases: the store as files that others can load. The same store gives the same bytes.

``formats`` maps endings to writers: ``lines`` (JSON Lines), ``table`` (CSV), ``parquet``. ``aside`` writes a file under
a temporary name and renames it when it is whole. ``bundle`` writes a release, ``verify`` checks one, ``report`` draws
one page.
"""
