"""The data of cleaning: which elements and which lines are furniture, and why.

A phrase matches a whole line, never a part of one: real sentences that merely look alike must survive, and
`tests/cleaning/test_phrases.py` holds one for every rule. The words are the site's own; counts and positions are
in the comments of the rule where they are known.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class BoxRule:
    """Elements to be emptied."""

    name: str
    css: str
    reason: str


@dataclass(frozen=True)
class PhraseRule:
    """Lines to be dropped: `pattern` must match the whole line."""

    name: str
    pattern: re.Pattern[str]
    reason: str


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


END_OF_ARTICLE: Final = "div.fb-quote, #EndOfArticle"
"""Everything after this mark inside the body element is furniture."""

RELATED_BOXES: Final = ".inject-baca-juga"
"""A "Baca juga" that is a box of its own: its links are related links."""

PHOTOS: Final = "div.photo, div.photo__wrap, figure, div.photo__caption, img"
EMBEDS: Final = (
    "blockquote.twitter-tweet, blockquote.twitter-video, blockquote.instagram-media, blockquote.tiktok-embed, "
    "div.fb-post, div.fb-video, iframe"
)

BOXES: Final = (
    BoxRule("script", "script, style, noscript, template, svg, object", "code and fallbacks, never text"),
    BoxRule(
        "ads",
        "span.ads-on-body, .ads-partner-wrap, .advertisement, ins.adsbygoogle, [id^='div-gpt-ad'], "
        "[id^='jxads'], [id^='jxOutstream'], [class^='jxf'], [id^='sm_box']",
        "advertising slots between paragraphs",
    ),
    BoxRule("lift_mark", "span.liftdown_v2_tanda", "empty mark for a script"),
    BoxRule("recommender", "[class*='kompasidRec']", "Kompas.id teaser whose inline script leaks into the text"),
    BoxRule("membership", ".gate-kgplus", "KOMPAS.com+ gate"),
    BoxRule("related_box", ".articleRelated, .article__related, .related__inline", "link boxes beside the text"),
    BoxRule("sidebar", "aside, .inner__sidebar", "a column of other content inside the body element"),
    BoxRule("paging", ".read__paging, .paging, .paging__footnote", "page numbers of a divided story"),
    BoxRule("share", ".social, .social--inline, .social--text", "share buttons"),
    BoxRule("player", "[id^='ivsplayer'], ivs-player", "the advertising video player"),
    BoxRule("comments", ".comment, #komentar, #comment_widget", "comment box"),
    BoxRule("form", "form, button, input, select, textarea, label", "controls"),
)

PHRASES: Final = (
    PhraseRule(
        "membership",
        _lines(r"Baca berita tanpa iklan\. Gabung Kompas\.com\+", r"Gabung KOMPAS\.com(?:\+| Plus sekarang)"),
        "Kompas.com+ banner, up to four times a page",
    ),
    PhraseRule(
        "newsletter",
        _lines(
            r"(?:Terima kasih telah membaca Kompas\.com\.\s*)?"
            r"Dapatkan informasi, inspirasi dan insight di\s*email kamu\.(?:\s*Daftarkan e-?mail)?",
            r"Dapatkan informasi dan insight pilihan redaksi Kompas\.com\.?",
            r"Terima kasih telah membaca Kompas\.com\.?",
            r"Daftarkan e-?mail",
        ),
        "newsletter box in the middle of the body",
    ),
    PhraseRule(
        "telegram",
        _lines(
            r"Dapatkan update berita pilihan.*Kompas\.com.*",
            r"Mari bergabung di Grup Telegram .*",
            r"Anda harus install aplikasi Telegram.*",
        ),
        "promotion of 2020-2023, also on re-rendered articles of 2009",
    ),
    PhraseRule(
        "whatsapp",
        _lines(
            r"Simak breaking news dan berita pilihan kami langsung di ponselmu\..*",
            r"Pilih saluran andalanmu akses berita Kompas\.com WhatsApp Channel.*",
            r"Pastikan kamu sudah install aplikasi WhatsApp ya\.?",
        ),
        "promotion since 2023; the day of the crawl decides, not the article's",
    ),
    PhraseRule(
        "app",
        _lines(r"Download sekarang[.!:]?", r"Download sekarang .*\b(?:aplikasi|Play ?Store|App ?Store)\b.*"),
        "app promotion",
    ),
    PhraseRule(
        "commitment",
        _lines(r"Dalam segala situasi, KOMPAS\.com berkomitmen.*"),
        "house promise under articles of 2022 on",
    ),
    PhraseRule(
        "paging", _lines(r"Halaman\s*:[\s\d]*", r"Halaman (?:Selanjutnya|Berikutnya)"), "page numbers printed as text"
    ),
    PhraseRule("tag_label", _lines(r"Baca tentang", r"Tag\s*:"), "label of the tag list"),
    PhraseRule(
        "box_title",
        _lines(
            r"Rekomendasi untuk anda",
            r"Pilihan Untukmu",
            r"Terkini Lainnya",
            r"Terpopuler",
            r"Berita Terkait",
            r"Now trending",
            r"Mungkin Anda melewatkan ini",
            r"Video (?:rekomendasi|lainnya|pilihan)(?:\s*Video Lainnya)?\s*>?",
        ),
        "titles of link boxes",
    ),
    PhraseRule("anniversary", _lines(r"\d\dth"), "badge: 25th, 26th, 27th"),
    PhraseRule(
        "comments",
        _lines(
            r"Tulis komentar(?:mu)? dengan .*tagar .*",
            r"Syarat & Ketentuan",
            r"Berkomentarlah secara bijaksana dan bertanggung jawab\..*",
            r"Laporkan Komentar",
            r"Terima kasih\. Kami sudah menerima laporan Anda\..*",
            r"komentar(?: di artikel lainnya)?",
            r"Kolom komentar masih kosong",
        ),
        "comment box, wording by year",
    ),
    PhraseRule(
        "account",
        _lines(
            r"Verifikasi akun KG Media ID",
            r"Periksa kembali dan lengkapi data dirimu\.?",
            r"Data dirimu akan digunakan untuk verifikasi akun.*",
            r"Lengkapi Profil",
            r"Segera lengkapi data dirimu untuk ikutan program.*",
            r"Login untuk memaksimalkan pengalaman mengakses Kompas\.com",
            r"Konten yang (?:disimpan|disukai)",
            r"Atur minat",
            r"Berikan masukanmu",
            r"Langganan Kompas One",
            r"Membership KOMPAS\.com\+",
        ),
        "account dialogs, in reach of whoever takes every <p>",
    ),
    PhraseRule(
        "share",
        _lines(r"Bagikan artikel ini melalui", r"Bagikan\s*:", r"Oke", r"Salin Artikel", r"copy link"),
        "share dialog",
    ),
    PhraseRule("close_ads", _lines(r"Close Ads(?: X)?", r"Advertisement"), "advertising controls"),
    PhraseRule("photo_label", _lines(r"Lihat Foto", r"Baca di App"), "labels of the mobile page"),
    PhraseRule(
        "copyright",
        _lines(r"Copyright\s+(?:©\s*)?\d{4}\s*-\s*\d{4}\s+PT\.? Kompas Cyber Media.*"),
        "copyright line of the footer",
    ),
    PhraseRule(
        "republished",
        _lines(
            r"\(?Artikel ini (?:sudah|telah) (?:pernah )?(?:tayang|ditayangkan) (?:sebelumnya )?(?:di|pada) .*",
            r"\(?Artikel ini (?:sudah|telah) (?:pernah )?terbit (?:di|pada) .*(?:\.com|\.id|dengan judul).*",
        ),
        "note on a piece taken over from another site",
    ),
    PhraseRule(
        "topic",
        _lines(
            r"Berita terkait dapat dibaca dalam topik\s*:.*",
            r"Ikuti perkembangan .*dalam topik pilihan\b.*",
            r"Baca artikel-artikel berikut\s*:",
        ),
        "pointers of 2012-2013",
    ),
    PhraseRule(
        "columnist",
        _lines(r"Anda bisa menjadi kolumnis\s*!?", r"Kriteria \(salah satu\)\s*:.*Cara daftar.*"),
        "invitation on opinion pieces",
    ),
    PhraseRule(
        "embed_rest", _lines(r"View this post on Instagram", r"A post shared by .*\(@\S+\).*"), "remains of a post"
    ),
    PhraseRule("no_words", re.compile(r"[\W_]+"), "stray punctuation left by emptied markup"),
)
