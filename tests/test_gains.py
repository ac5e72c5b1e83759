"""A site that adds a line to all of its stories: the run says so, and no story gets a new revision for it."""

import os
import shutil
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.storage import Revisions, Store
from tests.conftest import ROOT, Run, crawl_in
from tests.forked import FORKS
from tests.runs import crawl_range, make_due, query
from tests.site.living import Living
from tests.site.pieces import Paragraph
from tests.site.server import LookAlike

DAY = date(2026, 4, 16)
LINE = "Nikmati kabar laut langsung dari ponsel Anda, gratis setiap pagi."
RULE = """
import re
from crawler.kompas.cleaning import phrase_rules, phrases
rule = phrase_rules.PhraseRule("laut", re.compile("Nikmati kabar laut.*"), "promotion")
phrases.PHRASES = (*phrases.PHRASES, rule)
"""
"""A rule for the line, in every process of a command."""


class Nights:
    """A usual night, and one behind a line that the site adds to its stories."""

    def __init__(self, folder: Path) -> None:
        crawl = crawl_in(folder)
        self.folder = folder
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
        return [one.id for one in latest(self.path) if one.revision > 1]


def latest(path: Path) -> list[Article]:
    with closing(Store(str(path))) as store:
        return list(store.articles(Revisions.LATEST))


def reextract(nights: Nights, folder: Path, *more: str, rule: bool = False) -> tuple[Path, str]:
    """Run the command on a copy of the store; return the copy and what the command prints."""
    path = shutil.copytree(nights.folder, folder / "copy") / "store.db"
    (folder / "sitecustomize.py").write_text(RULE if rule else "", encoding="utf-8")
    own = ("-s", f"KOMPAS_DB={path}", "-s", f"KOMPAS_WARC_DIR={path.parent / 'warc'}", "-s", "KOMPAS_WORKERS=1")
    env = {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}  # of the process that reads the pages
    done = FORKS.run("scrapy", "reextract", *more, *own, env=env)
    assert done.returncode == 0, done.stderr
    return path, done.stdout


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return Nights(tmp_path_factory.mktemp("gains"))


def test_a_usual_night_says_nothing(nights: Nights) -> None:
    """Without it the alarm is on every night, and is ignored."""
    assert nights.usual.status == 0, nights.usual.stderr[-2000:]


def test_the_line_is_reported_with_an_example(nights: Nights) -> None:
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
    """Without it a user does not know which stories to read again."""
    marked = query(nights.path, "select article_id, held is not null from suspects where what like 'line/nikmati%'")
    assert {story for story, _ in marked} == set(nights.stories)
    assert sum(held for _, held in marked) == len(nights.stories) - 2


def test_without_a_rule_nothing_comes_in(nights: Nights, tmp_path: Path) -> None:
    """Without it the storm that was held back comes in with the next reextract."""
    path, said = reextract(nights, tmp_path)
    held = len(nights.stories) - 2
    assert f"of the captures held back 0 are stored now, {held} are still held back" in said
    assert sum(one.revision > 1 for one in latest(path)) == 2


def test_a_rule_takes_the_line_and_the_marks_away(nights: Nights, tmp_path: Path) -> None:
    """Without it the stories stay suspects, and two of them keep the line."""
    path, said = reextract(nights, tmp_path, rule=True)
    assert "suspected additions: 0 stories are marked" in said
    assert [one.id for one in latest(path) if LINE in one.text] == []
    assert query(path, "select * from suspects") == []
    assert sum(one.revision > 1 for one in latest(path)) == 2


def test_a_person_can_accept_the_line(nights: Nights, tmp_path: Path) -> None:
    """Without it a line that belongs to the stories never reaches the store."""
    path, said = reextract(nights, tmp_path, "--accept")
    assert f"held back {len(nights.stories) - 2} are stored now, 0 are still held back" in said
    assert all(LINE in one.text and one.revision == 2 for one in latest(path))
    assert all(one.discovery.via == "index" for one in latest(path))
    assert query(path, "select count(*) from suspects where not accepted or held is not null") == [(0,)]
