"""Each story once: families follow what the index holds, and searches show their leads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.dates import Published
from index.engine import Engine
from index.fields import Facet, Interval
from index.opening import open_engine
from index.query import Filters, Query, Term
from tests.articles import articles
from tests.naive_families import leads

BODY = (
    "Le barrage de Malpasset a retrouvé son niveau normal dimanche après les orages du "
    "printemps, annoncent les ingénieurs du syndicat des eaux. Trois communes restent "
    "privées d'électricité, tandis que les agriculteurs évaluent les pertes de leurs vergers."
)
DISPATCH = Article(
    "depeche", "Le barrage se remplit", BODY, "AFP", Published(date(2016, 5, 2)), section="Monde"
)
MORNING = replace(
    DISPATCH,
    id="matin",
    body=BODY.replace("dimanche", "hier").replace("Trois", "Quelques") + " Le préfet est venu.",
    source="Le Matin",
    published=Published(date(2016, 5, 3)),
)
EVENING = replace(
    DISPATCH, id="soir", title="Orages", source="Le Soir", published=Published(date(2016, 5, 4))
)
OTHER = Article("autre", "Ski", "La station a ouvert ses pistes.", "Le Soir")
FOUR = (EVENING, OTHER, DISPATCH, MORNING)


def ids(engine: Engine, **settings) -> list[str]:
    return sorted(hit.article.id for hit in engine.search(Query(**settings)).hits)


def family_of(engine: Engine, article_id: str) -> list[str]:
    return [article.id for article in engine.family(article_id)]


def test_the_earliest_leads_and_searches_show_it_alone(engine):
    engine.rebuild(FOUR)
    assert ids(engine) == ["autre", "depeche"]
    assert ids(engine, copies=True) == ["autre", "depeche", "matin", "soir"]
    assert family_of(engine, "matin") == ["depeche", "matin", "soir"]
    assert engine.family("autre") == engine.family("inconnu") == []
    (hit,) = engine.search(Query(Term("barrage"))).hits
    assert (hit.article.id, hit.family, hit.copies) == ("depeche", "depeche", 2)
    (alone,) = engine.search(Query(Term("ski"))).hits
    assert (alone.family, alone.copies) == ("", 0)
    assert engine.status().articles == 4
    assert engine.status().copies == 2


def test_every_count_follows_the_switch(engine):
    engine.rebuild(FOUR)
    query = Query(facets=((Facet.SOURCE, 9),), interval=Interval.MONTH)
    shown, all_ = engine.search(query), engine.search(replace(query, copies=True))
    assert (shown.total, all_.total) == (2, 4)
    assert {c.value: c.count for c in shown.facets[Facet.SOURCE]} == {"AFP": 1, "Le Soir": 1}
    assert {c.value: c.count for c in all_.facets[Facet.SOURCE]} == {
        "AFP": 1,
        "Le Matin": 1,
        "Le Soir": 2,
    }
    assert [bar.count for bar in shown.histogram] == [1]
    assert [bar.count for bar in all_.histogram] == [3]
    assert len(list(engine.scan(query))) == 2
    assert len(list(engine.scan(replace(query, copies=True)))) == 4
    of_evening = Filters(values=frozenset({(Facet.SOURCE, "Le Matin")}))
    assert ids(engine, filters=of_evening) == []
    assert ids(engine, filters=of_evening, copies=True) == ["matin"]


def test_when_a_lead_is_removed_another_takes_its_place(engine):
    engine.rebuild(FOUR)
    engine.remove(["depeche"])
    assert ids(engine) == ["autre", "matin"]
    engine.remove(["matin"])
    assert ids(engine) == ["autre", "soir"]
    assert engine.family("soir") == []


def test_an_article_that_comes_later_joins_its_family(engine):
    engine.rebuild([MORNING, OTHER])
    engine.add([EVENING])
    assert family_of(engine, "soir") == ["matin", "soir"]
    engine.add([DISPATCH])
    assert family_of(engine, "soir") == ["depeche", "matin", "soir"]
    engine.add([replace(DISPATCH, body="Tout autre chose, et rien de plus que cela.")])
    assert family_of(engine, "soir") == ["matin", "soir"]


def test_similar_articles_are_others_than_the_copies(engine):
    engine.rebuild([*FOUR, replace(OTHER, id="encore", body="Le barrage et les orages, encore.")])
    assert "encore" in {hit.article.id for hit in engine.similar("matin")}
    assert not {"depeche", "soir"} & {hit.article.id for hit in engine.similar("matin")}


def many(count: int) -> list[Article]:
    """Return articles of which every fifth has two copies, one exact and one edited."""
    random = Random(7)
    vocabulary = [f"mot{number}" for number in range(400)]
    found = []
    for number in range(count):
        body = random.choices(vocabulary, k=60)
        day = date(2016, 1, 1) + timedelta(number % 90)
        one = Article(f"{number}", "", " ".join(body), published=Published(day))
        found.append(one)
        if number % 5 == 0:
            body[10:20] = random.choices(vocabulary, k=10)
            found.append(replace(one, id=f"{number}-bis"))
            found.append(replace(one, id=f"{number}-ter", body=" ".join(body)))
    return found


def families(engine: Engine, held: Sequence[Article]) -> dict[str, str]:
    query = Query(copies=True, limit=len(held))
    return {hit.article.id: hit.family for hit in engine.search(query).hits if hit.family}


@pytest.mark.parametrize("seed", range(3))
def test_families_depend_neither_on_the_order_nor_on_the_commits(engine, seed):
    held = many(300)
    Random(seed).shuffle(held)
    engine.rebuild(held[:200])
    # Of so few new texts, only those that share numbers with them are looked at.
    for first in range(200, len(held), 20):
        engine.add(held[first : first + 20])
    assert families(engine, held) == leads(held)
    assert len(families(engine, held)) == 180


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(articles, max_size=12),
    st.lists(st.lists(articles, min_size=1, max_size=4), max_size=3),
    st.sets(st.sampled_from([f"a{number}" for number in range(20)]), max_size=6),
)
def test_families_follow_every_change(corpus, batches, gone):
    engine = open_engine("memory:")
    engine.rebuild(corpus)
    for batch in batches:
        engine.add(batch)
    engine.remove(gone)
    given_ = [article for batch in (corpus, *batches) for article in batch]
    held = [a for a in {article.id: article for article in given_}.values() if a.id not in gone]
    assert families(engine, held) == leads(held)
    engine.close()
