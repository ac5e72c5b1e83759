"""The questions of docs/questions.md: their lines, and what each program answers.

``python -m tests.questions FOLDER`` answers them on the three CSV files of a folder, with pandas, R and DuckDB.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from tests.conftest import ROOT

DOCUMENT: Final = ROOT / "docs" / "questions.md"
RSCRIPT: Final = shutil.which("Rscript")
Row = tuple[str, ...]

_R: Final = """
answer <- local({{ {line}
}})
cat("### {number}\\n")
write.table(format(answer, digits = 12, trim = TRUE), sep = "\\t", quote = FALSE, row.names = FALSE, col.names = FALSE)
"""


@dataclass
class Section:
    """A section of the document."""

    title: str
    blocks: dict[str, str] = field(default_factory=dict)
    """Language -> lines."""
    commands: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """Of its table, without the heading."""


def sections(text: str) -> Iterator[Section]:
    """Yield the sections in order."""
    for part in re.split(r"^#{1,3} (?=\w)", text, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        made = Section(title, dict(re.findall(r"```(\w+)\n(.*?)```", rest, re.DOTALL)))
        prose = re.sub(r"```.*?```", "", rest, flags=re.DOTALL)
        made.commands = re.findall(r"^    (scrapy .*)$", prose, re.MULTILINE)
        lines = re.findall(r"^\| (.*) \|$", prose, re.MULTILINE)
        made.rows = [tuple(cell.strip() for cell in line.split(" | ")) for line in lines[1:]]
        yield made


def pandas_answers(folder: Path, preamble: str, lines: list[str]) -> list[list[Row]]:
    """Return the rows of the last expression of each block."""
    names: dict[str, Any] = {}
    with chdir(folder):
        exec(preamble, names)
        return [_frame_rows(_value(line, names)) for line in lines]


def duckdb_answers(folder: Path, lines: list[str]) -> list[list[Row]]:
    """Return the rows of each query."""
    with chdir(folder):
        return [[tuple(map(_cell, row)) for row in _query(line)] for line in lines]


def r_answers(folder: Path, preamble: str, lines: list[str]) -> list[list[Row]]:
    """Return the rows of the last expression of each block."""
    assert RSCRIPT is not None
    script = preamble + "".join(_R.format(line=line, number=number) for number, line in enumerate(lines))
    done = subprocess.run(
        [RSCRIPT, "-"],
        input=script,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    parts = re.split(r"^### \d+\n", done.stdout, flags=re.MULTILINE)[1:]
    return [[tuple(map(_cell, line.split("\t"))) for line in part.splitlines()] for part in parts]


def _value(block: str, names: dict[str, Any]) -> Any:
    tree = ast.parse(block)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    exec(compile(tree, "block", "exec"), names)
    return eval(compile(ast.Expression(last.value), "block", "eval"), names)


def _frame_rows(answer: Any) -> list[Row]:
    """Return a table without its index, unless the index says something."""
    is_plain = answer.index.name is None and answer.index.nlevels == 1 and answer.index.dtype.kind in "iu"
    frame = pd.DataFrame(answer) if is_plain else answer.reset_index()
    return [tuple(map(_cell, row)) for row in frame.itertuples(index=False)]


def _query(line: str) -> list[tuple[Any, ...]]:
    relation = duckdb.sql(line)
    assert relation is not None
    return relation.fetchall()


def _cell(value: Any) -> str:
    """Return a value as the document prints it: at most three decimals, words as they are."""
    text = str(value).strip()
    if text in ("True", "False"):
        return text.lower()
    return f"{round(float(text), 3):g}" if re.fullmatch(r"-?\d+\.?\d*(e-?\d+)?", text) else text


def answers(folder: Path, numbers: str = r"\w") -> Iterator[tuple[Section, dict[str, list[Row]]]]:
    """Yield each section with a query, and the rows by language.

    :param numbers: pattern of the beginnings of their titles.
    """
    found = {section.title: section for section in sections(DOCUMENT.read_text(encoding="utf-8"))}
    preamble = found["Read the files"].blocks
    asked = [section for section in found.values() if "sql" in section.blocks and re.match(numbers, section.title)]
    rows = {
        "python": pandas_answers(folder, preamble["python"], [section.blocks["python"] for section in asked]),
        "sql": duckdb_answers(folder, [section.blocks["sql"] for section in asked]),
    }
    if RSCRIPT:
        rows["r"] = r_answers(folder, preamble["r"], [section.blocks["r"] for section in asked])
    for number, section in enumerate(asked):
        yield section, {language: each[number] for language, each in rows.items()}


def main(folder: str) -> None:
    for section, by_language in answers(Path(folder)):
        agree = len({tuple(sorted(rows)) for rows in by_language.values()}) == 1
        print(f"\n{section.title}\n{', '.join(by_language)}: {'equal' if agree else 'DIFFERENT'}")
        for rows in [by_language["sql"]] if agree else by_language.values():
            print(*(f"| {' | '.join(row)} |" for row in rows), sep="\n")
            print()


if __name__ == "__main__":
    main(sys.argv[1])
