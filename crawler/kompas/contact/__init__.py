"""A first contact with the site: what this project assumes of it, held against a dozen answers.

``assumptions`` is the table, ``findings`` what the answers say of each, ``walk`` what is requested and in which order,
``listing_checks`` and ``article_checks`` hold one answer against the assumptions. Needs no Scrapy: an address goes out,
an answer comes in.
"""
