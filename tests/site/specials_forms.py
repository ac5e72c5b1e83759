"""Hand-written stories of 22 April 2021: digest, divided pages, photos, embeds, lists, bare text."""

from datetime import date

from tests.site.compose import photo
from tests.site.pieces import (
    BacaJuga,
    Embed,
    Heading,
    InlinePhoto,
    Items,
    Loose,
    Paragraph,
    Quote,
)
from tests.site.special import BOAT, CLOCK, GLOBAL, SEEN, special
from tests.site.story import Dateline, Story

DAY = "2021-04-22"
THREE_PAGES = f"{GLOBAL}2021/04/22/071500270/tiga-bersaudara-kayuh-rakit-bambu-menyusuri-sungai-terpanjang-di-utara"


def forms() -> tuple[Story, ...]:
    return (_digest(), _three_pages(), _first_page_only(), _photos(), _embeds(), _lists(), _bare_text())


def _digest() -> Story:
    return special(
        DAY,
        "053000170",
        "[POPULER GLOBAL] Kakek Kayuh Rakit ke Kantor | Jam Menara Berdentang 13 Kali",
        (
            Paragraph("Tiga kabar ringan paling banyak dibaca sepanjang Rabu hingga Kamis pagi ini."),
            Paragraph("Selengkapnya, berikut rangkuman [[populer global]] yang dapat Anda simak."),
            Heading("1. Kakek 72 Tahun Kayuh Rakit ke Kantor Pos"),
            Paragraph("Jalan desanya terendam, maka Oddvar Tessem berangkat dengan rakit buatan sendiri."),
            Paragraph("Ia mengaku hanya terlambat empat menit."),
            Paragraph("Baca selengkapnya {di sini|" + THREE_PAGES + "}."),
            BacaJuga((("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT),)),
            Heading("2. Jam Menara Berdentang 13 Kali", strong=True),
            Paragraph("Tukang jam sudah dua kali memeriksa roda giginya, tetapi dentang ke-13 tetap terdengar."),
            Paragraph(
                "Sebagian warga justru meminta agar jam itu dibiarkan. Simak selengkapnya {di sini|" + CLOCK + "}."
            ),
            Heading("3. Perpustakaan Terapung Mulai Berlayar", strong=True),
            Paragraph("Kapal bekas pengangkut pasir itu kini membawa empat ribu buku ke pulau-pulau kecil."),
            Paragraph("Baca selengkapnya {di sini|" + SEEN + "}."),
        ),
        "digest: headings as <h2> and as wholly bold paragraphs, pointer sentences that are prose",
        dateline=Dateline(None),
        sources=("Kompas.com",),
        tags=("populer global", "berita populer"),
    )


def _three_pages() -> Story:
    return special(
        DAY,
        "071500270",
        "Tiga Bersaudara Kayuh Rakit Bambu Menyusuri Sungai Terpanjang di Utara",
        (
            Paragraph("Tiga bersaudara menyusuri sungai terpanjang di utara [[Norwegia]] dengan rakit bambu."),
            Paragraph("Mereka berangkat pada 2 Maret dan tiba di muara pada Rabu (21/4/2021) malam."),
            BacaJuga((("Perpustakaan Terapung Mulai Berlayar ke Pulau-pulau Kecil", SEEN + "?utm_source=kotak"),)),
            Paragraph('"Kami hanya membawa satu panci dan dua buku," kata si sulung, Kjetil Rognmo.'),
            Paragraph("Perjalanan hari pertama berakhir di sebuah pulau pasir tanpa nama."),
            Heading("Malam di pulau pasir"),
            Paragraph("Angin dari pegunungan membuat tenda mereka roboh dua kali."),
            Paragraph("Seorang nelayan meminjamkan jala untuk mengikat tiang-tiangnya."),
            Paragraph("Pada hari keenam, rakit itu menabrak batu dan kehilangan sebatang bambu."),
            Paragraph('"Saya kira selesai sudah," ujar si bungsu, Marit.'),
            BacaJuga((("Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan", CLOCK),)),
            Paragraph("Setelah 51 hari, ratusan warga menyambut mereka di dermaga muara."),
            Paragraph("Rakit itu akan disumbangkan kepada museum perahu setempat."),
            Paragraph("Ketiganya mengaku belum memikirkan perjalanan berikutnya."),
        ),
        "three pages, the second opening with a heading; a related link with a tracking query",
        breaks=(5, 10),
    )


def _first_page_only() -> Story:
    return special(
        DAY,
        "083000370",
        "Mercusuar Tua Dijual Seharga Sepeda, Pembelinya Seorang Penjaga Sekolah",
        (
            Paragraph("Sebuah mercusuar berusia 140 tahun di pantai [[Portugal]] terjual seharga sepeda bekas."),
            Paragraph("Pembelinya, Duarte Falcoeira, bekerja sebagai penjaga sekolah dasar."),
            Paragraph('"Anak-anak di sekolah sudah memberi daftar warna cat," katanya pada Rabu (21/4/2021).'),
            Paragraph("Tangga besinya berkarat dan lampunya padam sejak tahun 1987."),
            Heading("Syarat yang harus dipenuhi"),
            Paragraph("Pemerintah daerah mewajibkan pembeli merawat bangunan selama sepuluh tahun."),
            Paragraph("Sedikitnya dua hari dalam sebulan, mercusuar harus terbuka untuk umum."),
            BacaJuga((("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT),)),
            Paragraph("Duarte berencana membuka ruang baca kecil di lantai dasar."),
            Paragraph("Pekerjaan pertama yang dilakukannya adalah mengusir keluarga burung camar dengan sopan."),
        ),
        "three pages; ?page=all answers with page 1 only, so that pages 2 and 3 must be asked for",
        breaks=(4, 7),
        whole_on_request=False,
        dateline=Dateline("ALMEIDA NOVA", dash="–"),
    )


def _photos() -> Story:
    day = date(2021, 4, 22)
    return special(
        DAY,
        "090500470",
        "Terasering Garam Berusia Seribu Tahun Kembali Dikerjakan",
        (
            Paragraph("Terasering garam di lereng [[Peru]] selatan kembali dikerjakan setelah terbengkalai."),
            InlinePhoto(
                photo("garam-1", day, "Petak-petak garam dilihat dari jalan setapak di seberang lembah."),
                "Air asin mengalir dari mata air kecil di puncak lereng.",
            ),
            Paragraph("Setiap keluarga memegang paling banyak lima petak."),
            InlinePhoto(photo("garam-2", day, "Seorang pekerja meratakan endapan dengan papan.")),
            Paragraph("Panen pertama menghasilkan garam berwarna merah muda."),
            BacaJuga((("Jam Menara Tua Berdentang 13 Kali, Warga Minta Dibiarkan", CLOCK),), form="plain"),
            Paragraph("Harga sekarungnya cukup untuk membeli beras selama dua pekan."),
        ),
        "photos inside <p><div class=photo>, one with the next sentence glued behind it",
        dateline=Dateline("PUERTO SERENO", dash_in_bold=True),
        editors=("Banyu Prameswara",),
    )


def _embeds() -> Story:
    return special(
        DAY,
        "101500570",
        "Lemur Mungil Lahir Saat Listrik Padam, Penjaga Bernyanyi Semalaman",
        (
            Paragraph("Seekor lemur lahir di kebun binatang [[Kanada]] ketika listrik padam pada Selasa malam."),
            Embed(
                "twitter",
                "https://twitter.com/kebuncontoh/status/1384716848533382758",
                "A tiny guest arrived in the dark. Mother and baby are doing fine.",
            ),
            Paragraph("Penjaga malam, Odile Marchand, bernyanyi agar induknya tenang."),
            Embed("youtube", "https://www.youtube.com/embed/QFo0MqCJo00"),
            Paragraph("Video yang beredar memperlihatkan Odile memegang senter dengan giginya."),
            Embed("instagram", "https://www.instagram.com/p/CN9nlvZJY00/", "Selamat datang, si kecil! #lemur"),
            Paragraph("Bayi lemur itu beratnya setara dengan dua butir telur."),
            Embed("kompastv", "https://www.kompas.tv/embed/166231/lemur-mungil"),
            Paragraph("Namanya akan dipilih oleh murid sekolah dasar."),
        ),
        "tweet, Instagram post, YouTube and Kompas TV players",
        dateline=Dateline("LAC-DES-PINS"),
        tags=("lemur", "kebun binatang", "Kanada"),
    )


def _lists() -> Story:
    return special(
        DAY,
        "111000670",
        "Lima Kebiasaan Warga Kota Ini yang Membuat Sampahnya Hampir Habis",
        (
            Paragraph("Kota kecil di [[Finlandia]] ini hanya mengirim satu truk sampah dalam sebulan."),
            Paragraph("Berikut kebiasaan warganya:"),
            Items(
                (
                    "Membawa wadah sendiri ke pasar;",
                    "Menukar pakaian setiap awal musim;",
                    "Memperbaiki *barang elektronik* bersama-sama di balai kota.",
                )
            ),
            Quote('"Kami tidak lebih rajin dari orang lain. Kami hanya malas membuang."'),
            Paragraph("Kalimat itu terpampang di pintu balai kota sejak 2009."),
            BacaJuga(
                (
                    ("Perpustakaan Terapung Mulai Berlayar ke Pulau-pulau Kecil", SEEN),
                    ("Perahu Sampah Ini Jadi Panggung Orkestra di Tengah Kanal", BOAT),
                ),
                form="list",
            ),
            Paragraph("Pemerintah kota berencana menjual truknya tahun depan."),
        ),
        '<ul>, a quotation in <blockquote>, "Baca juga:" alone before a list of links',
        dateline=Dateline("TULIMAA"),
    )


def _bare_text() -> Story:
    return special(
        DAY,
        "120000770",
        "Pianis Ini Tampil di Ruang Tunggu Stasiun Tanpa Pernah Menyebut Nama",
        (
            Paragraph("Seorang pianis tampil setiap senja di stasiun [[Korea Selatan]] tanpa menyebut nama."),
            Loose(
                (
                    "Para penumpang menyebutnya *si jam enam*, karena ia selalu datang tepat waktu.",
                    '"Saya sengaja ketinggalan kereta dua kali," kata Bae Mi-rae, pegawai toko roti.',
                    "Harian *Gyeonha Ilbo* menulis bahwa ia pernah mengajar di luar negeri.",
                )
            ),
            Paragraph("Petugas stasiun kini menyediakan bangku tambahan.\nJumlahnya dua belas."),
            Loose(("Hingga Rabu (21/4/2021), tidak seorang pun tahu siapa dia sebenarnya.",)),
        ),
        "text in no <p>: bare nodes with <em>, parted by <br /><br />; a single <br /> inside a paragraph",
        dateline=Dateline("GYEONHA", dash="—"),
    )
