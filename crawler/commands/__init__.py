"""The words after `scrapy`: `crawl` (Scrapy's own, with an honest ending) and `schema`."""
