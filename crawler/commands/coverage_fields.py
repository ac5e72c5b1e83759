"""`scrapy coverage --fields`: in how many stored articles each field says something."""

from dataclasses import fields
from typing import Final

from crawler.commands.base import ExitStatus
from crawler.commands.spans import Days, moments_of
from crawler.commands.streams import print_json, print_line, print_message
from crawler.dataset.release import Tally
from crawler.items import Article
from crawler.plural import number_of
from crawler.storage import Selection, Store

_FIELDS: Final = "{:<20}  {:>8}  {:>6}"


def print_fields(store: Store, days: Days, as_json: bool) -> int:
    """Print in how many stored articles each field says something, and return the exit status."""
    tally = Tally()
    for record in store.records(Selection(*moments_of(days))):
        tally.add(record, "", "")
    if not as_json:
        print_line(_FIELDS.format("field", "articles", "share"))
    for name in (one.name for one in fields(Article)):
        count, share = tally.filled[name], tally.filled[name] / max(tally.records, 1)
        row = {"field": name, "articles": count, "share": round(share, 4)}
        if as_json:
            print_json(row)
        else:
            print_line(_FIELDS.format(name, count, f"{share:.1%}"))
    print_message(f"{number_of(tally.records, 'article', 'articles')}, {tally.complete} of them with all their pages")
    return ExitStatus.HEALTHY if tally.records else ExitStatus.SHORT
