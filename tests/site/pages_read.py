"""Article pages of 2017-2021: ``div.read__content`` and its neighbours."""

import html

from tests.site.body_html import elements
from tests.site.furniture import (
    COMMENTS,
    FOOTER,
    HEADER,
    Boxes,
    latest_box,
    older_box,
    paging,
    popular_box,
    printed_time,
)
from tests.site.head_html import head
from tests.site.pieces import BacaJuga
from tests.site.story import Story

STYLES = (
    '<link rel="stylesheet" href="https://asset.kompas.com/data/2017/wp/css/kcm2017-article.min.css?v=87" '
    'type="text/css">'
)
ADS_AFTER = {3: "ads.paragraph.4", 6: "ads.paralax"}
"""Slots that the site puts behind the third and the sixth element of a body."""


def render(story: Story, page: int, boxes: Boxes) -> bytes:
    """A page of a story; page 0 is ``?page=all``."""
    title = "" if story.trouble == "no_title" else _title(story)
    parts = (
        head(story, page, STYLES),
        HEADER,
        breadcrumb(story),
        title,
        '<div class="row clearfix js-giant-wp-sticky-parent">\n<div class="col-bs10-7 js-read-article">\n',
        _header(story),
        verdict_box(story),
        _lead(story),
        '<div class="read__article mt2 clearfix js-tower-sticky-parent">\n<div class="col-bs9-7">\n',
        _credit(story),
        _content(story, page),
        paging(story, page),
        _sources(story),
        tags(story),
        _related(story),
        "</div></div>\n",
        RECOMMENDATION,
        COMMENTS,
        latest_box(boxes.latest),
        '</div>\n<div class="col-bs10-3">\n',
        popular_box(boxes.popular),
        older_box(boxes.older),
        "</div>\n</div>\n",
        FOOTER,
    )
    return "".join(parts).encode(errors="surrogateescape")


def verdict_box(story: Story) -> str:
    """The box of a fact check."""
    if story.verdict is None:
        return ""
    return (
        '<div class="hoax__artikel clearfix"><h2 class="hoax__artikel__title">hoaks!</h2>\n'
        f"<p>{html.escape(story.verdict)}</p></div>\n"
    )


RECOMMENDATION = """<!-- rekomendasi -->
<div id="rekomendasi" class="recommendation recommendation--small clearfix"></div>
<script>
var rekomendasi_html = '<div class="title__content">Rekomendasi untuk anda</div>';
</script>
"""


def breadcrumb(story: Story) -> str:
    def item(href: str, name: str) -> str:
        return (
            '<li class="breadcrumb__item" itemprop="itemListElement"><a class="breadcrumb__link" '
            f'itemprop="item" href="{href}"><span itemprop="name">{name}</span></a></li>\n'
        )

    front = f"https://{story.kanal}.kompas.com" if story.host == "host" else f"https://www.kompas.com/{story.kanal}"
    return (
        '<h3 class="breadcrumb">\n<ul class="breadcrumb__wrap" itemscope>\n'
        f"{item('https://www.kompas.com', 'Home')}{item(front, story.section)}</ul>\n</h3>\n"
    )


def _title(story: Story) -> str:
    return f'<!-- read title-->\n<h1 class="read__title">{html.escape(story.title, quote=False)}</h1>\n'


def _header(story: Story) -> str:
    time = "" if story.trouble == "no_time" else f'<div class="read__time">Kompas.com - {printed_time(story)}</div>\n'
    return f"""<!-- read header-->
<div class="read__header col-offset-fluid clearfix">
{time}<div class="social--inline"><span class="social--text">Bagikan:</span></div>
</div>
"""


def _lead(story: Story) -> str:
    if story.lead is None:
        return ""
    caption = html.escape(story.lead.caption or "")
    credit = f'<span class="pb_10 author">{html.escape(story.lead.credit)}</span>' if story.lead.credit else ""
    link = story.address.replace("/read/", "/image/") + "?page=1"
    return f"""<!-- photo artikel-->
<div class="photo" data-photolink="{link}">
<img src="{story.lead.url}" alt="{caption}" />
{credit}{caption}</div>
<!-- (ads.overlay) -->
"""


def _credit(story: Story) -> str:
    def person(label: str, name: str) -> str:
        profile = f"http://indeks.kompas.com/profile/2109/{name.replace(' ', '.')}"
        return (
            f'<div class="read__credit__item" id="{label.lower()}"><span>{label}</span> '
            f'<a href="{profile}">{html.escape(name)}</a></div>'
        )

    people = [person("Penulis", name) for name in story.authors] + [person("Editor", name) for name in story.editors]
    return f'<!-- read credit-->\n<div class="read__credit clearfix">{" | ".join(people)}</div>\n'


def _content(story: Story, page: int) -> str:
    """Half of the pages open with an empty paragraph, a third stand in one more ``<div>``."""
    turn = int(story.digits[6])
    lines = ["<p><strong></strong></p>"] if turn % 2 else []
    for count, (piece, line) in enumerate(zip(story.pieces_of(page), elements(story, page), strict=True), 1):
        ads = ADS_AFTER.get(count)
        lines.append(line + (f'<span class="ads-on-body"><!-- ({ads}) --></span>' if ads else ""))
        if isinstance(piece, BacaJuga) and turn % 5 == 0:
            lines.append("<p>&nbsp;</p>")
    text = "\n".join(lines)
    if turn % 3 == 0:
        text = f'<div data-io-article-url="{story.address}">{text}</div>'
    return (
        f'<!-- read content-->\n<div class="read__content">\n{text}</p><!-- (ads.native_banner) --></p>'
        '<span class="liftdown_v2_tanda"></span>                    <div class="fb-quote"></div>\n</div>\n'
        "<div id='div-gpt-for-outstream' ></div>\n"
    )


def _sources(story: Story) -> str:
    links = ",".join(
        f'<a href="https://www.{name.lower().replace(" ", "")}.com/" target="_blank">{html.escape(name)}</a>'
        for name in story.sources
    )
    item = f'<div class="read__credit__item"><span>Sumber</span> {links}</div>' if links else ""
    return f'<!-- read credit-->\n<div class="read__credit bottom clearfix">{item}</div>\n'


def tags(story: Story) -> str:
    items = "".join(
        f'<li class="tag__article__item"><a class="tag__article__link" href="https://www.kompas.com/tag/'
        f'{tag.lower().replace(" ", "+")}?url={story.address}">{html.escape(tag)}</a></li>'
        for tag in story.tags
    )
    return f"""<!-- read tag-->
<div class="read__tagging mt1 clearfix"><h3 class="tag tag--article clearfix">
<div class="col-bs10-1 tag__article__teaser col-offset-0">Tag:</div>
<ul class="tag__article__wrap">{items}</ul>
</h3></div>
"""


def _related(story: Story) -> str:
    """ "Berita Terkait" twice; the second is hidden."""
    items = "".join(
        f'<h4 class="related__inline__title"><a href="{url.replace("https:", "http:")}">{title}</a></h4>'
        for title, url in story.related
    )
    box = f"<h3><span>Berita Terkait</span></h3>{items}</div>"
    return (
        f'<!-- berita terkait-->\n<div class="related__inline ga--related mt2 clearfix">{box}\n'
        f'<div id="terkait-dev" class="related__inline ga--related mt2 clearfix" style="display:none">{box}\n'
    )
