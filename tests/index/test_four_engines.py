"""Four ways to the same articles: stock Whoosh on its own segments, stock Whoosh on the
segments that our engine wrote, our evaluator, and the naive engine."""

import math
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.query import spans

from corpus.article import Article
from corpus.dates import Published
from index.columnar.codec import ColumnarCodec
from index.engine import Engine
from index.fields import Facet, Match, Sort, TextField
from index.opening import open_engine
from index.query import And, AtLeast, Everything, Filters, Node, Not, Or, Phrase, Query, Term
from tests.articles import DISPATCHES, SOURCES, WORDS, articles, filters, trees
from tests.index.whoosh_oracle import Oracle, StockIndex, written_by_engine
from tests.naive import NaiveEngine


def but_not(leaves: tuple[Node, ...]) -> Node:
    """Return the tree of all leaves without the last."""
    return And((*leaves[:-1], Not(leaves[-1])))


# Words so few that phrases and repetitions are common.
FEW = st.sampled_from(["élection", "élections", "election", "armée", "la", "de"])
MATCHES = st.sampled_from(Match)
FIELDS = st.sampled_from([None, *TextField])
CROWDED = st.lists(FEW, min_size=4, max_size=12).map(" ".join)
ARTICLES = st.one_of(articles, st.builds(replace, articles, title=CROWDED, body=CROWDED))
CORPORA = st.lists(ARTICLES, min_size=4, max_size=12, unique_by=lambda article: article.id)
LEAVES = st.one_of(
    st.builds(Term, FEW, MATCHES, FIELDS),
    st.builds(
        Phrase, st.lists(FEW, min_size=2, max_size=3).map(tuple), st.integers(0, 3), MATCHES, FIELDS
    ),
    st.builds(AtLeast, st.integers(2, 5), FEW, MATCHES, FIELDS),
)
SEVERAL = st.lists(LEAVES, min_size=2, max_size=3).map(tuple)
TREES = st.one_of(
    trees, LEAVES, SEVERAL.map(And), SEVERAL.map(Or), LEAVES.map(Not), SEVERAL.map(but_not)
)
QUESTIONS = st.lists(st.tuples(TREES, filters), min_size=1, max_size=4)
IDS = st.sampled_from([f"a{number}" for number in range(20)])

many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class FourEngines:
    """The same articles, put into four indexes in the same steps."""

    def __init__(self, folder: Path, corpus: Sequence[Article]) -> None:
        self.folder = folder
        self.engine: Engine = open_engine(f"whoosh://{folder}")
        self.engine.rebuild(corpus)
        self.stock = StockIndex(corpus)
        self.held = {article.id: article for article in corpus}

    def add(self, batch: Sequence[Article]) -> None:
        self.engine.add(batch)
        self.stock.add(batch)
        self.held |= {article.id: article for article in batch}

    def remove(self, ids: set[str]) -> None:
        self.engine.remove(ids)
        self.stock.remove(ids)
        self.held = {id_: article for id_, article in self.held.items() if id_ not in ids}

    @contextmanager
    def oracles(self) -> Iterator[tuple[Oracle, Oracle]]:
        """Yield stock Whoosh on its own segments, and on those that our engine wrote."""
        with self.stock.oracle() as own, written_by_engine(self.folder) as ours:
            yield own, ours

    def differing(self, asked: Sequence[tuple[Node, Filters]]) -> list[tuple[str, Node, Filters]]:
        """Return who disagrees on which trees, alone and with filters, and on which filters.

        Trees alone find copies too, filters leave them out.
        """
        naive = NaiveEngine(self.held.values())
        shown = {id_ for id_ in self.held if naive.leads.get(id_, id_) == id_}
        wrong = []
        with self.oracles() as (own, ours):
            for tree, narrowed in asked:
                for one in ((tree, Filters()), (Everything(), narrowed), (tree, narrowed)):
                    copies = one[1] == Filters()
                    among = None if copies else shown
                    page = Query(*one, limit=len(self.held) + 1, copies=copies)
                    right, theirs = scores(naive, page), own.scores(*one, among)
                    best = [each.scores(*one, among, limit=3) for each in (ours, own)]
                    agreeing = {
                        "evaluator": same(scores(self.engine, page), right, absolute=2e-6),
                        "stock Whoosh": theirs.keys() == right.keys(),
                        "Whoosh on ours": same(ours.scores(*one, among), theirs, relative=1e-9),
                        "the best by Whoosh on ours": same(*best, relative=1e-9),
                    }
                    wrong += [(who, *one) for who, agrees in agreeing.items() if not agrees]
        return wrong


def scores(engine: Engine | NaiveEngine, page: Query) -> dict[str, float]:
    return {hit.article.id: hit.score for hit in engine.search(page).hits}


def same(
    found: dict[str, float],
    right: dict[str, float],
    *,
    relative: float = 0.0,
    absolute: float = 0.0,
) -> bool:
    """Tell whether the same articles were found, with the same scores but for rounding."""
    return found.keys() == right.keys() and all(
        math.isclose(found[id_], score, rel_tol=relative, abs_tol=absolute)
        for id_, score in right.items()
    )


@contextmanager
def four(corpus: Sequence[Article]) -> Iterator[FourEngines]:
    with TemporaryDirectory() as folder:
        engines = FourEngines(Path(folder, "index"), corpus)
        with closing(engines.engine):
            yield engines


@settings(many, max_examples=60)
@given(CORPORA, QUESTIONS)
@example([], [(Not(Term("armée")), Filters())])
def test_on_one_segment(corpus, asked):
    with four(corpus) as engines:
        assert not engines.differing(asked)


@settings(many, max_examples=30)
@given(
    CORPORA,
    st.lists(st.lists(ARTICLES, min_size=1, max_size=4), min_size=1, max_size=3),
    st.sets(IDS, max_size=4),
    st.lists(ARTICLES, max_size=2),
    QUESTIONS,
)
def test_on_several_segments_with_deletions(corpus, batches, gone, late, asked):
    with four(corpus) as engines:
        for batch in batches:
            engines.add(batch)
        engines.remove(gone)
        engines.add(late)
        assert not engines.differing(asked)


@settings(many, max_examples=10)
@given(CORPORA, st.sets(IDS, max_size=4), st.lists(ARTICLES, min_size=20, max_size=20), QUESTIONS)
def test_on_segments_that_our_engine_joined(corpus, gone, late, asked):
    with four(corpus) as engines:
        engines.remove(gone)
        segments = []
        for number, article in enumerate(late):
            engines.add([replace(article, id=f"late{number}")])
            with written_by_engine(engines.folder) as ours:
                segments.append(len(ours.searcher.leaf_searchers()))
            if segments[-1] == 1 < max(segments):
                break
        # Joined, ours holds no deleted article any more, and Whoosh's is made anew without.
        assert segments[-1] == 1
        engines.stock = StockIndex(list(engines.held.values()))
        assert not engines.differing(asked)


@settings(many, max_examples=3)
@given(st.integers(0, 999), st.lists(TREES, min_size=2, max_size=4))
def test_on_postings_of_several_blocks(seed, asked):
    """Whoosh skips postings by blocks of 128, which small corpora do not fill."""
    random = Random(seed)
    corpus = [an_article(random, f"a{number}") for number in range(300)]
    with four(corpus) as engines:
        engines.remove({f"a{random.randrange(300)}" for _ in range(10)})
        narrowed = Filters(until=date(2016, 6, 30))
        assert not engines.differing([(tree, narrowed) for tree in asked])


def an_article(random: Random, id_: str) -> Article:
    title, body = (" ".join(random.choices(WORDS, k=random.randrange(1, 9))) for _ in range(2))
    day = date(2015, 1, 1) + timedelta(days=random.randrange(700))
    return Article(id_, title, body, random.choice(SOURCES), Published(day))


# A query of each of Whoosh's own kinds, that finds some of the dispatches and not all.
KINDS = (
    query.Term("body", "pêche"),
    query.And([query.Term("title", "armée"), query.Term("body", "trêve")]),
    query.Or([query.Term("title", "armée"), query.Term("body", "pêche")]),
    query.Not(query.Term("body", "pêche")),
    query.AndNot(query.Term("body", "de"), query.Term("title", "armée")),
    query.AndMaybe(query.Term("body", "de"), query.Term("title", "armée")),
    query.DisjunctionMax([query.Term("title", "armée"), query.Term("body", "de")]),
    query.Phrase("title", ["trêve", "en", "syrie"]),
    query.Phrase("title", ["armée", "trêve"], slop=4),
    query.Sequence([query.Term("body", "nations"), query.Term("body", "unies")]),
    query.Ordered([query.Term("body", "syrie"), query.Term("body", "armée")]),
    query.Prefix("body", "élect"),
    query.Wildcard("title", "?rê*"),
    query.Regex("body", "p[eé]ch"),
    query.FuzzyTerm("title", "élection", maxdist=1),
    query.FuzzyTerm("body", "peche", maxdist=2, prefixlength=1),
    query.TermRange("title", "p", "t"),
    query.Every("section"),
    query.ConstantScoreQuery(query.Term("body", "pêche")),
    spans.SpanNear(query.Term("title", "armée"), query.Term("title", "trêve"), slop=4),
    spans.SpanNear2([query.Term("body", "la"), query.Term("body", "trêve")]),
    spans.SpanFirst(query.Term("title", "armée")),
    spans.SpanOr([query.Term("title", "armée"), query.Term("title", "pêche")]),
    spans.SpanNot(query.Term("body", "de"), query.Term("body", "lorient")),
    spans.SpanContains(
        spans.SpanNear(query.Term("body", "la"), query.Term("body", "aube"), slop=9),
        query.Term("body", "trêve"),
    ),
    spans.SpanBefore(query.Term("title", "armée"), query.Term("title", "trêve")),
    spans.SpanCondition(query.Term("title", "armée"), query.Term("title", "trêve")),
)
# Of numbers our engine keeps a column and no terms: these read what Whoosh wrote.
RANGES = (
    query.NumericRange("day", date(2016, 2, 28).toordinal(), None),
    query.DateRange("published", datetime(2016, 1, 1), datetime(2016, 12, 31), endexcl=True),
)


@pytest.fixture(scope="module")
def dispatches() -> Iterator[Sequence[Oracle]]:
    """Stock Whoosh on its own segments, on columnar ones, and on those of our engine."""
    with (
        four(DISPATCHES) as engines,
        engines.oracles() as (own, ours),
        StockIndex(DISPATCHES, ColumnarCodec()).oracle() as columnar,
    ):
        yield own, columnar, ours


@pytest.mark.parametrize("asked", (*KINDS, *RANGES), ids=lambda asked: type(asked).__name__)
def test_each_kind_of_whoosh_query_finds_the_same(dispatches, asked):
    own, *others = dispatches
    expected = own.hits(asked)
    assert 0 < len(expected) < len(DISPATCHES)
    for other in others[:1] if asked in RANGES else others:
        assert same(other.hits(asked), expected, relative=1e-9)


def test_whoosh_sorts_and_groups_by_the_columns_of_our_engine(dispatches):
    *_, ours = dispatches
    naive = NaiveEngine(DISPATCHES)
    found = ours.searcher.search(query.Every(), sortedby="day", groupedby="source")
    oldest_first = naive.search(Query(sort=Sort.OLDEST)).hits
    assert [hit["id"] for hit in found] == [hit.article.id for hit in oldest_first]
    (counts,) = naive.search(Query(facets=((Facet.SOURCE, 9),))).facets.values()
    groups = {source: len(ids) for source, ids in found.groups("source").items()}
    assert groups == {count.value: count.count for count in counts}
