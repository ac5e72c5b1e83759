"""The sitemaps of the look-alike: an index of them, and a news sitemap of the newest stories of two kanals."""

from collections.abc import Iterable

from tests.site.story import Story

_INDEX = "/sitemap.xml"
_NEWS = "/sitemap-news-global.xml"
_OTHER = "/sitemap-news-tren.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def sitemap(path: str, newest: Iterable[Story], others: Iterable[Story]) -> bytes | None:
    """The sitemap at a path of www.kompas.com; None where there is none.

    :param newest: stories of this kanal of the last two days.
    :param others: stories of other kanals.
    """
    if path == _INDEX:
        names = (_NEWS, _OTHER, "/sitemap-archive-global.xml", "/sitemap-basic.xml")
        files = "".join(f"<sitemap><loc>https://www.kompas.com{name}</loc></sitemap>\n" for name in names)
        return f"{_HEAD}<sitemapindex {_NAMESPACES}>\n{files}</sitemapindex>\n".encode()
    named = {_NEWS: newest, _OTHER: others}.get(path)
    if named is None:
        return None
    return f"{_HEAD}<urlset {_NAMESPACES}>\n{''.join(map(_url, named))}</urlset>\n".encode()


def _url(story: Story) -> str:
    return (
        f"<url><loc>{story.address}</loc><news:news><news:publication><news:name>Kompas.com</news:name>"
        f"<news:language>id</news:language></news:publication>"
        f"<news:publication_date>{story.published.isoformat()}</news:publication_date>"
        f"<news:title><![CDATA[{story.title}]]></news:title></news:news></url>\n"
    )
