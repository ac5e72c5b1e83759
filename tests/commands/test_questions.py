"""docs/questions.md answers what it says: its commands, its pandas, R and DuckDB lines, on the samples."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import ROOT
from tests.forked import FORKS
from tests.questions import DOCUMENT, RSCRIPT, Section, answers, pandas_answers, sections

SECTIONS: Final = list(sections(DOCUMENT.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands at the beginning of the document were given."""
    folder = tmp_path_factory.mktemp("questions")
    (folder / "samples").symlink_to(ROOT / "samples")
    for words in SECTIONS[0].commands:
        done = typed(folder, words)
        assert done.returncode == 0, (words, done.stderr[-2000:])
    return folder


def typed(folder: Path, words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the document, on the store that it names."""
    settings = {"KOMPAS_DB": "data/sample.db", "KOMPAS_WORKERS": "1"}
    return FORKS.run("crawler", *words.split()[1:], env=settings, folder=folder)


def test_there_are_ten_questions_each_in_three_languages() -> None:
    """Without it a question is in the document that the test below does not ask."""
    asked = [section for section in SECTIONS if section.title[0].isdigit()]
    assert [section.title.partition(".")[0] for section in asked] == [str(number) for number in range(1, 11)]
    assert all({"python", "r", "sql"} <= section.blocks.keys() and section.rows for section in asked)


def test_each_line_gives_the_output_of_the_document(sample_folder: Path) -> None:
    """Without it a student copies a line that fails, or one that counts something else."""
    asked = list(answers(sample_folder))
    assert len(asked) == sum("sql" in section.blocks for section in SECTIONS)
    for section, by_language in asked:
        assert set(by_language) == {"python", "sql"} | ({"r"} if RSCRIPT else set())
        for language, rows in by_language.items():
            assert sorted(rows) == sorted(section.rows), (section.title, language)


def test_a_release_without_texts_gives_the_same_answers(sample_folder: Path) -> None:
    """Without it a published dataset cannot be held against the paper that was written with the texts."""
    reading = next(section for section in SECTIONS if section.title == "Read a release")
    full = reading.commands[0].replace("release", "full/release").replace(" --text none --with names", "")
    (sample_folder / "full").mkdir()
    for words in (reading.commands[0], full):
        done = typed(sample_folder, words)
        assert done.returncode == 0, done.stderr
    stated = re.search(r"Questions ([\d, and]+) have the same answers", DOCUMENT.read_text(encoding="utf-8"))
    assert stated
    numbers = rf"({'|'.join(re.findall(r'[0-9]+', stated[1]))})\.|What changes"
    asked = [section for section in SECTIONS if "sql" in section.blocks]
    without = [section for section in asked if re.match(numbers, section.title)]
    assert (len(asked), len(without)) == (12, 10)
    for folder, these in ((sample_folder, without), (sample_folder / "full", asked)):
        lines = [section.blocks["python"] for section in these]
        for section, rows in zip(these, pandas_answers(folder, reading.blocks["python"], lines), strict=True):
            assert sorted(rows) == sorted(section.rows), section.title


def test_the_search_prints_what_the_document_shows(sample_folder: Path) -> None:
    """Without it the document shows an output of another version."""
    searches: list[tuple[Section, str]] = [
        (section, words) for section in SECTIONS for words in section.commands if words.startswith("scrapy search")
    ]
    for section, words in searches:
        done = typed(sample_folder, words)
        assert (done.stdout + done.stderr).strip() == section.blocks["text"].strip()
    assert searches
