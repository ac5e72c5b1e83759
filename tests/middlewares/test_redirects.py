"""A redirect to what cannot be requested has the name of an address, and its status."""

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.redirects import NoWebAddress, Redirects
from crawler.spiders.failures import reason_of

URL = "https://www.kompas.com/global/read/2021/04/22/160600870/kapal?page=all"
ELSEWHERE = (
    *("file:///etc/passwd", "FTP://kompas.com/x", "data:text/html,x", "mailto:x@y", "javascript:alert(1)", "x-evil:y"),
    *("https://[satu/", "https://www.kompas.com:99999/"),
)


def redirect(target: str, status: int = 302) -> Response:
    return Response(URL, status=status, headers={"Location": target} if target else {})


@pytest.mark.parametrize("target", ELSEWHERE)
def test_what_is_no_address_of_the_web_is_reported_by_name(target: str) -> None:
    """Without it an attempt to read the machine's own files looks like an odd status, or like a fault of ours."""
    with pytest.raises(NoWebAddress) as refusal:
        Redirects().process_response(Request(URL), redirect(target))
    assert reason_of(refusal.value) == ("UnsupportedAddress", f"{URL} leads to {target}")
    assert refusal.value.response.status == 302


@pytest.mark.parametrize("target", ["", "/lain", "?page=2", "//www.kompas.com/lain", "HTTP://x", "lain?file:x"])
def test_what_can_be_requested_is_followed(target: str) -> None:
    """Without it a story that moved is lost."""
    response = redirect(target)
    assert Redirects().process_response(Request(URL), response) is response


def test_a_page_with_a_location_is_a_page() -> None:
    """Without it a header that means nothing costs a story."""
    response = redirect("file:///x", 200)
    assert Redirects().process_response(Request(URL), response) is response
