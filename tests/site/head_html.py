"""The `<head>` that article pages since 2017 share: metas, links, JSON-LD."""

import html
import json
from datetime import UTC, datetime

from tests.site.story import Story


def head(story: Story, page: int, styles: str) -> str:
    """Return the metas as the site prints them; title and description name the page when it is requested by number."""
    suffix = {0: " Halaman all", 1: ""}.get(page, f" Halaman {page}")
    title = html.escape(story.title + suffix + (" - Kompas.com" if suffix else ""))
    summary = html.escape(story.summary + suffix) if story.summary else ""
    image = story.lead.url.replace("750x500", "780x390") if story.lead else ""
    keywords = html.escape(", ".join((*story.tags, "internasional")))
    return f"""<!DOCTYPE html>
<html>
<head>
<title>{title}</title>
<link href="//asset.kompas.com" rel="dns-prefetch">
<meta charset="utf-8">
{story.head_markup}<meta name="viewport" content="width=device-width">
<meta name="description" content="{summary}">
<meta name="keywords" content="{keywords}">
<meta name="author" content="Kompas Cyber Media">
<meta property="og:type" content="article" />
<meta property="og:image" content="{image}" />
<meta property="og:title" content="{title}" />
<meta property="og:description" content="{summary}">
<meta property="og:url" content="{story.address}" />
{_content_metas(story)}<link rel="amphtml" href="{amp_url(story)}">
<link rel="canonical" href="{story.address}" />
<link rel="dns-prefetch" href="twitter.com">
{styles}
{_json_ld(story, summary, image)}
</head>
"""


def stated_time(story: Story) -> datetime:
    """The time of publication by the metas; on updated pages of 2021-2023 that of the update."""
    return story.modified if story.modified and "restated" in story.variant else story.published


def amp_url(story: Story) -> str:
    return f"https://amp.kompas.com/{story.kanal}/read/{story.id}/{story.slug}"


def _content_metas(story: Story) -> str:
    tags = story.tags or ("",)
    values = {
        "content_category": story.section,
        "content_location": f"\n{story.dateline.place.lower()}" if story.dateline and story.dateline.place else "",
        "content_author": "" if "anonymous" in story.variant else ", ".join(story.authors),
        "content_editor": ", ".join(story.editors),
        "content_type": story.content_type,
        "content_PublishedDate": f"{stated_time(story):%Y-%m-%d %H:%M:%S}",
        "content_source": ",".join(story.sources),
        "content_tag": tags[0],
        "content_tags": ", ".join(story.tags),
        "content_total_words": str(story.declared_words),
    }
    if story.trouble == "no_time":
        del values["content_PublishedDate"]
    return "".join(f'<meta name="{name}" content="{html.escape(text)}" />\n' for name, text in values.items())


def _json_ld(story: Story, summary: str, image: str) -> str:
    data: dict[str, object] = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "image": {"@type": "ImageObject", "url": image},
    }
    if story.trouble != "no_time":
        data["datePublished"] = _utc(stated_time(story))
        data["dateModified"] = _utc(story.modified or story.published)
    data["author"] = {"@type": "Person", "name": ", ".join(story.authors) or "Kompas Cyber Media"}
    data["description"] = html.unescape(summary)
    script = json.dumps(data, separators=(",", ":")).replace("/", "\\/")
    return f"""<script type="application/ld+json">
{{"@context":"http://schema.org","@type":"WebSite","url":"https://www.kompas.com/"}}
</script>
<script type="application/ld+json">
{script}
</script>"""


def _utc(when: datetime) -> str:
    """JSON-LD times stand in UTC while everything else on the page is WIB."""
    return when.astimezone(UTC).isoformat()
