"""The ledger of settings: every line departs from Scrapy 2.19's default, and says the default and why.

Own settings (`KOMPAS_*`) name their reader.
"""

BOT_NAME = "kompas_global"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"  # default "": `crawl` with an honest exit status, `schema`

# Who is asking, and how politely.
KOMPAS_CONTACT = ""  # who runs this; read by middlewares.identity, extensions.open_archive, commands.releases
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
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # default "ERROR", which means a fault of this project
COOKIES_ENABLED = False  # default True: no session is wanted
REFERRER_POLICY = "no-referrer"  # default: Scrapy's own policy; the site need not know where a link was found
METAREFRESH_ENABLED = False  # default True: a page that reloads itself is not a new page

# Safe defaults.
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
REMOTE_CONTROL_ENABLED = False  # default True: a local port that runs any code
TELNETCONSOLE_ENABLED = False  # default True
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "crawler.exporters.WholeLines")  # default: written at end
FEED_STORAGES = {"": "crawler.exporters.LineFile", "file": "crawler.exporters.LineFile"}  # default: with a buffer
FEED_EXPORT_ENCODING = "utf-8"  # default None: escapes every non-ASCII letter

# What a run remembers of itself does not grow with its length.
CONCURRENT_ITEMS = 1  # default 100: what an answer says is kept in the order in which it says it
DUPEFILTER_CLASS = "crawler.dupefilters.RecentRequests"  # default remembers every request of the run

# The way of an item. Numbers leave room; docs of each step stand in its file.
ITEM_PIPELINES = {
    "crawler.pipelines.validate.Validate": 100,
    "crawler.pipelines.drop_known.DropKnown": 200,
    "crawler.pipelines.store_items.StoreItems": 900,
}
SPIDER_MIDDLEWARES = {
    "crawler.middlewares.skip_known.SkipKnown": 100,
    "crawler.middlewares.index_days.IndexDays": 200,
    "crawler.middlewares.keep_ledger.KeepLedger": 300,  # nearest to the spider: before the two that ask the ledger
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # default 50: OneSite in its place
    "crawler.middlewares.one_site.OneSite": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # default 100: RobotsTxt in its place
    "crawler.middlewares.robots.RobotsTxt": 100,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,  # default 500: Identity in its place
    "crawler.middlewares.identity.Identity": 500,
    "crawler.middlewares.retry_after.RetryAfter": 560,  # between retry (550) and the network
    "crawler.middlewares.whole_body.WholeBody": 595,  # asks for gzip only; sees bodies before they are unpacked (590)
    "crawler.middlewares.record.Record": 990,  # nearest to the network: before anything is made of an answer
}
REQUEST_FINGERPRINTER_CLASS = "crawler.dupefilters.StoryFingerprinter"  # default by URL: a story has many
EXTENSIONS = {
    "crawler.extensions.open_archive.OpenArchive": 5,  # before a run is begun that could not be recorded
    "crawler.extensions.open_store.OpenStore": 10,  # before all that use the store
    "crawler.extensions.unexpected.UnexpectedErrors": 20,
    "crawler.extensions.brake.Brake": 25,
    "crawler.extensions.last_items.LastItems": 28,
    "crawler.extensions.progress.Progress": 30,
    "crawler.extensions.verdict.Verdict": 40,
}
ADDONS = {
    "crawler.archive.addon.ArchiveAddon": 0,
    "crawler.browser.addon.BrowserAddon": 5,
}

# Logs: a person reads INFO; an expected drop is one INFO line.
LOG_LEVEL = "INFO"  # default DEBUG
LOG_FORMATTER = "crawler.logformatter.QuietFormatter"  # default dumps whole items
LOGSTATS_INTERVAL = 600.0  # seconds, default 60

# Own settings.
KOMPAS_DB = "data/kompas_global.db"  # read by extensions.open_store, commands.coverage
KOMPAS_BACKOFF = 30.0  # seconds after a bare 429 or 503, doubled; read by middlewares.retry_after
KOMPAS_BLOCK_STREAK = 5  # answers 403 or 429 in a row that end the run; read by extensions.brake
KOMPAS_FAILURE_STREAK = 20  # failed requests in a row that end the run; read by extensions.brake
KOMPAS_REVISIT_HOURS = "6,24,72"  # ages at which a story is asked for again; read by middlewares.skip_known
# When a run is not healthy: shares of what was asked for, of all requests, of articles.
KOMPAS_MAX_FAILED_SHARE = 0.0  # failed stories and pages; 0: any; read by extensions.verdict
KOMPAS_MAX_ERROR_SHARE = 0.1  # requests with an error or no answer, retried ones too; read by extensions.verdict
KOMPAS_MAX_REQUESTS_PER_ARTICLE = 10.0  # for each new article; read by extensions.verdict
KOMPAS_MAX_FALL = 0.2  # of the articles that show a fact, against earlier runs; read by extensions.verdict
KOMPAS_MIN_FACT_SHARE = 0.5  # with what every page has, while there are no earlier runs; read by extensions.verdict
KOMPAS_MIN_DAY_SHARE = 0.25  # of the stories that the days around an index day list; read by extensions.verdict
KOMPAS_BASELINE_RUNS = 120  # earlier runs: what stays changed is the usual some weeks later; read by extensions.verdict
KOMPAS_HEARTBEAT = ""  # file into which the last verdict is written; read by extensions.verdict
KOMPAS_WARC_DIR = "data/warc"  # "": off; read by extensions.open_archive, commands.explain, commands.reextract
KOMPAS_WARC_SIZE = 1_000_000_000  # bytes from which on the next file begins; read by extensions.open_archive
KOMPAS_ARCHIVE = ""  # set by -a archive=; read by archive.addon, browser.addon
KOMPAS_REPLAY = ""  # set by -a replay=; read by archive.addon, archive.handler, browser.addon
KOMPAS_WORKERS = 0  # processes that read archives; 0: one for each core; read by executor
KOMPAS_CLUSTER = ""  # address of a Dask scheduler that does this work instead, tcp://HOST:8786; read by executor
KOMPAS_RENDER = "never"  # auto: what only scripts fill, always: every page; read by browser.addon, browser.render
KOMPAS_RENDER_PAGES = 500  # most that a run renders; read by browser.render
KOMPAS_RENDER_TIMEOUT = 30.0  # seconds for a page, scripts included; read by browser.addon, browser.handler
KOMPAS_RENDER_RECYCLE = 50  # pages after which the browser forgets all it keeps of them; read by browser.handler
