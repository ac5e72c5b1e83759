"""Inline marks of the story texts, and their two readings: the site's HTML and the reader's plain text.

``[[Rusia]]`` is a tag link, which the site prints with one more space before it than the sentence has;
``[[Rusia ]]`` has a space inside the link as well; ``{di sini|https://...}`` is an ordinary link in a
sentence; ``*Reuters*`` is emphasis; a newline is a line break set by the editor. The expected text is read
off these marks and never off the HTML, so that it cannot repeat a mistake of a parser.
"""

import html
import re

TAG = re.compile(r"\[\[(.+?)\]\]")
LINK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
EMPHASIS = re.compile(r"\*(.+?)\*")

_ENTITIES = {
    "\u00a0": "&nbsp;",
    "–": "&ndash;",
    "—": "&mdash;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "\n": "<br />",
}


def plain(text: str) -> str:
    """The text as a reader sees it: no space round a link that its sentence has not."""
    text = TAG.sub(lambda found: found[1].strip(), text)
    text = EMPHASIS.sub(r"\1", LINK.sub(r"\1", text))
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def markup(text: str) -> str:
    """The text as the site's editor stores it."""
    text = html.escape(text, quote=False)
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)
    text = TAG.sub(_tag_link, text)
    text = LINK.sub(r'<a href="\2" class="inner-link-baca-juga" target="_self">\1</a>', text)
    return EMPHASIS.sub(r"<em>\1</em>", text)


def _tag_link(found: re.Match[str]) -> str:
    address = "https://www.kompas.com/tag/" + found[1].strip().replace(" ", "-")
    return f" <a target='_self' class='inner-link-tag' href='{address}' style='color:#428bca;'>{found[1]}</a>"
