"""The data dictionary: the meaning of every field of a record.

``scrapy schema`` generates `docs/data-format.md` and `docs/article.schema.json` from the docstrings below. Every key is
always present. ``None`` or an empty list means that the page does not say; no value is ever made up.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Block:
    """One piece of the article's text."""

    type: str
    """`paragraph`, `heading`, `quote`, `list_item` or `table_row` (cells parted by ` | `, empty ones too)."""
    text: str
    """White space collapsed; a line break set by the editor inside the block is kept as a newline."""


@dataclass
class Image:
    """A photo of the article."""

    url: str
    """Address of the picture as the page gives it."""
    caption: str | None
    """What the photo shows, without the credit."""
    credit: str | None
    """Photographer or agency as printed, without brackets: `AP PHOTO/NAMA`."""
    role: str
    """`lead` (above the text) or `inline` (inside it)."""


@dataclass
class Embed:
    """Foreign content inside the article; its text is not part of the body."""

    type: str
    """`twitter`, `instagram`, `threads`, `bluesky`, `youtube`, `facebook`, `tiktok`, `kompastv` or `iframe`."""
    url: str
    """Address of the post or player; tracking queries are cut off posts."""


@dataclass
class Link:
    """A "Baca juga" link."""

    title: str
    """Headline as printed on this page; the linked page may have another."""
    url: str
    """Canonical address of the linked page."""


@dataclass
class LatestLink:
    """An entry of the "Terkini Lainnya" box."""

    title: str
    """Headline as printed in the box."""
    url: str
    """Canonical address of the story."""
    section: str | None
    """Label under the headline: `Global`, `Internasional`."""
    published_at: datetime | None
    """Time printed in the box; the clock of the URL where it prints only the day (since 2024); `null` without both."""


@dataclass
class DateEvidence:
    """What each source on the page says about time, raw, so that a reader can check the choice."""

    url: str | None
    """The id. The first six of its digits are the publication clock in WIB: `2021/04/22/160600870`. They are right on
    all 13,725 raw pages that have them; for the 8 digits of 2010 to 2013 this is unproven."""
    visible: str | None
    """The line under the headline: `Kompas.com - 22/04/2021, 16:06 WIB`. `Diperbarui` marks a time of update."""
    meta: str | None
    """`content_PublishedDate`: WIB without a zone, `2021-04-22 16:06:00`; else `article:published_time`. Where the tag
    stands twice, the first that says something."""
    json_ld: str | None
    """`datePublished` of the NewsArticle that names this story, or names none: `2021-04-22T09:06:00+00:00`."""
    json_ld_modified: str | None
    """`dateModified` of the same NewsArticle."""
    chosen: str
    """Source of `published_at`. `url`, unless a source is earlier: then the earliest. Where the digits of the id are no
    proven clock: the first that can be read of `meta`, `json_ld`, `visible`, `url`."""
    agree: bool
    """`url`, `meta`, `json_ld` and the printed time of publication, as far as they are there, name the same minute.
    False on pages that print "Diperbarui": their meta tag and JSON-LD hold the time of the update."""


@dataclass
class Discovery:
    """How the story was found."""

    via: str
    """`index`, `section` (front page), `latest` ("Terkini Lainnya"), `older` ("Mungkin Anda melewatkan ini"),
    `undated` (the index without a day), `sitemap`, `urls` (a list given by hand) or `archive`."""
    from_url: str | None
    """Page that linked to it; `null` for a list or an archive."""


@dataclass
class WarcPlace:
    """Where the bytes of one answer are."""

    warc_file: str | None
    """Name of the WARC file (`package.wacz/archive/name` inside a WACZ); `null` when the page came from the network and
    was not archived."""
    warc_offset: int | None
    """Byte offset of the record in that file (of its gzip member where compressed); `null` where the file was
    compressed as a whole, so that no record has an offset of its own."""
    warc_record_id: str | None
    """`WARC-Record-ID` of the record."""
    payload_digest: str | None
    """`WARC-Payload-Digest` as the archive states it."""


@dataclass
class Provenance(WarcPlace):
    """Where the bytes behind the record are (those of its first page, and of the others), and what read them."""

    parser_version: str
    """`crawler.PARSER_VERSION` that made this record."""
    further_pages: list[WarcPlace] = field(default_factory=list)
    """Of a story that was put together from several answers: all after the first, in the order of their reading."""


@dataclass
class Article:
    """One story of the kanal Global or Internasional."""

    id: str
    """`YYYY/MM/DD/<digits>` of the address: the identity, whatever host, section, slug or query it is met under.
    The compact form of 2025 (`/read/25H27130500368/slug`) is read into the same shape."""
    url: str
    """Canonical address as the page states it (`<link rel="canonical">`), https, without query or fragment."""
    title: str
    """Headline, whole: bars, brackets and quotes stay."""
    section: str | None
    """Kanal as the page states it (last item of the breadcrumb): `Global`, `Internasional`."""
    kind: str
    """The first that fits: `advertorial` (`content_type` is Advertorial, Brandzview or Kilas), `column` (Kolom),
    `video`, `gallery` (Foto, Galeri); `fact_check`: the page has the verdict box `hoax__artikel`; `digest`: the title
    starts with a round-up label such as `[POPULER GLOBAL]`; `column`: a header names a columnist, or the address is of
    the kanal Kolom; else `article`."""
    claim: str | None
    """Of a `fact_check`: the claim, as the headline states it behind a label in brackets (`[HOAKS] ...`); `null`
    without such a label, and for other kinds."""
    claim_verdict: str | None
    """Of a `fact_check`: its verdict box as printed, in one line: `hoaks! Berdasarkan verifikasi ...`."""
    summary: str | None
    """Meta description."""
    published_at: datetime
    """First publication, in the page's own zone (WIB +07:00, WITA +08:00, WIT +09:00): the clock in the digits of the
    address, unless `date_evidence.chosen` names another source."""
    modified_at: datetime | None
    """Time of the last change: the printed "Diperbarui", else `dateModified`, else a later time in the meta tag, in
    `datePublished` or in the printed line. Only a time at least a minute after `published_at`; `null` without one."""
    date_evidence: DateEvidence
    """What every source says about time, and whether they agree to the minute."""
    authors: list[str]
    """Writers ("Penulis"; of a column its columnist), as printed, with titles and degrees. "Kontributor <place>" before
    a name is left out. "Oleh: ..." in the text adds its names; "Penulis: ..." in the text counts where no writer stands
    beside the story; the meta tag `content_author` where the page prints none at all."""
    editors: list[str]
    """Editors, in the same way (meta tag `content_editor`). The writer may be the editor too: then the page names the
    person in both roles, and so do `authors` and `editors`."""
    sources: list[str]
    """Agencies and papers that the story is drawn from ("Sumber"), linked or not; `AFP,Politico` is two. The meta tag
    `content_source` where the page prints none."""
    agencies: list[str]
    """`sources` under one name each, from a table of variants (`Reuters.com`, `REUTERS` -> `Reuters`); unknown ones as
    printed."""
    dateline: str | None
    """Place of "BRUSSELS, KOMPAS.com –" as printed, taken off the body; `null` when there is none or no place."""
    dateline_country: str | None
    """ISO 3166-1 alpha-2 code of the country of `dateline` (`XK` for Kosovo), from GeoNames and a table of Indonesian
    names; `null` when the place is unknown, ambiguous or disputed."""
    countries: list[str]
    """ISO 3166-1 alpha-2 codes of the countries that title and text mention by name, demonym, abbreviation or capital,
    in the order of their first mention."""
    body: list[Block]
    """The text in reading order, without furniture."""
    text: str
    """The blocks' texts joined by a blank line."""
    word_count: int
    """Words of `text`, split at white space."""
    declared_word_count: int | None
    """`content_total_words`: the site's count of the whole story, with dateline, "Baca juga" titles and promotion."""
    unaccounted: int
    """Characters of the story's container that are neither in a field nor removed by a named rule; 0 on known pages."""
    pages: int
    """Pages into which the site divides the story, as far as the pages that were read say."""
    complete: bool
    """Whether all of them, or the whole on one, were read and lack at most 5 words of the story's text in the page's
    `keywordBrandSafety` (its promotion aside); without it, at most 10 words and 2 % of `declared_word_count`."""
    incomplete_because: str | None
    """Why not: `locked` (a login wall or a gate keeps text back), `pages_missing`, `cut_short` (by the site)."""
    images: list[Image]
    """Photos, lead first, then in reading order."""
    embeds: list[Embed]
    """Tweets, Instagram posts, videos, in reading order."""
    tags: list[str]
    """"Tag:" list as printed: case and spelling are the site's, which are not uniform. The meta tag `content_tags`
    where the page prints none."""
    related: list[Link]
    """"Baca juga" links in order: never body text."""
    latest: list[LatestLink]
    """"Terkini Lainnya" box: links only; what it lists depends on the hour of the capture."""
    layout: str
    """Generation of the markup that was recognised: `read` (2017-2021), `kcm_read` (2014-2017), `current` (2022-)."""
    discovery: Discovery
    """How the story was found."""
    fetched_at: datetime
    """When the (first) page was captured, UTC. Never stands in for a time of publication."""
    revision: int = 1
    """1, 2, ...: counts changes of `content_hash` seen by this store."""
    content_hash: str = ""
    """`sha256:` of title and text: the same story unchanged has the same hash."""
    near_duplicate_of: str | None = None
    """`id` of the earliest article with nearly the same body (latest revisions, at least 0.8 of their word triples in
    common): a label, nothing is dropped for it. It may be given later, when an earlier copy is stored."""
    provenance: Provenance = field(default_factory=lambda: Provenance(None, None, None, None, ""))
    """Where the bytes are."""


@dataclass
class Failure:
    """A page that could not be fetched or read: stored and counted."""

    url: str
    """Requested address."""
    reason: str
    """Short name: `UnknownLayout`, `MissingTitle`, `HttpStatus 403`, `Timeout`, `RobotsTxt`, ..."""
    detail: str
    """The exact fault, in one line."""
    failed_at: datetime
    """When, UTC."""
    article_id: str | None = None
    """Story concerned; `null` for index and front pages."""
    via: str | None = None
    """How the address was found (see `Discovery.via`)."""
    status: int | None = None
    """HTTP status of the last answer; `null` when none came."""
    attempts: int = 1
    """Requests made for it, retries included."""
    answer: WarcPlace | None = None
    """Where the bytes of the last answer are; `null` when none came or none was archived."""
