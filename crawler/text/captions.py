"""Photo captions and credits."""

from crawler.text.whitespace import collapse


def credit_name(text: str) -> str | None:
    """The credit without the brackets that the markup since 2022 prints round it.

    >>> credit_name(" (AFP/NAMA FOTOGRAFER) ")
    'AFP/NAMA FOTOGRAFER'
    """
    name = collapse(text)
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name or None


def split_caption(text: str, credit: str | None) -> str | None:
    """The caption without the credit that stands glued to one of its ends.

    >>> split_caption("AP PHOTO/NAMA Warga mengantre.", "AP PHOTO/NAMA")
    'Warga mengantre.'
    """
    caption = collapse(text)
    if credit:
        for printed in (f"({credit})", credit):
            caption = caption.removeprefix(printed).removesuffix(printed).strip()
    return caption or None
