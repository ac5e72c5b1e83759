"""What the invented stories are made of: the shape of a topic, and the names that fill its sentences.

Sentences are hand-written and belong to this project. People, institutions and cities are invented; country
names are neutral places for them to stand in.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A field of news with its own headlines, opening sentences and body sentences."""

    name: str
    tags: tuple[str, ...]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]


def lines(text: str) -> tuple[str, ...]:
    """One sentence a line, so that the stock reads as a page of text."""
    return tuple(line.strip() for line in text.strip().splitlines())


PLACES = (
    ("Vestmark", "Norwegia"),
    ("Almeida Nova", "Portugal"),
    ("Kisumbara", "Kenya"),
    ("Puerto Sereno", "Peru"),
    ("Hoshinami", "Jepang"),
    ("Waimanuka", "Selandia Baru"),
    ("Saint-Aubel", "Belgia"),
    ("Lac-des-Pins", "Kanada"),
    ("Tamarugo", "Chili"),
    ("Skagafell", "Islandia"),
    ("Phu Sanh", "Vietnam"),
    ("Dalgarin", "Kazakhstan"),
    ("Nueva Ribera", "Argentina"),
    ("Brezovac", "Kroasia"),
    ("Tulimaa", "Finlandia"),
    ("Oumsala", "Maroko"),
    ("Gyeonha", "Korea Selatan"),
    ("Marwadpur", "India"),
    ("Lindholm", "Swedia"),
    ("Costa Verdana", "Spanyol"),
)

PEOPLE = lines(
    """
    Elvar Brandsen
    Marta Quillones
    Joseph Adwera
    Rui Saldanera
    Aiko Murahashi
    Tane Whariki
    Sofie Vanderlaan
    Luc Beaumarin
    Ignacio Troncal
    Sigrun Haldorin
    Tran Bao Khue
    Aibek Nurtalin
    Carla Montefusca
    Davor Plesnik
    Aino Kettulainen
    Yassine Benhallou
    Seo Jin-ah
    Ravindra Patelkar
    Gunilla Astrom
    Beatriz Olmedano
    """
)

ROLES = lines(
    """
    juru bicara pemerintah
    wali kota
    kepala badan penanggulangan bencana
    menteri perhubungan
    ketua dewan kota
    peneliti utama
    kepala dinas kesehatan
    penasihat kementerian luar negeri
    direktur lembaga riset
    kepala kepolisian setempat
    """
)

BODIES = lines(
    """
    Badan Pemantau Pesisir
    Dewan Kota
    Institut Kajian Sungai
    Otoritas Pelabuhan Utara
    Lembaga Arsip Nasional
    Pusat Riset Iklim Selatan
    Kementerian Dalam Negeri
    Yayasan Jalan Hijau
    Komisi Keselamatan Publik
    Universitas Teluk Barat
    """
)

MEDIA = ("Reuters", "AFP", "BBC", "AP", "The Guardian", "Al Jazeera", "DW", "CNA", "Kyodo", "EFE")

WRITERS = (
    "Arum Pradnyawati",
    "Bagas Wirasena",
    "Citra Lembayung",
    "Damar Setyawadi",
    "Endah Kirana",
    "Fajar Nuswantoro",
    "Galih Pramudana",
)

GENERAL = lines(
    """
    "Kami tidak ingin tergesa-gesa, tetapi kami juga tidak akan menunggu terlalu lama," kata {pejabat}.
    Pernyataan itu disampaikan dalam jumpa pers di {kota} pada {hari}.
    Hingga berita ini ditulis, {lembaga} belum memberikan keterangan tambahan.
    Dilansir *{media}*, keputusan itu diambil setelah rapat tertutup yang berlangsung selama tiga jam.
    Warga setempat menyambut kabar itu dengan hati-hati.
    {nama}, seorang pemilik toko, mengaku sudah lama menunggu kejelasan.
    "Saya hanya berharap anak-anak kami bisa kembali bermain di luar," ujar {nama} di {kota}.
    Menurut data {lembaga}, angka itu naik {n} persen dibandingkan tahun sebelumnya.
    Tidak ada korban jiwa dalam peristiwa tersebut.
    Pihak berwenang meminta masyarakat tidak menyebarkan kabar yang belum terbukti.
    Sejumlah pengamat menilai langkah itu datang terlambat, meski tetap diperlukan.
    Anggaran yang disiapkan mencapai {n} juta dollar [[AS]] dan akan dicairkan bertahap.
    {pejabat} menolak menjawab pertanyaan wartawan soal jadwal pastinya.
    "Pertanyaan terbesarnya bukan kapan, melainkan siapa yang akan membayar," tutur {nama}.
    Media setempat melaporkan, pembahasan serupa pernah gagal empat tahun lalu.
    Laporan lengkap akan diserahkan kepada parlemen bulan depan.
    Di media sosial, unggahan tentang kabar itu sudah dibagikan lebih dari {m} kali.
    Beberapa negara tetangga [[{negara}]] menyatakan siap membantu bila diminta.
    Sebelumnya, {lembaga} pernah mengeluarkan peringatan serupa pada musim dingin lalu.
    "Ini baru langkah pertama dari pekerjaan yang panjang," kata {nama2} kepada *{media}*.
    Pertemuan lanjutan dijadwalkan berlangsung pekan depan di tempat yang sama.
    Jalan utama menuju pusat kota sempat ditutup selama beberapa jam.
    Seorang pejabat yang enggan disebut namanya membenarkan kabar tersebut.
    Para relawan mendirikan dapur umum di halaman sekolah sejak pagi.
    Keputusan akhir berada di tangan {lembaga}.
    Sebanyak {n} petugas dikerahkan untuk mengawasi jalannya kegiatan.
    Kritik datang dari kelompok oposisi yang menilai rencana itu kurang terbuka.
    {nama2} menambahkan, pengalaman tahun lalu menjadi pelajaran berharga bagi semua pihak.
    "Kami belajar dari kesalahan, dan kali ini semua data akan dibuka," imbuh {pejabat}.
    Suasana di {kota} pada malam harinya dilaporkan tenang.
    Jumlah itu masih dapat bertambah karena pendataan belum selesai.
    Sebagian warga memilih tetap tinggal di rumah sambil menunggu pengumuman resmi.
    Hal tersebut dibenarkan oleh {nama2}, yang ikut dalam rombongan pertama.
    Bantuan pertama diperkirakan tiba di {kota} sebelum akhir pekan.
    Kesepakatan itu masih harus disahkan oleh parlemen [[{negara}]].
    "Tidak ada yang istimewa, kami hanya melakukan apa yang perlu dilakukan," ucap {nama}.
    Sementara itu, {lembaga} membuka saluran telepon khusus bagi warga yang membutuhkan informasi.
    Seperti diberitakan *{media}*, persiapan sudah dimulai sejak awal tahun.
    Dari {m} orang yang disurvei, lebih dari separuh mendukung rencana tersebut.
    Cuaca di sekitar {kota} diperkirakan cerah hingga akhir pekan.
    Setiap perkembangan akan diumumkan melalui laman resmi {lembaga}.
    """
)

SUBHEADS = lines(
    """
    Menunggu keputusan
    Tanggapan warga {kota}
    Bukan yang pertama
    Apa yang terjadi selanjutnya?
    Langkah {lembaga}
    Tantangan terbesar
    """
)
