"""Bytes to text by evidence, since what a file says of its own encoding is often wrong."""

import codecs
import re

from charset_normalizer import from_bytes

# The name for `errors=` under which what is no UTF-8 in a text is read as Windows-1252.
STRAY = "kiosque-windows-1252"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The 8-bit encodings of the French press: Windows and the web, Unix with the euro,
# the Macintosh of the newsrooms, MS-DOS.
_EIGHT_BITS = ("cp1252", "iso8859-15", "mac_roman", "cp850")
# Capitals and signs weigh half: é in Windows is È on the Macintosh, but seldom the reverse.
_WEIGHT = dict.fromkeys("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ“”‘–—…°€", 0.5) | dict.fromkeys(
    "àâäçéèêëîïôöùûüÿœæ«»’\u00a0", 1.0
)
_ENOUGH = 100_000  # bytes looked at; an encoding does not change later in a file
_DECLARATION = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z][\w.:-]{1,30})""", re.IGNORECASE
)


def decode(data: bytes) -> str:
    """Return the text of a whole file, whatever its encoding.

    A byte order mark decides; then valid UTF-8; then, among the 8-bit encodings of the
    French press and the one that the file declares, the one that reads as French.
    """
    encoding = encoding_of(data)
    errors = STRAY if encoding.startswith("utf-8") else "replace"
    return data.decode(encoding, errors)


def encoding_of(data: bytes) -> str:
    """Name the encoding of a file from its first bytes; "utf-8" may hold a few stray bytes."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:_ENOUGH]
    if wide := _utf16_without_mark(sample):
        return wide
    if _is_utf8(sample):
        return "utf-8"
    return _most_french(sample, _declared(sample))


def _utf16_without_mark(sample: bytes) -> str | None:
    """Every other byte of European text in UTF-16 is zero."""
    pairs = len(sample) // 2
    if pairs < 8:
        return None
    if sample[1::2].count(0) > 0.7 * pairs and sample[0::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * pairs and sample[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return None


def _is_utf8(sample: bytes) -> bool:
    """Tell UTF-8, even cut or damaged: in an 8-bit text its sequences are rarer than strays."""
    decoder = codecs.getincrementaldecoder("utf-8")
    try:
        decoder().decode(sample)
    except UnicodeDecodeError:
        text = decoder("replace").decode(sample)
        wrong = text.count("\ufffd")
        return sum(character > "\x7f" for character in text) > 2 * wrong
    return True


def _declared(sample: bytes) -> list[str]:
    """Return the 8-bit encoding that the head of a page or of an XML file declares, if any."""
    match = _DECLARATION.search(sample[:2048])
    if match is None:
        return []
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except (LookupError, ValueError):
        return []
    if not name.startswith(("ascii", "cp", "iso8859", "koi8", "mac")):
        return []
    # As browsers do: pages that claim Latin-1 are written in Windows-1252.
    return ["cp1252" if name in ("iso8859-1", "ascii") else name]


def _most_french(sample: bytes, declared: list[str]) -> str:
    beyond_ascii = sample.translate(None, bytes(range(128)))
    candidates = list(dict.fromkeys([*declared, *_EIGHT_BITS]))
    scores = [_french_score(beyond_ascii, encoding) for encoding in candidates]
    if max(scores) >= 0.4:
        return candidates[scores.index(max(scores))]
    guess = from_bytes(sample).best()
    return guess.encoding if guess is not None else candidates[0]


def _french_score(beyond_ascii: bytes, encoding: str) -> float:
    """Return how well bytes read as the accents and signs of French, 0 to 1."""
    weights = [_WEIGHT.get(sign, 0.0) for sign in beyond_ascii.decode(encoding, "replace")]
    return sum(weights) / max(1, len(weights))


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are not UTF-8 as the Windows encoding, where mixed files come from."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error(STRAY, _stray_bytes)
