"""What is kept: one file, one act. An article or a failure enters; stored articles leave to Scrapy's feed export."""
