"""Cities, regions, bodies and people that tell in which country something happens."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.analysis import fold
from corpus.entities.countries import country_code, single_country_words
from corpus.entities.lexicon import table, vocabulary

Codes = tuple[str, ...]

# Each letter without its accent and each joiner as a blank: places in the text stay true.
_PLAIN = {
    code: folded
    for code in range(0xC0, 0x180)
    if len(folded := fold(chr(code))) == 1 and folded.isalpha()
} | dict.fromkeys(map(ord, "-'’\u2010\u2011\xa0\u202f"), " ")
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]\w+")
# « à La Palmyre », which is not Palmyre
_OWN_ARTICLE = re.compile(r"[a-zà-ÿ,] L(?:a|e|es) $")
_ARTICLE = re.compile(r"\b(?:au|aux|du|des) $")
_NEXT = re.compile(r"[ '’-](\w+)")
_SENTENCE_END = frozenset('.!?…\n"«“”»')


class Place(NamedTuple):
    """A place in a text: its characters [start, end), and the countries where it may lie.

    codes: the likeliest first.
    """

    start: int
    end: int
    codes: Codes


class _Name(NamedTuple):
    """The name of a place, plain; articled where it follows « au » or « du », as « Havre »."""

    form: str
    codes: Codes
    articled: bool


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """Return a text of the same length without case, accents, hyphens and apostrophes."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_PLAIN)


def find_places(text: str) -> list[Place]:
    """Return the cities and regions that a text names, in order."""
    found: list[Place] = []
    names, end = _places(), 0
    for word in _CAPITALISED.finditer(text):
        start = word.start()
        if start < end or (longer := names.get(plain(word[0]))) is None:
            continue
        second = _NEXT.match(text, word.end())
        both = longer.get(plain(second[1]), []) if second else []
        for name in (*both, *longer.get("", [])):
            last = start + len(name.form)
            if plain(text[start:last]) == name.form and _stands_alone(text, start, last):
                if not name.articled or _ARTICLE.search(text, max(start - 4, 0), start):
                    found.append(Place(start, last, name.codes))
                    end = last
                break
    return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell a place from a part of a longer word, and from a capital that opens a sentence."""
    after = text[end : end + 2]
    if after[:1].isalnum() or (after[:1] in ("-", "'", "’") and after[1:].isalnum()):
        return False
    if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        return False
    if _OWN_ARTICLE.search(text, max(start - 6, 0), start):
        return False
    gap = max(text.rfind(" ", start, end), text.rfind("-", start, end))
    if gap > 0:
        return text[gap + 1].isupper()
    before = (
        text[:start].rstrip(" \xa0")
        if start < 3
        else text[max(start - 3, 0) : start].rstrip(" \xa0")
    )
    opens = not before or before[-1] in _SENTENCE_END
    return not opens or after.lstrip(" \xa0")[:1] in (":", ",", "(")


@cache
def _places() -> dict[str, dict[str, list[_Name]]]:
    """Return the names of places, plain and the longest first, by their first two words.

    By both: hundreds of places begin with « Saint » or « La ».
    """
    codes = {plain(name): tuple(of.split()) for name, of in table("places.tsv")}
    for of, places, _, _ in table("clues.tsv"):
        codes |= {plain(name): tuple(of.split()) for name in places.split(", ") if name}
    by_words: dict[str, dict[str, list[_Name]]] = {}
    for name in sorted(codes, key=lambda name: (-len(name), name)):
        first, _, rest = name.partition(" ")
        if name not in vocabulary("no places") and first != "prince":  # Prince George, in Canada
            articled = first in ("le", "les") and rest and rest not in vocabulary("no places")
            forms = [name, rest] if articled else [name]
            for form in forms:
                one, two, *_ = [*form.split(" "), ""]
                known = _Name(form, codes[name], form != name)
                by_words.setdefault(one, {}).setdefault(two, []).append(known)
    return by_words


@cache
def homes() -> dict[str, str]:
    """Return the country of well-known bodies and people, by their folded labels."""
    return {
        fold(label): of.split()[0]
        for of, _, bodies, people in table("clues.tsv")
        for label in [*bodies.split(", "), *people.split(", ")]
        if label
    }


def place_codes(name: str) -> Codes:
    """Return where a place may lie, as a dateline names it: "PARIS", "BEYROUTH (Liban)"."""
    parts = list(_parts(name))
    for part in reversed(parts):  # what stands in brackets is the wider
        if code := country_code(part):
            return (code,)
    for part in parts:
        if word := single_country_words().get(fold(part)):
            return word.codes
        if found := find_places(f"à {part.title() if part.isupper() else part}"):
            return found[0].codes
    return ()


def _parts(name: str) -> Iterator[str]:
    return (part.strip() for part in re.split(r"[(),/]", name) if part.strip())
