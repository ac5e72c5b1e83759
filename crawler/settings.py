"""The ledger of settings: every line departs from Scrapy 2.19's default, and says the default and why.

Own settings (`KOMPAS_*`) name their reader.
"""

BOT_NAME = "kompas_global"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"  # default "": `crawl` with an honest exit status, `schema`

# Who is asking, and how politely.
KOMPAS_CONTACT = ""  # e-mail or page of the person who runs this; read by middlewares.identity, which names it
ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_USER_AGENT = "kompas_global"  # default None: Scrapy's own USER_AGENT, which is not sent
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: one slow stream
CONCURRENT_REQUESTS = 1  # default 16: the section lives on three hosts, and they are one site
DOWNLOAD_DELAY = 2.0  # seconds, default 0
AUTOTHROTTLE_ENABLED = True  # default False: slower still when the site is slow
AUTOTHROTTLE_START_DELAY = 2.0  # default 5.0
AUTOTHROTTLE_MAX_DELAY = 60.0  # the default, stated because it bounds the backing off
DOWNLOAD_TIMEOUT = 60  # default 180
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024  # default 1 GiB: the largest page seen is 0.3 MB
RETRY_TIMES = 3  # default 2
COOKIES_ENABLED = False  # default True: no session is wanted
REFERRER_POLICY = "no-referrer"  # default: Scrapy's own policy; the site need not know where a link was found
METAREFRESH_ENABLED = False  # default True: a page that reloads itself is not a new page

# Safe defaults.
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
REMOTE_CONTROL_ENABLED = False  # default True: a local port that runs any code
TELNETCONSOLE_ENABLED = False  # default True
FEED_EXPORT_ENCODING = "utf-8"  # default None: escapes every non-ASCII letter

# The way of an item. Numbers leave room; docs of each step stand in its file.
ITEM_PIPELINES = {
    "crawler.pipelines.validate.Validate": 100,
    "crawler.pipelines.drop_known.DropKnown": 200,
    "crawler.pipelines.store.StoreItems": 900,
}
SPIDER_MIDDLEWARES = {"crawler.middlewares.skip_known.SkipKnown": 100}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # default 50: OneSite in its place
    "crawler.middlewares.one_site.OneSite": 50,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,  # default 500: Identity in its place
    "crawler.middlewares.identity.Identity": 500,
    "crawler.middlewares.retry_after.RetryAfter": 560,  # between retry (550) and the network
}
REQUEST_FINGERPRINTER_CLASS = "crawler.fingerprints.StoryFingerprinter"  # default by URL: a story has many
EXTENSIONS = {
    "crawler.extensions.open_store.OpenStore": 10,  # before all that use the store
    "crawler.extensions.unexpected.UnexpectedErrors": 20,
    "crawler.extensions.progress.Progress": 30,
    "crawler.extensions.verdict.Verdict": 40,
}
ADDONS = {"crawler.archive.addon.ArchiveAddon": 0}

# Logs: a person reads INFO; an expected drop is one INFO line.
LOG_LEVEL = "INFO"  # default DEBUG
LOG_FORMATTER = "crawler.log_format.QuietFormatter"  # default dumps whole items
LOGSTATS_INTERVAL = 600.0  # seconds, default 60

# Own settings.
KOMPAS_DB = "data/kompas_global.db"  # SQLite file; read by extensions.open_store
KOMPAS_ARCHIVE = ""  # set by -a archive=; read by archive.addon and middlewares.identity
