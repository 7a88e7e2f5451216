"""Clean text: what is left of a foreign text when only its words and paragraphs are kept."""

import html
import re
from itertools import pairwise
from unicodedata import is_normalized, normalize

from ftfy import fix_encoding

from corpus.entities.name_words import is_common

# UTF-8 once read as Windows-1252 ("Ã©", "â€™"), and Windows signs once read as Latin-1 (C1).
# ftfy alone takes 0.4 ms for an article, this test 10 µs.
# "√©", "‚Äô": read as Macintosh.
_MOJIBAKE = re.compile(
    r"Ã[^A-Za-z\s]|Ã\s(?=[a-zA-Z])|Â[\u00a0-\u00bf]|â€|Å[“¸’]|[\x80-\x9f]|√[©®†ßª™¥ÆÄâàπ´¢§]|‚Ä|├⌐|ΓÇ"
)
_DOS_MOJIBAKE = re.compile(r"├[®¿áó¬┤«»╗╣]|ÔÇ")  # "├®": read as MS-DOS, which ftfy does not know
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\u2028\u2029]")
# Control characters, soft hyphens, zero-width and bidirectional marks, lone surrogates.
_DROPPED = (
    r"\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
)
_SOFT_BREAK = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")  # a word cut at the end of a line
_ODD = re.compile(rf"[\r\x0b\x0c\u2028\u2029{_DROPPED}]")
_UNWANTED = re.compile(rf"[{_DROPPED}]")
_THIN = r"\u1680\u2000-\u200a\u205f\u3000"
_SPACES = re.compile(rf"[ \t\u00a0\u202f{_THIN}]{{2,}}|[\t{_THIN}]")
_EDGES = " \u00a0\u202f"

_BYLINE = re.compile(r"[Pp]ar\s+(?P<names>[A-ZÀ-Ý][^\d.!?:;]{2,80})")
# "domestique.Consternant": between two words of small letters but for the capital, so that
# "Booking.com", "M.Blanc", "S.Exc." and file names stay whole.
_NO_SPACE = re.compile(r"[.!?…][A-ZÀ-Ý«]")  # a quick look first: 5 µs an article, not 80
_RUN_TOGETHER = re.compile(
    r"(?<![\w@./-])(?<![A-ZÀ-Ý][’'])[a-zà-ÿœ]{3,}[.!?…]"
    r"(?=[A-ZÀ-Ý][a-zà-ÿœ]{2,}[\s,’'](?!\w*\()|[CDJLMNST][’'][a-zà-ÿœ]|«"
    r"|(?:Le|La|Il|On|Un|En|Et|Ce|Au|Du|De|Je|Si)\s)"
)
# What French words with a hyphen begin and end with; other words cut at the end of a line
# were cut between syllables.
_HEADS = frozenset(
    (
        *("anti", "après", "arrière", "avant", "bien", "cessez", "demi", "ex", "extrême"),
        *("franco", "garde", "grand", "grande", "hors", "haut", "haute", "libre", "mi"),
        *("moyen", "non", "nord", "ouest", "outre", "peut", "porte", "presque", "quasi"),
        *("quelques", "rendez", "rez", "saint", "sainte", "semi", "sous", "sud", "ultra"),
        *("vice", "vis", "week", "dix", "vingt", "trente", "quarante", "cinquante"),
        *("soixante", "quatre", "petit", "petite", "anglo", "chef", "compte", "germano", "laissez"),
        *("israélo", "russo", "sans", "tête", "tout", "trop"),
    )
)
_TAILS = re.compile(
    r"(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce|ci|là|moi|toi|le|la|les|lui|leur|y|en|même|mêmes)"
    r"(?![\w])|[A-ZÀ-Ý\d]"
)
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
_SENTENCE_END = (".", "!", "?", "…", "»", '"', "”", ":", ".)")


def clean_line(text: str) -> str:
    """Return a text as one clean line: a title, a name."""
    return " ".join(clean_characters(text).replace("\n", " ").split(" ")).strip(_EDGES)


def clean_body(text: str) -> str:
    """Return a text as clean paragraphs parted by one blank line.

    Lines that were cut at a fixed width are joined again, and the words that were cut with
    them; else each line is a paragraph. Sentences that were run together are parted.
    """
    blocks: list[list[str]] = [[]]
    for line in clean_characters(text).split("\n"):
        if stripped := line.strip(_EDGES):
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    body = "\n\n".join(paragraphs([block for block in blocks if block]))
    return _RUN_TOGETHER.sub(r"\g<0> ", body) if _NO_SPACE.search(body) else body


def clean_characters(text: str) -> str:
    """Mend the characters of a text and leave its lines: NFC, one kind of line end, no debris.

    No-break spaces stay, as French typography wants them.
    """
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if _MOJIBAKE.search(text):
        text = "\n".join(fix_encoding(line) for line in text.split("\n"))
    if _DOS_MOJIBAKE.search(text):
        text = "\n".join(map(_read_anew, text.split("\n")))
    if _ODD.search(text):
        text = _SOFT_BREAK.sub("", _LINE_END.sub("\n", text))
        text = _UNWANTED.sub("", text)
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return _SPACES.sub(_one_space, text)


def _read_anew(line: str) -> str:
    """Undo the reading of UTF-8 as MS-DOS text, where all of a line can be."""
    try:
        return line.encode("cp850").decode()
    except UnicodeError:
        return line


def _one_space(match: re.Match[str]) -> str:
    """Choose what a run of spaces becomes: one that does not break where French wants it."""
    run, text, end = match[0], match.string, match.end()
    if text[end : end + 1] in tuple(";:!?»%") or text[match.start() - 1 : match.start()] == "«":
        unbroken = next((space for space in run if space in "\u00a0\u202f"), "\u202f")
        return unbroken if run.strip(" \t") else " "
    return " "


def byline(line: str) -> str:
    """Return the names in a line as "Par Jeanne Dupré", empty for any other line."""
    match = _BYLINE.fullmatch(line)
    return match["names"] if match else ""


def paragraphs(blocks: list[list[str]]) -> list[str]:
    """Return the paragraphs of blocks of lines, joining lines that were cut at a width."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs:
        return [block[0] for block in blocks]
    if not is_wrapped(pairs):
        return [line for block in blocks for line in block]
    width = max(len(line) for block in blocks for line in block)
    known = frozenset(_HYPHENATED.findall(" ".join(line for block in blocks for line in block)))
    return [paragraph for block in blocks for paragraph in _unwrap(block, width, known)]


def is_wrapped(pairs: list[tuple[str, str]]) -> bool:
    """Tell lines cut in mid-sentence, two in three of which go on in lower case."""
    goes_on = sum(after[0].islower() for _, after in pairs)
    return goes_on >= 0.4 * len(pairs)


def _unwrap(lines: list[str], width: int, known: frozenset[str]) -> list[str]:
    """Join lines, but for those that end a sentence where the next word had room."""
    joined = [lines[0]]
    for before, after in pairwise(lines):
        room = len(before) + len(after.split(" ", 1)[0]) < width
        if room and before.endswith(_SENTENCE_END) and not after[0].islower():
            joined.append(after)
        elif before[-1] == "-" and before[-2:-1].isalpha():
            joined[-1] = _rejoined(joined[-1], after, known)
        else:
            joined[-1] += " " + after
    return joined


def _rejoined(before: str, after: str, known: frozenset[str]) -> str:
    """Join "porte-" and "parole" with their hyphen, "gouver-" and "nement" without.

    Nor "mi-" and "nistre", since together they are a common word.

    known: the words with a hyphen that stand within lines of the same text.
    """
    head = re.split(r"[\s'’«(]", before)[-1]
    tail = re.split(r"[^\w-]", after, maxsplit=1)[0]
    if is_common((head[:-1] + tail).lower()):
        return before[:-1] + after
    compound = "-" in head[:-1] or head[:-1].lower() in _HEADS or _TAILS.match(after)
    return before + after if compound or head + tail in known else before[:-1] + after
