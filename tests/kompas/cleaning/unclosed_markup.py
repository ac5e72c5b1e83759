"""Furniture whose end tag is missing: what opens it, and the words that it keeps. The story's paragraphs follow."""

from typing import Final

_PICTURE: Final = '<img src="https://asset.kompas.com/dermaga.jpg">'
_CAPTION: Final = '<div class="photo__caption">Dermaga lama.'
_TWEET: Final = '<blockquote class="twitter-tweet"><p>Ombak tinggi</p>&mdash; Syahbandar'

OPENED: Final[dict[str, str]] = {
    "form": '<form action="/langganan"><input name="surel">Surel Anda',
    "form with a field": '<form><div class="kolom"><label>Surel Anda</label><input name="surel"></div>',
    "form with a break": '<form>Surel Anda <input name="surel"><br>',
    "label": "<label>Surel Anda",
    "button": "<button>Kirim",
    "aside": "<aside>",
    "select": "<select>",
    "advertising span": '<span class="ads-on-body">Iklan baris',
    "advertising box": '<div class="advertisement">Iklan baris',
    "advertising slot": '<div id="div-gpt-ad-7">',
    "advertising tag": '<ins class="adsbygoogle">',
    "share buttons": '<div class="social"><a href="#">Bagikan kabar</a>',
    "comment box": '<div class="comment"><a href="#">Tulis tanggapan</a>',
    "player without scripts": "<noscript>Nyalakan skrip",
    "object": '<object data="/peta">Peta tak tampil',
    "sound": '<audio src="/suara.mp3">Suara tak terputar',
    "film": "<video controls>Film tak terputar",
    "hidden box": '<div style="display:none">Sembunyi',
    "photo": f'<div class="photo">{_PICTURE}<span class="author">RARA</span>Dermaga lama.',
    "photo without a caption": f'<div class="photo">{_PICTURE}',
    "photo with its caption inside": f'<div class="photo__wrap">{_PICTURE}{_CAPTION}</div>',
    "caption behind a photo": f'<div class="photo__wrap">{_PICTURE}</div>{_CAPTION}',
    "figure": f"<figure>{_PICTURE}<figcaption>Dermaga lama.</figcaption>",
    "caption of a figure": f"<figure>{_PICTURE}<figcaption>Dermaga lama.",
    "infographic": f'<div class="photo-infographic">{_PICTURE}<span class="author">RARA</span> Peta arus.',
    "tweet": f'{_TWEET} <a href="https://twitter.com/pelabuhan/status/7">22 April</a>',
    "tweet with its script": f'{_TWEET} <a href="https://x.com/a/status/7">22 April</a><script src="/w.js"></script>',
    "tweet without a link": '<blockquote class="twitter-tweet"><p>Ombak tinggi</p>',
    "post with blocks": '<blockquote class="instagram-media"><div><a href="https://www.instagram.com/p/C7/">Lihat</a>'
    "<p>Ombak tinggi</p></div>",
    "post of Facebook": '<div class="fb-post" data-href="https://www.facebook.com/a/posts/7"><blockquote><p>Ombak</p>'
    "</blockquote>",
    "player": '<div class="video"><iframe src="https://www.youtube.com/embed/C7"></iframe>'
    '<span class="author">RARA</span> Film dermaga.',
    "related box": '<div class="inject-baca-juga"><p>Baca juga: <a href="/global/read/2021/04/20/101500370/m">M</a>',
}

BY_CONTENT: Final = (
    *("label", "button", "advertising span", "form", "form with a field", "form with a break", "aside"),
    *("photo", "photo with its caption inside", "caption behind a photo", "figure", "caption of a figure"),
    *("infographic", "tweet", "tweet with its script", "post with blocks", "player"),
)
"""Those that show by what they hold where the body has no mark of the template."""
