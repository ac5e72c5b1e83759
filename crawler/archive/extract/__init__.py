"""Archived bytes into records, without Scrapy: shared by `-a archive=`, `scrapy reextract` and `scrapy explain`.

``captures`` turns one archived response into the value that the parser takes, ``story`` reads all captures of a story,
``archive`` all stories of an archive over several processes, ``again`` stored articles and failures with a newer
parser; ``trace`` shows where each field of a page was found.
"""
