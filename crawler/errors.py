"""The errors of the project, and the closed lists of names that the store keeps.

::

    KompasError
    ├── UserError            the command prints the message as one sentence and ends with status 2
    │   ├── BadArgument      a spider argument or a setting without a valid meaning
    │   ├── UnreadableArchive  a WARC that is missing, not a WARC, or not readable record by record
    │   │   └── SourceFailed  a file or address of an archive that cannot be read, or not to its end
    │   ├── WorkersLost      the processes or the cluster that do the work of a run are gone
    │   ├── UnusableArchiveFolder  a folder for WARC files that is full or not writable
    │   ├── UnwritableFile   an export whose file cannot be written
    │   ├── UnusableStore    a database that is full, damaged, foreign or without rights
    │   └── StoreBusy        another run works in the store; the command ends with status 3
    ├── PageError            the response cannot be read as an article; stored under its `reason`
    │   ├── Blocked          a challenge or checkpoint page
    │   ├── BadStatus        a status other than 200; its reason is `HttpStatus <n>`
    │   ├── CutOff           a part of a page
    │   ├── EmptyPage        no HTML element
    │   ├── TooDeep          markup nested deeper than the parser reads, so that the rest would be missing
    │   ├── TooLarge         more bytes, tags, links or attributes than any page of the site has (see `bounds`)
    │   ├── PageNotFound     the site's own "Halaman tidak ditemukan", whatever the status
    │   ├── UnknownLayout    none of the known generations of markup, or more than one
    │   ├── IndexCutShort    an index day that repeats itself before the last page that it claims to have
    │   ├── MissingTitle     a known layout without its headline
    │   ├── MissingTime      neither page nor URL states a publication time
    │   ├── MissingBody      a known layout without its body element, or with one in which no rule leaves text
    │   ├── EmptyStory       a known layout whose body element prints nothing at all
    │   ├── OtherStory       the address leads to another story, or the page says that it is another
    │   ├── FrontInstead     the address of a story leads to the front page
    │   ├── OtherSection     a good page of another kanal: excluded, not a failure
    │   └── InvalidRecord    the finished record breaks a rule of the data format
    └── NotInArchive         the archive does not hold the response, or its record cannot be read

The spider and ``archive.extract`` turn ``PageError`` into a failure or exclusion; ``commands`` catch ``UserError``.
"""

from enum import StrEnum
from typing import ClassVar, Final


class FinishReason(StrEnum):
    """Why a run ended: Scrapy's own names first, then ours. Stored with the run."""

    FINISHED = "finished"
    SHUTDOWN = "shutdown"
    CANCELLED = "cancelled"
    START_ERROR = "start_error"
    LIMIT = "limit"
    BLOCKED = "blocked"
    SITE_UNREACHABLE = "site_unreachable"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    TOLD_TO_WAIT = "told_to_wait"
    STORE_ERROR = "store_error"
    ARCHIVE_ERROR = "archive_error"


class FailureReason(StrEnum):
    """Why a request got no usable response. Stored with the failure, beside the names of the `PageError` classes.

    `HTTP_STATUS` and `UNEXPECTED` are followed by a space and the status or the name of the exception.
    """

    HTTP_STATUS = "HttpStatus"
    TIMEOUT = "Timeout"
    CONNECTION_FAILED = "ConnectionFailed"
    CUT_OFF = "CutOff"
    TOO_LARGE = "TooLarge"
    REDIRECT_LOOP = "RedirectLoop"
    OFF_SITE = "OffSite"
    ROBOTS_TXT = "RobotsTxt"
    UNSUPPORTED_ADDRESS = "UnsupportedAddress"
    UNSUPPORTED_ENCODING = "UnsupportedEncoding"
    NOT_IN_ARCHIVE = "NotInArchive"
    UNEXPECTED = "Unexpected"


class GoneReason(StrEnum):
    """Reasons of failures that make a story gone after repeated visits (see `storage.failure_rows.GONE_AFTER`)."""

    NOT_FOUND = "HttpStatus 404"
    GONE = "HttpStatus 410"
    PAGE_NOT_FOUND = "PageNotFound"
    EMPTY_PAGE = "EmptyPage"
    EMPTY_STORY = "EmptyStory"
    FRONT_INSTEAD = "FrontInstead"


class KompasError(Exception):
    """Base class of every error of this project."""

    @property
    def reason(self) -> str:
        """Name under which the store keeps this error as the reason of a failure."""
        return type(self).__name__


class UserError(KompasError):
    """Base class of errors of use; the message is one sentence that names the thing and the fix."""


class BadArgument(UserError):
    """Raised by ``arguments`` and by ``commands``."""


class UnreadableArchive(UserError):
    """Raised by ``archive``."""


class SourceFailed(UnreadableArchive):
    """Raised by ``archive``. A run names the source, reads all others, and is not healthy."""

    def __init__(self, where: str, cause: str) -> None:
        """Name the source, a path or an address, and what went wrong in a few words."""
        super().__init__(where, cause)
        self.where, self.cause = where, cause

    def __str__(self) -> str:
        return f"the archive {self.where} cannot be read ({self.cause})"


class WorkersLost(UserError):
    """Raised by ``executor``. Nothing that was stored is lost; the run can be started again."""


class UnusableArchiveFolder(UserError):
    """Raised by ``archive.recorder``."""


class UnwritableFile(UserError):
    """Raised by ``dataset``."""


class UnusableStore(UserError):
    """Raised by ``storage``."""


class StoreBusy(UserError):
    """Raised by ``storage.run_lock``."""


class PageError(KompasError):
    """Base class of errors of one page; `reason` and the message are stored as reason and detail of a failure."""

    is_of_parser: ClassVar[bool] = False
    """A better parser may read the same bytes, so that ``scrapy reextract`` tries such a failure again."""


class Blocked(PageError):
    """Raised by ``kompas.pages.refusals``. The caller records it and does not try to get round it."""


class BadStatus(PageError):
    """Raised by ``kompas.response``."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(url, status)
        self.url, self.status = url, status

    def __str__(self) -> str:
        return f"{self.url} answered {self.status}"

    @property
    def reason(self) -> str:
        """`HttpStatus <n>`, as for a response that never reached the parser."""
        return f"{FailureReason.HTTP_STATUS} {self.status}"


class CutOff(PageError):
    """Raised by ``kompas.response``. The downloader has its own error for a body that it cannot complete."""


class EmptyPage(PageError):
    """Raised by ``kompas.pages.document``."""

    is_of_parser = True


class TooDeep(PageError):
    """Raised by ``tree.parse``."""

    is_of_parser = True


class TooLarge(PageError):
    """Raised by ``kompas.markup`` and ``kompas.response``. The downloader has its own error for a body that grows."""


class PageNotFound(PageError):
    """Raised by ``kompas.pages.refusals``."""


class UnknownLayout(PageError):
    """Raised by ``kompas.pages.layouts`` and by the spider. A person should look: the site changed."""

    is_of_parser = True


class IndexCutShort(PageError):
    """Raised by ``spiders.index_walk``. The crawl does not reach the end of the day."""


class MissingTitle(PageError):
    """Raised by ``kompas.loaders``."""

    is_of_parser = True


class MissingTime(PageError):
    """Raised by ``kompas.loaders``."""

    is_of_parser = True


class MissingBody(PageError):
    """Raised by ``kompas.pages.article`` and ``kompas.loaders``."""

    is_of_parser = True


class EmptyStory(PageError):
    """Raised by ``kompas.loaders``. The site serves some stories so: five of 10,000 stored pages of 2023."""

    is_of_parser = True


class FrontInstead(PageError):
    """Raised by ``kompas.response``. The site leads the address of a story that it took down to a front page."""


class OtherStory(PageError):
    """Raised by ``kompas.response`` and ``kompas.loaders``. The requested story is not at its address any more."""


class OtherSection(PageError):
    """Raised by ``kompas.loaders``. The caller counts it and records an exclusion."""


class InvalidRecord(PageError):
    """Raised by ``kompas.validation``."""

    is_of_parser = True


class NotInArchive(KompasError):
    """Raised by ``archive``; in a replay it stands in for the network's answer."""


PARSER_REASONS: Final = frozenset(kind.__name__ for kind in PageError.__subclasses__() if kind.is_of_parser)
"""Reasons of failures that the parser made on a whole page with status 200."""
