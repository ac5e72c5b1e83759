"""The body of an article: from an element full of boxes to typed blocks of text.

The site prints photos, tweets, promotion, "Baca juga" lines and advertising between the paragraphs, puts white
space round every tag link, and sometimes writes text outside any paragraph. ``clean`` works on a copy and runs
named passes in order; what each takes away is kept with the rule that took it. Selectors and phrases are data
(``rules.py``), every one with its reason.
"""

import copy

from lxml.etree import _Element as Element

from crawler.kompas.cleaning.blocks import take_bylines, take_dateline, to_blocks
from crawler.kompas.cleaning.body import Body, Removal
from crawler.kompas.cleaning.elements import cut_after_end, drop_boxes
from crawler.kompas.cleaning.embeds import take_embeds
from crawler.kompas.cleaning.photos import take_photos
from crawler.kompas.cleaning.phrases import drop_phrases
from crawler.kompas.cleaning.related import take_related, take_related_boxes
from crawler.kompas.cleaning.segments import split_segments

__all__ = ["Body", "Removal", "clean"]


def clean(element: Element, page_url: str) -> Body:
    """Reads a body element, which is left as it was.

    :param page_url: absolute address of the page, against which relative links are read.
    """
    root = copy.deepcopy(element)
    root.tail = None
    body = Body()
    cut_after_end(root, body)
    take_related_boxes(root, body, page_url)
    drop_boxes(root, body)
    take_embeds(root, body, page_url)
    take_photos(root, body, page_url)
    segments = split_segments(root)
    segments = take_related(segments, body, page_url)
    segments = drop_phrases(segments, body)
    segments = take_bylines(segments, body)
    segments = take_dateline(segments, body)
    body.blocks = to_blocks(segments)
    return body
