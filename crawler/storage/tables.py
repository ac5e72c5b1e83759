"""Tables. A change here needs a migration in ``migrations/versions``; a test compares the two."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table

from crawler.storage.columns import IsoTime, PlainText

WRITES: Final = "kompas_writes"
"""Execution option of a connection whose transaction will write."""

metadata: Final = MetaData()

articles: Final = Table(
    "articles",
    metadata,
    # One row a revision; the columns are the fields of `items.Article`, nested ones as JSON.
    Column("id", PlainText, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("url", PlainText, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("section", PlainText),
    Column("kind", PlainText, nullable=False),
    Column("summary", PlainText),
    Column("published_at", IsoTime, nullable=False),
    Column("published_utc", IsoTime, nullable=False),  # the same moment, in an order that text can be sorted by
    Column("modified_at", IsoTime),
    Column("date_evidence", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("editors", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("dateline", PlainText),
    Column("body", JSON, nullable=False),
    Column("text", PlainText, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("declared_word_count", Integer),
    Column("pages", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("images", JSON, nullable=False),
    Column("embeds", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("latest", JSON, nullable=False),
    Column("layout", PlainText, nullable=False),
    Column("discovery", JSON, nullable=False),
    Column("fetched_at", IsoTime, nullable=False),
    Column("content_hash", PlainText, nullable=False),
    Column("near_duplicate_of", PlainText),
    Column("provenance", JSON, nullable=False),
    Index("articles_published_utc", "published_utc"),
)

SEARCH_ANEW: Final = "insert into articles_fts (articles_fts) values ('rebuild')"
"""Makes the index of the full-text search again: an FTS5 table that migration 0005 keeps in step by triggers."""

shingle_keys: Final = Table(
    "shingle_keys",
    metadata,
    # By which near-duplicates are found: stories with nearly the same body share a key (`dedupe.likeness`).
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", PlainText, primary_key=True),
    Index("shingle_keys_article_id", "article_id"),
    sqlite_with_rowid=False,
)

near_duplicates: Final = Table(
    "near_duplicates",
    metadata,
    # Pairs of stories whose latest bodies are nearly the same; `one` is the lesser id.
    Column("one", PlainText, primary_key=True),
    Column("other", PlainText, primary_key=True),
    Column("similarity", Float, nullable=False),  # share of common shingles
    Index("near_duplicates_other", "other"),
)

failures: Final = Table(
    "failures",
    metadata,
    # One row an address, until the story it names is stored.
    Column("url", PlainText, primary_key=True),
    Column("article_id", PlainText),
    Column("reason", PlainText, nullable=False),
    Column("detail", PlainText, nullable=False),
    Column("via", PlainText),
    Column("status", Integer),  # HTTP status of the last answer; null when none came
    Column("first_failed_at", IsoTime, nullable=False),
    Column("failed_at", IsoTime, nullable=False),
    Column("times", Integer, nullable=False),  # how often it was given up
    Column("attempts", Integer, nullable=False),  # requests made for it, retries included
    Column("answer", JSON(none_as_null=True)),  # `items.WarcPlace` of the last answer; null when none was archived
    Column("gone", Boolean, nullable=False),  # the site said so often enough that it is no longer asked for
    Index("failures_article_id", "article_id"),
)

index_days: Final = Table(
    "index_days",
    metadata,
    # The ledger: a row for every index day that was asked for.
    Column("site", PlainText, primary_key=True),
    Column("day", PlainText, primary_key=True),  # YYYY-MM-DD, WIB
    Column("asked_at", IsoTime, nullable=False),  # last time its first page was asked for
    Column("read_at", IsoTime),  # last page that was read
    Column("walked_at", IsoTime),  # last time that all pages were read to the end
    Column("pages", Integer),  # pages that the index claimed at the last reading
    Column("pages_read", Integer),  # of which the last walk read so many
)

listed: Final = Table(
    "listed",
    metadata,
    # The ledger: every entry that an index day was seen to list.
    Column("site", PlainText, primary_key=True),
    Column("day", PlainText, primary_key=True),
    Column("entry", PlainText, primary_key=True),  # article id; the address of what is no article
    Column("article_id", PlainText),
    Column("url", PlainText, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("section", PlainText),
    Column("position", Integer, nullable=False),  # 1 = newest, over all pages of the day
    Column("from_url", PlainText, nullable=False),  # index page
    Column("excluded", PlainText),  # why it is none of ours
    Column("first_seen_at", IsoTime, nullable=False),
    Column("last_seen_at", IsoTime, nullable=False),
    Column("retitled_at", IsoTime),  # last time that it was listed under another headline than before
    Index("listed_article_id", "article_id"),
    Index("listed_last_seen_at", "last_seen_at"),
)

sightings: Final = Table(
    "sightings",
    metadata,
    # The ledger: stories of this section that other pages link to.
    Column("article_id", PlainText, primary_key=True),
    Column("via", PlainText, primary_key=True),  # latest, older, related, section
    Column("url", PlainText, nullable=False),
    Column("title", PlainText),
    Column("section", PlainText),
    Column("from_url", PlainText, nullable=False),  # where it was seen last
    Column("first_seen_at", IsoTime, nullable=False),
    Column("last_seen_at", IsoTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("followed_at", IsoTime),  # last time that the crawl meant to follow it; null when it never did
    Column("depth", Integer),  # boxes in a row that led to it when it was followed
    Index("sightings_followed_at", "followed_at"),
)

exclusions: Final = Table(
    "exclusions",
    metadata,
    # Stories that were read and are none of ours, by what their own page says.
    Column("article_id", PlainText, primary_key=True),
    Column("url", PlainText, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("detail", PlainText, nullable=False),
    Column("excluded_at", IsoTime, nullable=False),
)

visits: Final = Table(
    "visits",
    metadata,
    # When a stored story was last looked at, and what its server offers to ask whether it changed.
    Column("article_id", PlainText, primary_key=True),
    Column("visited_at", IsoTime, nullable=False),
    Column("url", PlainText),  # address to which the validators belong
    Column("etag", PlainText),
    Column("last_modified", PlainText),
)

runs: Final = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("job", PlainText, nullable=False),  # what was asked for; runs of one job continue each other until one ends
    Column("job_started_at", IsoTime, nullable=False),
    Column("started_at", IsoTime, nullable=False),
    Column("ended_at", IsoTime),
    Column("finish_reason", PlainText),  # Scrapy's; `killed` when a later run found it without an end
    Column("healthy", Boolean),
    Column("summary", PlainText),
    Column("reasons", JSON(none_as_null=True)),  # why it was not healthy, a sentence each
    Column("counts", JSON(none_as_null=True)),  # statistics of the run
    Column("readings", JSON(none_as_null=True)),  # layout -> how many articles showed which fact (see `health`)
    Column("host", PlainText, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("version", PlainText, nullable=False),
    Column("parser_version", PlainText, nullable=False),
)

robots: Final = Table(
    "robots",
    metadata,
    # What each host's robots.txt said at the time of each run.
    Column("run_id", Integer, primary_key=True),
    Column("host", PlainText, primary_key=True),
    Column("fetched_at", IsoTime, nullable=False),
    Column("status", Integer),  # null when no answer came
    Column("sha256", PlainText, nullable=False),
)

robots_texts: Final = Table(
    "robots_texts",
    metadata,
    Column("sha256", PlainText, primary_key=True),
    Column("text", PlainText, nullable=False),
)
