"""For every box rule: markup that it removes, and markup that looks like it and stays. The text to watch is `KATA`."""

from typing import Final

FURNITURE: Final[dict[str, list[str]]] = {
    "fallback": [
        "<noscript>KATA</noscript>",
        "<template>KATA</template>",
        "<svg><text>KATA</text></svg>",
        "<object><p>KATA</p></object>",
        "<video controls><source src='a.mp4'>KATA</video>",
        "<audio src='a.mp3'><p>KATA</p></audio>",
        "<canvas>KATA</canvas>",
    ],
    "widget": ['<div id="widget-polling"><p>KATA</p></div>', '<iframe class="darkMsg" src="/survei">KATA</iframe>'],
    "ads": [
        '<span class="ads-on-body">KATA</span>',
        '<div class="ads-partner-wrap"><p>KATA</p></div>',
        '<div class="advertisement">KATA</div>',
        '<ins class="adsbygoogle">KATA</ins>',
        '<div id="div-gpt-ad-123-0"><p>KATA</p></div>',
        '<div id="jxads-1">KATA</div>',
        '<div id="jxOutstream">KATA</div>',
        '<div class="jxf-wrap">KATA</div>',
        '<div id="sm_box_1">KATA</div>',
    ],
    "lift_mark": ['<span class="liftdown_v2_tanda">KATA</span>'],
    "recommender": [
        '<div class="kompasidRec__wrap"><p>KATA</p><script>var endpoint = 1;</script></div>',
        '<p class="x kompasidRec__title">KATA</p>',
        '<div class="kompasidRec__subs">KATA</div>',
        '<div id="kid-wrap" class="kid-wrap"><p>KATA</p></div>',
    ],
    "membership": ['<div class="gate-kgplus"><p>KATA</p></div>'],
    "verdict": ['<div class="hoax__artikel"><h2>KATA</h2></div>'],
    "related_box": [
        '<div class="articleRelated"><a href="/x">KATA</a></div>',
        '<div class="article__related">KATA</div>',
        '<div class="related__inline ga--related" style="display:none"><p>KATA</p></div>',
    ],
    "sidebar": ["<aside><p>KATA</p></aside>", '<div class="inner__sidebar"><p>KATA</p></div>'],
    "paging": [
        '<div class="read__paging"><a href="?page=2">KATA</a></div>',
        '<div class="paging paging--article"><div class="paging__item">KATA</div></div>',
        '<div class="paging__footnote"><a class="next">KATA</a></div>',
    ],
    "credits": [
        '<div class="read__credit bottom"><span>Sumber</span> <a>KATA</a></div>',
        '<div class="read__tagging"><ul><li>KATA</li></ul></div>',
    ],
    "share": [
        '<div class="social"><p>KATA</p></div>',
        '<div class="social--inline">KATA</div>',
        '<span class="social--text">KATA</span>',
    ],
    "player": [
        '<div id="ivsplayer-1"><p>KATA</p></div>',
        "<ivs-player>KATA</ivs-player>",
        '<div class="kgnw-middle">KATA</div>',
    ],
    "comments": [
        '<div class="comment"><p>KATA</p></div>',
        '<div id="komentar">KATA</div>',
        '<div id="comment_widget">KATA</div>',
        '<div class="komentar-bar">KATA</div>',
    ],
    "form": [
        "<form><p>KATA</p></form>",
        "<button>KATA</button>",
        "<select><option>KATA</option></select>",
        "<textarea>KATA</textarea>",
        "<label>KATA</label>",
    ],
    "hidden": [
        '<p style="display:none">KATA</p>',
        '<div style="color: red; display: none;"><p>KATA</p></div>',
        "<p hidden>KATA</p>",
        '<p aria-hidden="true">KATA</p>',
        '<p style="visibility:hidden">KATA</p>',
        '<p style="visibility: hidden">KATA</p>',
        "<dialog><p>KATA</p></dialog>",
    ],
}

PROSE: Final[dict[str, list[str]]] = {
    "fallback": ['<p class="video">KATA</p>', '<p id="object">KATA</p>', "<p>KATA <code>&lt;video&gt;</code></p>"],
    "widget": ['<p class="widget-polling">KATA</p>', '<p class="darkMsg">KATA</p>'],
    "ads": ['<p class="ads">KATA</p>', '<p class="advertisement-law">KATA</p>', '<p class="x jxf">KATA</p>'],
    "lift_mark": ["<p><span>KATA</span></p>", '<p class="liftdown">KATA</p>'],
    "recommender": ['<p class="kompasid">KATA</p>', '<p><a href="https://www.kompas.id/kompasidRec">KATA</a></p>'],
    "membership": ['<p class="gate">KATA</p>', '<p id="gate-kgplus">KATA</p>'],
    "verdict": ['<p class="hoax">KATA</p>', '<p id="hoax__artikel">KATA</p>', '<p class="hoax__artikel-2">KATA</p>'],
    "related_box": ['<p class="related">KATA</p>', '<p><a href="/x" class="inner-link">KATA</a></p>'],
    "sidebar": ['<p class="aside">KATA</p>', '<div class="inner"><p>KATA</p></div>'],
    "paging": ['<p class="page">KATA</p>', '<p id="paging">KATA</p>'],
    "credits": ['<p class="credit">KATA</p>', '<p class="tagging">KATA</p>'],
    "share": ['<p class="social-issue">KATA</p>', '<p class="antisocial">KATA</p>'],
    "player": ['<p class="ivsplayer">KATA</p>', '<p id="player">KATA</p>'],
    "comments": ['<p class="commentary">KATA</p>', '<p id="comment">KATA</p>'],
    "form": ['<p class="form">KATA</p>', "<fieldset><p>KATA</p></fieldset>"],
    "hidden": [
        '<p aria-hidden="false">KATA</p>',
        '<p style="display:block">KATA</p>',
        '<p class="hidden">KATA</p>',
        '<p style="overflow:hidden">KATA</p>',
        "<dialog open><p>KATA</p></dialog>",
    ],
}
