"""A site that adds a line to all of its stories: the run says so, and no story gets a new revision for it."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.storage import Revisions, Store
from tests.conftest import Run, crawl_in
from tests.runs import crawl_range, make_due, query
from tests.site.living import Living
from tests.site.pieces import Paragraph
from tests.site.server import LookAlike

DAY = date(2026, 4, 16)
LINE = "Nikmati kabar laut langsung dari ponsel Anda, gratis setiap pagi."


class Nights:
    """A usual night, and one behind a line that the site adds to its stories."""

    def __init__(self, folder: Path) -> None:
        crawl = crawl_in(folder)
        self.path = folder / "store.db"
        site = Living(DAY)
        self.stories = site.listed(DAY)
        with LookAlike(site) as served:
            archived = ("-s", f"KOMPAS_WARC_DIR={folder / 'warc'}")
            self.usual: Run = crawl_range(crawl, served, DAY, DAY, *archived)
            make_due(self.path)
            for story in self.stories:
                site.change(story, pieces=(*site.stories[story].pieces, Paragraph(LINE)))
            self.added: Run = crawl_range(crawl, served, DAY, DAY, *archived)

    def revised(self) -> list[str]:
        with closing(Store(str(self.path))) as store:
            return [one.id for one in store.articles(Revisions.LATEST) if one.revision > 1]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return Nights(tmp_path_factory.mktemp("gains"))


def test_a_usual_night_says_nothing(nights: Nights) -> None:
    """Without it the alarm is on every night, and no one looks."""
    assert nights.usual.status == 0, nights.usual.stderr[-2000:]


def test_the_line_is_told_with_an_example(nights: Nights) -> None:
    """Without it the line stands in every story from that night on."""
    assert nights.added.status != 0
    said = " ".join(nights.added.verdict)
    assert f"the line “{LINE}” in {len(nights.stories)} stories (https://" in said
    assert "revisions held back, their bytes are archived" in said


def test_no_more_than_two_stories_are_revised_for_it(nights: Nights) -> None:
    """Without it one line of promotion gives ten thousand stories a new revision."""
    assert len(nights.stories) > 5
    assert len(nights.revised()) == 2


def test_every_story_with_the_line_is_marked(nights: Nights) -> None:
    """Without it nobody knows which stories to read again."""
    marked = query(nights.path, "select article_id, held is not null from suspects where what like 'line/nikmati%'")
    assert {story for story, _ in marked} == set(nights.stories)
    assert sum(held for _, held in marked) == len(nights.stories) - 2
