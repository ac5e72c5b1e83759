"""Odd heads: updated pages, columns, fact checks, paid pieces, scripts and metas of many shapes, cut stories."""

import json
from datetime import datetime

from tests.site.pieces import OPENING, BacaJuga, Heading, Markup, Paragraph, Piece
from tests.site.special import BOAT, CLOCK, GLOBAL, special
from tests.site.story import WIB, Dateline, Story

DAY = "2023-04-20"
OTHER = f"{GLOBAL}2023/04/19/101010170/kisah-lain"


def heads() -> tuple[Story, ...]:
    return (
        _restated(),
        _column(),
        _column_without_header(),
        _fact_check(),
        _paid("Brandzview", "070000470"),
        _paid("Kilas", "073000570"),
        _cut(),
        _scripts(),
        _metas(),
        _torn(),
    )


def _restated() -> Story:
    return special(
        DAY,
        "050000070",
        "Kebun Lumut di Atap Stasiun Dibuka Lagi Setelah Setahun",
        (
            Paragraph("Kebun lumut di atap stasiun [[Islandia]] dibuka lagi pada Kamis (20/4/2023)."),
            Paragraph("Pengunjung berjalan tanpa alas kaki di atas papan kayu."),
            Paragraph('"Lumut tidak suka sepatu," ujar tukang kebunnya, Sigrun Hallvard.'),
        ),
        "updated page of 2021-2023: metas and JSON-LD hold the time of the update, the address that of publication",
        layout="current",
        variant="restated",
        modified=datetime(2023, 4, 21, 8, 30, 15, tzinfo=WIB),
        dateline=Dateline("HVALVIK"),
    )


def _column() -> Story:
    return special(
        DAY,
        "053000170",
        "Belajar Menunggu dari Mercusuar",
        (
            Paragraph("Mercusuar tidak pernah mengejar kapal. Ia menunggu, dan justru karena itu ditemukan."),
            Heading("Cahaya yang berputar"),
            Paragraph("Saya menghitung putarannya setiap malam selama sebelas tahun."),
            Paragraph("*Penulis menjaga mercusuar di sebuah pulau kecil.*"),
        ),
        "column with a header of its own and the mark of a footnote on the name",
        layout="current",
        variant="column",
        content_type="Kolom",
        authors=("Dr. Larsena Wiyata, M.Si.",),
        editors=("Banyu Prameswara",),
        sources=(),
        dateline=None,
    )


def _column_without_header() -> Story:
    return special(
        DAY,
        "060000270",
        "Mengapa Kita Masih Menulis Kartu Pos",
        (
            Markup("<p><strong>Oleh: Ranu Wismaya dan Tiara Kusumadewi</strong></p>"),
            Paragraph("Selembar kartu pos menempuh perjalanan lebih lambat daripada pengirimnya."),
            Paragraph("Di kantor pos kecil, kami menemukan kartu yang terlambat 31 tahun."),
        ),
        "column without a header: the Oleh line names the writers",
        layout="current",
        content_type="Kolom",
        authors=("Ranu Wismaya", "Tiara Kusumadewi"),
        editors=(),
        sources=(),
        dateline=None,
        variant="anonymous",
    )


def _fact_check() -> Story:
    return special(
        DAY,
        "063000370",
        "[HOAKS] Jembatan Gantung Terlipat Sendiri Saat Malam",
        (
            Paragraph("Sebuah video tentang jembatan gantung yang terlipat sendiri beredar pada Rabu (19/4/2023)."),
            Heading("Narasi yang beredar", strong=True),
            Paragraph("Unggahan itu menyebut jembatan melipat diri setiap pukul dua dini hari."),
            BacaJuga((("Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan", CLOCK),)),
            Paragraph("Pengelola jembatan menyatakan rekaman itu adalah adegan film pendek."),
        ),
        "fact check: claim in the title, verdict in a box",
        claim="Jembatan Gantung Terlipat Sendiri Saat Malam",
        verdict="Video itu adalah potongan film pendek, bukan kejadian sebenarnya.",
        authors=("Tim Cek Fakta",),
        dateline=Dateline(None),
        sources=(),
    )


def _paid(name: str, digits: str) -> Story:
    return special(
        DAY,
        digits,
        f"Lima Cara Merawat Payung ala Bengkel {name.title()}",
        (
            Paragraph(f"Payung yang dirawat bengkel {name.lower()} dapat bertahan dua puluh musim."),
            Heading("1. Jemur sebelum dilipat"),
            Paragraph("Air yang tersisa membuat rangka berkarat dari dalam."),
        ),
        f"paid piece: content_type {name}",
        layout="current",
        content_type=name,
        dateline=Dateline(None, dash="–"),
        sources=(),
        tags=("payung", name.lower()),
    )


def _cut() -> Story:
    return special(
        DAY,
        "080000670",
        "Sumur Bergema Ini Menjawab dengan Suara Lebih Rendah",
        (
            Paragraph("Sumur tua di [[Malta]] menjawab panggilan dengan suara yang lebih rendah."),
            Paragraph("Para peneliti menurunkan dua belas mikrofon pada Rabu (19/4/2023)."),
        ),
        "cut by the site without paging: its own whole text goes on",
        layout="current",
        cut_text="Rekaman pertama memperlihatkan jeda setengah detik di antara dua gema. Dinding sumur ternyata "
        "dilapisi tiga jenis batu yang berlainan. Hasil lengkapnya dipamerkan di balai kota bulan depan.",
        dateline=Dateline("QASRENA"),
    )


def _scripts() -> Story:
    """Two JSON-LD blocks before the page's own: another story's in a graph, and one in a CDATA section."""
    other = {"@type": "NewsArticle", "url": OTHER, "datePublished": "2023-04-19T03:10:10+00:00"}
    graph = json.dumps([{"@graph": [{**other, "dateModified": "2023-04-22T03:10:10+00:00"}]}])
    broken = '//<![CDATA[\n/* situs */ {"@type": "WebSite", "name": "Kompas.com"};\n//]]>'
    scripts = "".join(f'<script type="application/ld+json">{script}</script>\n' for script in (graph, broken))
    return special(
        DAY,
        "083000770",
        "Kapal Kertas Raksasa Menyeberangi Selat dalam Enam Jam",
        (
            Paragraph("Kapal dari kertas bekas menyeberangi selat di [[Denmark]] tanpa basah di bagian dalam."),
            Paragraph("Pembuatnya memerlukan 4.200 lembar peta laut yang kedaluwarsa."),
        ),
        "JSON-LD: another story's NewsArticle in a list and a graph, CDATA with a comment, then the page's own",
        head_markup=scripts,
        modified=datetime(2023, 4, 20, 11, 45, 0, tzinfo=WIB),
        dateline=Dateline("KORSVIK"),
    )


def _metas() -> Story:
    metas = (
        '<meta name="content_PublishedDate" content="" />\n'
        '<meta name="content_author" content=" " />\n'
        '<meta name="pubdate" property="article:published_time" content="2023-04-20T09:00:00+07:00" />\n'
    )
    return special(
        DAY,
        "090000870",
        "Paduan Suara Katak Mengisi Jeda Konser di Taman",
        (
            Paragraph("Paduan suara katak mengisi jeda konser di taman kota [[Austria]]."),
            Paragraph('"Mereka masuk tepat pada ketukan ketiga," kata dirigen, Ottilie Brandauer.'),
        ),
        "metas twice: the first of a name is empty; one tag with name and property",
        layout="current",
        head_markup=metas,
        dateline=Dateline("GRUNAU", dash="—"),
    )


def _torn() -> Story:
    """One byte of a three-byte character is missing."""
    torn: tuple[Piece, ...] = (
        Markup(
            f"<p>{OPENING}Perahu itu pulang\udce2\udc80 kata nakhodanya.</p>",
            (("paragraph", "Perahu itu pulang kata nakhodanya."),),
        ),
        Paragraph("Ia membawa dua belas peti jeruk dan seekor kambing."),
        BacaJuga((("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT),)),
    )
    return special(
        DAY,
        "093000970",
        "Perahu Jeruk Pulang Membawa Seekor Kambing",
        torn,
        "a character that is cut in the middle of its bytes",
        dateline=Dateline("PUERTO SERENO", dash="–"),
    )
