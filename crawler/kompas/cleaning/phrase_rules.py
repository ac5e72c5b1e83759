"""The words of cleaning: which lines of a body are furniture, and why.

A rule matches a whole line, because real sentences that look alike must survive. The words are the site's own.
`tests/kompas/cleaning/phrase_lines.py` has lines that each rule removes and sentences that it keeps.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class PhraseRule:
    """Lines that are not the story's: `pattern` must match the whole line."""

    name: str
    pattern: re.Pattern[str]
    reason: str


def _lines(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_ENDINGS: Final = {
    "telegram": r"Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas\.com\..*",
    "whatsapp": r"Simak breaking news dan berita pilihan kami langsung di ponselmu\..*",
    "newsletter": r"Dapatkan informasi, inspirasi dan insight di email kamu\..*",
    "membership": r"Baca berita tanpa iklan\. Gabung Kompas\.com\+",
}
TAILS: Final = re.compile(
    rf"(?<=[.!?…”\"’)]) (?:{'|'.join(f'(?P<{name}>{words})' for name, words in _ENDINGS.items())})$", re.IGNORECASE
)
"""Promotion at the end of a line that begins with prose: only rules whose first sentence cannot be prose. The name of
the group is the rule's."""
PROMOTION: Final = re.compile(rf"(?:{'|'.join(_ENDINGS.values())})$", re.IGNORECASE)
"""The same promotion at the end of a text that has no blanks between its paragraphs (`pages.whole_text`)."""

_EMOJI: Final = "\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff"
"""Pictographs: a line of them is a message, not punctuation."""

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
        "account dialogs, whose <p> stand beside those of the story",
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
        "embed_rest",
        _lines(
            r"(?:View this post on|Lihat (?:postingan|kiriman) ini di) Instagram",
            r"(?:A post shared by|Sebuah kiriman dibagikan oleh) .*\(@[^\s()]+\).*",
        ),
        "remains of a post",
    ),
    PhraseRule("no_words", re.compile(rf"(?:(?![{_EMOJI}])[\W_])++"), "stray punctuation left by emptied markup"),
)
