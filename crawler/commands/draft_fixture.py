"""`scrapy draft-fixture`: write a page with invented text, and what the parser makes of it, into a folder."""

import argparse
import gzip
from pathlib import Path
from typing import Final

from crawler.archive.extract.captures import from_capture
from crawler.archive.shelf import Shelf
from crawler.commands.base import ExitStatus, KompasCommand
from crawler.commands.streams import print_line
from crawler.drafting.fixture import META, Draft, draft, write_folder
from crawler.errors import BadArgument, EmptyPage, NotInArchive
from crawler.items import WarcPlace
from crawler.kompas.pages.document import Document
from crawler.kompas.urls import article_id

_GZIP: Final = b"\x1f\x8b"


def draft_fixture(command: KompasCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Write the draft and print what differs from the page."""
    folder = command.output(args[1], is_folder=True)
    if folder.exists():
        raise BadArgument(f"{folder} exists already; name a new folder")
    url, page = _from_file(Path(args[0]), opts.url) if Path(args[0]).is_file() else _stored(command, args[0], opts)
    made = draft(url, page)
    _write(made, folder)
    print_line(f"{folder}: {made.url}")
    print_line(f"  {made.outcome.article.layout if made.outcome.article else made.outcome.fields['reason']}")
    if made.differing:
        print_line(f"  the parser reads the draft otherwise than the page: {', '.join(made.differing)}")
        return ExitStatus.FAULTY
    print_line(f"  the parser reads the draft like the page; review it, then edit {META}")
    return ExitStatus.HEALTHY


def _stored(command: KompasCommand, named: str, opts: argparse.Namespace) -> tuple[str, bytes]:
    """Return address and body of an archived page: of the newest revision of a story, else of its failure.

    :raises BadArgument: the argument is no file and no stored story, or its bytes are not in the archive.
    """
    story = article_id(named)
    if story is None:
        raise BadArgument(f"{named} is neither a file nor the address of a story")
    shelf = Shelf(command.checked_settings["KOMPAS_WARC_DIR"], opts.archive)
    with command.open_store() as store:
        places = [WarcPlace(**failure["answer"]) for failure in store.failures() if _is_of(failure, story)]
        places += [article.provenance for article in store.revisions(story)]
    if not places:
        raise BadArgument(f"nothing is stored about {named}; name the file of a page instead")
    try:
        response = from_capture(shelf.captured(places[-1]))
    except NotInArchive as error:
        raise BadArgument(f"the page of {named} cannot be read: {error}") from error
    return response.url, response.body


def _is_of(failure: dict[str, object], story: str) -> bool:
    return failure["article_id"] == story and bool(failure["answer"])


def _from_file(path: Path, url: str) -> tuple[str, bytes]:
    """Return address and bytes of a page.

    :raises BadArgument: the file cannot be read, or its page does not name its address.
    """
    try:
        body = path.read_bytes()
        page = gzip.decompress(body) if body.startswith(_GZIP) else body
        address = url or Document("https://www.kompas.com/", page).stated_address
    except (OSError, EOFError, EmptyPage) as error:
        raise BadArgument(f"{path} cannot be read as a page ({error})") from error
    if not address:
        raise BadArgument(f"{path} has no canonical link to a story; give its address with --url")
    return address, page


def _write(made: Draft, folder: Path) -> None:
    try:
        write_folder(made, folder)
    except OSError as error:
        raise BadArgument(f"{folder} cannot be written ({error.strerror})") from error
