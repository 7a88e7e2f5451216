"""What lists and rules make of the names of the tagger, whatever it made out."""

import pytest

from corpus.entities.gazetteers import recognise
from corpus.entities.lexicon import Span, cut
from corpus.entities.named import Named
from corpus.entities.tagger_rules import listed

NOTHING = (0.0,) * len(Named)


def told(text: str, *names: str, kind: Named = Named.PERSON) -> list[tuple[str, str]]:
    """Return the names of a text if these had been made out, each with its kind."""
    words = cut(text + "\n")
    spans = []
    for name in names:
        forms = cut(name).forms
        starts = range(len(words.forms))
        at = next(at for at in starts if words.forms[at : at + len(forms)] == forms)
        spans.append(Span(at, at + len(forms), kind))
    found = listed(words, recognise(words).marks, [NOTHING] * len(words.forms), spans)
    return [(words.text(start, end), kind.value) for start, end, kind in found]


@pytest.mark.parametrize(
    ("text", "name", "persons"),
    [
        ("le maire de Toronto Paul Morel", "Toronto Paul Morel", ["Paul Morel"]),
        ("le fidèle de Mitterrand Paul Morel", "Mitterrand Paul Morel",
         ["Mitterrand", "Paul Morel"]),
        ("l'Espagnole Nora Belmonte", "Espagnole Nora Belmonte", ["Nora Belmonte"]),
        ("François Hollande Manuel Valls", "François Hollande Manuel Valls",
         ["François Hollande", "Manuel Valls"]),
        ("selon Paul de Castelnau", "Paul", ["Paul de Castelnau"]),
        ("un proche d'A. Barlow", "Barlow", ["A. Barlow"]),
        ("un proche de M. Barlow", "Barlow", ["Barlow"]),
        ("la famille Barlow", "Barlow", []),
        ("les Barlow", "Barlow", []),
        ("Eloge Paul Morel", "Eloge Paul Morel", ["Eloge Paul Morel"]),
    ],
)  # fmt: skip
def test_people(text: str, name: str, persons: list[str]):
    assert [name for name, kind in told(text, name) if kind == Named.PERSON] == persons


def test_a_place_before_a_name_is_a_place():
    assert told("à Toronto Paul Morel", "Toronto Paul Morel", kind=Named.PLACE) == [
        ("Toronto", "Location"),
        ("Paul Morel", "Person"),
    ]


def test_a_well_known_name_is_no_place():
    assert told("ministre de Mitterrand", "Mitterrand", kind=Named.PLACE) == [
        ("Mitterrand", "Person")
    ]
    assert told("le lycée Mitterrand", "Mitterrand", kind=Named.PLACE) == [
        ("Mitterrand", "Location")
    ]


def test_who_is_named_elsewhere_is_found_by_an_initial():
    found = told("Paul Morel entre. Selon P. Morel, tout va.", "Paul Morel")
    assert [name for name, _ in found] == ["Paul Morel", "P. Morel"]


def test_whom_one_is_for_or_against():
    assert told("une marche anti-Trump") == [("anti-Trump", "Person")]
    assert told("une marche anti-Barlow") == []
