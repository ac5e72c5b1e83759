"""One response into raw facts: where on a page each thing stands, as strings. lxml, no scrapy.

``document`` decodes and parses, ``blocks`` tells pages that are no articles, ``layouts`` holds one
generation of markup a file, ``article`` the facts every layout offers, ``listing`` indexes and link
boxes, ``multipage`` one story out of its pages.
"""
