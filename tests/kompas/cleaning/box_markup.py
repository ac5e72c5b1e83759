"""For every box rule: markup that it must empty, and markup that must outlive it. The text to watch is `KATA`."""

from typing import Final

FURNITURE: Final[dict[str, list[str]]] = {
    "script": [
        "<script>var KATA = 1;</script>",
        "<style>.KATA {}</style>",
        "<noscript>KATA</noscript>",
        "<template>KATA</template>",
        "<svg><text>KATA</text></svg>",
        "<object><p>KATA</p></object>",
    ],
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
    ],
    "membership": ['<div class="gate-kgplus"><p>KATA</p></div>'],
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
    "share": [
        '<div class="social"><p>KATA</p></div>',
        '<div class="social--inline">KATA</div>',
        '<span class="social--text">KATA</span>',
    ],
    "player": ['<div id="ivsplayer-1"><p>KATA</p></div>', "<ivs-player>KATA</ivs-player>"],
    "comments": [
        '<div class="comment"><p>KATA</p></div>',
        '<div id="komentar">KATA</div>',
        '<div id="comment_widget">KATA</div>',
    ],
    "form": [
        "<form><p>KATA</p></form>",
        "<button>KATA</button>",
        "<select><option>KATA</option></select>",
        "<textarea>KATA</textarea>",
        "<label>KATA</label>",
    ],
}

PROSE: Final[dict[str, list[str]]] = {
    "script": ['<p class="script">KATA</p>', '<p id="style">KATA</p>', "<p>KATA <code>&lt;script&gt;</code></p>"],
    "ads": ['<p class="ads">KATA</p>', '<p class="advertisement-law">KATA</p>', '<p class="x jxf">KATA</p>'],
    "lift_mark": ["<p><span>KATA</span></p>", '<p class="liftdown">KATA</p>'],
    "recommender": ['<p class="kompasid">KATA</p>', '<p><a href="https://www.kompas.id/kompasidRec">KATA</a></p>'],
    "membership": ['<p class="gate">KATA</p>', '<p id="gate-kgplus">KATA</p>'],
    "related_box": ['<p class="related">KATA</p>', '<p><a href="/x" class="inner-link">KATA</a></p>'],
    "sidebar": ['<p class="aside">KATA</p>', '<div class="inner"><p>KATA</p></div>'],
    "paging": ['<p class="page">KATA</p>', '<p id="paging">KATA</p>'],
    "share": ['<p class="social-issue">KATA</p>', '<p class="antisocial">KATA</p>'],
    "player": ['<p class="ivsplayer">KATA</p>', '<p id="player">KATA</p>'],
    "comments": ['<p class="commentary">KATA</p>', '<p id="comment">KATA</p>'],
    "form": ['<p class="form">KATA</p>', "<fieldset><p>KATA</p></fieldset>"],
}
