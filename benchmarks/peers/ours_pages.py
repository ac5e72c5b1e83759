"""This project over pages: from the page to a record that passed validation."""

from running import Record, run

from crawler import __version__, read
from crawler.errors import PageError
from crawler.kompas.address import _taken_apart


def extract(url: str, text: str) -> Record | None:
    try:
        article = read(url, text.encode())
    except PageError:
        return None
    return {
        "title": article.title,
        "text": article.text,
        "published": article.published_at.isoformat(),
        "authors": article.authors,
    }


if __name__ == "__main__":
    run(f"kompas_global {__version__}", extract, _taken_apart.cache_clear)
