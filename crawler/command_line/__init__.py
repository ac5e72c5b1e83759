"""The commands as a user types them, one file each: name, help and options. Scrapy names a command after its file.

Scrapy imports every module of this package at each start, to list the commands. A module here therefore imports at its
top only the base class and what Scrapy has imported already. A method imports what it alone needs, at its beginning:
`execute` the function of `crawler.commands` that does the work, `add_options` the tables of its choices.
"""
