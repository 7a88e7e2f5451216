"""Countries: their codes, and their names in French.

The codes are ISO 3166-1 alpha-2, XK for Kosovo, and ISO 3166-3 for the states of the past.
The first name of a country is that of the Unicode CLDR; countries.tsv holds what the CLDR
has not: other names, demonyms, first halves of compounds, capitals and seats of power.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from babel import Locale

from corpus.analysis import fold
from corpus.entities.lexicon import cut, lines, spellings, table

# Where newspapers say otherwise than CLDR.
_LABELS = {
    "CD": "RD Congo",
    "CF": "Centrafrique",
    "CS": "Tchécoslovaquie",
    "DD": "RDA",
    "HK": "Hong Kong",
    "MM": "Birmanie",
    "MO": "Macao",
    "MU": "Île Maurice",
    "PS": "Palestine",
    "SU": "URSS",
    "VA": "Vatican",
    "VN": "Vietnam",
    "YU": "Yougoslavie",
    "ZR": "Zaïre",
}


# Names of the CLDR that no newspaper writes, or that are a given name first of all.
_NO_NAMES = frozenset({"Maurice", "Myanmar (Birmanie)"})


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
        for form in [*_first_name(codes), *_cells(names), *_cells(places)]:
            yield from ((spelling, name) for spelling in spellings(form))
        for form in _cells(adjectives):
            yield from ((inflected, adjective) for inflected in _inflections(form))


def decoys() -> Iterator[tuple[str, CountryWord]]:
    """Yield the phrases in which the name of a country names none."""
    for phrase in lines("decoys.txt"):
        yield from ((spelling, CountryWord(())) for spelling in spellings(phrase))


@cache
def _shared_names() -> frozenset[str]:
    """Return the names that several countries may bear: « Géorgie »."""
    shared = (names for codes, names, *_ in table("countries.tsv") if " " in codes)
    return frozenset(name for names in shared for name in _cells(names))


def _first_name(codes: str) -> list[str]:
    """Return the CLDR's name of a country, unless others may be meant, or people, by it."""
    name = _territories().get(codes, "")
    return [name] if name and name not in _shared_names() | _NO_NAMES else []


def _cells(cell: str) -> list[str]:
    return cell.split(", ") if cell else []


def _inflections(pair: str) -> Iterator[str]:
    """Yield the four forms of "russe" or of "turc/turque"."""
    for form in pair.split("/"):
        yield form
        yield form if form.endswith(("s", "x")) else form + "s"


@cache
def country_prefixes() -> dict[str, tuple[str, ...]]:
    """Return the countries of the first halves of compounds: "franco", "sino"."""
    return {
        fold(prefix): tuple(codes.split())
        for codes, _, _, prefixes, _ in table("countries.tsv")
        for prefix in _cells(prefixes)
    }


@cache
def single_country_words() -> dict[str, CountryWord]:
    """Return the country words that are one word, by their keys."""
    return {fold(word): value for word, value in country_words() if word.replace("-", "").isalpha()}


@cache
def country_keys() -> frozenset[str]:
    """Return the keys of all country words, joined by blanks."""
    return frozenset(" ".join(cut(word).keys) for word, _ in country_words())


@lru_cache(maxsize=1 << 16)
def is_demonym(key: str) -> bool:
    """Tell whether a word is an adjective of countries, « franco-russe », or the people of one."""
    word = single_country_words().get(key)
    if word or "-" not in key:
        return bool(word and word.adjective)
    *heads, last = key.split("-")
    return is_demonym(last) and all(head in country_prefixes() for head in heads)


def is_compound(key: str) -> bool:
    """Tell whether a word joins countries: « franco-russe », « France-Allemagne »."""
    return is_demonym(key) or all(half in single_country_words() for half in key.split("-"))


@cache
def _typed() -> dict[str, str]:
    """Return the code of all that a reader may type for a country."""
    codes: dict[str, str] = {}
    for row in table("countries.tsv"):
        code = row[0].split()[0]
        adjectives = [form for pair in _cells(row[2]) for form in _inflections(pair)]
        names = [*_first_name(code), *_cells(row[1])]
        for form in [code, country_label(code), *names, *adjectives]:
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
