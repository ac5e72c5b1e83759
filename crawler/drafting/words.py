"""Indonesian words from which invented texts are made, and the words of one page that stand for the page's own."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final
from zlib import crc32

_WORDS: Final = """
abu air akar alat alun anak anyaman arus asap asin atap awan awal ayam bahtera baju bakau bambu bandul bangau bangku
banyu bara barat batang batik batu bawah bayu bekal belanga benang bendera benih bening beras beranda berenang berlayar
berlabuh bersepeda biduk bilah bintang biola boneka buah bubur buih bukit bulan bumi bunga burung busur butir cabang
cahaya cakram camar candi cangkir cerah cerita cincin cokelat corak damar danau dapur daun dayung delapan delman dermaga
desa dinding dompet duku durian ekor emas embun empang enau endapan engsel fajar garam gelang gelombang gendang
genteng gerobak geladak gitar gua gula gulungan guntur gurindam halus hangat harum hening hijau hujan hulu hutan ikan
ilalang indah intan jagung jaket jala jambu jangkar jati jauh jembatan jendela jerami jernih jeruk jingga joglo kabut
kail kain kaki kaleng kalung kamar kanal kancing kapas kapal kapur karang kayu kebun kedelai kelapa kelambu kemarau
kemudi kenari kepiting kerang kereta keris keroncong ketapang kincir kolam kopi kotak kuali kuda kuning kunyit kupu
kura ladang lampion lantai lapang laut layang layar lebah lembah lemari lentera lereng lilin limau lompat lonceng lontar
lorong luas lumbung lumut lurus madu malam mangga mangkuk mawar melati melukis membaca mendayung menenun menyulam
menara mendung mentari merah merak meranti merpati mesin minyak muara mutiara nada nakhoda nanas nelayan nenas nipah
nuri nyala nyiur ombak orkestra pagar pagi pahat palung pancing pandan panen panggung pantai papan parang pasar pasir
payung pedati pelabuhan pelampung pelangi pelita penjahit penyu perahu perak peta petak petani piring pisang pohon
pondok pulau puncak purnama putih rakit rambutan rantai ranting rawa rebana rempah rimba rotan rumah rumput rusa
sabut salju sampan sandal sapu sarang sarung sawah sayap seberang selatan selendang semak semangka senja sepatu serambi
serat seruling siang sinar sirih sisir suling sungai surai surau sutra tali taman tambak tanah tanduk tangga tanjung
tarian tebing tebu teduh telaga teluk tembaga tembikar tenang tenggara tenun tepian terang terapung terumbu terusan
tiang tikar timur tirai topi tugu tunas tungku ubi udang udara ukiran ular umbi utara waduk wajan waru warung wayang
yoyo zaitun
"""
"""Words for things of villages and shores: no news is written with them alone."""

_AFFIXES: Final = (
    *(("", ""), ("ber", ""), ("di", ""), ("ter", ""), ("se", ""), ("", "an"), ("", "nya"), ("per", "an"), ("ke", "an")),
    *(("di", "kan"), ("ber", "an"), ("di", "i"), ("", "kan"), ("ter", "kan"), ("se", "nya")),
)
"""Before and behind a word of the list, in the order in which they are tried."""

_CONSONANTS: Final = "bdgjklmnprstw"
_VOWELS: Final = "aeiou"
_SOUNDS: Final = (_CONSONANTS, _VOWELS)

_BY_LENGTH: Final[dict[int, list[str]]] = {}
for _word in _WORDS.split():
    _BY_LENGTH.setdefault(len(_word), []).append(_word)

LETTERS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
"""A word for rewriting: letters up to a capital, so that the words of texts that were glued together stay the same."""


class Words:
    """The invented words and numbers of one page; the same word always becomes the same, and no two the same."""

    def __init__(self, text: str, is_kept: Callable[[str], bool]) -> None:
        """Take in the words that must not be invented.

        :param text: the page; none of its words stands for another.
        :param is_kept: whether a rule of the parser looks at a word.
        """
        self._forbidden = {run.lower() for run in LETTERS.findall(text)}
        self._is_kept = is_kept
        self._words: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def word(self, run: str) -> str:
        """Return the word for a run of letters: same length, same capitals. A single letter stays."""
        if len(run) == 1:
            return run
        key = run.lower()
        if key not in self._words:
            self._words[key] = next(filter(self._is_free, _candidates(key)))
            self._forbidden.add(self._words[key])
        word = self._words[key]
        if run.isupper():
            return word.upper()
        return word.capitalize() if run[0].isupper() else word

    def _is_free(self, word: str) -> bool:
        if word in self._forbidden:
            return False
        return not any(map(self._is_kept, (word, word.capitalize(), word.upper())))

    def number(self, digits: str) -> str:
        """Return the number for a run of digits: same length, a day or a year remains one. A single digit stays."""
        if digits not in self._numbers:
            taken = set(self._numbers.values())
            free = (number for number in _numbers(digits) if number not in taken)
            self._numbers[digits] = next(free, digits)
        return self._numbers[digits]


def scramble(token: str) -> str:
    """Return a token of letters and digits, such as the id of a post, with others of the same kind in its places."""
    state = crc32(token.encode())
    found = []
    for char in token:
        state = (state * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        kind = "0123456789" if char.isdigit() else "abcdefghijklmnopqrstuvwxyz"
        drawn = kind[(state >> 16) % len(kind)]
        found.append(drawn.upper() if char.isupper() else drawn)
    return "".join(found)


def _candidates(key: str) -> Iterator[str]:
    """Yield words of the length of a key: of the list, with affixes, made of syllables, then any letters."""
    start = crc32(key.encode())
    for before, behind in _AFFIXES:
        stems = _BY_LENGTH.get(len(key) - len(before) - len(behind), [])
        yield from (f"{before}{stems[(start + step) % len(stems)]}{behind}" for step in range(len(stems)))
    yield from (_syllables(len(key), start + step) for step in range(2000))
    yield from (scramble(f"{key}{step}")[: len(key)] for step in count())


def _syllables(length: int, seed: int) -> str:
    """Return a word of consonants and vowels in turn."""
    letters = []
    for place in range(length):
        kind = _SOUNDS[(place + seed) % 2]
        letters.append(kind[(seed >> (place + 1)) % len(kind)])
    return "".join(letters)


def _numbers(digits: str) -> Iterator[str]:
    """Yield numbers in place of another."""
    value, seed = int(digits), crc32(digits.encode())
    if len(digits) == 1:
        yield digits
    elif len(digits) == 2 and value <= 31:
        low = 1 if digits[0] == "0" else 10
        yield from (f"{low + (seed + step) % (9 if low == 1 else 19):02}" for step in range(19))
    elif len(digits) == 4 and 1900 <= value < 2100:
        yield from (str(1950 + (seed + step) % 75) for step in range(75))
    else:
        zeros = len(digits) - len(digits.lstrip("0"))
        rest = digits[zeros:]
        first = "123456789"[seed % 9] if rest else ""
        yield from ("0" * zeros + first + scramble(f"{rest}{step}")[: max(len(rest) - 1, 0)] for step in range(1000))
