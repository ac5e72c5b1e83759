"""Archived bytes into records, without Scrapy: what `-a archive=`, `scrapy reextract` and `scrapy explain` share.

``captures`` reads one archived answer, ``story`` puts the captures of a story together, ``archive`` finds and reads all
stories of an archive over several processes.
"""
