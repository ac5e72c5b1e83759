"""The parse alone, by the fastest parser that Python has: selectolax's lexbor."""

from importlib.metadata import version

from running import run
from selectolax.lexbor import LexborHTMLParser


def parse(url: str, text: str) -> None:
    LexborHTMLParser(text)


if __name__ == "__main__":
    run(f"lexbor (selectolax {version('selectolax')}), parse alone", parse)
