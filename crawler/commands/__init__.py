"""The commands of this project, one file each, on the common class in `base`. Scrapy names a command after its file."""
