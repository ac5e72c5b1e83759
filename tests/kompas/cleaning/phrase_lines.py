"""For every phrase rule: lines of the site that it must drop, and sentences that must outlive it."""

from typing import Final

FURNITURE: Final[dict[str, list[str]]] = {
    "membership": [
        "Baca berita tanpa iklan. Gabung Kompas.com+",
        "Gabung Kompas.com+",
        "Gabung KOMPAS.com Plus sekarang",
    ],
    "newsletter": [
        "Dapatkan informasi, inspirasi dan insight di email kamu.",
        "Dapatkan informasi, inspirasi dan insight di email kamu. Daftarkan email",
        "Terima kasih telah membaca Kompas.com. Dapatkan informasi, inspirasi dan insight di email kamu.",
        "Dapatkan informasi dan insight pilihan redaksi Kompas.com",
        "Terima kasih telah membaca Kompas.com.",
        "Daftarkan email",
        "Daftarkan Email",
    ],
    "telegram": [
        "Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com. Mari bergabung di Grup Telegram "
        '"Kompas.com News Update", caranya klik link https://t.me/kompascomupdate, kemudian join. Anda harus install '
        "aplikasi Telegram terlebih dulu di ponsel.",
        'Mari bergabung di Grup Telegram "Kompas.com News Update", caranya klik link https://t.me/kompascomupdate, '
        "kemudian join.",
        "Anda harus install aplikasi Telegram terlebih dulu di ponsel.",
    ],
    "whatsapp": [
        "Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih saluran andalanmu akses berita "
        "Kompas.com WhatsApp Channel : https://www.whatsapp.com/channel/0029VaFPbedBPzjZrk13HO3D. Pastikan kamu sudah "
        "install aplikasi WhatsApp ya.",
        "Pilih saluran andalanmu akses berita Kompas.com WhatsApp Channel :",
        "Pastikan kamu sudah install aplikasi WhatsApp ya.",
    ],
    "app": ["Download sekarang!", "Download sekarang aplikasi Kompas.com di Play Store"],
    "commitment": ["Dalam segala situasi, KOMPAS.com berkomitmen memberikan fakta jernih dari lapangan."],
    "paging": ["Halaman:", "Halaman: 1 2 3", "Halaman Selanjutnya", "Halaman Berikutnya"],
    "tag_label": ["Baca tentang", "Tag:", "Tag :"],
    "box_title": [
        "Rekomendasi untuk anda",
        "Pilihan Untukmu",
        "Terkini Lainnya",
        "TERPOPULER",
        "Berita Terkait",
        "Now trending",
        "Mungkin Anda melewatkan ini",
        "Video rekomendasi",
        "Video lainnya",
        "Video Pilihan",
        "Video Pilihan Video Lainnya >",
    ],
    "anniversary": ["25th", "26th", "27th"],
    "comments": [
        "Tulis komentar dengan menyertakan tagar #JernihBerkomentar dan #MelihatHarapan di kolom komentar",
        "Tulis komentarmu dengan tagar #JernihBerkomentar dan menangkan e-voucher untuk 90 pemenang!",
        "Syarat & Ketentuan",
        "Berkomentarlah secara bijaksana dan bertanggung jawab. Komentar diatur oleh UU ITE",
        "Laporkan Komentar",
        "Terima kasih. Kami sudah menerima laporan Anda. Kami akan menghapus komentar yang melanggar.",
        "Komentar",
        "komentar di artikel lainnya",
        "Kolom komentar masih kosong",
    ],
    "account": [
        "Verifikasi akun KG Media ID",
        "Periksa kembali dan lengkapi data dirimu.",
        "Data dirimu akan digunakan untuk verifikasi akun ketika kamu membutuhkan bantuan",
        "Lengkapi Profil",
        "Segera lengkapi data dirimu untuk ikutan program #JernihBerkomentar.",
        "Login untuk memaksimalkan pengalaman mengakses Kompas.com",
        "Konten yang disimpan",
        "Konten yang disukai",
        "Atur minat",
        "Berikan masukanmu",
        "Langganan Kompas One",
        "Membership KOMPAS.com+",
    ],
    "share": ["Bagikan artikel ini melalui", "Bagikan:", "Oke", "Salin Artikel", "Copy Link"],
    "close_ads": ["Close Ads", "Close Ads X", "Advertisement"],
    "photo_label": ["Lihat Foto", "Baca di App"],
    "copyright": [
        "Copyright 2008 - 2023 PT. Kompas Cyber Media (Kompas Gramedia Digital Group). All Rights Reserved.",
        "Copyright © 2008 - 2026 PT Kompas Cyber Media",
    ],
    "republished": [
        'Artikel ini telah tayang di Kompas.com dengan judul "Nelayan Utara Menanam Bakau"',
        "(Artikel ini sudah tayang di Koran Utara)",
        "Artikel ini sudah pernah tayang sebelumnya di Koran Utara dengan judul Kapal Tua",
    ],
    "topic": [
        "Berita terkait dapat dibaca dalam topik: Krisis Laut Utara",
        'Ikuti perkembangan krisis itu dalam topik pilihan "Laut Utara"',
        "Baca artikel-artikel berikut:",
    ],
    "columnist": [
        "Anda bisa menjadi kolumnis !",
        "Kriteria (salah satu): akademisi, pekerja profesional, pengamat. Cara daftar baca di sini",
    ],
    "embed_rest": [
        "View this post on Instagram",
        "A post shared by Koran Utara (@koranutara)",
        "Lihat postingan ini di Instagram",
        "Sebuah kiriman dibagikan oleh Koran Utara (@koranutara)",
    ],
    "no_words": ["…", "***", "( )", "—", "_", "|", "•", "-_-"],
}

PROSE: Final[dict[str, list[str]]] = {
    "membership": [
        "Pembaca itu memilih slogan: baca berita tanpa iklan. Gabung Kompas.com+ baru ia lakukan pada bulan Mei.",
        "Gabung Kompas.com sejak 2004, wartawan itu kini meliput laut.",
    ],
    "newsletter": [
        "Terima kasih telah membaca Kompas.com sejak 1995, tulis pembaca itu dalam suratnya.",
        "Daftarkan email ke panitia paling lambat Jumat, kata penyelenggara lomba layang-layang itu.",
    ],
    "telegram": [
        "Dapatkan update berita pilihan, begitu janji aplikasi buatan dua mahasiswa Oslo itu.",
        "Warga yang menolak diajak lewat pesan berbunyi: Mari bergabung di Grup Telegram kami.",
    ],
    "whatsapp": [
        "Simak breaking news, demikian nama acara radio itu, disiarkan tiap subuh.",
        "Pastikan kamu sudah install aplikasi WhatsApp, pesan sang ayah sebelum putrinya berangkat ke Lima.",
    ],
    "app": [
        "Download sekarang atau menyesal nanti, begitu bunyi iklan penipuan yang disita polisi Nara.",
        "Download sekarang bisa dilakukan di seluruh sekolah pulau itu berkat kabel laut baru.",
    ],
    "commitment": ["Dalam segala situasi, kapten kapal itu tetap tenang dan menghitung penumpangnya."],
    "paging": [
        "Halaman 1 koran pagi itu memajang foto raja.",
        "Halaman selanjutnya buku harian itu kosong.",
        "Halaman: begitu warga menyebut tanah lapang di depan istana.",
    ],
    "tag_label": ["Baca tentang laut, pesan guru itu kepada murid-muridnya.", "Tag: nama pelabuhan kecil di Norwegia."],
    "box_title": [
        "Video yang dibagikan di media sosial menunjukkan ombak melewati tembok pelabuhan.",
        "Video pilihan juri itu direkam dari atas mercusuar.",
        "Terpopuler di antara semua taman kota itu adalah taman bunga sakura.",
        "Rekomendasi untuk anda yang alergi: hindari musim semi di lembah itu.",
    ],
    "anniversary": ["25th Street ditutup selama pawai perahu hias.", "25 tahun kemudian jembatan itu dibuka lagi."],
    "comments": [
        "Komentar menteri itu menuai protes dari para petani.",
        "Tulis komentar dengan tangan, bukan mesin, adalah aturan klub surat itu.",
        "Syarat & Ketentuan perjanjian itu dirahasiakan kedua negara.",
        "Terima kasih. Kami sudah menerima bantuan, ujar wali kota itu.",
    ],
    "account": [
        "Lengkapi Profil adalah judul lukisan yang hilang itu.",
        "Konten yang disukai anak muda kota itu kebanyakan tentang memasak.",
        "Atur minat dan waktumu, nasihat perenang itu.",
    ],
    "share": [
        "Oke, kata petugas itu, lalu membuka gerbang perbatasan.",
        "Bagikan artikel ini melalui pos, tulis sang penyair kepada adiknya.",
        "Bagikan: satu kata itu tertulis pada karung beras bantuan.",
    ],
    "close_ads": ["Close Ads X-3 adalah nama roket kecil buatan siswa itu.", "Advertisement Hall dibangun pada 1911."],
    "photo_label": [
        "Lihat foto itu baik-baik, kata jaksa kepada saksi.",
        "Baca di Appenzell, lalu menulis di Bern: begitulah hari-hari sang novelis.",
    ],
    "copyright": [
        "Copyright 2008 - 2023 atas peta itu dipegang museum kota.",
        "Copyright menjadi pokok sengketa dua penerbit kamus itu.",
    ],
    "republished": [
        "Artikel ini diterima koran tersebut dari penerjemah sang penulis.",
        "Artikel ini ditulis pada 1962 dan baru dibaca orang setelah perang.",
        "Artikel ini telah terbit di majalah sekolah pada 1962, lalu dicabut atas perintah jenderal itu.",
    ],
    "topic": [
        "Berita terkait gempa itu menyebar dalam hitungan menit.",
        "Ikuti perkembangan zaman, pesan sang ratu kepada para dalangnya.",
        "Baca artikel-artikel berikut ini dengan hati-hati, pinta hakim kepada juri.",
    ],
    "columnist": ["Anda bisa menjadi kolumnis, kata redaktur itu, asal mau bangun pagi."],
    "embed_rest": [
        "View this post on Instagram tertulis pada kaus para demonstran.",
        "A post shared by seorang nelayan memicu penyelidikan itu.",
    ],
    "no_words": ["1.", "(AS)", "– Ya.", "日本"],
}
