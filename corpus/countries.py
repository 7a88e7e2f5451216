"""Countries: their names in French, and which of them a text names."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from babel import Locale

from corpus.analysis import fold
from corpus.lexicon import Span, Words, lines, spellings, table, vocabulary

# Where newspapers say otherwise than CLDR.
_LABELS = {
    "CD": "RD Congo",
    "CF": "Centrafrique",
    "HK": "Hong Kong",
    "MM": "Birmanie",
    "MO": "Macao",
    "MU": "Île Maurice",
    "PS": "Palestine",
    "VA": "Vatican",
    "VN": "Vietnam",
}

# Names that mean a country only after such a word: « la Dominique », but Dominique Voynet.
_ONLY_AFTER = {
    "dominique": {"la"},
    "grenade": {"la"},
    "hollande": {"en", "la"},
    "salvador": {"le", "au", "du", "el"},
    "samoa": {"aux", "les", "des", "a"},
    "santiago": {"a", "de"},
    "sofia": {"a", "de"},
    "vienne": {"a", "de", "pour", "vers"},
}
_ARTICLES = frozenset({"de", "du", "des", "d'", "la", "le", "l'", "les"})
# After these the name of a country stands by itself, whatever follows it:
# « en France Emmanuel Macron ».
_PREPOSITIONS = _ARTICLES | {"a", "au", "aux", "en", "vers", "pour", "chez", "et", "ou"}
_COMMAS = frozenset({",", "et", "ou"})
_SPEAK = re.compile(r"parl(?:ee?s?|er|ent|ez|ons|ais|ait|aient|ant)|langues?|mots?|tradui.+")


class CountryWord(NamedTuple):
    """What a word says of countries.

    codes: the country meant, followed by others that it may mean where only they are
        named elsewhere in the article (« la Corée »); none for a decoy.
    adjective: whether it is an adjective or a demonym.
    """

    codes: tuple[str, ...]
    adjective: bool = False


def country_words() -> Iterator[tuple[str, CountryWord]]:
    """Yield every word that names a country, as newspapers write it."""
    for codes, names, adjectives, _, places in table("countries.tsv"):
        name, adjective = CountryWord(tuple(codes.split())), CountryWord(tuple(codes.split()), True)
        for form in _cells(names) + _cells(places):
            yield from ((spelling, name) for spelling in spellings(form))
        for form in _cells(adjectives):
            yield from ((inflected, adjective) for inflected in _inflections(form))


def decoys() -> Iterator[tuple[str, CountryWord]]:
    """Yield the phrases in which the name of a country names none."""
    for phrase in lines("decoys.txt"):
        yield from ((spelling, CountryWord(())) for spelling in spellings(phrase))


def _cells(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


def _inflections(pair: str) -> Iterator[str]:
    """Yield the four forms of "russe" or of "turc/turque"."""
    for form in pair.split("/"):
        yield form
        yield form if form.endswith(("s", "x")) else form + "s"


@cache
def _prefixes() -> dict[str, tuple[str, ...]]:
    """Return the countries of the first halves of compounds: "franco", "sino"."""
    return {
        fold(prefix): tuple(codes.split())
        for codes, _, _, prefixes, _ in table("countries.tsv")
        for prefix in _cells(prefixes)
    }


@cache
def _typed() -> dict[str, str]:
    """Return the code of all that a reader may type for a country."""
    codes: dict[str, str] = {}
    for row in table("countries.tsv"):
        code = row[0].split()[0]
        adjectives = [form for pair in _cells(row[2]) for form in _inflections(pair)]
        for form in [code, country_label(code), *_cells(row[1]), *adjectives]:
            codes.setdefault(_typing(form), code)
    return codes


def _typing(text: str) -> str:
    """Return what accents, capitals, hyphens and blanks make no difference to."""
    return fold("".join(text.replace("-", " ").split()))


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country as a reader types it, or None.

    text: a code ("RU"), a name ("Russie", "grande bretagne") or an adjective ("russe").
    """
    return _typed().get(_typing(text))


def country_label(code: str) -> str:
    """Return the short French name of a country, as newspapers write it.

    code: ISO 3166-1 alpha-2; one that is none is returned as it is.
    The names are those of the Unicode CLDR, but for a handful.
    """
    return _LABELS.get(code) or _territories().get(code, code)


@cache
def _territories() -> dict[str, str]:
    return dict(Locale("fr").territories)


def named_countries(
    words: Words,
    spans: Sequence[Span[CountryWord]],
    persons: frozenset[int],
    organisations: frozenset[int],
) -> list[tuple[int, str]]:
    """Return (place, code) of each country that a text names, in no order.

    spans: the country words of the text.
    persons, organisations: the places of the words that name some.
    """
    places = frozenset(at for span in spans for at in range(span.start, span.end))
    found = [
        (span.start, span.value.codes)
        for span in spans
        if span.start not in persons
        and span.value.codes
        and (
            not _is_language(words, span.start)
            if span.value.adjective
            else _stands_alone(words, span, places, organisations)
        )
    ]
    found += _compounds(words, places | persons | organisations)
    return _resolve(found)


def _resolve(found: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, str]]:
    """Decide what an ambiguous word means by what the rest of the article names."""
    sure = {codes[0] for _, codes in found if len(codes) == 1}
    resolved = []
    for at, codes in found:
        elsewhere = [code for code in codes if code in sure]
        resolved.append((at, elsewhere[0] if elsewhere else codes[0]))
    return resolved


def means_country(words: Words, start: int) -> bool:
    """Tell whether a country word that is a given name too follows what makes it a country."""
    needed = _ONLY_AFTER.get(words.keys[start])
    return needed is None or (start > 0 and words.keys[start - 1] in needed)


def _stands_alone(
    words: Words, span: Span[CountryWord], places: frozenset[int], organisations: frozenset[int]
) -> bool:
    """Tell whether the name of a country is no part of another name."""
    return not (
        (span.start and words.keys[span.start - 1] in vocabulary("forms of address"))
        or span.start - 1 in organisations
        or _is_address(words, span.start)
        or _inside_name(words, span, places)
    )


def _is_language(words: Words, at: int) -> bool:
    """Tell « en anglais, russe ou turc » and « parle russe » from « l'anglais Shell »."""
    if words.forms[at][0].isupper():
        return False
    first = max(at - 20, 1)
    while at > first and words.keys[at - 1] in _COMMAS and is_demonym(words.keys[at - 2]):
        at -= 2
    at -= 1
    while at > 0 and words.keys[at] in _ARTICLES:
        at -= 1
    return at >= 0 and (words.keys[at] == "en" or bool(_SPEAK.fullmatch(words.keys[at])))


def is_demonym(key: str) -> bool:
    """Tell whether a word is an adjective of a country, or those of it."""
    word = _parts().get(key)
    return bool(word and word.adjective)


def _is_address(words: Words, at: int) -> bool:
    """Tell « rue de Rome » and « avenue de la République de Chine » from the country."""
    at -= 1
    while at >= 0 and words.keys[at] in _ARTICLES:
        at -= 1
    return at >= 0 and words.keys[at] in vocabulary("addresses")


def _inside_name(words: Words, span: Span[CountryWord], places: frozenset[int]) -> bool:
    """Tell whether a longer proper name holds the country's: « Dynamo Kiev », « Tchad Smith »."""
    start, end = span.start, span.end
    if words.forms[start].isupper():
        return False
    if start and start - 1 not in places and words.forms[start - 1][0].isupper():
        return words.keys[start - 1] != "miss" and not words.starts_sentence(start - 1)
    if end == len(words.forms) or end in places or not words.forms[end][0].isupper():
        return False
    return not start or words.keys[start - 1] not in _PREPOSITIONS


def _compounds(words: Words, known: frozenset[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the countries of words such as « franco-russe » and « Iran-Irak »."""
    for at, key in enumerate(words.keys):
        if "-" in key and at not in known:
            yield from ((at, codes) for codes in _halves(key, words.forms[at]))


def _halves(key: str, form: str) -> list[tuple[str, ...]]:
    *heads, last = key.split("-")
    parts, prefixes = _parts(), _prefixes()
    end = parts.get(last)
    if end is None:
        return []
    if end.adjective:
        if all(head in prefixes or head in vocabulary("neutral prefixes") for head in heads):
            return [*(prefixes[head] for head in heads if head in prefixes), end.codes]
    elif form.rpartition("-")[2][0].isupper():
        if all(head in vocabulary("neutral prefixes") for head in heads):
            return [end.codes]
        if all(head in parts for head in heads):
            return [parts[half].codes for half in (*heads, last)]
    return []


@cache
def _parts() -> dict[str, CountryWord]:
    """Return the country words that are one word, by their keys."""
    return {fold(word): value for word, value in country_words() if word.isalpha()}
