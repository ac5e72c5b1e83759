"""What the site changes on a page, and whether that makes a revision."""

from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from crawler.items import Article
from crawler.storage import Revisions, Store
from tests.conftest import Crawl
from tests.runs import crawl_range, make_due, stories_asked
from tests.site.living import Living
from tests.site.pieces import BacaJuga, Paragraph
from tests.site.server import LookAlike
from tests.site.story import WIB, Story

DAY = date(2026, 4, 16)
UPDATED = datetime(2026, 4, 16, 22, 10, tzinfo=WIB)
FURNITURE = b'<div class="ads-partner-wrap"><p>Pilihan dari mitra</p></div><div class="gate-kgplus"><p>Gabung</p></div>'


def first_paragraph(story: Story) -> int:
    return next(number for number, piece in enumerate(story.pieces) if isinstance(piece, Paragraph))


def reworded(story: Story, text: str) -> Story:
    """With another first paragraph."""
    pieces = list(story.pieces)
    pieces[first_paragraph(story)] = Paragraph(text)
    return replace(story, pieces=tuple(pieces))


def spaced(story: Story) -> Story:
    """The same words, otherwise broken into lines."""
    paragraph = story.pieces[first_paragraph(story)]
    assert isinstance(paragraph, Paragraph)
    return replace(reworded(story, paragraph.text.replace(" ", "\n   ")), title=story.title.replace(" ", "  "))


def relinked(story: Story) -> Story:
    """Other related links at the same places."""
    link = ("Kapal Tua Jadi Sekolah", "https://www.kompas.com/global/read/2020/02/03/091500470/kapal-tua")
    pieces = [replace(piece, links=(link,)) if isinstance(piece, BacaJuga) else piece for piece in story.pieces]
    return replace(story, pieces=tuple(pieces), tags=("lain",))


def revisions(path: Path, which: Revisions) -> list[Article]:
    with closing(Store(str(path))) as store:
        return list(store.articles(which))


def test_only_another_headline_or_another_text_is_a_revision(crawl: Crawl, tmp_path: Path) -> None:
    """Without it a correction overwrites what stood there, or every look at a page counts as one."""
    path = tmp_path / "store.db"
    site = Living(DAY)
    retitled, rewritten, spread, linked, touched, *_ = site.listed(DAY)
    old = {story: site.stories[story] for story in site.listed(DAY)}
    with LookAlike(site) as served:
        crawl_range(crawl, served, DAY, DAY)
        make_due(path)
        site.change(retitled, title="Judul yang Sama Sekali Lain", modified=UPDATED)
        site.stories[rewritten] = reworded(old[rewritten], "Kapal itu ternyata berlabuh pada Jumat malam.")
        site.stories[spread] = spaced(old[spread])
        site.stories[linked] = relinked(old[linked])
        site.change(touched, modified=UPDATED)
        site.furniture = FURNITURE
        served.requests.clear()
        run = crawl_range(crawl, served, DAY, DAY)
        assert run.status == 0, run.stderr[-3000:]
        assert set(stories_asked(served)) == set(site.listed(DAY))
    assert {(record["id"], record["revision"]) for record in run.records} == {(retitled, 2), (rewritten, 2)}
    assert "2 revised" in run.verdict[0]

    latest = {article.id: article for article in revisions(path, Revisions.LATEST)}
    first = {article.id: article for article in revisions(path, Revisions.FIRST)}
    assert len(revisions(path, Revisions.ALL)) == len(old) + 2
    assert {article.revision for article in first.values()} == {1}
    assert first[retitled].title == old[retitled].title
    assert (latest[retitled].title, latest[retitled].modified_at) == ("Judul yang Sama Sekali Lain", UPDATED)
    assert first[retitled].modified_at is None
    assert (
        first[rewritten].body[0].text
        != latest[rewritten].body[0].text
        == ("Kapal itu ternyata berlabuh pada Jumat malam.")
    )
