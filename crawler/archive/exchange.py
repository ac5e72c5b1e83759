"""The WARC records of one request and its response, composed in memory by warcio."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.payloads import Original

RENDERED_TYPE: Final = "text/html; charset=utf-8"
_NOT_MODIFIED: Final = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_OF_THE_TRANSFER: Final = frozenset(("transfer-encoding", "content-length"))
"""Transfer encoding is undone before the body comes here; the length is that of the stored body."""
_SECRETS: Final = frozenset(("authorization", "cookie", "proxy-authorization"))
"""Request headers that are never archived: they let who reads the archive act for the user."""
Headers = list[tuple[str, str]]
"""Names and values, a character for a byte (latin-1)."""


class _AsSent(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Header lines of a response, whose characters stand for the bytes that came.

    warcio would escape those that are no ASCII: another address in `Location`, another text anywhere else.
    """

    def compute_headers_buffer(self, header_filter: Callable[[tuple[str, str]], Any] | None = None) -> None:
        """Set the bytes that are written; warcio calls this."""
        self.headers_buff = self.to_bytes(header_filter, "latin-1")


@dataclass(frozen=True)
class Asked:
    """A request as it was sent."""

    url: str
    method: str
    headers: Headers
    at: datetime
    """When its answer, or the end of waiting for one, came."""
    notes: dict[str, str] = field(default_factory=dict)
    """Lines of the `metadata` record."""


@dataclass(frozen=True)
class Answered:
    """A response as it came: transfer encoding undone, content coding kept."""

    status: int
    reason: str
    headers: Headers
    body: bytes
    ip: str | None


class Exchange:
    """The records of one exchange in memory. The response is the first."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._buffer = BytesIO()
        self._writer: Any = WARCWriter(self._buffer, gzip=True, warc_version="1.1")
        self.answer_id = ""
        self.records = 0

    @property
    def data(self) -> bytes:
        return self._buffer.getvalue()

    def add_response(self, answered: Answered) -> None:
        self._write("response", answered.body, http=_http(answered, answered.body), headers=_ip(answered))

    def add_revisit(self, answered: Answered, digest: str, original: Original) -> None:
        """Add a revisit. Heritrix's `WARC-Refers-To-Filename` and `-File-Offset` save an index over all files."""
        headers = {
            **_ip(answered),
            "WARC-Refers-To": original.record_id,
            "WARC-Refers-To-Filename": original.file,
            "WARC-Refers-To-File-Offset": str(original.offset),
        }
        record = self._writer.create_revisit_record(
            self._asked.url,
            digest,
            original.url,
            original.date,
            http_headers=_http(answered, answered.body),
            warc_headers_dict={**headers, "WARC-Date": warc_date(self._asked.at)},
        )
        self._finish(record)

    def add_not_modified(self, answered: Answered) -> None:
        self._write("revisit", b"", http=_http(answered, b""), headers={**_ip(answered), "WARC-Profile": _NOT_MODIFIED})

    def add_conversion(self, body: bytes, original_id: str) -> None:
        """Add the page as the browser rendered it, beside the response that it was made of."""
        self._write("conversion", body, content_type=RENDERED_TYPE, headers={"WARC-Refers-To": original_id})

    def add_request(self) -> None:
        asked = self._asked
        parts = urlsplit(asked.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [(name, value) for name, value in asked.headers if name.lower() not in _SECRETS]
        http = StatusAndHeaders(
            f"{asked.method} {target} HTTP/1.1", [("Host", parts.netloc), *headers], is_http_request=True
        )
        self._write("request", b"", http=http, headers=self._concurrent())

    def add_notes(self, notes: dict[str, str]) -> None:
        lines = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in notes.items())
        self._write("metadata", lines.encode(), content_type="application/warc-fields", headers=self._concurrent())

    def _concurrent(self) -> dict[str, str]:
        return {"WARC-Concurrent-To": self.answer_id} if self.answer_id else {}

    def _write(
        self,
        kind: str,
        payload: bytes,
        *,
        headers: dict[str, str],
        http: StatusAndHeaders | None = None,
        content_type: str = "",
    ) -> None:
        record = self._writer.create_warc_record(
            self._asked.url,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            http_headers=http,
            warc_content_type=content_type,
            warc_headers_dict={**headers, "WARC-Date": warc_date(self._asked.at)},
        )
        self._finish(record)

    def _finish(self, record: Any) -> None:
        self.answer_id = self.answer_id or record.rec_headers.get_header("WARC-Record-ID")
        self._writer.write_record(record)
        self.records += 1


def _http(answered: Answered, body: bytes) -> StatusAndHeaders:
    kept = [(name, value) for name, value in answered.headers if name.lower() not in _OF_THE_TRANSFER]
    headers = [*kept, ("Content-Length", str(len(body)))]
    return _AsSent(f"{answered.status} {answered.reason}".rstrip(), headers, protocol="HTTP/1.1")


def _ip(answered: Answered) -> dict[str, str]:
    return {"WARC-IP-Address": answered.ip} if answered.ip else {}


def warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def warcinfo(name: str, info: dict[str, str]) -> bytes:
    """Return the record that begins a file."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, info))
    return buffer.getvalue()
