"""trafilatura over pages: its text with default settings, and its metadata."""

from importlib.metadata import version

from running import Record, run
from trafilatura import bare_extraction


def extract(url: str, text: str, favor_precision: bool = False) -> Record | None:
    found = bare_extraction(text, url=url, with_metadata=True, favor_precision=favor_precision)
    if found is None:
        return None
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"title": found.title, "text": found.text, "published": found.date, "authors": authors}


if __name__ == "__main__":
    run(f"trafilatura {version('trafilatura')}", extract)
