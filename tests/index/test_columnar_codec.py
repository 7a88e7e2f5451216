"""Stock Whoosh on columnar segments gives what stock Whoosh gives on its own."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns, fields, query
from whoosh.analysis import SimpleAnalyzer
from whoosh.codec import default_codec
from whoosh.codec.base import Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.query import spans
from whoosh.scoring import BM25F, TF_IDF, Frequency
from whoosh.searching import Searcher

from index.columnar.codec import ColumnarCodec

WORDS = ["le", "la", "maire", "mairie", "élu", "élue", "œuvre", "grève", "grèves", "loi"]
ANALYZER = SimpleAnalyzer()
SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    titre=fields.TEXT(analyzer=ANALYZER, stored=True, sortable=True, field_boost=2.0),
    corps=fields.TEXT(analyzer=ANALYZER),
    chars=fields.TEXT(analyzer=ANALYZER, chars=True),
    pays=fields.KEYWORD(commas=True, scorable=True, sortable=columns.RefBytesColumn()),
    page=fields.NUMERIC(sortable=True, stored=True),
    note=fields.NUMERIC(float),
    paru=fields.DATETIME(sortable=True, stored=True),
    une=fields.BOOLEAN(stored=True),
    brut=fields.STORED,
)
TEXT = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)
DOC = st.fixed_dictionaries(
    {"corps": TEXT},
    optional={
        "titre": TEXT,
        "chars": TEXT,
        "pays": st.lists(st.sampled_from(["fr", "be", "ca"]), min_size=1).map(",".join),
        "page": st.integers(-(2**31), 2**31 - 2) | st.integers(0, 5),
        "note": st.floats(-1e6, 1e6),
        "paru": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
        "une": st.booleans(),
        "brut": st.lists(st.integers()) | st.text(),
        "_corps_boost": st.sampled_from([1.0, 2.0, 1.5]),
    },
)


COMMITS = st.lists(st.lists(DOC, max_size=6), min_size=1, max_size=3)


def indexed(
    codec: Codec,
    commits: Sequence[Sequence[dict[str, Any]]],
    gone: Sequence[str] = (),
    **commit_arguments: Any,
) -> FileIndex:
    """Index documents in several commits, then delete some by id in a last one."""
    index = RamStorage().create_index(SCHEMA)
    number = 0
    for docs in commits:
        writer = index.writer(codec=codec)
        for doc in docs:
            writer.add_document(id=f"n{number}", **doc)
            number += 1
        writer.commit(merge=False)
    writer = index.writer(codec=codec)
    for key in gone:
        writer.delete_by_term("id", key)
    writer.commit(**{"merge": False, **commit_arguments})
    return index


def pair(*arguments: Any, **commit_arguments: Any) -> tuple[FileIndex, FileIndex]:
    return (
        indexed(default_codec(), *arguments, **commit_arguments),
        indexed(ColumnarCodec(), *arguments, **commit_arguments),
    )


WORD = st.sampled_from([*WORDS, "absent"])
TEXT_FIELD = st.sampled_from(["titre", "corps", "chars"])
TERM = st.builds(query.Term, TEXT_FIELD, WORD, boost=st.sampled_from([1.0, 2.5]))
SAME_FIELD = TEXT_FIELD.flatmap(
    lambda name: st.lists(st.builds(query.Term, st.just(name), WORD), min_size=2, max_size=3)
)
SLOP = st.integers(1, 4)
NEAR = st.builds(
    lambda terms, slop, ordered: spans.SpanNear(terms[0], terms[1], slop, ordered),
    SAME_FIELD,
    SLOP,
    st.booleans(),
)
SPANS = st.one_of(
    NEAR,
    st.builds(lambda terms, slop: spans.SpanNear2(terms, slop), SAME_FIELD, SLOP),
    st.builds(spans.SpanFirst, TERM, st.integers(0, 3)),
    SAME_FIELD.map(spans.SpanOr),
    SAME_FIELD.map(lambda terms: spans.SpanNot(terms[0], terms[1])),
    SAME_FIELD.map(lambda terms: spans.SpanBefore(terms[0], terms[1])),
    st.builds(lambda near, terms: spans.SpanContains(near, terms[0]), NEAR, SAME_FIELD),
)
PAGE = st.none() | st.integers(-3, 8)
DAY = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))
BOUND = st.sampled_from([None, "a", "grève", "m", "œuvre"])
LEAF = st.one_of(
    TERM,
    SPANS,
    st.builds(
        query.Phrase, TEXT_FIELD, st.lists(WORD, min_size=1, max_size=3), slop=st.integers(1, 3)
    ),
    st.builds(query.Prefix, TEXT_FIELD, st.sampled_from(["m", "él", "grève", "x"])),
    st.builds(query.Wildcard, TEXT_FIELD, st.sampled_from(["m*", "?lu*", "l?", "*"])),
    st.builds(
        query.FuzzyTerm,
        TEXT_FIELD,
        st.sampled_from(["mairi", "greve", "elu", "lo", "œuvr"]),
        maxdist=st.integers(1, 2),
        prefixlength=st.integers(0, 2),
    ),
    st.builds(query.NumericRange, st.just("page"), PAGE, PAGE, st.booleans(), st.booleans()),
    st.builds(query.NumericRange, st.just("note"), PAGE, PAGE),
    st.builds(query.DateRange, st.just("paru"), DAY, DAY),
    st.builds(query.TermRange, TEXT_FIELD, BOUND, BOUND, st.booleans(), st.booleans()),
    st.builds(query.Every, st.sampled_from([None, "titre", "page", "pays"])),
    st.builds(query.Term, st.just("pays"), st.sampled_from(["fr", "be", "us"])),
    st.builds(query.Term, st.just("une"), st.booleans()),
    st.builds(query.Term, st.just("page"), st.integers(0, 5)),
)
TREE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(query.And),
        st.lists(inner, min_size=1, max_size=3).map(query.Or),
        st.lists(inner, min_size=1, max_size=3).map(query.DisjunctionMax),
        inner.map(query.Not),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
        st.builds(query.Otherwise, inner, inner),
        inner.map(query.ConstantScoreQuery),
    ),
    max_leaves=5,
)


def answer(searcher: Searcher, tree: query.Query, **arguments: Any) -> Any:
    """Return (document, score) pairs, or the error that Whoosh ends in."""
    try:
        results = searcher.search(tree, **arguments)
        return [(hit.docnum, hit.score) for hit in results]
    except Exception as error:
        return type(error)


def same(ours: Any, theirs: Any) -> bool:
    if not isinstance(theirs, list):
        # Whoosh itself fails on some trees of spans and inversions.
        return True
    return [doc for doc, _ in ours] == [doc for doc, _ in theirs] and all(
        left == right or math.isclose(left, right, rel_tol=1e-9)
        for (_, left), (_, right) in zip(ours, theirs, strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(COMMITS, st.sets(st.integers(0, 8)), st.lists(TREE, min_size=4, max_size=8), st.booleans())
def test_queries_find_the_same_with_the_same_scores(
    commits: list[list[dict[str, Any]]], gone: set[int], trees: list[query.Query], optimize: bool
) -> None:
    theirs, ours = pair(commits, [f"n{number}" for number in sorted(gone)], optimize=optimize)
    for weighting in (BM25F(), BM25F(B=0.3, K1=2.0, titre_B=1.0), TF_IDF(), Frequency()):
        with (
            theirs.searcher(weighting=weighting) as left,
            ours.searcher(weighting=weighting) as right,
        ):
            for tree in trees:
                for limit in (None, 2):
                    expected, found = (
                        answer(searcher, tree, limit=limit) for searcher in (left, right)
                    )
                    assert same(found, expected), (tree, limit, expected, found)


@settings(max_examples=40, deadline=None)
@given(COMMITS, st.sets(st.integers(0, 8)), st.booleans())
def test_readers_tell_the_same(
    commits: list[list[dict[str, Any]]], gone: set[int], optimize: bool
) -> None:
    theirs, ours = pair(commits, [f"n{number}" for number in sorted(gone)], optimize=optimize)
    with theirs.reader() as left, ours.reader() as right:
        assert right.doc_count() == left.doc_count()
        assert right.doc_count_all() == left.doc_count_all()
        assert list(right.all_doc_ids()) == list(left.all_doc_ids())
        assert list(right.iter_docs()) == list(left.iter_docs())
        assert list(right.all_terms()) == list(left.all_terms())
        assert set(right.indexed_field_names()) == set(left.indexed_field_names())
        for name, term in left.all_terms():
            check_term(left, right, name, term)
        for name in SCHEMA.names():
            assert right.field_length(name) == left.field_length(name)
            for doc in range(left.doc_count_all()):
                assert (right.doc_field_length(doc, name) or 0) == (
                    left.doc_field_length(doc, name) or 0
                )
            if SCHEMA[name].column_type and left.doc_count_all():
                for (mine, _), (other, _) in zip(
                    right.leaf_readers(), left.leaf_readers(), strict=True
                ):
                    check_column(
                        *(each.column_reader(name, translate=False) for each in (mine, other))
                    )


def check_term(left: Any, right: Any, name: str, term: bytes) -> None:
    assert right.doc_frequency(name, term) == left.doc_frequency(name, term)
    assert right.frequency(name, term) == pytest.approx(left.frequency(name, term))
    theirs, ours = left.term_info(name, term), right.term_info(name, term)
    for statistic in ("weight", "max_weight", "min_length", "max_length", "min_id", "max_id"):
        mine, expected = getattr(ours, statistic)(), getattr(theirs, statistic)()
        assert mine == pytest.approx(expected), (name, term, statistic)
    for kind in ("weight", "frequency", "positions", "characters"):
        if SCHEMA[name].format.supports(kind):
            ours, theirs = (reader.postings(name, term) for reader in (right, left))
            assert list(ours.items_as(kind)) == list(theirs.items_as(kind))
    ours, theirs = right.postings(name, term), left.postings(name, term)
    while theirs.is_active():
        assert (ours.id(), ours.weight(), ours.value()) == (
            theirs.id(),
            theirs.weight(),
            theirs.value() or b"",
        )
        ours.next()
        theirs.next()
    assert not ours.is_active()


def check_column(ours: columns.ColumnReader, theirs: columns.ColumnReader) -> None:
    assert len(ours) == len(theirs)
    for doc in range(len(theirs)):
        assert ours[doc] == theirs[doc]
        assert ours.sort_key(doc) == theirs.sort_key(doc)
