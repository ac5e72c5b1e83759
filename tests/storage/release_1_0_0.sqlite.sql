-- The schema of a SQLite store of release 1.0.0, as its migrations made it.

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE articles (
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    section TEXT,
    kind TEXT NOT NULL,
    summary TEXT,
    published_at TEXT NOT NULL,
    published_utc TEXT NOT NULL,
    modified_at TEXT,
    date_evidence JSON NOT NULL,
    authors JSON NOT NULL,
    editors JSON NOT NULL,
    sources JSON NOT NULL,
    dateline TEXT,
    body JSON NOT NULL,
    text TEXT NOT NULL,
    word_count INTEGER NOT NULL,
    declared_word_count INTEGER,
    pages INTEGER NOT NULL,
    complete BOOLEAN NOT NULL,
    images JSON NOT NULL,
    embeds JSON NOT NULL,
    tags JSON NOT NULL,
    related JSON NOT NULL,
    latest JSON NOT NULL,
    layout TEXT NOT NULL,
    discovery JSON NOT NULL,
    fetched_at TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    near_duplicate_of TEXT,
    provenance JSON NOT NULL,
    PRIMARY KEY (id, revision)
);

CREATE INDEX articles_published_utc ON articles (published_utc);

CREATE TABLE failures (
    url TEXT NOT NULL,
    article_id TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    via TEXT,
    first_failed_at TEXT NOT NULL,
    failed_at TEXT NOT NULL,
    times INTEGER NOT NULL, status INTEGER, attempts INTEGER DEFAULT '1' NOT NULL, gone BOOLEAN DEFAULT '0' NOT NULL, answer JSON,
    PRIMARY KEY (url)
);

CREATE INDEX failures_article_id ON failures (article_id);

CREATE TABLE index_days (
    site TEXT NOT NULL,
    day TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    read_at TEXT,
    walked_at TEXT,
    pages INTEGER,
    pages_read INTEGER,
    PRIMARY KEY (site, day)
);

CREATE TABLE listed (
    site TEXT NOT NULL,
    day TEXT NOT NULL,
    entry TEXT NOT NULL,
    article_id TEXT,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    section TEXT,
    position INTEGER NOT NULL,
    from_url TEXT NOT NULL,
    excluded TEXT,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    retitled_at TEXT,
    PRIMARY KEY (site, day, entry)
);

CREATE INDEX listed_article_id ON listed (article_id);

CREATE INDEX listed_last_seen_at ON listed (last_seen_at);

CREATE TABLE sightings (
    article_id TEXT NOT NULL,
    via TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    section TEXT,
    from_url TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    followed_at TEXT,
    depth INTEGER,
    PRIMARY KEY (article_id, via)
);

CREATE INDEX sightings_followed_at ON sightings (followed_at);

CREATE TABLE exclusions (
    article_id TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    excluded_at TEXT NOT NULL,
    PRIMARY KEY (article_id)
);

CREATE TABLE visits (
    article_id TEXT NOT NULL,
    visited_at TEXT NOT NULL,
    url TEXT,
    etag TEXT,
    last_modified TEXT,
    PRIMARY KEY (article_id)
);

CREATE TABLE runs (
    id INTEGER NOT NULL,
    job TEXT NOT NULL,
    job_started_at TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    finish_reason TEXT,
    healthy BOOLEAN,
    summary TEXT,
    reasons JSON,
    counts JSON,
    readings JSON,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    version TEXT NOT NULL,
    parser_version TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE robots (
    run_id INTEGER NOT NULL,
    host TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run_id, host)
);

CREATE TABLE robots_texts (
    sha256 TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (sha256)
);

CREATE VIEW latest_articles as select a.* from articles a where a.revision = (select max(b.revision) from articles b where b.id = a.id);

CREATE VIEW first_articles as select * from articles where revision = 1;

CREATE TABLE shingle_keys (
    "key" BIGINT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY ("key", article_id)
)
 WITHOUT ROWID;

CREATE INDEX shingle_keys_article_id ON shingle_keys (article_id);

CREATE TABLE near_duplicates (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    similarity FLOAT NOT NULL,
    PRIMARY KEY (one, other)
);

CREATE INDEX near_duplicates_other ON near_duplicates (other);

CREATE VIRTUAL TABLE articles_fts using fts5 (title, text, content='articles', tokenize="unicode61 remove_diacritics 2");

CREATE TRIGGER articles_fts_insert after insert on articles begin insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text); end;

CREATE TRIGGER articles_fts_delete after delete on articles begin insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text); end;

CREATE TRIGGER articles_fts_update after update of title, text on articles begin insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text); insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text); end;

insert into alembic_version values ('0005');
