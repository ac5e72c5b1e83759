"""The parse alone, by lxml: what no extraction over the same tree can pass."""

from lxml import etree, html
from running import run


def parse(url: str, text: str) -> None:
    html.document_fromstring(text)


if __name__ == "__main__":
    run(f"lxml {etree.__version__}, parse alone", parse)
