"""Article pages of 2014-2017: ``div.kcm-read``. No content metas, no JSON-LD, no "Terkini Lainnya"."""

import html
import re

from tests.site.body_html import dateline_html
from tests.site.inline import markup
from tests.site.pieces import BacaJuga, Heading, Loose, Paragraph, Piece, Quote
from tests.site.story import Story

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def printed_time(story: Story) -> str:
    """`Selasa, 16 Februari 2016 | 14:11 WIB`."""
    when = story.published
    return f"{DAYS[when.weekday()]}, {when.day} {MONTHS[when.month - 1]} {when.year} | {when:%H:%M} WIB"


def render(story: Story, page: int) -> bytes:
    """The page; stories of these years have one page here."""
    title = html.escape(story.title)
    summary = html.escape(story.summary or "")
    address = story.address
    image = story.lead.url if story.lead else ""
    return f"""<!-- 50.245 --><!DOCTYPE html>
<html lang="en">
<head>
<script type="text/javascript">
    var base_url = 'http://internasional.kompas.com/';
    var limit_personalisasi = 5;
</script>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="description" content="{summary}">
<meta name="keywords" content="">
<meta name="author" content="Kompas Cyber Media">
<title>{title} - Kompas.com</title>
<meta property="og:url" content="{address}" />
<meta property="og:type" content="article" />
<meta property="og:title" content="{title} - Kompas.com" />
<meta property="og:image" content="{image}" />
<meta property="og:description" content="{summary}" />
<link rel="canonical" href="{address}" />
<link rel="dns-prefetch" href="twitter.com">
<link rel="alternate" href="android-app://com.ertanto.kompas.official/http/{address.removeprefix("http://")}"/>
<link rel="amphtml" href="{address.replace("/read/", "/amp/read/")}">
<link type="text/css" rel="stylesheet" href="http://assets.kompas.com/data/2015/kanal/news/css/kcm-style-kanal.css?v=42">
</head>
<body>
<!-- s: ads banner peelad -->
<div class="container pt4">
<div class="kcm-topbar"><ul>
<li class="active"><a href="http://www.kompas.com">Kompas.com</a></li>
<li><a href="http://www.kompasiana.com" target="_blank">Kompasiana.com</a></li>
<li><a href="http://tekno.kompas.com">Tekno</a></li>
</ul></div>
<!-- s: halaman baca -->
<div class="kcm-read">
<div class="kcm-read-top clearfix">
<ul class="kcm-breadcrumb orange">
<li><h4><a href="http://news.kompas.com/">News</a></h4></li>
<li><h4><a href="http://internasional.kompas.com/">Internasional</a></h4></li>
</ul>
<h2>{html.escape(story.title, quote=False)}</h2>
<div class="clearfix">
<div class="kcm-date msmall grey">{printed_time(story)}</div>
<div class="kcm-social-right kcm-social-share clearfix"><ul>
<li><a href="#" class="copylink" data-url="{address}"><span class="kcm-sosial-count">copy link</span></a></li>
</ul><div class="share-total" ><div id="total-count-atas"></div><span>Shares</span></div></div>
</div>
{_lead(story)}
</div>
<div class="kcm-read-body clearfix">
<div class="span2"><div class="kcm-read-terkait">
<h3>Terkait</h3><ul><li><a href="http://internasional.kompas.com/read/2016/02/10/09153011/Judul.Lama.yang.Terkait">\
Judul Lama yang Terkait</a></li></ul></div></div>
<div class="span6"><div class="kcm-read-text-wrap">
<!-- s: isi berita -->
<div class="kcm-read-text">
{_body(story)}
</div>
<!-- e: isi berita -->
<!-- s: copyright -->
<div class="kcm-read-copy mt2"><table class="grey"><tbody>
{_credit(story)}
</tbody></table></div>
<!-- e: copyright -->
<div id="nps-data" data-articleid="1288218" data-siteid="1"></div>
<div id="btn-share-bawah" class="kcm-social-share mt2 clearfix"><span>Shares</span></div>
</div></div></div>
<!-- Footer BBC dan ABC -->
</div>
<!-- e: halaman baca -->
<!-- s: rekomendasi -->
<div style="height:350px;" class="kompas-widget" data-type="related.kanal" data-limit="8"></div>
<!-- s: komentar -->
<div id="komentar" data-capcay="590067"> </div>
<script type="text/javascript">var article_subkanal = "Internasional"; var site_id = "1";</script>
</div>
</body>
</html>
""".encode()


def _lead(story: Story) -> str:
    if story.lead is None:
        return ""
    credit = f'<span class="pb_10 author">{html.escape(story.lead.credit)}</span> ' if story.lead.credit else ""
    return (
        '<div id="604458" class="photo" style="   max-width: 100% ; width:780px " ><img data-width="780px" '
        f'data-aligment=""  src="{story.lead.url}" alt="" />{credit}'
        f"{html.escape(story.lead.caption or '')}</div>"
    )


def _body(story: Story) -> str:
    """With ``<p>`` for one variant; else text nodes parted by two ``<br />``, the first before any word."""
    opening = dateline_html(story.dateline) if story.dateline else ""
    if story.variant == "paragraphs":
        texts = [_text(piece) for piece in story.pieces]
        texts[0] = opening.replace("</strong> &mdash; ", "</strong>&nbsp;&mdash;&nbsp;") + texts[0]
        return "\n".join(f"<p>{text}</p>" for text in texts)
    joined = "<br /><br />".join(_text(piece) for piece in story.pieces)
    return f"<br /><br />{opening}{joined}"


def _text(piece: Piece) -> str:
    """Tag links came with the next template."""
    match piece:
        case Paragraph(text) | Quote(text):
            return _untagged(text)
        case Loose(texts):
            return "<br /><br />".join(_untagged(text) for text in texts)
        case Heading(text):
            return f"<strong>{_untagged(text)}</strong>"
        case BacaJuga(links):
            return f'<strong>Baca juga : <a href="{links[0][1]}">{markup(links[0][0])}</a></strong>'
    raise TypeError(piece)


def _untagged(text: str) -> str:
    return markup(re.sub(r"\[\[(.+?)\]\]", lambda found: found[1].strip(), text))


def _credit(story: Story) -> str:
    """Penulis is often missing; the cell of "Sumber" is never closed."""
    rows: list[str] = []
    office = f"Kontributor {story.variant.partition(':')[2]}, " if story.variant.startswith("office:") else ""
    if story.authors:
        rows.append(f"<tr><td>Penulis</td><td>: {office}{story.authors[0]} </td></tr>")
    rows.append(f"<tr>\n<td>Editor</td>\n<td>: {story.editors[0]}</td>\n</tr>")
    if story.sources:
        site = story.sources[0].lower().replace(" ", "")
        rows.append(f"<tr><td>Sumber</td><td>: <a href='http://www.{site}.com/'>{story.sources[0]}</a></tr>")
    return "\n".join(rows)
