"""Tweets, posts and players inside the body: links, never text."""

import pytest

from crawler.items import Embed
from tests.kompas.cleaning.reading import read, removals, texts

ONE, TWO = "Kapal merapat.", "Penumpang turun."

TWEET = "https://twitter.com/koranutara/status/1384"
POST = "https://www.instagram.com/p/Cab12/"
CLIP = "https://www.tiktok.com/@koranutara/video/77"

EMBEDS = [
    (
        f'<blockquote class="twitter-tweet"><p>Kata</p><a href="{TWEET}?ref_src=x">April 22</a></blockquote>',
        "twitter",
        TWEET,
    ),
    (
        '<blockquote class="twitter-tweet"><p>Kata <a href="https://t.co/x">t.co</a></p>'
        f'— Koran (@k) <a href="{TWEET}">22</a></blockquote><script src="https://platform.twitter.com/widgets.js"></script>',
        "twitter",
        TWEET,
    ),
    (
        '<blockquote class="twitter-video"><a href="https://x.com/k/status/9?s=20">9</a></blockquote>',
        "twitter",
        "https://x.com/k/status/9",
    ),
    (
        f'<blockquote class="instagram-media" data-instgrm-permalink="{POST}?utm_source=ig"><p>Kata</p></blockquote>',
        "instagram",
        POST,
    ),
    (f'<blockquote class="instagram-media"><a href="{POST}">View this post</a></blockquote>', "instagram", POST),
    (f'<blockquote class="tiktok-embed" cite="{CLIP}"><section>Kata</section></blockquote>', "tiktok", CLIP),
    (
        '<iframe src="https://www.youtube.com/embed/ab?start=3"></iframe>',
        "youtube",
        "https://www.youtube.com/embed/ab?start=3",
    ),
    ('<iframe src="//www.youtube.com/embed/ab"></iframe>', "youtube", "https://www.youtube.com/embed/ab"),
    ('<iframe src="about:blank" data-src="https://youtu.be/ab"></iframe>', "youtube", "https://youtu.be/ab"),
    (
        '<iframe src="https://www.youtube-nocookie.com/embed/ab"></iframe>',
        "youtube",
        "https://www.youtube-nocookie.com/embed/ab",
    ),
    ('<iframe src="https://www.kompas.tv/embed/7"></iframe>', "kompastv", "https://www.kompas.tv/embed/7"),
    ('<iframe src="https://video.kompas.com/e/7"></iframe>', "kompastv", "https://video.kompas.com/e/7"),
    (
        '<div class="fb-post" data-href="https://www.facebook.com/k/posts/7"><p>Kata</p></div>',
        "facebook",
        "https://www.facebook.com/k/posts/7",
    ),
    ('<div class="fb-video" data-href="https://www.facebook.com/7"></div>', "facebook", "https://www.facebook.com/7"),
    ('<iframe src="https://peta.example/a?b=c"></iframe>', "iframe", "https://peta.example/a?b=c"),
    ('<iframe src="/peta/1">Kata</iframe>', "iframe", "https://www.kompas.com/peta/1"),
]

EMBEDS += [
    (f'<blockquote class="embed">{TWEET}</blockquote>', "twitter", TWEET),
    (f'<blockquote class="embed">\n {POST}?utm_source=ig_web_copy_link </blockquote>', "instagram", POST),
    ('<blockquote class="embed">https://vt.tiktok.com/ZS8/</blockquote>', "tiktok", "https://vt.tiktok.com/ZS8/"),
    (f'<blockquote class="embed"><a href="{TWEET}">{TWEET}</a></blockquote>', "twitter", TWEET),
    ('<blockquote class="embed">https://peta.example/7</blockquote>', "iframe", "https://peta.example/7"),
    (
        '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@koran/post/Cx7">'
        '<a href="https://www.threads.net/@koran/post/Cx7"><div>Lihat di Threads</div></a></blockquote>',
        "threads",
        "https://www.threads.net/@koran/post/Cx7",
    ),
    (
        '<blockquote class="text-post-media"><a href="https://www.threads.com/@koran/post/Cx7?xmt=a">Kata</a></blockquote>',
        "threads",
        "https://www.threads.com/@koran/post/Cx7",
    ),
    (
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:7/app.bsky.feed.post/3k"><p>Badai tiba</p>'
        '&mdash; Koran (<a href="https://bsky.app/profile/koran.id">@koran.id</a>) '
        '<a href="https://bsky.app/profile/koran.id/post/3k?ref_src=embed">22 April</a></blockquote>',
        "bluesky",
        "https://bsky.app/profile/koran.id/post/3k",
    ),
    (
        '<div id="a7" class="video"><iframe src="https://www.youtube.com/embed/ab" data-youtube="ab"></iframe>'
        '<span class="pb_10 author">Rara</span> Kapal tiba di dermaga.</div>',
        "youtube",
        "https://www.youtube.com/embed/ab",
    ),
    (
        '<figure class="media"><oembed url="https://www.youtube.com/watch?v=ab"></oembed></figure>',
        "youtube",
        "https://www.youtube.com/watch?v=ab",
    ),
]

NONE = [
    '<iframe class="darkMsg" src="https://widget.kompas.com/survey/39?source=kompas.com"></iframe>',
    '<iframe id="widget-polling" class="lozad darkMsg" data-src="https://widget.kompas.com/polling?site=global"></iframe>',
    '<iframe src="https://widget.kompas.com/kuis"></iframe>',
    '<div id="widget-polling"><p>Pilih satu jawaban.</p></div>',
    '<iframe src="https://ad.doubleclick.net/x"></iframe>',
    '<iframe src="https://tpc.googlesyndication.com/x"></iframe>',
    '<iframe src="javascript:void(0)"></iframe>',
    '<iframe src="about:blank"></iframe>',
    "<iframe></iframe>",
    '<blockquote class="twitter-tweet"><p>Kata</p></blockquote>',
    '<blockquote class="twitter-tweet"><a href="https://eviltwitter.com/k/status/9">x</a></blockquote>',
]


@pytest.mark.parametrize(("markup", "kind", "url"), EMBEDS)
def test_every_embed_becomes_a_link(markup: str, kind: str, url: str) -> None:
    """Without it the words of a tweet are read as the reporter's, or the video of a story is lost."""
    body = read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>")
    assert body.embeds == [Embed(kind, url)]
    assert [block.text for block in body.blocks] == [ONE, TWO]


@pytest.mark.parametrize("markup", NONE)
def test_advertising_and_empty_frames_are_no_embeds(markup: str) -> None:
    """Without it advertising is listed among the posts that a story shows."""
    body = read(f"<p>{ONE}</p>{markup}<p>{TWO}</p>")
    assert body.embeds == []
    assert [block.text for block in body.blocks] == [ONE, TWO]


def test_the_words_of_a_post_are_kept_with_the_rule() -> None:
    """Without it a user cannot find where the words of a tweet have gone."""
    assert removals('<blockquote class="twitter-tweet"><p>Badai tiba</p></blockquote>') == [
        ("embed/text", "Badai tiba")
    ]


def test_an_ordinary_quotation_is_no_embed() -> None:
    """Without it quotations of people disappear with the tweets."""
    body = read(f'<blockquote class="kutipan"><p>{ONE}</p><a href="{TWEET}">cuitan</a></blockquote>')
    assert body.embeds == []
    assert [(block.type, block.text) for block in body.blocks] == [("quote", ONE), ("quote", "cuitan")]


def test_embeds_stand_in_reading_order() -> None:
    """Without it the posts of a story cannot be matched with its paragraphs."""
    markup = "".join(markup for markup, _, _ in EMBEDS[:4])
    assert [embed.url for embed in read(markup).embeds] == [url for _, _, url in EMBEDS[:4]]


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://[x/embed"></iframe>',
        '<blockquote class="instagram-media" data-instgrm-permalink="https://[x"></blockquote>',
        '<div class="fb-post" data-href="http://["></div>',
    ],
)
def test_a_mistyped_address_does_not_cost_the_story(markup: str) -> None:
    """Without it one mistyped frame stops the reading of its story with a traceback."""
    assert texts(f"<p>{ONE}</p>{markup}") == [ONE]


@pytest.mark.parametrize(("markup", "rule"), [(EMBEDS[-2][0], "embed/text"), (NONE[3], "box/widget")])
def test_the_words_of_players_and_widgets_are_kept_with_the_rule(markup: str, rule: str) -> None:
    """Without it the caption of a video, or the question of a poll, vanishes without a trace."""
    assert [name for name, _ in removals(f"<p>{ONE}</p>{markup}")] == [rule]


@pytest.mark.parametrize(
    "markup",
    [
        '<blockquote class="embed">Kami lega, kata nakhoda.</blockquote>',
        '<blockquote class="embed">Lihat https://twitter.com/k/status/9</blockquote>',
        '<div class="video"><p>Kami lega, kata nakhoda.</p></div>',
    ],
)
def test_words_in_an_element_for_embeds_stay(markup: str) -> None:
    """Without it a quotation in a mistaken element is lost as if it were a post."""
    body = read(f"<p>{ONE}</p>{markup}")
    assert len(body.blocks) == 2
    assert (body.embeds, body.removed) == ([], [])


def test_the_caption_of_a_player_in_a_figure_is_no_text() -> None:
    """Without it the line under a video is read as a sentence of the story."""
    figure = (
        '<figure><iframe src="https://youtu.be/ab"></iframe><figcaption>Kapal tiba di dermaga.</figcaption></figure>'
    )
    body = read(f"<p>{ONE}</p>{figure}<p>{TWO}</p>")
    assert body.embeds == [Embed("youtube", "https://youtu.be/ab")]
    assert [block.text for block in body.blocks] == [ONE, TWO]


@pytest.mark.parametrize("end", ["", '<div id="EndOfArticle"></div>'])
def test_a_survey_under_the_story_is_nowhere(end: str) -> None:
    """Without it the site's own survey is listed among the posts of every story of 2023."""
    body = read(f"<p>{ONE}</p><p>{TWO}</p>{end}{NONE[0]}{NONE[3]}")
    assert [block.text for block in body.blocks] == [ONE, TWO]
    assert (body.embeds, body.images, body.related) == ([], [], [])
