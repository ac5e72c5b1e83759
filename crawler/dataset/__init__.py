"""Exports and releases: the store as files that others can load. The same store gives the same bytes.

``formats`` maps endings to writers: ``lines`` (JSON Lines), ``table`` (CSV), ``parquet``. ``aside`` writes a file under
a temporary name and renames it when it is whole. ``edition`` says what a file with or without texts holds. ``bundle``
writes a release: ``monthly`` its data, ``card``, ``citation``, ``croissant`` and ``ro_crate`` what describes it.
``verify`` and ``recompute`` check one. ``report`` draws one page.
"""
