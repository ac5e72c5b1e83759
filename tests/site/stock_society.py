"""Topics of people and states: rail, health, trade, diplomacy, courts, towns."""

from tests.site.stock import Topic, lines

RAIL = Topic(
    "kereta",
    ("transportasi", "kereta", "bandara", "penumpang"),
    lines(
        """
        Kereta Malam {kota} Hidup Lagi
        Kereta {kota} Berhenti demi Layang-layang
        Terminal Apung {kota} Dibuka
        Koper Tertukar di Bandara {kota}
        Bus {kota} Gratis bagi Lansia
        """
    ),
    lines(
        """
        Layanan angkutan umum di {kota}, [[{negara}]], memasuki babak baru pada {hari}.
        Perusahaan angkutan di [[{negara}]] mengumumkan perubahan besar untuk jalur {kota}.
        Para penumpang di {kota}, [[{negara}]], menjadi saksi peristiwa tak biasa pada {hari}.
        """
    ),
    lines(
        """
        Rangkaian pertama berangkat tepat waktu dengan {n} penumpang.
        Tiket dijual mulai dari harga secangkir kopi untuk jarak terdekat.
        "Saya pernah naik jalur ini bersama kakek, sekarang giliran cucu saya," kata {nama}.
        Jalur sepanjang {n} kilometer itu melintasi dua terowongan tua.
        Lokomotifnya memakai baterai yang diisi ulang di setiap stasiun akhir.
        Dalam sebulan pertama, operator menargetkan {m} penumpang.
        Petugas membagikan peta baru karena beberapa halte berganti nama.
        Serikat pekerja meminta jam istirahat awak kereta ikut diperhatikan.
        Pembangunan peron sempat tertunda akibat kekurangan baja.
        Kursi bagian depan disediakan bagi penumpang berkursi roda.
        """
    ),
)

HEALTH = Topic(
    "kesehatan",
    ("kesehatan", "rumah sakit", "vaksin", "dokter"),
    lines(
        """
        Klinik Perahu Berlayar dari {kota}
        Dokter {kota} Rakit Alat Napas
        {negara} Longgarkan Masker di {kota}
        Nenek 101 Tahun Senam di {kota}
        Rumah Sakit {kota} Ganti Bel dengan Musik
        """
    ),
    lines(
        """
        Otoritas kesehatan [[{negara}]] memulai program baru di {kota} pada {hari}.
        Sebuah rumah sakit di {kota}, [[{negara}]], mencuri perhatian berkat cara kerjanya.
        Tenaga kesehatan di {kota} mendapat kabar baik dari pemerintah [[{negara}]] pada {hari}.
        """
    ),
    lines(
        """
        Setiap hari sedikitnya {n} pasien datang tanpa perlu mendaftar lebih dulu.
        Program itu akan berjalan selama {n} pekan sebelum dievaluasi.
        "Kami ingin pasien merasa ditunggu, bukan menunggu," ujar {nama2}.
        Sekitar {m} dosis telah disimpan di gudang pendingin kota.
        Para perawat bekerja bergiliran agar layanan tetap buka pada malam hari.
        Hasil uji awal menunjukkan keluhan pasien berkurang hampir separuh.
        Biayanya ditanggung asuransi umum sehingga warga tidak perlu membayar.
        Alat tersebut ringan, mudah dibersihkan, dan dapat dipakai di ambulans.
        Penelitian serupa sedang dilakukan di dua kota lain.
        Warga di atas usia 60 tahun mendapat giliran pertama.
        """
    ),
)

TRADE = Topic(
    "dagang",
    ("ekonomi", "perdagangan", "ekspor", "pasar"),
    lines(
        """
        Harga Kopi Petani {kota} Naik
        {negara} Buka Pelabuhan Kering {kota}
        Pasar {kota}: Bayar Seikhlasnya
        Pabrik Kapal {kota} Kini Buat Turbin
        Keramik {kota} Diekspor lewat Kereta
        """
    ),
    lines(
        """
        Pelaku usaha di {kota}, [[{negara}]], menyesuaikan diri dengan perubahan pasar dunia.
        Pemerintah [[{negara}]] meresmikan kawasan dagang baru di {kota} pada {hari}.
        Kabar dari {kota} menggerakkan pasar komoditas di [[{negara}]] pada {hari}.
        """
    ),
    lines(
        """
        Nilai ekspor dari kawasan itu mencapai {n} juta dollar [[AS]] per bulan.
        Harga di tingkat petani naik {n} persen sejak panen pertama.
        "Kalau gudang penuh, kami yang pertama rugi," keluh {nama}.
        Sebanyak {m} pekerja akan direkrut secara bertahap.
        Ongkos angkut disebut menjadi penyebab utama kenaikan harga.
        Bank sentral belum melihat perlunya menaikkan suku bunga.
        Pengiriman perdana dijadwalkan berangkat akhir bulan ini.
        Para pembeli dari luar negeri mulai memesan untuk tahun depan.
        Kawasan itu dilengkapi gudang dingin dan laboratorium mutu.
        Koperasi setempat menjamin harga beli terendah bagi anggotanya.
        """
    ),
)

DIPLOMACY = Topic(
    "diplomasi",
    ("diplomasi", "hubungan internasional", "perundingan", "perbatasan"),
    lines(
        """
        Sengketa Laut Dibahas di {kota}
        {negara} Tuan Rumah Perundingan {kota}
        Menlu {negara}: Dialog "Tetap Terbuka"
        Kedutaan di {kota} Dibuka Kembali
        Perundingan {kota} Buntu
        """
    ),
    lines(
        """
        Para diplomat berkumpul di {kota}, [[{negara}]], pada {hari} untuk membahas persoalan perbatasan.
        Kementerian luar negeri [[{negara}]] menyambut delegasi asing di {kota} pada {hari}.
        Upaya mendamaikan dua pihak yang berselisih kembali dimulai di {kota}, [[{negara}]].
        """
    ),
    lines(
        """
        Pembicaraan putaran pertama berlangsung selama {n} menit.
        Kedua pihak sepakat menarik kapal patroli dari perairan yang disengketakan.
        "Kami datang bukan untuk menang, melainkan untuk mendengar," ujar {pejabat}.
        Draf kesepakatan terdiri atas {n} pasal dan akan dibahas satu per satu.
        Perwakilan Perserikatan Bangsa-Bangsa ([[PBB]]) hadir sebagai pengamat.
        Hubungan kedua negara membeku sejak insiden kapal nelayan tiga tahun lalu.
        Sekitar {m} keluarga tinggal di kawasan yang dipersoalkan.
        Delegasi menginap di hotel yang sama, tetapi makan di ruang terpisah.
        Tidak ada pernyataan bersama yang dikeluarkan seusai pertemuan.
        Para analis menilai kehadiran menteri senior sebagai tanda kesungguhan.
        """
    ),
)

COURT = Topic(
    "pengadilan",
    ("hukum", "pengadilan", "polisi", "hakim"),
    lines(
        """
        Hakim {kota} Perintahkan Perbaiki Trotoar
        Pencuri Buku {kota} Bertobat
        Polisi {kota} Telusuri Lukisan Hilang
        Gugatan Ayam {kota} Berakhir Damai
        Denda Pedagang Kecil {kota} Dihapus
        """
    ),
    lines(
        """
        Pengadilan di {kota}, [[{negara}]], menjatuhkan putusan yang tidak biasa pada {hari}.
        Kepolisian {kota}, [[{negara}]], mengungkap perkembangan terbaru penyelidikan pada {hari}.
        Sengketa yang membelah warga {kota} akhirnya sampai ke meja hijau di [[{negara}]].
        """
    ),
    lines(
        """
        Sidang dihadiri {n} warga yang memenuhi bangku hingga ke lorong.
        Jaksa menghadirkan rekaman kamera pengawas dari tiga sudut jalan.
        "Klien saya menyesal dan sudah meminta maaf secara terbuka," kata pengacara {nama2}.
        Denda yang dijatuhkan setara dengan gaji rata-rata selama {n} hari.
        Hakim memberi waktu dua pekan bagi kedua pihak untuk mengajukan banding.
        Polisi memeriksa {n} saksi, termasuk penjaga malam dan sopir taksi.
        Barang bukti disimpan di ruang berpendingin agar tidak rusak.
        Perkara itu bermula dari surat keluhan yang ditulis {nama}.
        Putusan tersebut dapat menjadi acuan bagi {m} perkara serupa.
        Kelompok warga menyambut putusan itu dengan tepuk tangan di luar gedung.
        """
    ),
)

TOWN = Topic(
    "kota",
    ("pendidikan", "budaya", "festival", "anak muda"),
    lines(
        """
        Perpustakaan Keledai dari {kota}
        Festival {kota} Tanpa Kembang Api
        Memasak Jadi Pelajaran di {kota}
        Pabrik Tua {kota} Jadi Panggung
        Desa {kota} Bayar Guru Pendatang
        """
    ),
    lines(
        """
        Warga {kota}, [[{negara}]], punya cara sendiri untuk merawat kebersamaan.
        Sebuah gagasan sederhana dari {kota} menyebar ke seluruh [[{negara}]] sejak {hari}.
        Pemerintah daerah {kota}, [[{negara}]], memperkenalkan program baru pada {hari}.
        """
    ),
    lines(
        """
        Gagasan itu lahir dari obrolan {nama} dengan tetangganya di ruang tunggu.
        Pada pekan pertama, {n} keluarga mendaftar sebagai peserta.
        "Kami tidak punya banyak uang, tetapi punya banyak waktu," ujar {nama2}.
        Koleksi {m} buku dipinjamkan tanpa kartu dan tanpa denda.
        Kegiatan dimulai selepas matahari terbenam agar pekerja dapat ikut serta.
        Dana dikumpulkan lewat penjualan kue dan sumbangan toko setempat.
        Anak-anak diminta menulis satu halaman tentang rumah mereka.
        Panggung dibangun dari kayu bekas galangan kapal.
        Kota kembar di luar negeri berencana meniru program serupa.
        Acara ditutup dengan makan malam bersama di sepanjang jalan utama.
        """
    ),
)

TOPICS = (RAIL, HEALTH, TRADE, DIPLOMACY, COURT, TOWN)
