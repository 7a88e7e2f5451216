"""The page of an actor: its figures are those of the articles, the measure that of the book."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from math import isclose, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, EntityKind, Mention
from corpus.dates import Published
from index.engine import Engine
from index.fields import Facet
from index.ledger_file import LedgerFile
from index.opening import open_engine
from index.query import Filters
from search.actor import read_actor
from search.answer import answer
from search.article_page import read_article
from search.association import SIGNIFICANT, association
from search.json_form import actor_as_json
from search.request import SearchRequest
from tests.articles import FRANCE, MERKEL, PUTIN, RUSSIA, UN, person

FORMS = ("Vladimir Poutine", "Poutine")


def told(place: int, *others, putin: bool = True) -> Article:
    form = FORMS[place % 2]
    body = f"Jour {place}. Hier, {form} a parlé." if putin else "Il pleut sur la ville."
    start = body.find(form)
    named = replace(PUTIN, mentions=(Mention(start, start + len(form)),))
    return Article(
        f"a{place:02}",
        f"Titre {place} {'pair' if place % 2 else 'impair'} {place * 7919}",
        body + f" {place * 104729} {place * 7907} fois, {place * 7901} jours.",
        published=Published(date(2015 + place % 2, 1 + place % 12, 1)),
        entities=((named,) if putin else ()) + others,
    )


ARTICLES = (
    *(told(place, RUSSIA, UN) for place in range(8)),
    *(told(place, FRANCE) for place in range(8, 10)),
    *(told(place, FRANCE, MERKEL, putin=False) for place in range(10, 30)),
)


@pytest.fixture(scope="module")
def engine():
    engine = open_engine("memory:")
    engine.rebuild(ARTICLES)
    yield engine
    engine.close()


def test_the_measure_is_that_of_dunning():
    # k(1, 1) = 110, k(1, 2) = 2442, k(2, 1) = 111, k(2, 2) = 29114: "the swiss" in the article.
    measured = association(110, 110 + 2442, 110 + 111, 31777)
    assert round(measured.strength, 2) == 270.72
    assert association(1, 10, 10, 100).strength == 0
    assert association(5, 10, 50, 100).strength == 0  # as many as chance has it
    assert association(0, 0, 0, 0).strength == 0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_measure_is_that_of_the_entropies(both, first, second, neither):
    articles = both + first + second + neither
    measured = association(both, both + first, both + second, articles)

    def entropy(*counts: int) -> float:
        return sum(one * log(one / sum(counts)) for one in counts if one)

    if measured.strength:
        mutual = (
            entropy(both, first, second, neither)
            - entropy(both + first, second + neither)
            - entropy(both + second, first + neither)
        )
        assert isclose(measured.strength, 2 * mutual, abs_tol=1e-6)
    else:
        assert both * articles <= (both + first) * (both + second) + 1e-6


def test_everything_on_the_page_is_counted(engine: Engine):
    page = read_actor(engine, "vladimir POUTINE")
    assert page is not None
    assert (page.name, page.kind, page.total) == ("Vladimir Poutine", EntityKind.PERSON, 10)
    assert {(form.text, form.articles) for form in page.forms} == {(form, 5) for form in FORMS}
    assert sum(bar.count for bar in page.timeline) == 10
    assert answer(engine, page.request).total == 10
    ((russia,), (un,)) = page.countries, page.actors
    assert (russia.label, russia.association.together) == ("Russie", 8)
    assert un.label == "ONU"
    assert isclose(russia.association.expected, 8 * 10 / 30)
    assert russia.association.strength > SIGNIFICANT
    assert answer(engine, russia.request).total == 8
    newest = page.latest[0]
    assert newest.article.published.day == max(
        one.published.day for one in ARTICLES if "parlé" in one.body
    )
    (sentence,) = (one.sentence for one in newest.evidence)
    assert next(piece.text for piece in sentence if piece.cited) in FORMS


def test_names_that_mean_nobody(engine: Engine):
    assert read_actor(engine, "Vladimir") is None  # not the whole name
    assert read_actor(engine, "") is None
    assert read_actor(engine, "« : »") is None
    assert read_actor(engine, 'x"y') is None


@pytest.mark.parametrize("name", ["vladimir poutine", "Poutine", "Vladimir Putin", "Nations unies"])
def test_any_usual_name_means_the_actor(engine: Engine, name: str):
    page = read_actor(engine, name)
    assert page is not None
    found = answer(engine, SearchRequest(filters=Filters(frozenset({(Facet.ACTOR, name)}))))
    assert (found.total, found.chips[0].label) == (page.total, f"Acteur : {page.name}")
    marked = read_article(engine, "a00", cite="acteur:putin")
    assert marked is not None
    assert marked.cited == "acteur:Vladimir Poutine"


def test_former_names_lead_to_the_actor(tmp_path):
    ledger = tmp_path / "entites.txt"
    ledger.write_text("fusionner: Le président = Vladimir Poutine, ONU", encoding="utf-8")
    engine = open_engine("memory:", LedgerFile(ledger))
    engine.rebuild((*ARTICLES, told(30, person("Le président"), putin=False)))
    page = read_actor(engine, "vladimir poutine")
    assert page is not None
    assert (page.name, page.total) == ("Le président", 11)
    assert page.former == ("Vladimir Poutine", "ONU")
    form = actor_as_json(page)
    assert form["total"] == 11
    assert [one["value"] for one in form["countries"]] == ["RU"]
    engine.close()


def test_forms_differ_by_more_than_capitals_and_are_of_one_actor_alone():
    texts = ["POUTINE parle", "Poutine parle", "Poutine se tait", "Poutine-Merkel dînent"]
    articles = []
    for place, text in enumerate(texts):
        end = text.index(" ")
        one = replace(PUTIN, mentions=(Mention(0, end),))
        both = (one, replace(MERKEL, mentions=(Mention(0, end),))) if "-" in text else (one,)
        articles.append(Article(f"f{place}", f"Titre {place * 7919}", text, entities=both))
    with closing(open_engine("memory:")) as engine:
        engine.rebuild(articles)
        page = read_actor(engine, PUTIN.key)
    assert page is not None
    assert [(form.text, form.articles) for form in page.forms] == [("Poutine", 3)]
