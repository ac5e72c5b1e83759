"""One page into raw facts: the place of each fact in the markup, as strings. lxml, without Scrapy.

``document`` decodes and parses, ``refusals`` recognises challenges and the not-found page, ``layouts`` holds one
generation of markup a file, ``article`` the facts that every layout offers, ``listing`` indexes and link boxes,
``multipage`` joins the pages of one story.
"""
