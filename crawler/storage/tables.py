"""The tables and views of a store, from which a new one is made.

A change needs a migration in `migrations/versions` for the stores that exist; a test compares the two. A new column
stands at the end of its table, where a migration can add it.
"""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table

from crawler.storage.columns import PLAIN_TEXT, IsoTime

metadata: Final = MetaData()

articles: Final = Table(
    "articles",
    metadata,
    # One row per revision. The columns are the fields of `items.Article`; nested fields are JSON.
    Column("id", PLAIN_TEXT, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("url", PLAIN_TEXT, nullable=False),
    Column("title", PLAIN_TEXT, nullable=False),
    Column("section", PLAIN_TEXT),
    Column("kind", PLAIN_TEXT, nullable=False),
    Column("summary", PLAIN_TEXT),
    Column("published_at", IsoTime, nullable=False),
    Column("published_utc", IsoTime, nullable=False),  # `published_at` in UTC, which sorts as text
    Column("modified_at", IsoTime),
    Column("date_evidence", JSON, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("editors", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("dateline", PLAIN_TEXT),
    Column("body", JSON, nullable=False),
    Column("text", PLAIN_TEXT, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("declared_word_count", Integer),
    Column("pages", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("images", JSON, nullable=False),
    Column("embeds", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("related", JSON, nullable=False),
    Column("latest", JSON, nullable=False),
    Column("layout", PLAIN_TEXT, nullable=False),
    Column("discovery", JSON, nullable=False),
    Column("fetched_at", IsoTime, nullable=False),
    Column("content_hash", PLAIN_TEXT, nullable=False),
    Column("near_duplicate_of", PLAIN_TEXT),
    Column("provenance", JSON, nullable=False),
    # since 0006; a migrated store has them at the end, too
    Column("claim", PLAIN_TEXT),
    Column("claim_verdict", PLAIN_TEXT),
    Column("agencies", JSON, nullable=False, server_default="[]"),
    Column("dateline_country", PLAIN_TEXT),
    Column("countries", JSON, nullable=False, server_default="[]"),
    Column("unaccounted", Integer, nullable=False, server_default="0"),
    Column("incomplete_because", PLAIN_TEXT),  # since 0008
    Index("articles_published_utc", "published_utc"),
)

VIEWS: Final = (
    "create view latest_articles as select a.* from articles a where a.revision = "
    "(select max(b.revision) from articles b where b.id = a.id)",
    "create view first_articles as select * from articles where revision = 1",
    "create view stories as select substr(a.published_at, 1, 10) as date, a.title, a.agencies as agency, "
    "a.countries as country, a.dateline, a.tags, a.word_count as words, a.url as link, a.kind, a.section, a.id "
    "from articles a where a.revision = (select max(b.revision) from articles b where b.id = a.id)",
)
"""Statements that make the views. PostgreSQL keeps the columns that `articles` has then."""

shingle_keys: Final = Table(
    "shingle_keys",
    metadata,
    # Index of near-duplicates: stories with nearly the same body share a key (`dedupe.likeness`).
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", PLAIN_TEXT, primary_key=True),
    Index("shingle_keys_article_id", "article_id"),
    sqlite_with_rowid=False,
)

near_duplicates: Final = Table(
    "near_duplicates",
    metadata,
    # Pairs of stories whose latest bodies are nearly the same; `one` is the smaller id.
    Column("one", PLAIN_TEXT, primary_key=True),
    Column("other", PLAIN_TEXT, primary_key=True),
    Column("similarity", Float, nullable=False),  # share of common word shingles, 0 to 1
    Index("near_duplicates_other", "other"),
)

failures: Final = Table(
    "failures",
    metadata,
    # One row per URL that could not be fetched or read, until its story is stored.
    Column("url", PLAIN_TEXT, primary_key=True),
    Column("article_id", PLAIN_TEXT),
    Column("reason", PLAIN_TEXT, nullable=False),
    Column("detail", PLAIN_TEXT, nullable=False),
    Column("via", PLAIN_TEXT),
    Column("first_failed_at", IsoTime, nullable=False),
    Column("failed_at", IsoTime, nullable=False),
    Column("times", Integer, nullable=False),  # failed visits in a row
    Column("status", Integer),  # HTTP status of the last response; null when there was none
    Column("attempts", Integer, nullable=False, server_default="1"),  # requests, retries included
    Column("gone", Boolean, nullable=False, server_default="0"),  # missing on the site: not requested again
    Column("answer", JSON(none_as_null=True)),  # `items.WarcPlace` of the last response; null when none was archived
    Index("failures_article_id", "article_id"),
)

index_days: Final = Table(
    "index_days",
    metadata,
    # The ledger: one row per index day and kanal that was requested.
    Column("site", PLAIN_TEXT, primary_key=True),
    Column("day", PLAIN_TEXT, primary_key=True),  # YYYY-MM-DD, WIB
    Column("asked_at", IsoTime, nullable=False),  # last request of its first page
    Column("read_at", IsoTime),  # last time a page of it was read
    Column("walked_at", IsoTime),  # last time all of its pages were read
    Column("pages", Integer),  # number of pages, as the page read last says
    Column("pages_read", Integer),  # number of the page read last
)

listed: Final = Table(
    "listed",
    metadata,
    # The ledger: every entry that an index day listed.
    Column("site", PLAIN_TEXT, primary_key=True),
    Column("day", PLAIN_TEXT, primary_key=True),
    Column("entry", PLAIN_TEXT, primary_key=True),  # article id; the URL of a page that is no article
    Column("article_id", PLAIN_TEXT),
    Column("url", PLAIN_TEXT, nullable=False),
    Column("title", PLAIN_TEXT, nullable=False),
    Column("section", PLAIN_TEXT),
    Column("position", Integer, nullable=False),  # 1 = newest, counted over all pages of the day
    Column("from_url", PLAIN_TEXT, nullable=False),  # index page that lists it
    Column("excluded", PLAIN_TEXT),  # why it is not wanted: `other_section`, `not_an_article`
    Column("first_seen_at", IsoTime, nullable=False),
    Column("last_seen_at", IsoTime, nullable=False),
    Column("retitled_at", IsoTime),  # last time the index showed a new headline
    Index("listed_article_id", "article_id"),
    Index("listed_last_seen_at", "last_seen_at"),
)

sightings: Final = Table(
    "sightings",
    metadata,
    # The ledger: stories of these kanals that other pages link to.
    Column("article_id", PLAIN_TEXT, primary_key=True),
    Column("via", PLAIN_TEXT, primary_key=True),  # latest, older, related, section, undated, sitemap
    Column("url", PLAIN_TEXT, nullable=False),
    Column("title", PLAIN_TEXT),
    Column("section", PLAIN_TEXT),
    Column("from_url", PLAIN_TEXT, nullable=False),  # page that linked to it last
    Column("first_seen_at", IsoTime, nullable=False),
    Column("last_seen_at", IsoTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("followed_at", IsoTime),  # last time the crawl followed the link; null: never
    Column("depth", Integer),  # number of links from an index or section page to it, when it was followed
    Index("sightings_followed_at", "followed_at"),
)

exclusions: Final = Table(
    "exclusions",
    metadata,
    # Stories whose own page says that they belong to another kanal.
    Column("article_id", PLAIN_TEXT, primary_key=True),
    Column("url", PLAIN_TEXT, nullable=False),
    Column("reason", PLAIN_TEXT, nullable=False),
    Column("detail", PLAIN_TEXT, nullable=False),
    Column("excluded_at", IsoTime, nullable=False),
)

visits: Final = Table(
    "visits",
    metadata,
    # Last fetch of a stored story, with the validators for a conditional request.
    Column("article_id", PLAIN_TEXT, primary_key=True),
    Column("visited_at", IsoTime, nullable=False),
    Column("url", PLAIN_TEXT),  # URL to which the validators belong
    Column("etag", PLAIN_TEXT),
    Column("last_modified", PLAIN_TEXT),
)

runs: Final = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("job", PLAIN_TEXT, nullable=False),  # arguments; runs of one job continue each other until one finishes
    Column("job_started_at", IsoTime, nullable=False),
    Column("started_at", IsoTime, nullable=False),
    Column("ended_at", IsoTime),
    Column("finish_reason", PLAIN_TEXT),  # `errors.FinishReason`; `killed` when a later run found it without an end
    Column("healthy", Boolean),
    Column("summary", PLAIN_TEXT),
    Column("reasons", JSON(none_as_null=True)),  # why it was not healthy, one sentence each
    Column("counts", JSON(none_as_null=True)),  # statistics of the run
    Column("readings", JSON(none_as_null=True)),  # layout -> how many articles had which fact (see `health`)
    Column("host", PLAIN_TEXT, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("version", PLAIN_TEXT, nullable=False),
    Column("parser_version", PLAIN_TEXT, nullable=False),
    Column("settings", JSON(none_as_null=True)),  # since 0009: those that decide what is requested, and how often
)

robots: Final = Table(
    "robots",
    metadata,
    # robots.txt of each host in each run.
    Column("run_id", Integer, primary_key=True),
    Column("host", PLAIN_TEXT, primary_key=True),
    Column("fetched_at", IsoTime, nullable=False),
    Column("status", Integer),  # null when there was no response
    Column("sha256", PLAIN_TEXT, nullable=False),
)

robots_texts: Final = Table(
    "robots_texts",
    metadata,
    Column("sha256", PLAIN_TEXT, primary_key=True),
    Column("text", PLAIN_TEXT, nullable=False),
)

suspects: Final = Table(
    "suspects",
    metadata,
    # Since 0007: stories that carry what no story had before (see `health.watch`), and revisions that were held back.
    Column("article_id", PLAIN_TEXT, primary_key=True),
    Column("what", PLAIN_TEXT, primary_key=True),  # `has/<markup>`, `text/<fact>`, `line/<line>`, `storm`
    Column("layout", PLAIN_TEXT, nullable=False),
    Column("printed", PLAIN_TEXT, nullable=False),  # the line as printed, or the name
    Column("first_seen_at", IsoTime, nullable=False),  # when this story was marked
    Column("seen_at", IsoTime, nullable=False),  # last reading of the story that showed it
    Column("accepted", Boolean, nullable=False, server_default="0"),  # a person says that it is the story's
    Column("held", JSON(none_as_null=True)),  # list of `items.WarcPlace`: capture that was not stored as a revision
)
