"""Which countries a text names: what a country word means where it stands."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.entities.countries import (
    CountryWord,
    country_prefixes,
    is_demonym,
    single_country_words,
)
from corpus.entities.country_senses import Found, resolved
from corpus.entities.lexicon import Span, Words, vocabulary

# Names that mean a country only after such a word: « la Dominique », but Dominique Voynet.
_ONLY_AFTER = {
    "dominique": {"la"},
    "grenade": {"la"},
    "hollande": {"en", "la"},
    "salvador": {"le", "au", "du", "el"},
    "samoa": {"aux", "les", "des", "a", "du", "le"},
    "sofia": {"a", "de"},
    "vienne": {"a", "de", "pour", "vers"},
}
_ARTICLES = frozenset({"de", "du", "des", "d'", "la", "le", "l'", "les"})
# After these the name of a country stands by itself, whatever follows it:
# « en France Emmanuel Macron ».
_PREPOSITIONS = _ARTICLES | {"a", "au", "aux", "en", "vers", "pour", "chez", "et", "ou"}
_COMMAS = frozenset({",", "et", "ou"})
# « parle russe », « un cours d'anglais », « apprendre le turc ».
_SPEAK = re.compile(
    r"parl(?:ee?s?|er|ent|ez|ons|ais|ait|aient|ant)|langues?|mots?|tradui.+|maitris\w+|baragouin\w+"
    r"|appr(?:end|endre|ends|ennent|enant|enait|is|entissage)|enseign\w+|cours|lecons?|profs?"
    r"|professeure?s?|dictionnaires?|agregee?s?|etudi(?:e|er|ent|ait)|bilingues?|interpretes?"
)
_HOW_WELL = frozenset({"bien", "couramment", "mal", "mieux", "pas", "peu", "tres", "un"})
# « les deux Corées »
_TOGETHER = {"allemagnes": ("DE", "DD"), "congos": ("CG", "CD"), "corees": ("KR", "KP")}
# « place d'Italie » is an address, « la place de l'Italie en Europe » is not.
_SPOTS = frozenset({"porte", "place", "quai", "pont", "square"})
_STOPS = frozenset({"station", "metro"})  # « la station Argentine », but « le métro de Moscou »


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
    names = {words.keys[at] for at in persons}
    found = [
        (span.start, span.value.codes)
        for span in spans
        if span.start not in persons
        and span.value.codes
        and not (words.keys[span.start] in names and not _in_country(words, span.start))
        and (
            not (_is_language(words, span.start) or _is_peoples_address(words, span.start))
            if span.value.adjective
            else _stands_alone(words, span, places, organisations)
        )
    ]
    found += _compounds(words, places | persons | organisations, names)
    found += [(at, (code,)) for at, key in enumerate(words.keys) for code in _TOGETHER.get(key, ())]
    return list(resolved(words, found, names))


def means_country(words: Words, start: int) -> bool:
    """Tell whether a country word that is a given name too follows what makes it a country."""
    needed = _ONLY_AFTER.get(words.keys[start])
    return needed is None or (start > 0 and words.keys[start - 1] in needed)


def _in_country(words: Words, at: int) -> bool:
    """Tell « en France » from « France » in an article on France Gall."""
    return at > 0 and words.keys[at - 1] in {"en", "la", "le", "l'", "au", "du", "aux", "les"}


def _stands_alone(
    words: Words, span: Span[CountryWord], places: frozenset[int], organisations: frozenset[int]
) -> bool:
    """Tell whether the name of a country is no part of another name."""
    return not (
        (span.start and words.keys[span.start - 1] in _before_people())
        or span.start - 1 in organisations
        or _is_address(words, span.start)
        or _inside_name(words, span, places)
    )


@cache
def _before_people() -> frozenset[str]:
    """Return the words right after which a name is a person's: « le docteur Mali »."""
    return vocabulary("forms of address") | vocabulary("titles")


def _is_language(words: Words, at: int) -> bool:
    """Tell « en anglais, russe ou turc » and « parle le russe » from « l'anglais Shell »."""
    if words.forms[at][0].isupper():
        return False
    first = max(at - 20, 1)
    while at > first and (before := _language_before(words, at)):
        at = before
    at -= 1
    while at > 0 and (words.keys[at] in _ARTICLES or words.keys[at] in _HOW_WELL):
        at -= 1
    return at >= 0 and (words.keys[at] == "en" or bool(_SPEAK.fullmatch(words.keys[at])))


def _language_before(words: Words, at: int) -> int:
    """Return where the language stands that precedes one in a list, 0 if none does."""
    while at > 2 and words.keys[at - 1] in _ARTICLES:
        at -= 1
    if at < 2 or words.keys[at - 1] not in _COMMAS:
        return 0
    key = words.keys[at - 2]
    return at - 2 if is_demonym(key) or key in vocabulary("languages") else 0


def _is_address(words: Words, at: int) -> bool:
    """Tell « rue de Rome » and « avenue de la République de Chine » from the country."""
    at -= 1
    if at > 0 and words.keys[at] in ("de", "d'") and words.keys[at - 1] in _SPOTS:
        return True
    if at >= 0 and words.keys[at] in _STOPS:
        return True
    while at >= 0 and words.keys[at] in _ARTICLES:
        at -= 1
    return at >= 0 and words.keys[at] in vocabulary("addresses")


def _is_peoples_address(words: Words, at: int) -> bool:
    """Tell « boulevard des Italiens » from « la rue algérienne gronde »."""
    return words.forms[at][0].isupper() and words.keys[at - 1] == "des" and _is_address(words, at)


def _inside_name(words: Words, span: Span[CountryWord], places: frozenset[int]) -> bool:
    """Tell whether a longer proper name holds the country's: « Dynamo Kiev », « Tchad Smith »."""
    start, end = span.start, span.end
    if words.forms[start].isupper():
        return words.forms[start] == "US" and end < len(words.forms) and _is_club(words, end)
    if start and start - 1 not in places and words.forms[start - 1][0].isupper():
        return words.keys[start - 1] != "miss" and not words.starts_sentence(start - 1)
    if end == len(words.forms) or end in places or not words.forms[end][0].isupper():
        return False
    return not start or words.keys[start - 1] not in _PREPOSITIONS


def _is_club(words: Words, at: int) -> bool:
    """Tell « l'US Créteil » from « l'armée US », « US Navy » and « US PRESIDENT »."""
    form, key = words.forms[at], words.keys[at]
    return form.istitle() and key not in vocabulary("english words") | {"navy", "open"}


def _compounds(words: Words, known: frozenset[int], names: set[str]) -> Iterator[Found]:
    """Yield the countries of words such as « franco-russe » and « Iran-Irak ».

    names: the keys of people's names: « les pro-Hollande » are no Dutch.
    """
    for at, key in enumerate(words.keys):
        if "-" in key and at not in known and key.rpartition("-")[2] not in names:
            yield from ((at, codes) for codes in _halves(key, words.forms[at]))


def _halves(key: str, form: str) -> list[tuple[str, ...]]:
    *heads, last = key.split("-")
    parts, prefixes = single_country_words(), country_prefixes()
    if len(heads) > 1 and f"{heads[-1]}-{last}" in parts:  # « américano-nord-coréen »
        last = f"{heads.pop()}-{last}"
    end = parts.get(last)
    if end is None:
        return []
    capital = form.rpartition("-")[2][0].isupper()
    if capital and all(head in parts for head in heads):  # « Brésil-Argentine »
        return [parts[half].codes for half in (*heads, last)]
    if end.adjective:
        if all(head in prefixes or head in vocabulary("neutral prefixes") for head in heads):
            return [*(prefixes[head] for head in heads if head in prefixes), end.codes]
    elif capital and all(head in vocabulary("neutral prefixes") for head in heads):
        return [end.codes]
    return []
