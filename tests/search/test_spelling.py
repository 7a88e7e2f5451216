"""What misspelt words may have meant, by the words of the index."""

import pytest

from corpus.article import Article
from index.opening import open_engine
from index.results import Form
from search.answer import answer
from search.request import SearchRequest
from search.spelling import corrected, is_slip

BODIES = (
    *["Le président Macron reçoit la chancelière à l'Élysée."] * 30,
    *["Le marron tombe du marronnier, la pêche est mûre."] * 25,
    "Un péché de jeunesse, dit le macrom à la jument.",
    "La manifestation des retraités contre la réforme.",
    *["Une manifestante parle."] * 25,
    *["Emmanuel à Paris."] * 22,
    "Manuel à Vienne.",
)


@pytest.fixture(scope="module")
def engine():
    opened = open_engine("memory:")
    opened.rebuild(Article(str(place), "", body) for place, body in enumerate(BODIES))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("presidant", "président"),  # a letter changed
        ("manifetation", "manifestation"),  # left out
        ("chanceliière", "chancelière"),  # doubled
        ("muer", "mûre"),  # in a short word, too
        ("mainfestation", "manifestation"),  # swapped, not the commoner « manifestante »
        ("emanuel", "emmanuel"),  # the commonest of those that are a slip away
        ("emanuel vienne", "manuel vienne"),  # the one that finds something
        ("Macrom président", "macron président"),  # a word that is there, but once
        ("mcron président", "macron président"),  # by what stands beside it
        ("retraités manifetation -réfrme", "retraités manifestation -réfrme"),
        ("=pèche", "=pêche"),  # accents first
    ],
)
def test_a_slip_is_put_right(engine, typed, meant):
    assert corrected(engine, typed) == meant


@pytest.mark.parametrize(
    "typed", ["président", "presidents", "péché", "zzzzzz", "EI", "~presidant", "presid*", ""]
)
def test_what_is_no_slip_stays(engine, typed):
    assert corrected(engine, typed) is None


def test_the_page_offers_it_where_little_is_found(engine):
    request = SearchRequest("mcron président", page=3)
    page = answer(engine, request)
    assert page.correction == SearchRequest("macron président")
    assert answer(engine, page.correction).total == 1  # copies of one article
    assert answer(engine, SearchRequest("macron président")).correction is None


def test_neighbours_are_told_the_nearest_first(engine):
    assert engine.neighbours("macron") == [
        Form("macron", 30),
        Form("marron", 25),
        Form("macrom", 1),
    ]
    assert engine.neighbours("peche") == [Form("pêche", 26)]


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("paris", "pairs", True),
        ("paris", "paris", True),
        ("pari", "paris", True),
        ("parsi", "paris", True),
        ("sarip", "paris", False),
        ("prais", "pires", False),
        ("apris", "paires", False),
    ],
)
def test_a_slip_is_one_letter_or_two_swapped(typed, meant, expected):
    assert is_slip(typed, meant) is expected
