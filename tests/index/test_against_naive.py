"""Every engine answers as the naive one does, on random corpora and random queries."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.opening import open_engine
from index.query import Query
from index.results import Results
from tests.articles import articles, corpora, preferring, queries
from tests.naive import NaiveEngine

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def assert_same(ours: Results, right: Results) -> None:
    assert ours.total == right.total
    assert [replace(hit, score=0.0) for hit in ours.hits] == [
        replace(hit, score=0.0) for hit in right.hits
    ]
    for hit, expected in zip(ours.hits, right.hits, strict=True):
        assert abs(hit.score - expected.score) < 2e-6
    assert ours.facets == right.facets
    assert ours.histogram == right.histogram


@many
@given(corpora, st.lists(queries, min_size=1, max_size=6))
def test_searching_a_rebuilt_index(corpus, asked):
    engine, naive = open_engine("memory:"), NaiveEngine(corpus)
    engine.rebuild(corpus)
    for query in asked:
        assert_same(engine.search(query), naive.search(query))
        assert list(engine.scan(query)) == list(naive.scan(query))
    engine.close()


@many
@given(corpora, preferring, queries)
def test_wishes_rank_what_is_found(corpus, tree, query):
    engine, naive = open_engine("memory:"), NaiveEngine(corpus)
    engine.rebuild(corpus)
    asked = replace(query, tree=tree)
    assert_same(engine.search(asked), naive.search(asked))
    assert engine.search(asked).total == engine.search(replace(query, tree=tree.child)).total
    engine.close()


@many
@given(
    corpora,
    st.lists(st.lists(articles, min_size=1, max_size=4), max_size=3),
    st.sets(st.sampled_from([f"a{number}" for number in range(20)]), max_size=4),
    st.lists(queries, min_size=1, max_size=4),
)
def test_searching_after_adding_and_removing(corpus, batches, gone, asked):
    engine = open_engine("memory:")
    engine.rebuild(corpus)
    held = {article.id: article for article in corpus}
    for batch in batches:
        engine.add(batch)
        held.update({article.id: article for article in batch})
    assert engine.remove(gone) == len(gone & held.keys())
    naive = NaiveEngine([article for id_, article in held.items() if id_ not in gone])
    for query in asked:
        assert_same(engine.search(query), naive.search(query))
    engine.close()


@many
@given(corpora, queries)
def test_a_facet_count_is_the_total_its_value_gives(corpus, query):
    engine = open_engine("memory:")
    engine.rebuild(corpus)
    for facet, counts in engine.search(query).facets.items():
        for count in counts:
            others = {pair for pair in query.filters.values if pair[0] is not facet}
            alone = replace(query.filters, values=frozenset({*others, (facet, count.value)}))
            same = Query(query.tree, alone, copies=query.copies)
            assert engine.search(same).total == count.count
    engine.close()
