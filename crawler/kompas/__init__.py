"""What is known of Kompas.com: addresses, layouts, cleaning, and how a page becomes an article. Needs no Scrapy."""

PARSER_VERSION = "2"
"""Raised whenever a page would be read differently; every record names the one that read it."""
