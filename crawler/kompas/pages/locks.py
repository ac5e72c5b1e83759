"""Locked stories: pages that show a login wall or a gate of KOMPAS.com+ in place of a part of the text.

The signs are known from filter lists of 2025 and 2026; no locked page has been seen. A lock is recorded, never opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from crawler.kompas.pages.document import Document

_LOGIN_WINDOW: Final = "kgmModal-onetap"
"""Id of the window that asks for a login."""
_GATE: Final = "gate-kgplus"
"""Class of the box that asks for a subscription."""


@dataclass(frozen=True)
class Lock:
    """One sign."""

    name: str
    is_on: Callable[[Document], bool]
    is_proof: bool
    """The page says that it is locked. Any other sign stands on open pages too, and counts where text is missing."""


def _has_locked_body(document: Document) -> bool:
    return any(element.tag == "body" for element in document.marks.having("-locked"))


def _is_for_subscribers(document: Document) -> bool:
    return (document.meta("subscription") or "").lower() in ("true", "1")


LOCKS: Final = (
    Lock("body class -locked", _has_locked_body, is_proof=True),  # the state that the login wall sets (June 2026)
    Lock("meta subscription", _is_for_subscribers, is_proof=True),  # `False` on all 10,651 pages of 2023 and 2024
    Lock("login window", lambda document: f"#{_LOGIN_WINDOW}" in document.marks, is_proof=False),  # since June 2026
    Lock("gate", lambda document: _GATE in document.marks, is_proof=False),  # of KOMPAS.com+, since 2025; a banner too
)
"""A row a sign."""


def is_locked(document: Document, says_all: bool | None) -> bool:
    """Return whether a lock keeps a part of the text back.

    :param says_all: whether the page shows the whole text that it states; None where it states none. A lock over a
        whole text is a script's matter and keeps nothing back.
    """
    signs = [lock for lock in LOCKS if lock.is_on(document)]
    if says_all is None:
        return any(lock.is_proof for lock in signs)
    return bool(signs) and not says_all
