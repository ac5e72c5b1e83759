"""Everything that can go wrong by name.

::

    KompasError
    ├── UserError            said to the person in one sentence, the command ends with status 2
    │   ├── BadArgument      a spider argument or a setting that cannot be meant
    │   ├── UnreadableArchive  a WARC that is missing, not one, or not readable record by record
    │   │   └── SourceFailed  a file or address of an archive that cannot be read, or not to its end
    │   ├── WorkersLost      the processes or the cluster that do the work of a run are gone
    │   ├── UnusableArchiveFolder  a folder for WARC files that is full, or may not be written
    │   ├── UnwritableFile   an export that cannot be written where it was asked for
    │   ├── UnusableStore    a database that is missing rights, foreign, damaged, or full
    │   └── StoreBusy        another run is at work in it; the command ends with status 3
    ├── PageError            this page cannot be read as an article; recorded under the class's name
    │   ├── Blocked          a challenge or checkpoint page stands where the article should
    │   ├── EmptyPage        no HTML at all
    │   ├── PageNotFound     the site's own "Halaman tidak ditemukan", whatever the status
    │   ├── UnknownLayout    none of the known generations of markup
    │   ├── IndexCutShort    an index day that repeats itself before the last page that it claims to have
    │   ├── MissingTitle     a known layout without its headline
    │   ├── MissingTime      neither page nor URL says when it was published
    │   ├── MissingBody      a known layout whose body holds no text
    │   ├── OtherStory       the address leads to another story than the one that was asked for
    │   ├── OtherSection     a good page of another kanal: passed over, not a failure
    │   └── InvalidRecord    the finished record breaks a rule of the data format
    └── NotInArchive         the archive that answers this run does not hold the page

``PageError`` is raised by ``pages`` and ``loaders`` and turned into a ``Failure`` row by the spider;
``InvalidRecord`` by the validating pipeline. ``UserError`` is caught in ``commands`` only.
"""

from enum import StrEnum


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


class KompasError(Exception):
    """Root of the tree."""


class UserError(KompasError):
    """The message is one sentence that names the thing and the fix."""


class BadArgument(UserError):
    """Raised by ``spiders.arguments``."""


class UnreadableArchive(UserError):
    """Raised by ``archive``."""


class SourceFailed(UnreadableArchive):
    """Raised by ``archive``. A run names the source, reads all others, and is not healthy."""

    def __init__(self, where: str, reason: str) -> None:
        """
        :param where: path or address of the source.
        """
        super().__init__(where, reason)
        self.where, self.reason = where, reason

    def __str__(self) -> str:
        return f"the archive {self.where} cannot be read ({self.reason})"


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
    """The class name is the reason that the store keeps; the message is its detail."""


class Blocked(PageError):
    """Raised by ``pages.blocks``. The caller records it and does not try to get round it."""


class EmptyPage(PageError):
    """Raised by ``pages.document``."""


class PageNotFound(PageError):
    """Raised by ``pages.blocks``."""


class UnknownLayout(PageError):
    """Raised by ``pages.layouts`` and ``pages.listing``. Someone should look: the site changed."""


class IndexCutShort(PageError):
    """Raised by ``spiders.index_walk``. The day is not walked to its end."""


class MissingTitle(PageError):
    """Raised by ``loaders``."""


class MissingTime(PageError):
    """Raised by ``loaders``."""


class MissingBody(PageError):
    """Raised by ``loaders``."""


class OtherStory(PageError):
    """Raised by ``spiders.answers``. The story that was asked for is not there any more."""


class OtherSection(PageError):
    """Raised by ``loaders``. The caller counts it and passes on."""


class InvalidRecord(PageError):
    """Raised by ``pipelines.validate``."""


class NotInArchive(KompasError):
    """Raised by ``archive.handler`` instead of going to the network."""
