"""Captions and credits of photos."""

from crawler.kompas.text.whitespace import collapse


def credit_name(text: str) -> str | None:
    """Return a credit without the brackets that the markup since 2022 prints round it, and an editor sometimes again.

    >>> credit_name(" (AFP/NAMA FOTOGRAFER) ")
    'AFP/NAMA FOTOGRAFER'
    """
    name = collapse(text)
    while name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name or None


def without_credit(text: str, credit: str | None) -> str | None:
    """Return a caption without the credit printed in brackets at one of its ends; words that merely look like it stay.

    >>> without_credit("Warga mengantre. (AP PHOTO/NAMA)", "AP PHOTO/NAMA")
    'Warga mengantre.'
    >>> without_credit("APEC digelar di tepi danau. (AP)", "AP")
    'APEC digelar di tepi danau.'
    """
    caption = collapse(text)
    for printed in (f"({credit})", "()"):
        caption = caption.removesuffix(printed).removeprefix(printed).strip()
    return caption or None
