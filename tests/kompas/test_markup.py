"""Pages that cannot be parsed in bounded memory and time are refused by name, before libxml2 builds them."""

import pytest

from crawler import bounds
from crawler.errors import TooLarge
from crawler.kompas.markup import refuse_oversized
from crawler.kompas.pages.document import Document
from crawler.kompas.response import SiteResponse, document_of
from tests.make import CAPTURED_AT, URL, read_page

MANY = " ".join(f"a{number}" for number in range(bounds.ELEMENT_ATTRIBUTES + 1))
FEW = " ".join(f"a{number}" for number in range(bounds.ELEMENT_ATTRIBUTES))
REFUSED = (
    f"<p {MANY}>x",
    f"<p {MANY}",
    f"<p/{MANY.replace(' ', '/')}>",
    "<p " + " ".join(f"a{number}='>'" for number in range(101)) + ">",
    "<p " + " ".join(f'a{number} = "<b c>"' for number in range(101)) + ">",
    f'<p b=">" {MANY}>',
    f"<p =b='>' {MANY}>",
    f"<script {MANY}",
    f"</p {MANY}>",
    f"<!--><p {MANY}> -->",
    f"<!-- a --!><p {MANY}> -->",
    f"<script>1<2</script><p {MANY}>",
    f"<script {MANY}>1</script>",
    f"<scripts><p {MANY}>",
    f"a < b <p {MANY}>",
    *(f'<p{blank}a="<b {MANY}>">' for blank in ("\xa0", "\v", "\u2003")),
    f"<\u017fcript>1<b {MANY}>",
    f'<1 a="<b {MANY}>">',
    f'<p a="b" {MANY}>',
    f"<p a=\v'<b {MANY}>",
)
READ = (
    f"<p {FEW}>x</p>",
    "<p " + " ".join(f"a{number}='b c d'" for number in range(100)) + ">",
    f"<!-- <p {MANY}> -->x",
    f"<!-- <p {MANY}> never ends",
    f"<script>if (a<b {MANY})</script>",
    f"<SCRIPT type=x>if (a<b {MANY})",
    f"<style>a<b {MANY}</style><p a>",
    f"<p title='<b {MANY}>'>",
    "<p a=b/><br/></p >< / <1 <",
    "<p a b=c></SCRIPT ><script src='a>b' async",
    "<style>a<b</style >",
    "",
)


@pytest.mark.parametrize("markup", REFUSED)
def test_an_element_with_too_many_attributes_is_refused(markup: str) -> None:
    """Without it 0.7 MB of attributes keep the parser busy for 99 seconds."""
    with pytest.raises(TooLarge, match="attributes"):
        refuse_oversized(markup)


@pytest.mark.parametrize("markup", READ)
def test_what_only_looks_like_one_is_read(markup: str) -> None:
    """Without it a page is lost over its own script."""
    refuse_oversized(markup)


def test_a_page_with_more_tags_links_or_bytes_than_any_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it 30 MB of paragraphs take 7 GB of memory, or one page leads to 50,000 requests."""
    page = read_page(more="<a href=/x>x</a>" * 20)
    for name, number, words in (("PAGE_TAGS", 30, "tags"), ("PAGE_LINKS", 19, "links"), ("PAGE_BYTES", 400, "bytes")):
        with monkeypatch.context() as bounded:
            bounded.setattr(bounds, name, number)
            with pytest.raises(TooLarge, match=words):
                document_of(SiteResponse(URL, URL, 200, [], page, CAPTURED_AT))
    assert Document(URL, page).url == URL
