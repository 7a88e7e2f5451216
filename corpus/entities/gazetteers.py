"""What an article names by the gazetteers and the rules: countries, bodies, people."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from corpus.entities.countries import CountryWord, country_words, decoys, is_demonym
from corpus.entities.country_mentions import means_country
from corpus.entities.figures import Figure, figure_label, figures
from corpus.entities.lexicon import Lexicon, Span, Words, cut, vocabulary
from corpus.entities.name_words import goes_on, named_after
from corpus.entities.names import Names, find_names
from corpus.entities.organisation_shapes import shaped_organisations
from corpus.entities.organisations import (
    CONTRACTED,
    Organisation,
    contracted_organisations,
    organisations,
)


class Recognised(NamedTuple):
    """What gazetteers and rules recognise in a text.

    countries, organisations, figures: the phrases known beforehand.
    shaped: organisations that no table knows, by the shape of their names.
    names: the capitals that may be people.
    marks: for each word, one feature of the tagger that says all this of it.
    """

    countries: list[Span[CountryWord]]
    organisations: list[Span[Organisation]]
    figures: list[Span[Figure]]
    shaped: list[Span[Organisation]]
    names: Names
    marks: list[str]


@cache
def _lexicon() -> Lexicon[CountryWord | Organisation | Figure]:
    """Return every phrase known beforehand; where two are the same the first counts."""

    def phrases() -> Iterator[tuple[str, CountryWord | Organisation | Figure]]:
        yield from organisations()
        yield from country_words()
        yield from decoys()
        yield from figures()
        yield from contracted_organisations()

    return Lexicon(phrases())


def usual_name(name: str) -> str | None:
    """Return how an organisation or a figure is called that is known by a name, or None."""
    words = cut(name)
    for start, end, value in _lexicon().spans(words):
        if end - start == len(words.forms) and isinstance(value, (Organisation, Figure)):
            return value.label
    return figure_label(" ".join(words.keys))


def recognise(words: Words) -> Recognised:
    """Find what gazetteers and rules know in a text."""
    countries: list[Span[CountryWord]] = []
    bodies: list[Span[Organisation]] = []
    people: list[Span[Figure]] = []
    marks = [""] * len(words.forms)
    for start, end, value in _lexicon().spans(words):
        if isinstance(value, Organisation) and words.forms[start] in CONTRACTED:
            start += 1
        _mark(marks, start, end, _kind(value))
        match value:
            case CountryWord() if means_country(words, start):
                countries.append(Span(start, end, value))
            case Organisation():
                bodies.append(Span(start, end, value))
            case Figure() if not (goes_on(words, start) or named_after(words, start)):
                people.append(Span(start, end, value))
    shaped = _shaped(words, countries, bodies, people)
    names = find_names(words, *_closed_and_soft(words, countries, bodies, people, shaped))
    for start, end, _ in shaped:
        _mark(marks, start, end, "shaped")
    for start, end in names.sure:
        _mark(marks, start, end, "person")
    for at in names.bare:
        marks[at] += "bare"
    return Recognised(countries, bodies, people, shaped, names, marks)


def _kind(value: CountryWord | Organisation | Figure) -> str:
    match value:
        case CountryWord():
            return "adjective" if value.adjective else "country" if value.codes else "decoy"
        case Organisation():
            return "body"
        case Figure():
            return "figure"


def _mark(marks: list[str], start: int, end: int, kind: str) -> None:
    """Add to the marks of a phrase's words what it is; one word is told from several."""
    for at in range(start, end):
        place = "." if end == start + 1 else "B" if at == start else "I"
        marks[at] += f"{place}{kind}"


def _shaped(
    words: Words,
    countries: list[Span[CountryWord]],
    bodies: list[Span[Organisation]],
    people: list[Span[Figure]],
) -> list[Span[Organisation]]:
    """Find the organisations that are not known beforehand."""
    owners: dict[int, Organisation | None] = dict.fromkeys(places(people))
    for start, end, organisation in bodies:
        owners.update(dict.fromkeys(range(start, end), organisation))
    adjectives = frozenset(span.start for span in countries if span.value.adjective)
    return shaped_organisations(words, owners, adjectives)


def _closed_and_soft(
    words: Words,
    countries: list[Span[CountryWord]],
    bodies: list[Span[Organisation]],
    people: list[Span[Figure]],
    shaped: list[Span[Organisation]],
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the places that no name may hold, and those that a given name may claim."""
    addressed = vocabulary("forms of address")
    countries = [
        span for span in countries if span.start == 0 or words.keys[span.start - 1] not in addressed
    ]
    soft = {
        start
        for start, end, word in countries
        if end == start + 1 and word.codes and not word.adjective
    } | {start for start, end, _ in bodies if end == start + 1}
    closed = places([*countries, *bodies, *people]) - soft
    compounds = {at for at, key in enumerate(words.keys) if "-" in key and is_demonym(key)}
    return closed | places(shaped) | compounds, frozenset(soft)


def places(spans: Iterable[tuple[int, int] | Span[object]]) -> frozenset[int]:
    """Return the places of all the words of spans."""
    return frozenset(at for span in spans for at in range(span[0], span[1]))
