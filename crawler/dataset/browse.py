"""Datasette metadata of a store: titles, column descriptions, facets and canned queries.

`docs/datasette.json` is generated from here and from the docstrings of `items` (`scrapy schema`).
"""

from collections.abc import Mapping
from typing import Any, Final

DATABASE: Final = "kompas_global"
"""Datasette names a database after its file; this is the default store's."""

_LATEST: Final = "revision = (select max(revision) from articles b where b.id = a.id)"
_WORDS: Final = "case when trim(:words, ' \"') = '' then '\"-\"' else escape_fts(:words) end"
"""What to look for; a search without a word, as the menu opens it, finds nothing."""

_STORY: Final = "date, title, agency, country, dateline, tags, words, link"
_BY_WORD: Final = f"""select substr(a.published_at, 1, 10) as date, a.title,
 snippet(articles_fts, -1, '[', ']', ' ... ', 30) as found, a.url as link
 from articles_fts join articles a on a.rowid = articles_fts.rowid
 where articles_fts match {_WORDS} and {_LATEST} order by a.published_utc desc"""

QUERIES: Final[Mapping[str, tuple[str, str]]] = {
    "search": ("Search in title and text, with the place found", _BY_WORD.replace("\n", "")),
    "stories_of_agency": (
        "Stories of an agency",
        f"select {_STORY} from stories where exists (select 1 from json_each(agency) where value like :agency)"
        " order by date desc",
    ),
    "stories_of_country": (
        "Stories that mention a country, by its code such as UA",
        f"select {_STORY} from stories where exists (select 1 from json_each(country) where value = upper(:country))"
        " order by date desc",
    ),
    "stories_of_month": (
        "Stories of a month, such as 2021-04",
        f"select {_STORY} from stories where substr(date, 1, 7) = :month order by date desc",
    ),
    "articles_per_month": (
        "Articles and words per month",
        "select substr(date, 1, 7) as month, count(*) as articles, sum(words) as words from stories"
        " group by month order by month desc",
    ),
    "articles_per_day": (
        "Articles per day of publication",
        f"select substr(published_at, 1, 10) as day, count(*) as articles from articles a where {_LATEST}"
        " group by day order by day desc",
    ),
    "agencies_per_year": (
        "How often each agency is named, by year",
        "select substr(published_at, 1, 4) as year, agency.value as agency, count(*) as articles"
        f" from articles a, json_each(a.agencies) agency where {_LATEST} group by year, agency.value"
        " order by year desc, articles desc, agency.value",
    ),
    "countries_per_month": (
        "How many articles mention each country, by month",
        "select substr(published_at, 1, 7) as month, country.value as country, count(*) as articles"
        f" from articles a, json_each(a.countries) country where {_LATEST} group by month, country.value"
        " order by month desc, articles desc, country.value",
    ),
    "datelines": (
        "Places that articles are reported from, by country",
        "select dateline_country, dateline, count(*) as articles"
        f" from articles a where dateline is not null and {_LATEST} group by dateline_country, dateline"
        " order by articles desc, dateline",
    ),
    "tags_per_month": (
        "How often a tag was set, by month",
        "select substr(published_at, 1, 7) as month, tag.value as tag, count(*) as articles"
        f" from articles a, json_each(a.tags) tag where {_LATEST} and tag.value like '%' || :tag || '%'"
        " group by month, tag order by month desc, articles desc",
    ),
    "revised": (
        "Stories that changed, revision by revision",
        "select id, revision, fetched_at, title, word_count from articles"
        " where id in (select id from articles where revision = 2) order by id desc, revision",
    ),
    "near_duplicates": (
        "Pairs of stories with nearly the same text",
        "select similarity, one, (select max(title) from articles where id = one) as title,"
        " other, (select max(title) from articles where id = other) as other_title"
        " from near_duplicates order by similarity desc, one, other",
    ),
    "not_stored": (
        "Listed by the index, neither stored nor excluded",
        "select day, position, article_id, title, url, (select reason from failures f"
        " where f.article_id = listed.article_id) as failure from listed where excluded is null"
        " and article_id not in (select id from articles) and article_id not in (select article_id from exclusions)"
        " order by day desc, position",
    ),
    "runs_not_healthy": (
        "Runs that were less than they should be",
        "select id, started_at, job, finish_reason, summary, reasons from runs where healthy = 0 order by id desc",
    ),
}
"""Name -> title and SQL. Datasette shows a form for its parameters."""

_TABLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "stories": {
        "title": "Stories",
        "description": "One row a story, as its latest revision has it: begin here.",
        "sort_desc": "date",
        "facets": [{"array": "agency"}, {"array": "country"}, {"array": "tags"}, "kind"],
        "columns": {
            "date": "Day of publication, as the page has it",
            "agency": "Agencies that the story is drawn from",
            "country": "Codes of the countries that title and text mention",
            "dateline": "Place that the story is reported from",
            "words": "Words of the text",
        },
    },
    "latest_articles": {"title": "Articles in their latest revision", "description": "All fields."},
    "first_articles": {"title": "Articles in their first revision", "description": "All fields."},
    "articles": {
        "title": "Articles",
        "description": "One row a revision of a story; lists and objects are JSON. Times carry the page's own zone.",
        "sort_desc": "published_utc",
        "label_column": "title",
        "facets": [
            *("section", "kind", {"array": "agencies"}, {"array": "countries"}, "dateline_country"),
            *("layout", "complete"),
        ],
        "fts_table": "articles_fts",
    },
    "failures": {
        "title": "Failures",
        "description": "Requests without a usable response, and unreadable pages; a row goes when the story is stored.",
        "sort_desc": "failed_at",
        "facets": ["reason", "gone"],
        "columns": {
            "times": "How often it was given up",
            "attempts": "Requests made for it, retries included",
            "gone": "1: the site said so often enough that it is not requested any more",
        },
    },
    "near_duplicates": {
        "title": "Near-duplicates",
        "description": "Pairs of stories whose latest texts are nearly the same.",
        "sort_desc": "similarity",
        "columns": {"similarity": "Share of common word shingles, 0 to 1"},
    },
    "index_days": {
        "title": "Index days",
        "description": "The ledger: requested index days, and when they were last read to their end.",
        "sort_desc": "day",
        "columns": {"day": "In Jakarta (WIB)", "pages": "Pages that the index claimed at the last reading"},
    },
    "listed": {
        "title": "Listed stories",
        "description": "The ledger: every entry that an index day was seen to list.",
        "sort_desc": "day",
        "facets": ["site", "excluded"],
        "columns": {"position": "1 = newest, over all pages of the day"},
    },
    "sightings": {
        "title": "Linked stories",
        "description": "The ledger: stories of the section that other pages link to.",
        "facets": ["via"],
    },
    "exclusions": {
        "title": "Excluded stories",
        "description": "Read, and none of the section's by what their own page says.",
        "facets": ["reason"],
    },
    "visits": {"title": "Visits", "description": "When a stored story was last looked at."},
    "runs": {
        "title": "Runs",
        "description": "Every run with its verdict.",
        "sort_desc": "id",
        "facets": ["healthy", "finish_reason"],
    },
    "suspects": {
        "title": "Suspects",
        "description": "Stories that carry what no story had before, and revisions that were held back for it.",
        "facets": ["layout", "accepted"],
    },
    "robots": {"title": "robots.txt by run", "description": "What each host's robots.txt was, by its hash."},
    "robots_texts": {"title": "Texts of robots.txt"},
    "shingle_keys": {"hidden": True},
    "alembic_version": {"hidden": True},
}


def datasette_metadata(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata for `datasette -m`.

    :param schema: JSON Schema of a record, whose descriptions become those of the columns.
    """
    meanings = {name: " ".join(each["description"].split()) for name, each in schema["properties"].items()}
    tables = {name: dict(table) for name, table in _TABLES.items()}
    tables["articles"]["columns"] = {**meanings, "published_utc": "`published_at` in UTC, in an order that sorts"}
    return {
        "title": "Kompas.com, international section",
        "description": "Collected by kompas_global. The texts are Kompas's: for your own research, not for passing on.",
        "databases": {
            DATABASE: {
                "description_html": f'Begin with <a href="/{DATABASE}/stories">the stories</a>, or with a query below.',
                "tables": tables,
                "queries": {
                    name: {"title": title, "sql": sql, "hide_sql": True} for name, (title, sql) in QUERIES.items()
                },
            }
        },
    }
