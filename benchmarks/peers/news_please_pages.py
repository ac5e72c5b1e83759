"""news-please over pages."""

from importlib.metadata import version

from newsplease import NewsPlease
from running import Record, run


def extract(url: str, text: str) -> Record:
    article = NewsPlease.from_html(text, url=url, fetch_images=False)
    published = article.date_publish.isoformat() if article.date_publish else None
    return {"title": article.title, "text": article.maintext, "published": published, "authors": article.authors}


if __name__ == "__main__":
    run(f"news-please {version('news-please')}", extract)
