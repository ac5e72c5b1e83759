"""kompas_global: the international section of Kompas.com as data that can be checked.

The rooms, and who may import whom, are drawn in ``CONTRIBUTING.md``.
"""

__version__ = "1.0.0"

PARSER_VERSION = "1"
"""Raised whenever a page would be read differently; every record names the one that read it."""
