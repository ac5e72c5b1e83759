"""readability-lxml over pages: its title and the text of its summary. It has no times and no authors."""

from importlib.metadata import version

from lxml import html
from readability import Document
from running import Record, run


def extract(url: str, text: str) -> Record:
    document = Document(text, url=url)
    paragraphs = html.fromstring(document.summary()).xpath("//p | //h2 | //h3 | //li")
    lines = (" ".join(paragraph.text_content().split()) for paragraph in paragraphs)
    return {
        "title": document.short_title(),
        "text": "\n".join(filter(None, lines)),
        "published": None,
        "authors": [],
    }


if __name__ == "__main__":
    run(f"readability-lxml {version('readability-lxml')}", extract)
