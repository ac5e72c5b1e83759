"""Everything that can go wrong by name.

::

    KompasError
    ├── UserError            said to the person in one sentence, the command ends with status 2
    │   ├── BadArgument      a spider argument or a setting that cannot be meant
    │   ├── UnreadableArchive  a WARC that is missing, not one, or not readable record by record
    │   ├── UnusableArchiveFolder  a folder for WARC files that is full, or may not be written
    │   ├── UnwritableFile   an export that cannot be written where it was asked for
    │   ├── UnusableStore    a database that is missing rights, foreign, damaged, or full
    │   ├── StoreBusy        another run is at work in it; the command ends with status 3
    │   └── FrontierLost     Redis, by which several workers share a crawl, cannot be asked
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


class KompasError(Exception):
    """Root of the tree."""


class UserError(KompasError):
    """The message is one sentence that names the thing and the fix."""


class BadArgument(UserError):
    """Raised by ``spiders.arguments``."""


class UnreadableArchive(UserError):
    """Raised by ``archive``."""


class UnusableArchiveFolder(UserError):
    """Raised by ``archive.recorder``."""


class UnwritableFile(UserError):
    """Raised by ``dataset``."""


class UnusableStore(UserError):
    """Raised by ``storage``."""


class StoreBusy(UserError):
    """Raised by ``storage.run_lock``."""


class FrontierLost(UserError):
    """Raised by ``distributed.frontier``."""


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
