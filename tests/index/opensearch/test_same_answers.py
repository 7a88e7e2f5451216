"""The cluster answers as the naive engine does, on random corpora and random queries."""

from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from corpus.entities.entity_ledger import EntityLedger
from index.fields import Facet, Sort
from index.opening import open_engine
from index.query import Query
from index.renaming import Renaming
from tests.articles import WORDS, articles, corpora, queries, trees
from tests.cluster.indices import fresh_url
from tests.index.test_against_naive import assert_same
from tests.index.test_explaining import plain
from tests.index.test_renaming import LINKS, Linked, RenamedNaive, assert_counts, ledgers
from tests.naive import NaiveEngine

pytestmark = pytest.mark.on_cluster

# An index takes seconds to make: few corpora, many queries to each. A failure is not made
# smaller, which would take a thousand more.
few = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@few
@given(corpora, st.lists(queries, min_size=40, max_size=40))
def test_searching(corpus, asked):
    naive = NaiveEngine(corpus)
    with fresh_url() as url:
        engine = open_engine(f"{url}?shards=3&replicas=0")
        engine.rebuild(corpus)
        for query in asked:
            assert_same(engine.search(query), naive.search(query))
        for query in asked[:8]:
            assert list(engine.scan(query)) == list(naive.scan(query))
        with closing(open_engine("memory:")) as embedded:
            embedded.rebuild(corpus)
            for word in (*WORDS, "electoin", "amree", "maree"):
                assert engine.neighbours(word) == embedded.neighbours(word)
        engine.close()


@few
@given(
    corpora,
    st.lists(st.tuples(ledgers, st.sampled_from(LINKS)), min_size=3, max_size=3),
    st.lists(queries, min_size=8, max_size=8),
)
def test_searching_under_ledgers(tmp_path_factory, corpus, told, asked):
    path = tmp_path_factory.mktemp("ledger") / "entites.txt"
    with fresh_url() as url:
        with closing(open_engine(f"{url}?shards=3&replicas=0")) as engine:
            engine.rebuild(corpus)
        for text, links in told:
            path.write_text(text, encoding="utf-8")
            naive = RenamedNaive(corpus, Renaming(EntityLedger.parse(text), links))
            with closing(open_engine(url, Linked(path, links))) as engine:
                assert_counts(engine, naive, asked)
                assert list(engine.scan(Query())) == list(naive.scan(Query()))
                counts = {facet: distinct(naive, facet) for facet in Facet}
                assert engine.status().counts == counts


def distinct(naive: NaiveEngine, facet: Facet) -> int:
    found = naive.search(Query(facets=((facet, 1000),), copies=True)).facets[facet]
    return len(found)


@few
@given(
    corpora,
    st.lists(articles, min_size=1, max_size=6),
    st.sets(st.sampled_from([f"a{number}" for number in range(20)]), max_size=4),
    st.lists(queries, min_size=15, max_size=15),
    st.lists(trees, min_size=8, max_size=8),
)
def test_searching_and_explaining_after_changes(corpus, late, gone, asked, explained):
    with fresh_url() as url:
        engine = open_engine(f"{url}?replicas=0")
        engine.rebuild(corpus)
        engine.add(late)
        held = {article.id: article for article in (*corpus, *late)}
        assert engine.remove(gone) == len(gone & held.keys())
        naive = NaiveEngine([article for id_, article in held.items() if id_ not in gone])
        for query in asked:
            assert_same(engine.search(query), naive.search(query))
        for tree in explained:
            for article_id in (None, *[id_ for id_ in held if id_ not in gone][:2]):
                ours, right = engine.explain(tree, article_id), naive.explain(tree, article_id)
                assert (ours.total, ours.score) == (
                    right.total,
                    pytest.approx(right.score, abs=2e-6),
                )
                assert list(map(plain, ours.parts)) == list(map(plain, right.parts))
        engine.close()


@few
@given(st.lists(articles, min_size=5, max_size=20, unique_by=lambda article: article.id))
def test_deep_pages_follow_one_another(corpus):
    naive = NaiveEngine(corpus)
    with fresh_url() as url:
        engine = open_engine(f"{url}?replicas=0")
        engine.rebuild(corpus)
        for sort in Sort:
            query = Query(sort=sort, limit=2, copies=True)
            for offset in range(0, len(corpus), 2):
                page = replace(query, offset=offset)
                assert_same(engine.search(page), naive.search(page))
        engine.close()
