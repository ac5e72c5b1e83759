"""Hand-written stories of 21 and 22 April 2021: datelines, credits, and lines that are hard to judge."""

from datetime import datetime

from tests.site.pieces import BacaJuga, Furniture, Heading, Paragraph
from tests.site.special import BOAT, CLOCK, SEEN, special
from tests.site.specials_forms import DAY, THREE_PAGES
from tests.site.story import WIB, Dateline, Story

NEWSLETTER = (
    '<div class="newsletter__wrap"><p>Dapatkan informasi, inspirasi dan insight di email kamu.</p>'
    "<p>Daftarkan email</p></div>"
)
TELEGRAM = (
    "<p><em>Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com. Mari bergabung di "
    'Grup Telegram "Kompas.com News Update", caranya klik link https://t.me/kompascomupdate, kemudian join. '
    "Anda harus install aplikasi Telegram terlebih dulu di ponsel.</em></p>"
)


def lines() -> tuple[Story, ...]:
    return (
        _two_sources(),
        _no_place(),
        _no_author(),
        _lookalikes(),
        _four_pointers(),
        _nothing_extra(),
        _updated(),
        _links(),
    )


def _two_sources() -> Story:
    return special(
        DAY,
        "134500870",
        "Dua Negara Sepakati Jadwal Kapal Feri setelah 11 Kali Berunding",
        (
            Paragraph("Delegasi [[Belgia]] dan tetangganya akhirnya sepakat soal jadwal kapal feri."),
            Paragraph("Kesepakatan diteken pada Rabu (21/4/2021) setelah sebelas putaran."),
            BacaJuga((("Perpustakaan Terapung Mulai Berlayar ke Pulau-pulau Kecil", SEEN),)),
            Paragraph("Feri pertama berangkat pukul 06.10, lima menit lebih awal daripada usulan semula."),
            Paragraph('"Lima menit itu kami bahas selama dua tahun," canda ketua delegasi, Griet Molenaers.'),
        ),
        "two sources printed without a space between them; em dash in the dateline",
        sources=("AFP", "Politico"),
        dateline=Dateline("SAINT-AUBEL", dash="—"),
    )


def _no_place() -> Story:
    return special(
        DAY,
        "141500970",
        "Mengapa Langit Sore Tampak Lebih Merah di Musim Kemarau?",
        (
            Paragraph("Warna merah pada sore hari berasal dari cahaya yang menempuh jalan lebih panjang."),
            Heading("Debu dan jarak"),
            Paragraph("Butiran debu\u00a0menyebarkan cahaya biru lebih dulu, sehingga tersisa warna jingga."),
            Paragraph("Pada musim kemarau, udara mengandung lebih banyak debu\u00a0halus."),
            BacaJuga((("Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan", CLOCK),)),
            Paragraph("Karena itu, pemandangan terbaik sering muncul beberapa hari setelah angin kencang."),
        ),
        "dateline without a place, en dash; no-break spaces",
        dateline=Dateline(None, dash="–"),
        sources=("Live Science",),
    )


def _no_author() -> Story:
    return special(
        DAY,
        "150000070",
        "Bandara Kecil Ini Ganti Pengumuman dengan Lonceng",
        (
            Paragraph("Bandara di [[Selandia Baru]] mengganti pengumuman keberangkatan dengan lonceng."),
            Paragraph("Satu dentang berarti penumpang boleh naik, dua dentang berarti tunggu dulu."),
            Paragraph('"Tidak ada yang tertinggal sejak Februari," kata manajer bandara, Hemi Rangikawa.'),
        ),
        "no Penulis; KOMPAS.COM in capitals",
        authors=(),
        editors=("Banyu Prameswara",),
        dateline=Dateline("WAIMANUKA", brand="KOMPAS.COM"),
    )


def _lookalikes() -> Story:
    return special(
        DAY,
        "152500170",
        "Foto Halaman Depan Koran Tua Ungkap Pemilik Kapal yang Hilang",
        (
            Paragraph("Sebuah foto koran tua membantu keluarga di [[Kroasia]] menemukan pemilik kapal mereka."),
            Paragraph("Halaman 1 koran itu memuat foto kapal layar dengan tiga lelaki di geladak."),
            Furniture(NEWSLETTER),
            Paragraph("Sumber itu mengatakan, kapal tersebut berganti nama dua kali sebelum perang."),
            Paragraph("Video yang beredar di Brezovac memperlihatkan lambung kapal di dasar teluk."),
            Paragraph('"Kami menangis di depan layar," kata dia kepada Kompas.com, Kamis (22/4/2021).'),
            Paragraph("Baca bersama adalah kebiasaan keluarga itu: satu halaman dibacakan setiap malam."),
            Paragraph("Selanjutnya, pada musim panas, kapal akan diangkat dengan pelampung."),
            Paragraph("Artikel ini ditemukan oleh seorang mahasiswa di gudang percetakan."),
            Paragraph("Selengkapnya, berikut rangkuman isi koran tersebut menurut penemunya."),
            Heading("Terkini di zamannya", strong=True),
            Paragraph("Foto serupa pernah dimuat koran sore, tetapi tanpa nama."),
            Furniture(TELEGRAM),
        ),
        "prose in the shape of furniture, beside real furniture (newsletter box, Telegram line)",
        dateline=Dateline("BREZOVAC", dash="–", dash_in_bold=True),
    )


def _four_pointers() -> Story:
    return special(
        DAY,
        "160600870",
        "Satukan Dua Tepi Teluk, Kota Kembar Ini Bakal Bangun Jembatan Dayung",
        (
            Paragraph("Dua kota di tepi [[Teluk Barat]] akan membangun jembatan yang digerakkan dengan dayung."),
            Paragraph("Hal itu diungkapkan Wali Kota Ingvild Storhaug pada Kamis (22/4/2021)."),
            BacaJuga((("Perpustakaan Terapung Mulai Berlayar ke Pulau-pulau Kecil", SEEN),)),
            Paragraph("Hubungan kedua kota sempat merenggang ketika rute feri dihapus."),
            Paragraph("Kini “Kota Dua Lonceng” menawarkan biaya lebih besar daripada tetangganya."),
            BacaJuga((("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT),)),
            Paragraph('"Ini kesempatan langka untuk saling menyapa setiap pagi," kata Ingvild.'),
            BacaJuga((("Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan", CLOCK),)),
            Paragraph("Jembatan itu akan selesai dalam tiga musim."),
            BacaJuga((("Tiga Bersaudara Kayuh Rakit Bambu", THREE_PAGES),)),
            Furniture("<p>&nbsp;</p>"),
        ),
        "an ordinary page: four pointers, the last behind the last sentence, then a no-break space",
        dateline=Dateline("VESTMARK", dash="–"),
    )


def _nothing_extra() -> Story:
    return special(
        DAY,
        "163000270",
        'Penjahit Keliling Ini Menolak Disebut "Dokter Gaun"',
        (
            Paragraph("Setiap Senin, mesin jahit Renske Houtman berdiri di trotoar yang berbeda."),
            Paragraph("Ia menerima bayaran berupa cerita, sup, atau kancing."),
            Paragraph('"Gaun tidak sakit, mereka hanya lelah," katanya.'),
        ),
        "nothing that may be missing is there: no dateline, photo, summary, tags, source, author",
        summary=None,
        dateline=None,
        lead=None,
        tags=(),
        sources=(),
        authors=(),
    )


def _updated() -> Story:
    return special(
        DAY,
        "170000370",
        "Pemungutan Suara Ulang di Pulau Berpenduduk 61 Orang Digelar Malam Ini",
        (
            Paragraph("Pulau kecil di lepas pantai [[Islandia]] mengulang pemungutan suara pada Kamis (22/4/2021)."),
            Paragraph("Kotak suara pertama hanyut terbawa ombak sebelum dihitung."),
            Paragraph("Hasilnya diumumkan dengan lampu mercusuar: sekali untuk setuju, dua kali untuk menolak."),
        ),
        "changed later: dateModified differs from datePublished",
        modified=datetime(2021, 4, 22, 21, 40, 5, tzinfo=WIB),
        dateline=Dateline("SKAGAFELL"),
    )


def _links() -> Story:
    copy = THREE_PAGES.replace("/read/", "/copy/")
    amp = THREE_PAGES.replace("https://www.kompas.com/", "https://amp.kompas.com/")
    return special(
        DAY,
        "173000470",
        "Peta Jalur Sepeda Lintas Perbatasan Dibagikan Gratis",
        (
            Paragraph("[[Spanyol]] dan [[Portugal]] membagikan peta jalur sepeda sepanjang 900 kilometer."),
            Paragraph("Anggarannya ditanggung Uni Eropa ([[UE]]), [[Spanyol ]], serta sumbangan warga."),
            Paragraph("Ceritanya pernah ditulis {di halaman ini|" + copy + "} dan {versi ringkas|" + amp + "}."),
            Paragraph("Jalur itu melewati *Ponte Baixa*, jembatan batu yang hanya muat satu sepeda."),
            BacaJuga((("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT.replace("https", "http")),)),
        ),
        "tag links in every position; links to /copy/ and amp forms in the text; a related link with http",
        dateline=Dateline("COSTA VERDANA"),
    )


def advertorial() -> Story:
    return special(
        "2021-04-21",
        "100000570",
        "Cara Menabung untuk Liburan Keluarga ala Koperasi Teluk Barat",
        (
            Paragraph("Menabung untuk liburan tidak harus menunggu gaji naik."),
            Paragraph("Koperasi Teluk Barat menawarkan celengan bersama dengan bunga tetap."),
            Paragraph("Kunjungi laman koperasi untuk keterangan lebih lanjut."),
        ),
        "content_type Advertorial",
        content_type="Advertorial",
        dateline=Dateline(None),
        sources=(),
        tags=("tabungan", "liburan"),
    )
