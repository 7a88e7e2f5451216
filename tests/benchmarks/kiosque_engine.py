"""Our own engine, through its port."""

from collections.abc import Iterable
from contextlib import closing
from functools import cache
from pathlib import Path

from corpus.article import Article
from index.fields import Interval, Match
from index.opening import open_engine
from index.query import And, Everything, Filters, Node, Phrase, Query, Term
from index.results import Results
from tests.benchmarks.workload import FACETS, Answer, Kind, Request

NAME = "Kiosque"


def build(folder: Path, articles: Iterable[Article]) -> None:
    """Make an index of articles."""
    with closing(open_engine(f"whoosh://{folder}")) as engine:
        engine.rebuild(articles)


def add(folder: Path, articles: Iterable[Article]) -> None:
    """Add articles to an index."""
    with closing(open_engine(f"whoosh://{folder}")) as engine:
        engine.add(articles)


class Searcher:
    """Answers pages from an index."""

    def __init__(self, folder: Path) -> None:
        self._engine = open_engine(f"whoosh://{folder}")

    def page(self, request: Request) -> Answer:
        """Return one full page."""
        return _answer(
            self._engine.search(
                Query(
                    tree=_tree(request),
                    filters=Filters(frozenset([request.value] if request.value else [])),
                    facets=tuple((facet, 20) for facet in FACETS),
                    interval=Interval.MONTH,
                    copies=True,
                )
            )
        )


def _tree(request: Request) -> Node:
    if request.kind is Kind.PHRASE:
        return Phrase(request.words, match=Match.FOLDED)
    if not request.words:
        return Everything()
    return And(tuple(Term(word, Match.FOLDED) for word in request.words))


def _answer(results: Results) -> Answer:
    return Answer(
        results.total,
        [(hit.article.title, hit.article.body) for hit in results.hits],
        {
            facet: [(each.value, each.count) for each in counts]
            for facet, counts in results.facets.items()
        },
        [(_number(bar.period), bar.count) for bar in results.histogram],
    )


# The peers are asked for months by number: telling ours as one is none of a page's work.
@cache
def _number(period: str) -> int:
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1
