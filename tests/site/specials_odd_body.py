"""Odd bodies: infographics, players, tables, posts, widgets, datelines, pointers, markup that is never closed."""

from tests.site.pieces import OPENING, Furniture, Heading, Markup, Paragraph, Photo
from tests.site.special import BOAT, CLOCK, SEEN, special
from tests.site.specials_odd_head import DAY
from tests.site.story import Dateline, Story

PHOTOS = "https://asset.kompas.com/crops/aIA-wJsEWw1fsojxOafQOnObiT0=/0x0:800x533/750x500/data/photo/2023/04/20/"
JAM = "Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan"
PERAHU = "Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal"
PUSTAKA = "Perpustakaan Terapung Mulai Berlayar ke Pulau-pulau Kecil"

DATELINES = (
    # digits, place, markup, title, text
    (
        "150000070",
        "TELUK WAYA",
        "<strong>TELUK WAYA (KOMPAS.com)</strong> &mdash; ",
        "Penyelam Temukan Piano di Dasar Teluk",
        "Sebuah piano masih dapat berbunyi di dasar teluk.",
    ),
    (
        "153000170",
        "MUARA KELAM",
        "<strong>MUARA KELAM, KOMPAS.com:</strong> ",
        "Pasar Terapung Pindah ke Darat Selama Sehari",
        "Para pedagang menarik perahu mereka ke lapangan.",
    ),
    (
        "160000270",
        "PULAU LONTAR",
        "<strong>PULAU LONTAR, KOMPAS.com</strong> | ",
        "Anak Gajah Ikut Pawai Sepeda di Pulau Lontar",
        "Seekor anak gajah menyela pawai sepeda pada Kamis pagi.",
    ),
)


def bodies() -> tuple[Story, ...]:
    return (
        _infographic(),
        _captioned_player(),
        _tables(),
        _posts(),
        _widgets(),
        _bold_lead(),
        _pointers(),
        _open_boxes(),
        _late_pictures(),
        _unseen(),
        *(_dateline(*row) for row in DATELINES),
    )


def _infographic() -> Story:
    picture = Photo(f"{PHOTOS}infografik-1.jpg", "Infografik: Jalur burung pembawa surat.", "KOMPAS.com/RENGGA PUTRA")
    return special(
        DAY,
        "100000070",
        "Burung Pembawa Surat Kembali Bertugas di Pegunungan",
        (
            Paragraph("Burung pembawa surat kembali bertugas di lembah [[Swiss]] yang terpencil."),
            Markup(
                f'<div class="photo-infographic"><img class="img-infografis" src="{picture.url}" alt="">'
                f'<span class="pb_10 author">{picture.credit}</span>{picture.caption}</div>',
                images=(picture,),
            ),
            Paragraph("Setiap burung hanya membawa satu lembar kertas tipis."),
        ),
        "infographic with credit and caption",
        layout="current",
        dateline=Dateline("VALDORA"),
    )


def _captioned_player() -> Story:
    return special(
        DAY,
        "103000170",
        "Kereta Salju Ditarik Dua Kuda Poni ke Sekolah",
        (
            Paragraph("Dua kuda poni menarik kereta salju ke sekolah di [[Estonia]]."),
            Markup(
                '<div id="5f8d04968674f" class="video"><iframe src="https://www.youtube.com/embed/Zx81Qm4PoNy" '
                'width="100%" height="301px"></iframe><span class="pb_10 author">Dok. Sekolah</span>'
                "Kereta salju di halaman sekolah</div>",
                embeds=(("youtube", "https://www.youtube.com/embed/Zx81Qm4PoNy"),),
            ),
            Paragraph("Murid-murid memberi upah berupa wortel setiap Jumat."),
        ),
        "div.video: a player with credit and caption",
        layout="current",
        dateline=Dateline("LUMEVALD"),
    )


def _tables() -> Story:
    return special(
        DAY,
        "110000270",
        "Lomba Rakit Antardesa: Desa Terkecil Juara Tiga Kali",
        (
            Paragraph("Desa terkecil di tepi danau [[Latvia]] menjuarai lomba rakit tiga kali."),
            Markup(
                '<figure class="table"><table><thead><tr><th></th><th>2021</th><th>2022</th></tr></thead><tbody>'
                "<tr><td><p>Desa Ozola</p></td><td>12</td><td></td></tr></tbody></table></figure>",
                (("table_row", " | 2021 | 2022"), ("table_row", "Desa Ozola | 12 | ")),
            ),
            Markup(
                "<figure><blockquote><p>Kami menang karena rakit kami paling jelek.</p></blockquote></figure>",
                (("quote", "Kami menang karena rakit kami paling jelek."),),
            ),
            Paragraph("Hadiah utamanya sebuah gentong madu."),
        ),
        "<figure> without a picture: a table with empty cells, a quotation",
        dateline=Dateline("EZERMALA"),
    )


def _posts() -> Story:
    threads, sky = "https://www.threads.net/@museumkecil/post/Cx7Kq", "https://bsky.app/profile/museum.contoh/post/3kq"
    return special(
        DAY,
        "113000370",
        "Museum Sendok Terbesar Dibuka di Bekas Gudang Gandum",
        (
            Paragraph("Museum sendok dibuka di bekas gudang gandum [[Belgia]]."),
            Markup(
                f'<blockquote class="text-post-media" data-text-post-permalink="{threads}"><a href="{threads}">'
                "<div>Lihat di Threads</div></a></blockquote>",
                embeds=(("threads", threads),),
            ),
            Markup(
                '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:7/app.bsky.feed.post/3kq">'
                '<p>Sendok ke-9.000 telah tiba</p>&mdash; Museum (<a href="https://bsky.app/profile/museum.contoh">'
                f'@museum.contoh</a>) <a href="{sky}?ref_src=embed">20 April</a></blockquote>',
                embeds=(("bluesky", sky),),
            ),
            Markup(
                '<blockquote class="embed">https://www.instagram.com/p/Cr9kQmZ/</blockquote>',
                embeds=(("instagram", "https://www.instagram.com/p/Cr9kQmZ/"),),
            ),
            Paragraph("Pengunjung pertama menyumbangkan sendok milik neneknya."),
        ),
        "posts of Threads and Bluesky, a bare address in blockquote.embed",
        layout="current",
        dateline=Dateline("OOSTVELD"),
    )


def _widgets() -> Story:
    survey = '<iframe class="darkMsg" src="https://widget.kompas.com/survey/39" width="100%"></iframe>'
    return special(
        DAY,
        "120000470",
        "Danau Beku Jadi Panggung Teater Selama Dua Pekan",
        (
            Paragraph("Danau beku di [[Finlandia]] menjadi panggung teater selama dua pekan."),
            Paragraph("Penonton membawa kursi sendiri dan dilarang melompat."),
            Furniture(survey),
            Furniture('<iframe id="widget-polling" data-src="https://widget.kompas.com/polling?site=global"></iframe>'),
        ),
        "survey of 2023 and poll of 2024 under the text",
        layout="current",
        dateline=Dateline("JARVELA"),
    )


def _bold_lead() -> Story:
    lead = "Seekor angsa memimpin upacara pembukaan jembatan baru pada Kamis (20/4/2023)."
    return special(
        DAY,
        "123000570",
        "Angsa Pimpin Pembukaan Jembatan, Wali Kota Menyusul di Belakang",
        (
            Markup(f"<p><strong>{OPENING}{lead}</strong></p>", (("paragraph", lead),)),
            Heading("Bukan undangan resmi", strong=True),
            Paragraph("Wali kota mengaku angsa itu datang tanpa diundang."),
        ),
        "first paragraph wholly bold, with the dateline in it",
        dateline=Dateline("SVANEBY", printed="SVANEBY, KOMPAS.com &ndash; "),
    )


def _anchor(title: str, url: str) -> str:
    return f'<a href="{url}" class="inner-link-baca-juga">{title}</a>'


def _pointers() -> Story:
    cut = f"{_anchor(PUSTAKA[:1], SEEN)}{_anchor(PUSTAKA[1:], SEEN)}"
    return special(
        DAY,
        "130000670",
        "Penjual Kabut dalam Botol Kehabisan Persediaan",
        (
            Paragraph("Penjual kabut dalam botol di [[Irlandia]] kehabisan persediaan."),
            Markup(f"<p><strong>Baca juga &ndash; {_anchor(JAM, CLOCK)}</strong></p>", related=((JAM, CLOCK),)),
            Paragraph("Kabut terbaik, katanya, dikumpulkan sebelum ayam berkokok."),
            Markup(f"<p>Baca juga： {_anchor(PERAHU, BOAT)}</p>", related=((PERAHU, BOAT),)),
            Paragraph("Pembeli dari kota memesan tiga lusin sekaligus."),
            Markup(f"<p>Baca juga: {cut}</p>", related=((PUSTAKA, SEEN),)),
            Markup("<p>Baca juga: Pemburu Gema Menikah di Dalam Gua</p>"),
            Markup(
                f"<p>Ia kini menunggu musim gugur. Baca juga: {_anchor('Kota Tanpa Bayangan', CLOCK + '-2')}</p>",
                (("paragraph", "Ia kini menunggu musim gugur."),),
                related=(("Kota Tanpa Bayangan", CLOCK + "-2"),),
            ),
        ),
        '"Baca juga" with a dash, a full-width colon, a link cut inside a word, no link, behind a sentence',
        dateline=Dateline("BALLYMIST"),
    )


def _open_boxes() -> Story:
    return special(
        DAY,
        "133000770",
        "Tukang Cukur Keliling Naik Unta Melayani Sembilan Desa",
        (
            Paragraph("Tukang cukur keliling melayani sembilan desa di [[Maroko]] dengan seekor unta."),
            Markup(
                '<span class="ads-on-body"><p>Ia singgah di setiap desa dua kali sebulan.</p>',
                (("paragraph", "Ia singgah di setiap desa dua kali sebulan."),),
            ),
            Markup(
                '<form action="#"><label>Surel</label><input type="text"><p>Untanya dicukur paling akhir.</p>',
                (("paragraph", "Untanya dicukur paling akhir."),),
            ),
            Paragraph("Upahnya boleh dibayar dengan kurma."),
        ),
        "an advertising span and a form that are never closed",
        dateline=Dateline("AIN SAHRA"),
    )


def _late_pictures() -> Story:
    late, wide = Photo(f"{PHOTOS}terlambat.jpg"), Photo(f"{PHOTOS}lebar.jpg")
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
    return special(
        DAY,
        "140000870",
        "Taman Layang-layang Dibangun di Atas Bukit Sampah",
        (
            Paragraph("Taman layang-layang dibangun di atas bukit sampah [[Uruguay]]."),
            Markup(
                f'<p><img class="lazy" src="{dot}" data-original="{late.url}"><noscript><img src="{late.url}">'
                "</noscript></p>",
                images=(late,),
            ),
            Paragraph("Angin di bukit itu bertiup sepanjang hari."),
            Markup(
                f'<p><img src="{dot}" data-src="{wide.url}" srcset="{PHOTOS}kecil.jpg 400w, {wide.url} 1200w"></p>',
                images=(wide,),
            ),
            Paragraph("Layang-layang tertua berumur 70 tahun 🪁🙏"),
        ),
        "pictures that a script loads; a line that ends in emoji",
        layout="current",
        dateline=Dateline("CERRO ALTO"),
    )


def _unseen() -> Story:
    return special(
        DAY,
        "143000970",
        "Paus Kertas Melintas di Langit Saat Pawai",
        (
            Paragraph("Paus dari kertas melintas di langit [[Chile]] saat pawai."),
            Furniture('<p style="display:none">Kalimat uji coba redaksi.</p><p hidden>Kalimat lama.</p>'),
            Furniture('<video controls src="https://asset.kompas.com/paus.mp4">Peramban Anda tidak mendukung.</video>'),
            Paragraph("Paus itu dijahit oleh 80 orang dalam tiga malam."),
        ),
        "text that no browser shows, and the fallback of a player",
        dateline=Dateline("PUERTO NUBE"),
    )


def _dateline(digits: str, place: str, printed: str, title: str, text: str) -> Story:
    return special(
        DAY,
        digits,
        title,
        (Paragraph(text), Paragraph("Warga menontonnya dari tepi sampai sore.")),
        f"dateline in another form: {printed}",
        dateline=Dateline(place, printed=printed),
    )
