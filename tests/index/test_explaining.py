"""Why a query finds an article: the parts of its score, and what each word reaches."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engine import Engine
from index.fields import Facet, Match, TextField
from index.opening import open_engine
from index.query import And, AtLeast, Everything, HasValue, Near, Not, Or, Phrase, Query, Term
from index.results import Explanation, Form, Occurrences, Reach
from tests.articles import DISPATCHES, articles, corpora, preferring, trees
from tests.naive import NaiveEngine


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.rebuild(DISPATCHES)
    return engine


def test_each_word_tells_what_it_reaches(filled):
    told = filled.explain(And((Term("élection"), Not(Term("arm", Match.PREFIX)))))
    assert (told.total, told.score) == (1, None)
    assert [part.articles for part in told.parts] == [1, 2]
    assert told.parts[0].reaches == (
        Reach("élection", (Form("élection", 1), Form("élections", 1)), 2),
    )
    assert told.parts[1].reaches[0].forms == (Form("armée", 2), Form("armées", 1))


def test_a_name_tells_the_values_it_reaches(filled):
    told = filled.explain(HasValue(Facet.ACTOR, "poutine"))
    assert told.parts[0].reaches == (Reach("poutine", (Form("Vladimir Poutine", 2),), 1),)
    told = filled.explain(HasValue(Facet.COUNTRY, "ru"))
    assert told.parts[0].reaches == (Reach("ru", (Form("Russie", 1),), 1),)


def test_an_article_tells_where_and_how_much(filled):
    tree = And((Term("armée"), Phrase(("coopération", "militaire")), Not(Term("pêche"))))
    told = filled.explain(tree, "armee")
    armies, cooperation, fishing = told.parts
    assert armies.occurrences == (
        Occurrences(TextField.TITLE, "armée", 1),
        Occurrences(TextField.BODY, "armées", 1),
    )
    assert armies.score > 0 and cooperation.score > 0
    assert fishing.score == 0
    assert told.score == pytest.approx(armies.score + cooperation.score, abs=1e-5)
    assert told.score == filled.search(Query(tree)).hits[0].score


def test_an_article_that_does_not_match_has_no_score(filled):
    assert filled.explain(Term("armée"), "peche").score is None
    assert filled.explain(Term("armée"), "inconnu").score is None
    assert filled.explain(Everything(), "peche") == Explanation(4, (), 0.0)


def test_a_part_of_an_alternative_that_fails_brings_nothing(filled):
    tree = Or((And((Term("armée"), Term("absent"))), Term("aube")))
    told = filled.explain(tree, "armee")
    assert [part.score > 0 for part in told.parts] == [False, False, True]


def test_every_kind_of_leaf_is_explained(filled):
    tree = Or((AtLeast(2, "élection"), Near(Term("armées"), Term("militaire"), 5)))
    told = filled.explain(tree, "armee")
    assert [part.score > 0 for part in told.parts] == [False, True]
    assert [reach.typed for reach in told.parts[1].reaches] == ["armées", "militaire"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(corpora, articles, st.lists(trees | preferring, min_size=1, max_size=4))
def test_it_tells_what_the_naive_engine_tells(corpus, late, asked):
    engine = open_engine("memory:")
    engine.rebuild(corpus)
    engine.add([late])
    held = {article.id: article for article in (*corpus, late)}
    naive = NaiveEngine(held.values())
    for tree in asked:
        for article_id in (None, *held):
            ours, right = engine.explain(tree, article_id), naive.explain(tree, article_id)
            assert ours.total == right.total
            assert (ours.score is None) == (right.score is None)
            assert [plain(part) for part in ours.parts] == [plain(part) for part in right.parts]
            for part, expected in zip(ours.parts, right.parts, strict=True):
                assert part.score == pytest.approx(expected.score, abs=2e-6)
            if ours.score is not None:
                assert sum(part.score for part in ours.parts) == pytest.approx(ours.score, abs=1e-4)
    engine.close()


def plain(part):
    return part.leaf, part.articles, part.reaches, part.occurrences
