"""The headers of a response are bounded: endless ones end the download, not the memory of the machine."""

from typing import Any, Final, cast

import pytest
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request as TxRequest
from twisted.web._newclient import ResponseFailed
from twisted.web.http_headers import Headers

from crawler import bounds
from crawler.download_handler import BoundedProtocol, EndlessHeaders

BOUND: Final = 1000


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The outcomes of a request that is answered with these bytes, a line at a time."""
    monkeypatch.setattr(bounds, "RESPONSE_HEADERS", BOUND)

    def answer(*lines: bytes) -> list[Any]:
        protocol = BoundedProtocol()  # type: ignore[no-untyped-call]
        protocol.makeConnection(StringTransport())  # type: ignore[no-untyped-call]
        outcomes: list[Any] = []
        asked = TxRequest(b"GET", b"/", Headers({b"Host": [b"x"]}), None)  # type: ignore[no-untyped-call]
        protocol.request(cast("Any", asked)).addBoth(outcomes.append)
        for line in lines:
            protocol.dataReceived(line)
        return outcomes

    return answer


ENDLESS = {
    "headers": [b"HTTP/1.1 200 OK\r\n", *[b"X-A: %d\r\n" % number for number in range(500)]],
    "a header": [b"HTTP/1.1 200 OK\r\nX-A: ", *[b"aaaaaaaaaa"] * 500],
    "a status line": [b"HTTP/1.1 200 ", *[b"aaaaaaaaaa"] * 500],
    "interim responses": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 100,
}


@pytest.mark.parametrize("lines", ENDLESS.values(), ids=ENDLESS)
def test_endless_headers_end_the_download(answered: Any, lines: list[bytes]) -> None:
    """Without it one answer takes 9 GB of memory in a minute."""
    (outcome,) = answered(*lines)
    assert isinstance(outcome, Failure)
    assert isinstance(outcome.value, ResponseFailed)
    assert [reason.type for reason in outcome.value.reasons] == [EndlessHeaders]


def test_headers_up_to_the_bound_and_any_body_are_received(answered: Any) -> None:
    """Without it a page with many cookies, or a long one, is lost."""
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nX-A: " + b"a" * 900 + b"\r\n\r\n"
    (outcome,) = answered(head, *[b"x" * 50] * 100)
    assert outcome.code == 200
