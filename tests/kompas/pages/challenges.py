"""Refusals of bot protections: the vendors' markup, with invented text and values."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Refusal:
    """A response that refuses."""

    vendor: str
    status: int
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)


REFUSALS = {
    "AWS WAF, challenge": Refusal(
        "AWS WAF",
        202,
        b"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title></title><script type="text/javascript">
window.awsWafCookieDomainList = []; window.gokuProps = {"key":"AAAA","iv":"BBBB","context":"CCCC"};</script>
<script src="https://0a1b2c.0a1b2c.eu-west-1.token.awswaf.com/0a1b2c/challenge.js"></script></head>
<body><div id="challenge-container"></div><noscript><h1>Skrip dimatikan</h1></noscript></body></html>""",
        [("x-amzn-waf-action", "challenge")],
    ),
    "AWS WAF, captcha": Refusal(
        "AWS WAF",
        405,
        b"""<!DOCTYPE html><html><head><title>Verifikasi</title>
<script src="https://0a1b2c.captcha.awswaf.com/0a1b2c/captcha.js"></script></head>
<body><div id="captcha-container"></div></body></html>""",
        [("x-amzn-waf-action", "captcha")],
    ),
    "Cloudflare, challenge": Refusal(
        "Cloudflare",
        403,
        b"""<!DOCTYPE html><html lang="en-US"><head><title>Sebentar...</title>
<meta name="robots" content="noindex,nofollow">
<meta http-equiv="refresh" content="360"></head><body class="no-js"><div class="main-wrapper" role="main">
<noscript><div class="h2"><span id="challenge-error-text">Aktifkan skrip dan kuki</span></div></noscript></div>
<script>(function(){window._cf_chl_opt={cvId:'3',cZone:"www.kompas.com",cType:'managed',cRay:'0a1b2c3d4e5f'};
var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=0a1b2c';
document.getElementsByTagName('head')[0].appendChild(a);}());</script></body></html>""",
        [("server", "cloudflare"), ("cf-mitigated", "challenge")],
    ),
    "Cloudflare, denial": Refusal(
        "Cloudflare",
        403,
        b"""<!DOCTYPE html><html class="no-js" lang="en-US"><head><title>Perhatian! | Cloudflare</title></head>
<body><div id="cf-wrapper"><div id="cf-error-details" class="cf-error-details-wrapper">
<h1 data-translate="block_headline">
Akses ditolak</h1></div></div></body></html>""",
        [("server", "cloudflare")],
    ),
    "Akamai, challenge": Refusal(
        "Akamai",
        200,
        b"""<html><head><title>&nbsp;</title></head><body><div id="sec-if-cpt-container"></div>
<script type="text/javascript" src="/aB1c/D2e/F3g?v=0a1b&t=12345"></script></body></html>""",
    ),
    "Akamai, denial": Refusal(
        "Akamai",
        403,
        b"""<HTML><HEAD>
<TITLE>Akses ditolak</TITLE>
</HEAD><BODY>
<H1>Akses ditolak</H1>
"http&#58;&#47;&#47;www&#46;kompas&#46;com&#47;global" di peladen ini.<P>
Rujukan&#32;&#35;18&#46;0a1b2c3d&#46;1700000000&#46;4e5f6a
<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;0a1b2c3d&#46;1700000000&#46;4e5f6a</P>
</BODY>
</HTML>""",
        [("server", "AkamaiGHost"), ("mime-version", "1.0")],
    ),
    "DataDome": Refusal(
        "DataDome",
        403,
        b"""<html lang="en"><head><title>kompas.com</title><style>#cmsg{animation: A 1.5s;}</style></head>
<body style="margin:0"><p id="cmsg">Nyalakan skrip</p><script data-cfasync="false">var dd={'rt':'c','cid':'AHrl',
'hsh':'0A1B','t':'bv','s':1,'e':'0a','host':'geo.captcha-delivery.com'}</script>
<script data-cfasync="false" src="https://ct.captcha-delivery.com/c.js"></script></body></html>""",
        [("x-datadome", "protected"), ("x-dd-b", "1")],
    ),
    "Incapsula": Refusal(
        "Incapsula",
        200,
        b"""<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW">
<script src="/lorem-ipsum-dolor" async></script></head><body style="margin:0px;height:100%">
<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1-2-0&incident_id=1-2&edet=12" width="100%">
Gagal. Incapsula incident ID: 1-2</iframe></body></html>""",
        [("x-iinfo", "1-2-0 NNNN RT(1 2) q(0 -1 -1 1) r(0 -1)"), ("x-cdn", "Imperva")],
    ),
    "Anubis": Refusal(
        "Anubis",
        200,
        b"""<!doctype html><html lang="en"><head><title>Memastikan kamu bukan bot!</title>
<link rel="stylesheet" href="/.within.website/x/xess/xess.css?cachebuster=1.22.0">
<script id="anubis_version" type="application/json">"1.22.0"</script>
<script id="anubis_challenge" type="application/json">{"rules":{"algorithm":"fast","difficulty":4},"challenge":"0a1b"}
</script></head><body id="top"><main><img id="image"
src="/.within.website/x/cmd/anubis/static/img/pensive.webp?cacheBuster=1.22.0"><p id="status">Memuat...</p></main>
</body></html>""",
    ),
}
"""A page for each form of refusal that the vendors' documents, or captured responses in public repositories, show."""

ORDINARY = {
    "AWS WAF": b'<script src="https://0a1b2c.token.awswaf.com/0a1b2c/challenge.js" defer></script>',
    "Cloudflare": b"<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>",
    "Akamai": b'<script src="/akam/13/0a1b2c" defer></script>',
    "DataDome": b'<script src="https://js.datadome.co/tags.js" async></script>',
    "Incapsula": b'<script src="/_Incapsula_Resource?SWJIYLWA=0a1b2c,0a1b2c"></script>',
    "Anubis": b"<!-- anubis_challenge -->",
}
"""What the pages of a site behind a vendor hold when nothing is refused."""
