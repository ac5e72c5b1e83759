"""resiliparse over pages: the plain text of what it takes for the main content. It has no times and no authors."""

from importlib.metadata import version

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from running import Record, run


def extract(url: str, text: str) -> Record:
    tree = HTMLTree.parse(text)
    found = extract_plain_text(tree, main_content=True, alt_texts=False)
    return {"title": tree.title, "text": found, "published": None, "authors": []}


if __name__ == "__main__":
    run(f"resiliparse {version('resiliparse')}", extract)
