"""Entities of whole articles: each once, in order, under its fullest name."""

import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import EntityKind
from corpus.entities.finding import find_entities

TITLE = "Moscou propose à Paris une trêve dans le ciel syrien"
BODY = """Le chef d’état-major français, Hervé Lamy, et le général Oleg Sorokine se sont parlé
jeudi. Selon le ministère russe de la Défense, l’entretien a porté sur l’Etat islamique (EI).

Vladimir Poutine a ordonné à sa flotte de saluer le porte-avions Charles-de-Gaulle, a indiqué
l’Agence régionale de l’aviation (ARA). M. Poutine doit rappeler Emmanuel Macron, que M. Lamy
conseille. L’ARA dépend des Nations unies ; l’ONU n’a rien dit, et Daech non plus.

A Bachar al-Assad, le président ukrainien Zelensky demande un geste. Assad se tait."""


def of_kind(kind: EntityKind, title: str, body: str) -> list[str]:
    return [entity.label for entity in find_entities(title, body) if entity.kind is kind]


def organisations(body: str, title: str = "") -> list[str]:
    return of_kind(EntityKind.ORGANISATION, title, body)


def test_an_article_names_each_country_once_in_order():
    keys = [e.key for e in find_entities(TITLE, BODY) if e.kind is EntityKind.COUNTRY]
    assert keys == ["RU", "FR", "SY", "UA"]


def test_an_article_names_each_person_once_in_full():
    assert of_kind(EntityKind.PERSON, TITLE, BODY) == [
        "Hervé Lamy",
        "Oleg Sorokine",
        "Vladimir Poutine",
        "Emmanuel Macron",
        "Bachar al-Assad",
        "Volodymyr Zelensky",
    ]


def test_an_article_names_each_organisation_once():
    assert organisations(BODY, TITLE) == [
        "ministère russe de la Défense",
        "État islamique",
        "Agence régionale de l'aviation",
        "ONU",
    ]


def test_keys():
    entities = find_entities(TITLE, BODY)
    known = {(entity.kind, entity.key): entity.label for entity in entities}
    assert known[EntityKind.COUNTRY, "RU"] == "Russie"
    assert known[EntityKind.PERSON, "Vladimir Poutine"] == "Vladimir Poutine"
    assert len({(entity.kind, entity.key) for entity in entities}) == len(entities)


def test_a_title_in_capitals_is_read_by_the_body():
    title, body = "SOROKINE RENCONTRE LA PRESSE", "Le ministre Oleg Sorokine rencontre la presse."
    assert of_kind(EntityKind.PERSON, title, body) == ["Oleg Sorokine"]
    assert organisations(body, title) == []


@pytest.mark.parametrize("part", ["russe, ", "A.B.", "Le Pen ", "la ", "(ABC) ", "en Jean de "])
def test_monotonous_texts_are_read(part: str):
    entities = find_entities("", part * 3000)
    assert len(entities) < 5


def texts(title: str, body: str) -> dict[str, list[tuple[bool, str]]]:
    """Return what is written at the mentions of each entity."""
    return {
        entity.key: [
            (one.in_title, (title if one.in_title else body)[one.start : one.end])
            for one in entity.mentions
        ]
        for entity in find_entities(title, body)
    }


def test_mentions_are_where_entities_are_named():
    found = texts(TITLE, BODY)
    assert found["RU"] == [(True, "Moscou"), (False, "russe")]
    assert found["Vladimir Poutine"] == [(False, "Vladimir Poutine"), (False, "Poutine")]
    assert found["Agence régionale de l'aviation"] == [
        (False, "Agence régionale de l’aviation"),
        (False, "ARA"),
        (False, "ARA"),
    ]
    assert found["État islamique"] == [(False, "Etat islamique"), (False, "EI"), (False, "Daech")]
    assert found["Volodymyr Zelensky"] == [(False, "Zelensky")]


def test_mentions_are_found_in_a_title_in_capitals():
    found = texts("SOROKINE SE TAIT", "Le ministre Oleg Sorokine se tait.")
    assert found["Oleg Sorokine"] == [(True, "SOROKINE"), (False, "Oleg Sorokine")]


def test_mentions_are_found_in_decomposed_texts():
    body = "L\u2019E\u0301quateur, puis E\u0301douard Philippe et l\u2019E\u0301quateur"
    found = texts("", body)
    assert found["EC"] == [(False, "E\u0301quateur")] * 2
    assert found["Édouard Philippe"] == [(False, "E\u0301douard Philippe")]


def test_nothing_to_find():
    assert find_entities("", "") == ()
    assert find_entities("Il pleut", "Il a plu hier. Demain, il pleuvra.") == ()


def test_decomposed_accents_make_no_difference():
    body = "E\u0301douard Philippe et l\u2019E\u0301quateur"
    assert [e.key for e in find_entities("", body)] == ["Édouard Philippe", "EC"]


def test_entities_can_cross_processes():
    alone = find_entities(TITLE, BODY)
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(find_entities, TITLE, BODY).result() == alone
    assert pickle.loads(pickle.dumps(alone)) == alone


def test_the_order_of_hashes_makes_no_difference():
    program = (
        "from corpus.entities.finding import find_entities;"
        f"print([e.key for e in find_entities({TITLE!r}, {BODY!r})])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


PIECES = [
    *["Le", "la", "Jean", "Poutine", "de", "d'", "l'", "en", "des", "Paris", "Air", "France"],
    *["Kim", "al-Assad", "M.", "II.", "FC", "EI", "ONU", "Conseil", "ministère", "Université"],
    *["(", ")", "-", "russe,", "«", "»", ".", "\n\n", "\u2019", "E\u0301", "Grenade", "Miss"],
]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map(" ".join),
)
def test_any_text_is_read(text: str):
    entities = find_entities(text[:20], text)
    assert len(set(entities)) == len(entities)
    assert all(entity.label.strip() and entity.key for entity in entities)
    assert entities == find_entities(text[:20], text)
    for entity in entities:
        assert entity.mentions
        for one in entity.mentions:
            assert 0 <= one.start < one.end <= len(text[:20] if one.in_title else text)
