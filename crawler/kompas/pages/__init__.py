"""One page into raw facts: the place of each fact in the markup, as strings. lxml, without Scrapy.

``document`` decodes and parses, ``json_ld`` reads its scripts, ``printed`` the text of an element, ``refusals``
recognises pages that are no articles, ``layouts`` holds one generation of markup a file, ``article`` the facts that
every layout offers, ``listing`` indexes and link boxes, ``multipage`` one story out of its pages.
"""
