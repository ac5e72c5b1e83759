"""Topics of nature and science: earthquake, flood, animals, archaeology, space."""

from tests.site.stock import Topic, lines

QUAKE = Topic(
    "gempa",
    ("gempa bumi", "bencana alam", "evakuasi", "peringatan dini"),
    lines(
        """
        Gempa {kota}, Warga Mengungsi ke Stadion
        Gempa Retakkan Jembatan Tua {kota}
        Usai Gempa, Sekolah {kota} Dibuka Lagi
        {negara} Uji Sirene Gempa di {kota}
        Kisah Penjaga Mercusuar dari Gempa {kota}
        """
    ),
    lines(
        """
        Gempa bumi berkekuatan sedang mengguncang {kota}, [[{negara}]], pada {hari} dini hari waktu setempat.
        Warga {kota} di pesisir [[{negara}]] terbangun oleh guncangan keras pada {hari}.
        Pemerintah [[{negara}]] mencabut status siaga di {kota} pada {hari} setelah rangkaian gempa mereda.
        """
    ),
    lines(
        """
        Guncangan terasa selama sekitar {n} detik dan membuat lampu jalan padam.
        Pusat gempa berada di kedalaman {n} kilometer, tidak jauh dari garis pantai.
        Lebih dari {m} rumah dilaporkan retak, sebagian besar bangunan lama dari batu bata.
        "Lemari saya bergeser sampai ke pintu, lalu semuanya gelap," kata {nama}.
        Petugas memeriksa bendungan di hulu kota dan tidak menemukan kerusakan berarti.
        Gempa susulan tercatat {n} kali hingga siang hari, semuanya dengan kekuatan lebih kecil.
        Rumah sakit di {kota} memindahkan pasien ke tenda untuk berjaga-jaga.
        Badan geologi [[{negara}]] menyatakan tidak ada ancaman tsunami.
        Kereta antarkota dihentikan sementara agar rel dapat diperiksa satu per satu.
        Para ahli mengingatkan bahwa sesar di kawasan itu sudah lama tidak bergerak.
        """
    ),
)

FLOOD = Topic(
    "banjir",
    ("banjir", "cuaca ekstrem", "sungai", "perubahan iklim"),
    lines(
        """
        Banjir, Pasar {kota} Pindah ke Atap
        Hujan Tiga Hari Lumpuhkan {kota}
        {kota} Tahan Banjir dengan Tanggul Tanaman
        Perahu Sampah Angkut Warga {kota}
        Kabut Tebal {kota} Tunda Penerbangan
        """
    ),
    lines(
        """
        Hujan lebat yang turun sejak awal pekan merendam sebagian besar {kota}, [[{negara}]].
        Air sungai di {kota}, kota kecil di [[{negara}]], meluap pada {hari} setelah hujan tanpa henti.
        Otoritas cuaca [[{negara}]] menaikkan status siaga untuk {kota} pada {hari}.
        """
    ),
    lines(
        """
        Ketinggian air mencapai pinggang orang dewasa di kawasan pasar lama.
        Sekitar {m} warga dipindahkan ke gedung olahraga dan balai pertemuan.
        "Air naik begitu cepat, kami hanya sempat membawa kucing dan dokumen," ujar {nama}.
        Curah hujan dalam sehari setara dengan rata-rata selama satu bulan penuh.
        Petugas memasang {n} pompa tambahan di sepanjang kanal selatan.
        Jembatan penyeberangan di hilir ditutup karena tiang penyangganya tergerus arus.
        Pusat riset iklim memperkirakan kejadian serupa akan lebih sering terjadi.
        Sekolah-sekolah meliburkan murid, sedangkan kantor pemerintah tetap buka.
        Pasokan listrik di {n} permukiman diputus demi keselamatan.
        Sejumlah petani kehilangan bibit yang baru ditanam pekan lalu.
        """
    ),
)

ANIMALS = Topic(
    "satwa",
    ("satwa", "kebun binatang", "hewan", "konservasi"),
    lines(
        """
        Kura-kura Kabur, Ditemukan di Halte {kota}
        Burung Langka Bersarang Lagi di {kota}
        Kambing Jadi Tukang Kebun {kota}
        Anjing Pelacak {kota} Pensiun
        Paus Terdampar, Nelayan {kota} Siaga
        """
    ),
    lines(
        """
        Seekor hewan menjadi bahan pembicaraan warga {kota}, [[{negara}]], sejak {hari}.
        Petugas konservasi di {kota}, [[{negara}]], menyampaikan kabar gembira pada {hari}.
        Kebun binatang di {kota} membuat penduduk [[{negara}]] tersenyum pekan ini.
        """
    ),
    lines(
        """
        Hewan itu pertama kali terlihat oleh {nama} saat menyapu halaman.
        Dokter hewan memastikan kondisinya sehat, hanya sedikit kekurangan cairan.
        Populasi spesies tersebut kini tinggal sekitar {m} ekor di alam liar.
        "Dia berjalan pelan sekali, tetapi entah bagaimana selalu lolos," kata {nama2} sambil tertawa.
        Petugas memasang kamera kecil agar sarang dapat diamati tanpa gangguan.
        Pengunjung diminta menjaga jarak sedikitnya {n} meter.
        Anak-anak sekolah mengirim {n} nama usulan, dan pemenangnya diumumkan besok.
        Program penangkaran di kawasan itu dimulai pada tahun 1998.
        Pakan tambahan didatangkan dari kota sebelah dengan truk pendingin.
        Menurut catatan penjaga, hewan serupa terakhir terlihat ketika dermaga lama masih berdiri.
        """
    ),
)

DIGGING = Topic(
    "arkeologi",
    ("arkeologi", "sejarah", "penemuan", "museum"),
    lines(
        """
        Mosaik Kuno di Bawah Jalan {kota}
        Peta Laut Tua di Loteng {kota}
        Arkeolog Ungkap Dapur Kuno {kota}
        Danau {kota} Surut, Kapal Kayu Muncul
        Museum {kota} Kembalikan Topeng Tua
        """
    ),
    lines(
        """
        Penggalian saluran air di {kota}, [[{negara}]], berubah menjadi penemuan bersejarah pada {hari}.
        Tim arkeolog di {kota} mengumumkan temuan yang disebut terbesar di [[{negara}]] dalam sepuluh tahun.
        Sebuah benda dari masa lampau mengejutkan para peneliti di {kota}, [[{negara}]].
        """
    ),
    lines(
        """
        Benda itu terkubur di bawah lapisan lumpur setebal {n} sentimeter.
        Para peneliti memperkirakan usianya tidak kurang dari {m} tahun.
        "Awalnya kami mengira itu hanya pipa tua," tutur {nama}, mandor proyek.
        Warna biru pada permukaannya masih jelas karena tidak pernah terkena sinar matahari.
        Penggalian dihentikan sementara dan lokasi dipagari.
        Sebanyak {n} keping tembikar dibawa ke laboratorium untuk diuji.
        Temuan tersebut menguatkan dugaan bahwa kota itu pernah menjadi simpul perdagangan garam.
        Museum setempat menyiapkan ruang khusus yang akan dibuka musim gugur nanti.
        Di sisi utara, tampak bekas tungku dan saluran pembuangan yang rapi.
        Tim memakai pemindai laser agar tidak perlu membongkar seluruh lantai.
        """
    ),
)

SPACE = Topic(
    "antariksa",
    ("antariksa", "satelit", "teleskop", "ilmuwan"),
    lines(
        """
        Teleskop {kota} Tangkap Cahaya Pertama
        Satelit Pelajar {kota} Siap Mengorbit
        Meteor Terangi Langit {kota}
        Roket {negara} Mendarat di {kota}
        Observatorium {kota} bagi Tunanetra
        """
    ),
    lines(
        """
        Observatorium di pegunungan dekat {kota}, [[{negara}]], mencatat sejarah pada {hari} malam.
        Badan antariksa [[{negara}]] mengumumkan hasil uji terbarunya di {kota} pada {hari}.
        Langit di atas {kota} menjadi perhatian para ilmuwan [[{negara}]] pekan ini.
        """
    ),
    lines(
        """
        Cermin utamanya berdiameter {n} sentimeter dan dipoles dengan tangan.
        Gambar pertama memperlihatkan gugus bintang yang berjarak {m} tahun cahaya.
        "Seluruh ruangan hening, lalu semua orang bertepuk tangan," kenang {nama2}.
        Alat itu dirakit dari suku cadang bekas dengan biaya seperlima dari harga biasa.
        Peluncuran sempat ditunda {n} menit karena angin kencang.
        Data mentahnya akan dibuka untuk umum dalam waktu enam bulan.
        Sinyal pertama diterima stasiun bumi sebelum fajar.
        Para pelajar menulis sendiri program yang mengatur panel suryanya.
        Badan antariksa berencana mengirim alat serupa ke orbit yang lebih tinggi.
        Pengamatan berikutnya akan dilakukan saat bulan baru.
        """
    ),
)

TOPICS = (QUAKE, FLOOD, ANIMALS, DIGGING, SPACE)
