"""newspaper4k over pages, told that they are Indonesian; no network."""

from importlib.metadata import version

from newspaper import Article
from running import Record, run


def extract(url: str, text: str) -> Record:
    article = Article(url, language="id", fetch_images=False)
    article.download(input_html=text)
    article.parse()
    published = article.publish_date.isoformat() if article.publish_date else None
    return {"title": article.title, "text": article.text, "published": published, "authors": article.authors}


if __name__ == "__main__":
    run(f"newspaper4k {version('newspaper4k')}", extract)
