"""What the start of a command and of a worker process imports: modules, not seconds, which depend on the machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.storage import Store
from tests.conftest import ROOT

COMMAND = (
    "import sys, atexit, gc; from scrapy.cmdline import execute;"
    " atexit.register(lambda: print(*sys.modules, 'frozen' * bool(gc.get_freeze_count()), file=sys.stderr));"
    " sys.argv[0] = 'scrapy'; execute()"
)
WORKER = (
    "import sys, crawler.archive.extract.again, crawler.archive.extract.archive; print(*sys.modules, file=sys.stderr)"
)
DOWNLOADS = (
    *("scrapy.core.downloader.handlers.http11", "scrapy.core.downloader.contextfactory", "aiohttp", "tldextract"),
    *("crawler.download_handler", "crawler.spiders", "crawler.site_check", "crawler.middlewares", "crawler.pipelines"),
)
"""TLS, and what makes requests: a third of a second."""
PAGES = (
    "lxml.html.clean",
    "crawler.kompas.pages",
    "crawler.kompas.cleaning",
    "crawler.drafting",
    "crawler.kompas.contact",
)
"""The parser: a tenth of a second."""
ARCHIVES = ("fastwarc", "warcio", "fsspec", "crawler.archive.records", "crawler.executor")
TABLES = ("pandas", "pyarrow", "xlsxwriter", "altair", "vl_convert", "jinja2")
STORES = ("alembic", "psycopg", "sqlalchemy.dialects.postgresql", "crawler.storage.migrate")
"""What a store needs that is migrated, or that a server holds."""
FREE = {
    "": (*DOWNLOADS, *PAGES, *ARCHIVES, *TABLES, *STORES, "sqlalchemy", "tqdm", "crawler.health"),
    "coverage": (*DOWNLOADS, *PAGES, *ARCHIVES, *TABLES, *STORES, "tqdm", "crawler.health", "crawler.extensions"),
    "coverage --runs": (*DOWNLOADS, *PAGES, *ARCHIVES, *TABLES, *STORES, "tqdm", "crawler.extensions"),
    "search kapal": (*DOWNLOADS, *PAGES, *ARCHIVES, *TABLES, *STORES, "tqdm", "crawler.extensions"),
    "export out.jsonl": (*DOWNLOADS, *PAGES, *TABLES, *STORES, "fastwarc", "warcio", "crawler.executor"),
    "explain 2021/04/22/160600870": (*DOWNLOADS, *TABLES, *STORES, "tqdm", "crawler.extensions", "crawler.drafting"),
}
"""Command -> modules and packages that it does not import; "" lists the commands."""


def loaded(folder: Path, code: str, *words: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded at its end; "frozen" if it collects no garbage."""
    settings = ["-s", f"KOMPAS_DB={folder / 'store.db'}", "-s", "KOMPAS_WARC_DIR="] if words else []
    done = subprocess.run(
        [sys.executable, "-c", code, *words, *settings], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return set(done.stderr.splitlines()[-1].split())


def of(packages: tuple[str, ...], modules: set[str]) -> set[str]:
    """Return the modules that are one of the packages, or in one."""
    return {name for name in modules if any(name == one or name.startswith(f"{one}.") for one in packages)}


@pytest.mark.parametrize("command", FREE)
def test_a_command_imports_only_what_it_needs(command: str, tmp_path: Path) -> None:
    """Without it each command starts as slowly as the one that needs most."""
    Store(str(tmp_path / "store.db")).close()
    words = [str(tmp_path / word) if word == "out.jsonl" else word for word in command.split()]
    modules = loaded(tmp_path, COMMAND, *words)
    assert {f"crawler.command_line.{name}" for name in ("coverage", "check-site", "export")} <= modules
    assert of(FREE[command], modules) == set()
    assert ("frozen" in modules) == bool(command), "at its end Python searches all modules for garbage: .1 s"


def test_a_worker_that_reads_pages_imports_no_command_and_no_store(tmp_path: Path) -> None:
    """Without it each process of an archive, and each worker of a cluster, starts as slowly as a crawl."""
    modules = loaded(tmp_path, WORKER)
    assert "crawler.kompas.reading" in modules
    assert (
        of((*DOWNLOADS, *TABLES, "scrapy.cmdline", "sqlalchemy", "crawler.storage", "crawler.commands"), modules)
        == set()
    )


def test_the_reading_of_an_archive_imports_nothing_that_makes_requests(tmp_path: Path) -> None:
    """Without it a part that is disabled, or has no request to see, costs a tenth of the start of each run."""
    sample = ROOT / "samples" / "kompas_lookalike.warc.gz"
    modules = loaded(tmp_path, COMMAND, *f"crawl kompas_global -a archive={sample} -a limit=1 -L ERROR".split())
    assert "crawler.spiders.kompas_global" in modules
    unused = ("scrapy.extensions.remote_control", "scrapy.downloadermiddlewares.retry", "crawler.drafting", "alembic")
    assert of((*unused, *(set(DOWNLOADS) - {"crawler.spiders", "crawler.pipelines"})), modules) == set()
