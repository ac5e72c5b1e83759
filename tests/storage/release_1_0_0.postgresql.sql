-- The schema of a PostgreSQL store of release 1.0.0, as its migrations made it.

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.articles (
    id text NOT NULL COLLATE pg_catalog."C",
    revision integer NOT NULL,
    url text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    section text COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    summary text COLLATE pg_catalog."C",
    published_at text NOT NULL COLLATE pg_catalog."C",
    published_utc text NOT NULL COLLATE pg_catalog."C",
    modified_at text COLLATE pg_catalog."C",
    date_evidence json NOT NULL,
    authors json NOT NULL,
    editors json NOT NULL,
    sources json NOT NULL,
    dateline text COLLATE pg_catalog."C",
    body json NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    word_count integer NOT NULL,
    declared_word_count integer,
    pages integer NOT NULL,
    complete boolean NOT NULL,
    images json NOT NULL,
    embeds json NOT NULL,
    tags json NOT NULL,
    related json NOT NULL,
    latest json NOT NULL,
    layout text NOT NULL COLLATE pg_catalog."C",
    discovery json NOT NULL,
    fetched_at text NOT NULL COLLATE pg_catalog."C",
    content_hash text NOT NULL COLLATE pg_catalog."C",
    near_duplicate_of text COLLATE pg_catalog."C",
    provenance json NOT NULL
);

CREATE TABLE public.exclusions (
    article_id text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    excluded_at text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.failures (
    url text NOT NULL COLLATE pg_catalog."C",
    article_id text COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C",
    via text COLLATE pg_catalog."C",
    first_failed_at text NOT NULL COLLATE pg_catalog."C",
    failed_at text NOT NULL COLLATE pg_catalog."C",
    times integer NOT NULL,
    status integer,
    attempts integer DEFAULT 1 NOT NULL,
    gone boolean DEFAULT false NOT NULL,
    answer json
);

CREATE VIEW public.first_articles AS
 SELECT articles.id,
    articles.revision,
    articles.url,
    articles.title,
    articles.section,
    articles.kind,
    articles.summary,
    articles.published_at,
    articles.published_utc,
    articles.modified_at,
    articles.date_evidence,
    articles.authors,
    articles.editors,
    articles.sources,
    articles.dateline,
    articles.body,
    articles.text,
    articles.word_count,
    articles.declared_word_count,
    articles.pages,
    articles.complete,
    articles.images,
    articles.embeds,
    articles.tags,
    articles.related,
    articles.latest,
    articles.layout,
    articles.discovery,
    articles.fetched_at,
    articles.content_hash,
    articles.near_duplicate_of,
    articles.provenance
   FROM public.articles
  WHERE (articles.revision = 1);

CREATE TABLE public.index_days (
    site text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    asked_at text NOT NULL COLLATE pg_catalog."C",
    read_at text COLLATE pg_catalog."C",
    walked_at text COLLATE pg_catalog."C",
    pages integer,
    pages_read integer
);

CREATE VIEW public.latest_articles AS
 SELECT a.id,
    a.revision,
    a.url,
    a.title,
    a.section,
    a.kind,
    a.summary,
    a.published_at,
    a.published_utc,
    a.modified_at,
    a.date_evidence,
    a.authors,
    a.editors,
    a.sources,
    a.dateline,
    a.body,
    a.text,
    a.word_count,
    a.declared_word_count,
    a.pages,
    a.complete,
    a.images,
    a.embeds,
    a.tags,
    a.related,
    a.latest,
    a.layout,
    a.discovery,
    a.fetched_at,
    a.content_hash,
    a.near_duplicate_of,
    a.provenance
   FROM public.articles a
  WHERE (a.revision = ( SELECT max(b.revision) AS max
           FROM public.articles b
          WHERE (b.id = a.id)));

CREATE TABLE public.listed (
    site text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    entry text NOT NULL COLLATE pg_catalog."C",
    article_id text COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    section text COLLATE pg_catalog."C",
    "position" integer NOT NULL,
    from_url text NOT NULL COLLATE pg_catalog."C",
    excluded text COLLATE pg_catalog."C",
    first_seen_at text NOT NULL COLLATE pg_catalog."C",
    last_seen_at text NOT NULL COLLATE pg_catalog."C",
    retitled_at text COLLATE pg_catalog."C"
);

CREATE TABLE public.near_duplicates (
    one text NOT NULL COLLATE pg_catalog."C",
    other text NOT NULL COLLATE pg_catalog."C",
    similarity double precision NOT NULL
);

CREATE TABLE public.robots (
    run_id integer NOT NULL,
    host text NOT NULL COLLATE pg_catalog."C",
    fetched_at text NOT NULL COLLATE pg_catalog."C",
    status integer,
    sha256 text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.robots_texts (
    sha256 text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.runs (
    id integer NOT NULL,
    job text NOT NULL COLLATE pg_catalog."C",
    job_started_at text NOT NULL COLLATE pg_catalog."C",
    started_at text NOT NULL COLLATE pg_catalog."C",
    ended_at text COLLATE pg_catalog."C",
    finish_reason text COLLATE pg_catalog."C",
    healthy boolean,
    summary text COLLATE pg_catalog."C",
    reasons json,
    counts json,
    readings json,
    host text NOT NULL COLLATE pg_catalog."C",
    pid integer NOT NULL,
    version text NOT NULL COLLATE pg_catalog."C",
    parser_version text NOT NULL COLLATE pg_catalog."C"
);

CREATE SEQUENCE public.runs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.runs_id_seq OWNED BY public.runs.id;

CREATE TABLE public.shingle_keys (
    key bigint NOT NULL,
    article_id text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.sightings (
    article_id text NOT NULL COLLATE pg_catalog."C",
    via text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    title text COLLATE pg_catalog."C",
    section text COLLATE pg_catalog."C",
    from_url text NOT NULL COLLATE pg_catalog."C",
    first_seen_at text NOT NULL COLLATE pg_catalog."C",
    last_seen_at text NOT NULL COLLATE pg_catalog."C",
    times integer NOT NULL,
    followed_at text COLLATE pg_catalog."C",
    depth integer
);

CREATE TABLE public.visits (
    article_id text NOT NULL COLLATE pg_catalog."C",
    visited_at text NOT NULL COLLATE pg_catalog."C",
    url text COLLATE pg_catalog."C",
    etag text COLLATE pg_catalog."C",
    last_modified text COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.runs ALTER COLUMN id SET DEFAULT nextval('public.runs_id_seq'::regclass);

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.articles
    ADD CONSTRAINT articles_pkey PRIMARY KEY (id, revision);

ALTER TABLE ONLY public.exclusions
    ADD CONSTRAINT exclusions_pkey PRIMARY KEY (article_id);

ALTER TABLE ONLY public.failures
    ADD CONSTRAINT failures_pkey PRIMARY KEY (url);

ALTER TABLE ONLY public.index_days
    ADD CONSTRAINT index_days_pkey PRIMARY KEY (site, day);

ALTER TABLE ONLY public.listed
    ADD CONSTRAINT listed_pkey PRIMARY KEY (site, day, entry);

ALTER TABLE ONLY public.near_duplicates
    ADD CONSTRAINT near_duplicates_pkey PRIMARY KEY (one, other);

ALTER TABLE ONLY public.robots
    ADD CONSTRAINT robots_pkey PRIMARY KEY (run_id, host);

ALTER TABLE ONLY public.robots_texts
    ADD CONSTRAINT robots_texts_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shingle_keys
    ADD CONSTRAINT shingle_keys_pkey PRIMARY KEY (key, article_id);

ALTER TABLE ONLY public.sightings
    ADD CONSTRAINT sightings_pkey PRIMARY KEY (article_id, via);

ALTER TABLE ONLY public.visits
    ADD CONSTRAINT visits_pkey PRIMARY KEY (article_id);

CREATE INDEX articles_published_utc ON public.articles USING btree (published_utc);

CREATE INDEX failures_article_id ON public.failures USING btree (article_id);

CREATE INDEX listed_article_id ON public.listed USING btree (article_id);

CREATE INDEX listed_last_seen_at ON public.listed USING btree (last_seen_at);

CREATE INDEX near_duplicates_other ON public.near_duplicates USING btree (other);

CREATE INDEX shingle_keys_article_id ON public.shingle_keys USING btree (article_id);

CREATE INDEX sightings_followed_at ON public.sightings USING btree (followed_at);

insert into public.alembic_version values ('0005');
