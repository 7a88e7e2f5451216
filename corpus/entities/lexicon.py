"""Text cut into words, and phrases known beforehand, found in a text in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar
from unicodedata import is_normalized, normalize

from corpus.analysis import APOSTROPHES, fold

Value = TypeVar("Value")
Found = TypeVar("Found", covariant=True)

_PLAIN_MARKS = [*((mark, "'") for mark in APOSTROPHES[1:]), ("\u2010", "-"), ("\u2011", "-")]
_DASHED = re.compile(r"(?<=[^\W\d_])\u2013(?=[^\W\d_])")  # « États–Unis »
_FEW = 4  # words of a phrase of which each may be joined to the next in its own way
_CAPITAL = "A-ZÀ-ÖØ-ÞŒ"
# The first branch is most words' and only there for speed: 160 µs an article, not 178.
_TOKEN = re.compile(
    rf"""
      [^\W_]+(?![\w'&.-])
    | (?:[ldcjstLDCJST]|[mnMN](?!'[{_CAPITAL}])|(?:[Jj]us|[Ll]ors|[Pp]uis)?[Qq]u)'(?=\w)  # elided
    | (?:[{_CAPITAL}]\.-?){{1,9}}(?=\s?[{_CAPITAL}]|\s\w)         # initials: M. Dupont, O.N.U.
    | (?:MM|Mgr|Dr|Pr|St|Me)\.(?=\s)                          # abbreviated titles
    | \w+(?:[-'&]\w+)*                                         # a word, however joined
    | \n+
    | [^\w\s]
    """,
    re.VERBOSE,
)
_SENTENCE_END = frozenset('.!?…:;\n"«“”»(-–—•+*|')


class Words(NamedTuple):
    """A text cut into words and marks, in order.

    forms: as they are written, apostrophes made straight.
    keys: each form without accents and case.
    """

    forms: list[str]
    keys: list[str]

    def starts_sentence(self, at: int) -> bool:
        """Tell whether a capital is due at a place whatever word stands there."""
        return at == 0 or self.forms[at - 1][0] in _SENTENCE_END

    def text(self, start: int, end: int) -> str:
        """Return words as one string, spaced as French spaces them."""
        return " ".join(self.forms[start:end]).replace("' ", "'")


def cut(text: str) -> Words:
    """Cut a text into words and marks; a hyphenated word and an elided article are one each."""
    forms = _TOKEN.findall(_plain(text))
    return Words(forms, [_dotted(form) if "." in form else fold(form) for form in forms])


def _plain(text: str) -> str:
    """Return a text with its accents composed, and one kind of apostrophe and hyphen."""
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    for mark, plain in _PLAIN_MARKS:
        text = text.replace(mark, plain)
    return _DASHED.sub("-", text) if "\u2013" in text else text


def extents(text: str, words: Words) -> list[tuple[int, int]]:
    """Return where each word of a text begins and ends, in characters of the text as given."""
    composed = _plain(text)
    places: list[tuple[int, int]] = []
    at = 0
    for form in words.forms:
        start = composed.index(form, at)
        at = start + len(form)
        places.append((start, at))
    if len(composed) == len(text):
        return places
    before = _before_composing(text)
    return [(before[start], before[end]) for start, end in places]


def _before_composing(text: str) -> list[int]:
    """Return where each character of a text composed (NFC), and its end, is in the text.

    Nothing composes across blanks, so each chunk between them is looked at by itself.
    """
    places: list[int] = []
    for chunk in re.finditer(r"\s+|\S+", text):
        first = len(places)
        for at in range(len(chunk[0])):
            length = len(normalize("NFC", chunk[0][: at + 1]))
            places += [chunk.start() + at] * (first + length - len(places))
        del places[first + len(normalize("NFC", chunk[0])) :]
    return [*places, len(text)]


def _dotted(form: str) -> str:
    """Return the key of a word with dots: « O.N.U. » is read as « ONU »."""
    return fold(form.replace(".", "")) or form


class Span(NamedTuple, Generic[Found]):
    """A phrase in a text: where its words begin and end, and what it is."""

    start: int
    end: int
    value: Found


class Lexicon(Generic[Value]):
    """Known phrases, each with a value.

    Accents never matter. A word written with a capital in the phrase needs one in the
    text, and a word all in capitals ("EI", "OMS") needs them all, so that « le niger »
    is no country.
    """

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        """Take phrases as newspapers write them; the first of two same ones counts."""
        self._phrases: dict[str, list[tuple[list[str], Value]]] = defaultdict(list)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase, value in phrases:
            words = cut(phrase)
            self._phrases[" ".join(words.keys)].append((words.forms, value))
            lengths[words.keys[0]].add(len(words.keys))
        self._lengths = {key: sorted(found, reverse=True) for key, found in lengths.items()}

    def spans(self, words: Words) -> Iterator[Span[Value]]:
        """Yield the phrases in a text from left to right, the longest at each place."""
        lengths, end = self._lengths, 0
        for start, key in enumerate(words.keys):
            if key in lengths and start >= end:
                span = self._longest(words, start)
                if span:
                    end = span.end
                    yield span

    def _longest(self, words: Words, start: int) -> Span[Value] | None:
        for length in self._lengths[words.keys[start]]:
            end = start + length
            if end > len(words.keys):
                continue
            for forms, value in self._phrases.get(" ".join(words.keys[start:end]), ()):
                if all(map(_same_case, forms, words.forms[start:end])):
                    return Span(start, end, value)
        return None


def _same_case(known: str, form: str) -> bool:
    if len(known) > 1 and known.isupper() and known.isalpha():
        return form.isupper()
    return form[0].isupper() or not known[0].isupper()


def spellings(phrase: str) -> set[str]:
    """Return a phrase with blanks or hyphens between its words, each of some where it is short."""
    parts = re.split("[ -]", phrase)
    if len(parts) > _FEW:
        return {phrase, " ".join(parts), "-".join(parts)}
    joined = {parts[0]}
    for part in parts[1:]:
        joined = {f"{before}{mark}{part}" for before in joined for mark in " -"}
    return joined | {phrase}


def lines(name: str) -> list[str]:
    """Return the lines of a text of this package, without comments (#)."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def table(name: str) -> list[list[str]]:
    """Return the rows of a table of this package, without its line of headings."""
    return [row.split("\t") for row in lines(name)[1:]]


def keys(entries: Iterable[str]) -> frozenset[str]:
    """Return the keys of lines of words; "maire/mairesse" stands for both."""
    return frozenset(fold(form) for line in entries for form in line.replace("/", " ").split())


@cache
def vocabulary(section: str) -> frozenset[str]:
    """Return the keys of the words in a section of vocabulary.txt."""
    rows = lines("vocabulary.txt")
    first = rows.index(f"[{section}]") + 1
    last = next((at for at in range(first, len(rows)) if rows[at][0] == "["), len(rows))
    return keys(rows[first:last])
