"""Names of the markup of a story: what varies from page to page gives one name, what a rule removes gives none."""

import pytest

from crawler.kompas.cleaning.names import MOST_NAMES
from tests.kompas.cleaning.reading import read


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<p>Kapal <b>itu</b></p>", ["p", "b"]),
        ('<p class="Lead big">Kapal</p>', ["p.lead", "p.big"]),
        ('<div id="gtx-trans" data-x="1">Kapal</div>', ["div#gtx-trans", "div[data-x]"]),
        ('<div id="5f8d04968674fe4b4015147f"><p>Kapal</p></div>', ["div#*", "p"]),
        ('<p class="pb_10 x-deadbeef">Kapal</p>', ["p.pb_0", "p.x-deadbeef"]),
        ('<p class="deadbeef">Kapal</p>', ["p.*"]),
        ('<a href="/1" class="inner-link-tag">Kapal</a>', ["a.inner-link-tag", "a[href]"]),
        ('<div class="ads-partner-wrap"><p class="iklan">Iklan</p></div><p>Kapal</p>', ["p"]),
        ('<p>Kapal</p><div class="fb-quote"></div><div class="behind">Lain</div>', ["p"]),
        ("<p>Kapal</p><script>x</script>", ["p"]),
        ('<figure class="promo"><img src="/a.jpg"><i>x</i></figure><p>Kapal</p>', ["figure.promo", "p"]),
    ],
)
def test_markup_is_named(markup: str, names: list[str]) -> None:
    """Without it an unknown box has no name, or every page has names of its own."""
    assert list(read(markup).names) == names


def test_a_page_gives_a_limited_number_of_names() -> None:
    """Without it a page with a class for each word fills the statistics."""
    letters = "ghijklmnop"
    markup = "".join(f'<b class="{one}{other}">a</b>' for one in letters for other in letters)
    assert len(read(f"<p>{markup}</p>").names) == MOST_NAMES
