"""Relevance and freshness together: the newer of the best come first, and none is lost."""

from collections.abc import Iterator
from datetime import date

import pytest

from corpus.article import Article
from corpus.dates import Published
from index.engine import Engine
from index.opening import open_engine
from index.ranking import LOOKS
from search.answer import answer
from search.request import Order, SearchRequest

ONCE = "Le phare de Kermor change de gardien, et le port regarde ailleurs."
OFTEN = "Le phare, le vieux phare, ce phare de Kermor : un phare."


def dispatch(name: str, body: str, year: int | None) -> Article:
    day = Published(date(year, 5, 2)) if year else None
    return Article(name, name.title(), f"{body} Dossier {name}.", "", day)


@pytest.fixture
def engine() -> Iterator[Engine]:
    opened = open_engine("memory:")
    yield opened
    opened.close()


def found(engine: Engine, order: Order, page: int = 1, size: int = 10) -> list[str]:
    request = SearchRequest("phare", order=order, page=page, size=size)
    return [hit.article.id for hit in answer(engine, request).hits]


def test_of_articles_alike_the_newer_come_first_and_far_better_ones_stay_before(engine):
    engine.rebuild(
        [
            dispatch("ancien", OFTEN, 2003),
            dispatch("recent", ONCE, 2016),
            dispatch("ailleurs", "La criée a rouvert, le phare est fermé, la mer monte.", 2010),
            dispatch("sans date", ONCE, None),
        ]
    )
    assert found(engine, Order.RELEVANCE)[0] == "ancien"
    assert found(engine, Order.FRESH)[0] == "recent"
    assert found(engine, Order.NEWEST) == ["recent", "ailleurs", "ancien", "sans date"]
    assert found(engine, Order.FRESH)[-1] == "sans date"


def test_scores_stay_those_of_relevance(engine):
    engine.rebuild([dispatch("ancien", OFTEN, 2003), dispatch("recent", ONCE, 2016)])
    scores = [
        {
            hit.article.id: hit.score
            for hit in answer(engine, SearchRequest("phare", order=one)).hits
        }
        for one in (Order.RELEVANCE, Order.FRESH)
    ]
    assert scores[0] == scores[1]


def test_pages_hold_every_article_once(engine):
    many = LOOKS + 35
    engine.rebuild(
        dispatch(
            f"n{place:03}", " ".join([f"phare mot{place}"] * (1 + place % 7)), 1990 + place % 27
        )
        for place in range(many)
    )
    plain = [one for page in range(1, 10) for one in found(engine, Order.RELEVANCE, page, 15)]
    fresh = [one for page in range(1, 10) for one in found(engine, Order.FRESH, page, 15)]
    assert sorted(fresh) == sorted(plain) and len(fresh) == many
    assert fresh[:LOOKS] != plain[:LOOKS] and set(fresh[:LOOKS]) == set(plain[:LOOKS])
    assert fresh[LOOKS:] == plain[LOOKS:]
    assert found(engine, Order.FRESH, 1, 100) == fresh[:100]
