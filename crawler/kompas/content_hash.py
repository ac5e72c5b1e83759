"""When two captures of a story say the same."""

import hashlib

from crawler.kompas.text.whitespace import collapse


def content_hash(title: str, text: str) -> str:
    """`sha256:` over title and text; white space, links and furniture do not count.

    >>> content_hash("Judul", "Satu  dua.") == content_hash("Judul ", "Satu dua.\\n")
    True
    """
    content = f"{collapse(title)}\n{collapse(text)}"
    return f"sha256:{hashlib.sha256(content.encode()).hexdigest()}"
