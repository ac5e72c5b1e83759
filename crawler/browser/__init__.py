"""Render pages that only scripts fill, in Chromium, by scrapy-playwright."""
