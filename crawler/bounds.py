"""The bounds on everything that comes from outside: pages, headers, archives, lists. One table, each with its reason.

"The most" is that of 129 real pages of articles and lists: 0.45 MB, 4,341 tags, 461 links, 21 attributes of an element.
What goes beyond a bound fails under the name that its row gives; everything else goes on. No bound is a setting: a
smaller one would refuse pages of the site, and a larger one costs memory that no page of the site needs.
"""

from typing import Final

PAGE_BYTES: Final = 4 * 1024 * 1024
"""Bytes of a body, as it came and unpacked: 9 times the largest page. Beyond it: `TooLarge`."""
PAGE_TAGS: Final = 50_000
"""Tags of a page: 11 times the most. A tag costs 250 bytes and up to 40 us. Beyond it: `TooLarge`."""
PAGE_LINKS: Final = 5_000
"""Links of a page: 10 times the most. Each may become a request or a row. Beyond it: `TooLarge`."""
ELEMENT_ATTRIBUTES: Final = 100
"""Attributes of one element, of which pages have 21 at most: libxml2 takes quadratic time. Beyond it: `TooLarge`."""
LIST_ENTRIES: Final = 200
"""Entries of one list of a page (stories, tags, credits), which have 20 at most: lists inside lists are read with each
of them. Beyond it: `TooLarge`."""
BOX_TITLES: Final = 10
"""Titles of one box behind which its list is looked for; pages have 1."""
LEAD_PHOTOS: Final = 20
"""Elements in which the photo above the text is looked for; pages have 8 for photos in all."""
SHORT_PIECES: Final = 1_000
"""Pieces of text, each looked for in all of the stated text. Short ones beyond it count as missing."""
STATED_TEXT: Final = 200_000
"""Characters of the text that a page states of its whole story; pages state 8,378 at most. Beyond it the page counts
as one that states none."""
PICTURE_SOURCES: Final = 20
"""Alternatives of one picture in which an address is looked for; no page has any."""
SRCSET: Final = 8_192
"""Characters of a `srcset`, which a browser offers a handful of sizes. A longer one names no picture."""
ADDRESS: Final = 2_048
"""Characters of an address; links have 263 at most. A longer one is no address of the site, so that a link
to it is not followed and a record of it is passed over as `other_site`."""

STORY_BYTES: Final = 12 * 1024 * 1024
"""Bytes of the pages of one story, and 160 for each of their elements, that are in memory at a time: 15 of the largest
page. Beyond it: `TooLarge` for the page, and a story that is not complete."""

INDEX_PAGES: Final = 50
"""Pages of one index day, which has some 5 of 15 entries. Beyond it: `IndexCutShort`."""

ROBOTS_BYTES: Final = 512 * 1024
"""Bytes of a robots.txt that are read. RFC 9309 (2.5) demands 500 KiB; the rest is ignored."""
ROBOTS_DOWNLOAD: Final = 64 * 1024 * 1024
"""Bytes of a robots.txt that may come: a longer one that cannot be stopped at `ROBOTS_BYTES`, because it is packed or
states its length, is unreachable, which ends the run."""
RESPONSE_HEADERS: Final = 256 * 1024
"""Bytes of the status line and headers of a response, those of interim responses included; browsers allow as much.
Beyond it: `TooLarge`."""
LONGEST_WAIT: Final = 600.0
"""Seconds that a `Retry-After` may ask for: a run does not sleep for hours. Beyond it: `HttpStatus 503` for the page
that asks, and the end of the run (`told_to_wait`) at the second one in a row or at a 429."""

LIST_LINE: Final = 4_096
"""Characters of a line of `-a urls=`. A list with a longer one is refused."""
REQUESTS_AHEAD: Final = 200
"""Requests of a list, or of what an earlier run left over, that are queued at a time."""

RECORD_BYTES: Final = 8 * 1024 * 1024
"""Bytes of the block of a WARC record that is read: a page with headers and chunks. Beyond it: `NotInArchive`."""
HTTP_HEADERS: Final = 256 * 1024
"""Bytes of the HTTP headers in a record. Sites with many cookies send more than the 32 KB that fastwarc allows."""
GZIP_MEMBERS: Final = 1_000
"""Members of a gzip body; servers write one. Beyond it: `NotInArchive`."""
REWINDS: Final = 64
"""How often a packed member of a WACZ is unpacked from its start again, to read behind damage. Beyond it the rest of
the member is a source that failed."""
SLICE_BYTES: Final = 16 * 1024 * 1024
"""Bytes of the records and entries that a worker brings along: some 400 pages of the site."""
SLICE_ENTRIES: Final = 5_000
"""Entries of a slice: about 10 MB in memory."""
STORY_CAPTURES: Final = 2_000
"""Captures of one story that are read, half of them the first and half the last: 300,000 take 3 GB.
Those between are passed over as `captures_beyond_bound`."""
BATCH_BYTES: Final = 8 * 1024 * 1024
"""Bytes of the captures that go to a worker at a time, and of those of one story, which beyond it are passed over
likewise."""

NEIGHBOURS: Final = 20
"""Stories on each side of a story, in the order of their ids, with which its text is compared for each key that they
share. A gate page stored for every story makes all texts the same: without a bound each is compared with all."""
