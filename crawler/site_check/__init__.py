"""`scrapy check-site`: the walk of `kompas.contact` through the downloader of a crawl.

``spider`` makes the requests, one after the other, with the delay, the User-Agent, the robots.txt rules and the archive
of a crawl. ``bundle`` packs the result for an issue.
"""
