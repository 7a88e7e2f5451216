"""Topics in an index: learnt as it grows, the same in every engine, told in explanations."""

from contextlib import closing
from dataclasses import replace

import pytest

from corpus.analysis import words
from corpus.article import Article
from index.engine import Engine
from index.opening import open_engine
from index.query import Akin, Everything, Preferring, Query, Term, Wish
from index.topics import bags_of, learn, nearness, order
from tests.index.test_topics import SUBJECTS, texts

ARTICLES = [Article(f"a{n}", text[0], " ".join(text[1:])) for n, text in enumerate(texts(150))]
ASKED = tuple(SUBJECTS[1][:2])
TREE = Preferring(Everything(), (Wish(Akin(ASKED), 0.5),))


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.topics.LEAST", 60)


def expected(articles: list[Article], learnt_from: list[Article]) -> dict[str, float]:
    def held(one: Article) -> list[str]:
        return words(f"{one.title}\n{one.body}")

    topics = learn(*bags_of([held(a) for a in sorted(learnt_from, key=lambda a: order(a.id))]))
    asked, rarity = topics.asked(ASKED)
    shares = {a.id: float(nearness(asked, topics.of_words(held(a)))) for a in articles}
    return {id_: round(0.5 * rarity * share, 6) for id_, share in shares.items()}


def scores(engine: Engine) -> dict[str, float]:
    hits = engine.search(Query(TREE, limit=1000, copies=True)).hits
    return {hit.article.id: hit.score for hit in hits if hit.score}


def best(told: dict[str, float]) -> dict[str, float]:
    """Return those that are above 0, as they are where no more articles are than looked at."""
    return {id_: score for id_, score in told.items() if score}


def test_scores_are_those_of_the_formula_in_every_engine(engine):
    some = ARTICLES[:90]
    engine.rebuild(some)
    assert scores(engine) == pytest.approx(best(expected(some, some)), abs=2e-6)


@pytest.mark.parametrize("postings", [1, 100])
def test_postings_are_read_a_part_at_a_time(monkeypatch, postings):
    """So that a million articles need no more memory than a thousand."""
    monkeypatch.setattr("index.embedded.segment_topics._POSTINGS", postings)
    with closing(open_engine("memory:")) as engine:
        engine.rebuild(ARTICLES[:70])
        assert scores(engine) == pytest.approx(best(expected(*[ARTICLES[:70]] * 2)), abs=2e-6)


def test_added_articles_go_by_the_topics_there_are(engine):
    some, late = ARTICLES[:80], ARTICLES[80:90]
    engine.rebuild(some)
    engine.add(late)
    assert scores(engine) == pytest.approx(best(expected(some + late, some)), abs=2e-6)
    engine.remove([one.id for one in some[:5]])
    left = some[5:] + late
    assert scores(engine) == pytest.approx(best(expected(left, some)), abs=2e-6)


def test_topics_are_learnt_anew_when_a_corpus_has_doubled(engine):
    engine.rebuild(ARTICLES[:40])
    assert not scores(engine)
    engine.add(ARTICLES[40:70])
    first = ARTICLES[:70]
    assert scores(engine) == pytest.approx(best(expected(first, first)), abs=2e-6)
    engine.add(ARTICLES[70:])
    engine.remove([one.id for one in ARTICLES[95:]])
    left = ARTICLES[:95]
    assert scores(engine) == pytest.approx(best(expected(left, ARTICLES)), abs=2e-6)


def test_an_article_of_the_subject_comes_first_without_its_words(engine):
    sport, other = (
        Article("sport", "palabre", " ".join(SUBJECTS[1][10:20])),
        Article("autre", "palabre", " ".join(SUBJECTS[2][10:20])),
    )
    engine.rebuild([*ARTICLES, sport, replace(other, id="0")])
    asked = Preferring(Term("palabre"), (Wish(Akin(ASKED), 0.5),))
    assert [hit.article.id for hit in engine.search(Query(asked)).hits] == ["sport", "0"]
    told = engine.explain(asked, "sport")
    assert told.parts[-1].leaf == Akin(ASKED)
    assert told.parts[-1].score > 0
    assert told.score == pytest.approx(sum(part.score for part in told.parts), abs=2e-6)
    assert {one.form for one in told.parts[-1].occurrences} <= set(SUBJECTS[1])
