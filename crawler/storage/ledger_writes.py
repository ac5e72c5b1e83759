"""The statements that write the ledger, each built once."""

from typing import Final

from sqlalchemy import bindparam, case, delete, func

from crawler.storage.statements import Prepared, Upsert, offered
from crawler.storage.tables import exclusions, failures, index_days, listed, sightings, visits

_NEW: Final = offered(listed)
LIST: Final = Upsert(
    listed,
    changes={
        **{name: _NEW[name] for name in ("article_id", "url", "title", "section", "position", "from_url", "excluded")},
        "last_seen_at": _NEW.last_seen_at,
        "retitled_at": case((_NEW.title != listed.c.title, _NEW.last_seen_at), else_=listed.c.retitled_at),
    },
)
_SEEN: Final = offered(sightings)
SIGHT: Final = Upsert(
    sightings,
    changes={
        **{name: _SEEN[name] for name in ("url", "from_url", "last_seen_at")},
        "title": func.coalesce(_SEEN.title, sightings.c.title),
        "section": func.coalesce(_SEEN.section, sightings.c.section),
        "times": sightings.c.times + _SEEN.times,
        "followed_at": func.coalesce(_SEEN.followed_at, sightings.c.followed_at),
        # the shortest way counts, as the crawl follows a story once
        "depth": case(
            (_SEEN.depth < sightings.c.depth, _SEEN.depth), else_=func.coalesce(sightings.c.depth, _SEEN.depth)
        ),
    },
)
_ASKED: Final = ("site", "day", "asked_at")
_READ: Final = ("read_at", "pages", "pages_read")
_DAY: Final = offered(index_days)
ASK_BESIDE: Final = Upsert(index_days, _ASKED, {"asked_at": index_days.c.asked_at})
ASK: Final = Upsert(index_days, _ASKED)
READ_DAY: Final = Upsert(index_days, (*_ASKED, *_READ), {name: _DAY[name] for name in _READ})
WALK_DAY: Final = Upsert(
    index_days, (*_ASKED, *_READ, "walked_at"), {name: _DAY[name] for name in (*_READ, "walked_at")}
)
EXCLUDE: Final = Upsert(exclusions)
VISIT: Final = Upsert(visits)
CLEAR_STORY: Final = Prepared(delete(failures).where(failures.c.article_id == bindparam("story")))
CLEAR_LIST: Final = Prepared(
    delete(failures).where(failures.c.url == bindparam("page"), failures.c.article_id.is_(None))
)
