"""What is known of Kompas.com: addresses, layouts, cleaning, and how a page becomes an article. Needs no Scrapy."""
