"""The settings of Scrapy that differ from the defaults of 2.19, each with that default and the reason.

The settings of this project (`KOMPAS_*`) are a table in `crawler.own_settings`.
"""

import os

from scrapy.settings import default_settings

from crawler import bounds, own_settings

BOT_NAME = "kompas_global"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.command_line"  # default "": no commands of the project's own

# Who is asking, and how politely.
ROBOTSTXT_OBEY = True  # default False
ROBOTSTXT_USER_AGENT = "kompas_global"  # default None: USER_AGENT, which is not sent
CONCURRENT_REQUESTS_PER_DOMAIN = 1  # default 8: one slow stream
CONCURRENT_REQUESTS = 1  # default 16: the section's three hosts are one site
DOWNLOAD_DELAY = 2.0  # seconds, default 0
AUTOTHROTTLE_ENABLED = True  # default False: slow down when the site is slow
AUTOTHROTTLE_START_DELAY = 2.0  # default 5.0
AUTOTHROTTLE_MAX_DELAY = 60.0  # seconds; the default, stated because it bounds AutoThrottle
DOWNLOAD_TIMEOUT = 60  # default 180
DOWNLOAD_MAXSIZE = bounds.PAGE_BYTES  # default 1 GiB
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "crawler.download_handler.BoundedHandler")  # default: no bound
RETRY_TIMES = 3  # default 2
RETRY_GIVE_UP_LOG_LEVEL = "WARNING"  # default "ERROR", which here means a fault of this project
COOKIES_ENABLED = False  # default True: no session is needed
REFERRER_POLICY = "no-referrer"  # default: Scrapy's own policy, which sends where a link was found
METAREFRESH_ENABLED = False  # default True: a page that reloads itself is not a new page

# Safe defaults.
DOWNLOAD_VERIFY_CERTIFICATES = True  # default False
REMOTE_CONTROL_ENABLED = False  # default True: opens a local port that runs any code
TELNETCONSOLE_ENABLED = False  # default True
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "crawler.exporters.WholeLines")  # default: written at end
FEED_STORAGES = {"": "crawler.exporters.LineFile", "file": "crawler.exporters.LineFile"}  # default: with a buffer
FEED_EXPORT_ENCODING = "utf-8"  # default None: escapes every non-ASCII letter

# Order and memory of a run.
CONCURRENT_ITEMS = 1  # default 100: a fact is stored before the request behind it in a callback is scheduled
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # default remembers all requests of a run; the plan decides

# The order in which components run. The numbers leave room for others.
ITEM_PIPELINES = {"crawler.pipelines.store_items.StoreItems": 900}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # default 50: OneSite in its place
    "crawler.middlewares.one_site.OneSite": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # default 100: RobotsTxt in its place
    "crawler.middlewares.robots.RobotsTxt": 100,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,  # default 500: Identity in its place
    "crawler.middlewares.identity.Identity": 500,
    "crawler.middlewares.retry_after.RetryAfter": 560,  # between Retry (550) and the network
    "crawler.middlewares.whole_body.WholeBody": 595,  # sees bodies before HttpCompression (590) unpacks them
    "crawler.middlewares.redirects.Redirects": 605,  # sees a redirect before Redirect (600) follows it
    "crawler.middlewares.record.Record": 990,  # nearest to the network: records each response as it came
}
_REMOTE_CONTROL = "scrapy.extensions.remote_control.RemoteControl"
# Disabled above, but imported: with its aiohttp a tenth of the start of a crawl. None in EXTENSIONS imports it, too.
EXTENSIONS_BASE = {name: order for name, order in default_settings.EXTENSIONS_BASE.items() if name != _REMOTE_CONTROL}
EXTENSIONS = {
    "crawler.extensions.open_archive.OpenArchive": 5,  # before the run gets its row in the store
    "crawler.extensions.open_store.OpenStore": 10,  # before the components that use the store
    "crawler.extensions.gains_watch.GainsWatch": 12,
    "crawler.extensions.crawl_plan.CrawlPlan": 15,
    "crawler.extensions.unexpected.UnexpectedErrors": 20,
    "crawler.extensions.brake.Brake": 25,
    "crawler.extensions.last_items.LastItems": 28,
    "crawler.extensions.progress.Progress": 30,
    "crawler.extensions.verdict.Verdict": 40,
}
ADDONS = {
    "crawler.archive.addon.ArchiveAddon": 0,
    "crawler.browser.addon.BrowserAddon": 5,
    "crawler.exporters.ArticleFeeds": 10,
}

# Logs: INFO is for people; an expected drop is one INFO line.
LOG_LEVEL = "INFO"  # default DEBUG
LOG_FORMATTER = "crawler.logformatter.QuietFormatter"  # default prints whole items
LOGSTATS_INTERVAL = 600.0  # seconds, default 60

# Settings of this project: from the environment, otherwise their default.
globals().update(own_settings.values(os.environ))
