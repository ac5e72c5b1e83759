"""The body of an article: from an element full of boxes to typed blocks of text.

The site prints photos, tweets, promotion, "Baca juga" lines and advertising between the paragraphs, puts white space
round every tag link, and sometimes writes text outside any paragraph. `clean` reads the element in one walk, in which
furniture, posts and photos leave the text (`sorter`), and then runs named passes over the lines. Every text that is
removed is kept with the rule that removed it. Selectors and phrases are data (`rules`, `phrase_rules`), each with its
reason.
"""

from itertools import pairwise

from lxml.etree import _Element as Element

from crawler.kompas.cleaning.account import TextAccount, account
from crawler.kompas.cleaning.audit import unaccounted
from crawler.kompas.cleaning.blocks import take_bylines, take_dateline, to_blocks
from crawler.kompas.cleaning.body import Body, Removal
from crawler.kompas.cleaning.names import names_below
from crawler.kompas.cleaning.parts import Parts, whole
from crawler.kompas.cleaning.phrases import drop_phrases
from crawler.kompas.cleaning.related import take_related
from crawler.kompas.cleaning.rules import BODY_END
from crawler.kompas.cleaning.segments import split_segments
from crawler.kompas.cleaning.sorter import Sorter
from crawler.kompas.marks import MarkIndex, marks_of

__all__ = ["Body", "Removal", "TextAccount", "account_for", "clean"]


def clean(element: Element, page_url: str) -> Body:
    """Read a body element, which stays as it is.

    :param page_url: absolute address of the page, against which relative links are read.
    """
    body = Body()
    element, marks = _container(element)
    parts = Parts(element, marks)
    body.names = names_below(element, parts)
    segments, behind = split_segments(element, Sorter(element, parts, body, page_url).take, parts.end)
    body.removed += [Removal("cut/after_end", segment.text) for segment in behind]
    segments = take_related(segments, body, page_url)
    segments = drop_phrases(segments, body)
    segments = take_bylines(segments, body)
    segments = take_dateline(segments, body)
    body.blocks = to_blocks(segments)
    lines = [line for segment in segments for line in segment.lines]
    body.links = sum(len(line.anchors) for line in lines)
    body.link_lines = sum(line.is_link for line in lines)
    body.link_list = any(a.is_link and b.is_link and a.text != b.text for a, b in pairwise(lines))
    body.unaccounted = unaccounted(element, body)
    return body


def account_for(element: Element, body: Body) -> list[TextAccount]:
    """Return the texts of the story's container, each with where it went.

    :param body: what `clean` read from the element.
    """
    return account(_container(element)[0], body)


def _container(element: Element) -> tuple[Element, MarkIndex]:
    """Return the element that holds the whole story, and its marks."""
    marks = marks_of(element)
    if marks.has_any(BODY_END):
        return element, marks
    element = whole(element)
    return element, marks_of(element)
