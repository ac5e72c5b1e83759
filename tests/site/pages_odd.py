"""Pages that are no articles: what the site answers when something is in the way or wrong."""

from tests.site.story import Story

NOT_FOUND = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Halaman tidak ditemukan - Kompas.com</title></head>
<body><div class="error__page"><h2>MAAF KAMI TIDAK MENEMUKAN HALAMAN YANG ANDA CARI</h2>
<a href="https://www.kompas.com">Kembali ke beranda</a></div></body></html>
"""

CHALLENGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title></title>
<script type="text/javascript">
window.awsWafCookieDomainList = ["kompas.com"];
window.gokuProps = {"key":"AQIDAHjcYu", "iv":"A6we5ABvdQAAAcUZ", "context":"kI0rDV0ZFOfuLMIfBqC8ZJm"};
</script>
<script src="https://a1b2c3.token.awswaf.com/a1b2c3/challenge.js"></script>
</head><body><div id="challenge-container"></div>
<noscript><h1>JavaScript is disabled</h1>\
In order to continue, we need to verify that you're not a robot.</noscript>
</body></html>
"""

FORBIDDEN = b"<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1></body></html>\n"

CHECKPOINT = b"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Checkpoint - Kompas.com</title></head>
<body><div class="checkpoint"><h2>Verifikasi dirimu untuk melanjutkan</h2></div></body></html>
"""

ROBOTS = b"""User-Agent: *
Disallow: /search/?q=
Disallow: /komentar/*
Disallow: /copy/*
Disallow: *?jxrecoid=*
Disallow: *?utm_source=*
Disallow: *?source=*

User-agent: GPTBot
Disallow: /

User-agent: PerplexityBot
Disallow: /

Sitemap: https://www.kompas.com/sitemap.xml
"""
"""The same file on every host."""


def unknown_layout(story: Story) -> bytes:
    """A markup that no generation of the site has used: words of an article, none of its classes."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{story.title}</title>
<link rel="canonical" href="{story.address}" /></head>
<body><main class="story-shell"><header><h1 class="story-shell__headline">{story.title}</h1></header>
<section class="story-shell__text"><p>{story.summary}</p><p>Isi lengkap dimuat oleh aplikasi.</p></section>
</main></body></html>
""".encode()
