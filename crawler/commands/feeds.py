"""Feed files that cannot be written, told before the run: Scrapy would log a traceback an item."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from crawler.errors import BadArgument


def refuse_unwritable(targets: Iterable[str]) -> None:
    """
    :param targets: keys of Scrapy's `FEEDS`: local paths; anything else (`stdout:`, `s3://`) is Scrapy's business.
    :raises BadArgument: a local file that cannot be made.
    """
    for target in targets:
        if ":" in target:
            continue
        path = Path(target)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path.parent):
                pass
        except OSError as error:
            raise BadArgument(f"the feed {target} cannot be written ({error.strerror}); give another file") from error
        if path.is_dir():
            raise BadArgument(f"the feed {target} is a folder; give a file")
