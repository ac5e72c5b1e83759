"""The elements that name writers, editors and sources, by the printed labels and by the names that metas state."""

from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element as Element

from crawler.kompas.pages.printed import BETWEEN_NAMES
from crawler.kompas.text.bylines import AUTHOR, EDITOR, ROLES, split_label
from crawler.kompas.unread.stated import Stated
from crawler.kompas.unread.texts import VisibleText, innermost, is_below, letters_of

LABEL_FIRST: Final = "the label stands before the names"
LABEL_LAST: Final = "the label stands behind the name"
NO_LABEL: Final = "without a label"
_EDGES: Final = BETWEEN_NAMES + ":"


@dataclass(frozen=True)
class CreditPlace:
    """Elements with credits of one form."""

    form: str
    """`LABEL_FIRST`, which a layout reads by its `credit_items`; the others need a method of the layout."""
    source: str
    """The metas that state the same names; `printed labels` where none does."""
    elements: list[Element]
    texts: list[str]


def credit_places(parts: list[VisibleText], stated: dict[str, Stated], body: Element | None) -> list[CreditPlace]:
    """Return where the credits stand, labelled ones first. Nothing inside the body counts.

    A label counts where the metas state no names at all; a name without a label only where no labelled element has it.

    :param stated: role -> names by the metas.
    """
    outside = [part for part in parts if not is_below(part.element, body)]
    places, seen = [], set()
    for form, read in ((LABEL_FIRST, _label_first), (LABEL_LAST, _label_last)):
        found = innermost([part for part in outside if _fits(*read(part), stated)])
        if found:
            roles = {read(part)[0] for part in found}
            seen |= roles
            places.append(_place(form, [stated[role].source for role in stated if role in roles], found))
    for role in (AUTHOR, EDITOR):
        if role in stated and role not in seen:
            name = letters_of(stated[role].value)
            found = innermost([part for part in outside if letters_of(part.text) == name])
            places += [_place(NO_LABEL, [stated[role].source], found)] if found else []
    return places


def _label_first(part: VisibleText) -> tuple[str, str]:
    """Return role and names of "Penulis Nama"."""
    return split_label(part.names)


def _label_last(part: VisibleText) -> tuple[str, str]:
    """Return role and names of "Nama, Penulis"."""
    names, _, label = part.names.strip(_EDGES).rpartition(BETWEEN_NAMES)
    return ROLES.get(label.lower(), ""), names


def _fits(role: str, names: str, stated: dict[str, Stated]) -> bool:
    """Return whether these names are those that a meta states for the role, or no meta states any."""
    if not role or not names:
        return False
    if role not in stated:
        return not stated
    on_page, known = letters_of(names), letters_of(stated[role].value)
    return bool(on_page and known) and (known in on_page or on_page in known)


def _place(form: str, sources: list[str], found: list[VisibleText]) -> CreditPlace:
    source = ", ".join(sources) or "printed labels"
    return CreditPlace(form, source, [part.element for part in found], [part.text for part in found])
