"""Whoosh 2.7.4 as it comes: its own codec, matchers and facets."""

import json
from collections.abc import Iterable
from pathlib import Path

from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.query import And, Every, Or, Phrase, Query, Term
from whoosh.sorting import Count, FieldFacet
from whoosh.support.charset import accent_map

from corpus.article import Article
from index.fields import Facet
from index.stored_articles import facet_values
from tests.benchmarks.workload import FACETS, Answer, Kind, Request, month_number

NAME = "Whoosh"
_MEGABYTES = 512
_VALUES = "values.json"
_NO_MONTH = 10_000 * 12  # Whoosh groups the undated under the largest integer.


def build(folder: Path, articles: Iterable[Article]) -> None:
    """Make an index of articles."""
    folder.mkdir(parents=True)
    folded = RegexTokenizer(r"\w+") | LowercaseFilter() | CharsetFilter(accent_map)
    schema = Schema(
        id=ID(stored=True, unique=True),
        title=TEXT(folded, stored=True),
        body=TEXT(folded, stored=True),
        country=KEYWORD(),
        actor=KEYWORD(),
        month=NUMERIC(int, sortable=True),
    )
    create_in(folder, schema)
    add(folder, articles)


def add(folder: Path, articles: Iterable[Article]) -> None:
    """Add articles to an index."""
    codes = _codes(folder)
    writer = open_dir(folder).writer(limitmb=_MEGABYTES)
    for article in articles:
        # Values hold spaces and commas, which part the values of a keyword field.
        coded = {
            facet.value: " ".join(
                str(codes[facet].setdefault(each, len(codes[facet]))) for each in values
            )
            for facet, values in facet_values(article).items()
            if facet in FACETS
        }
        writer.add_document(
            id=article.id,
            title=article.title,
            body=article.body,
            month=month_number(article),
            **coded,
        )
    writer.commit()
    (folder / _VALUES).write_text(json.dumps(codes))


class Searcher:
    """Answers pages from an index."""

    def __init__(self, folder: Path) -> None:
        self._codes = _codes(folder)
        self._values = {facet: list(self._codes[facet]) for facet in FACETS}
        self._searcher = open_dir(folder).searcher()

    def page(self, request: Request) -> Answer:
        """Return one full page."""
        query, narrowing, unnarrowed = _query(request), None, {}
        if request.value:
            facet, value = request.value
            narrowing = Term(facet.value, str(self._codes[facet][value]))
            alone = self._searcher.search(
                query, limit=1, groupedby={facet.value: _grouping(facet)}, maptype=Count
            )
            unnarrowed = {facet: alone.groups(facet.value)}
        grouping = {facet.value: _grouping(facet) for facet in FACETS if facet not in unnarrowed}
        found = self._searcher.search(
            query,
            limit=10,
            filter=narrowing,
            groupedby={**grouping, "month": FieldFacet("month", maptype=Count)},
            maptype=Count,
        )
        counted = {
            facet: unnarrowed[facet] if facet in unnarrowed else found.groups(facet.value)
            for facet in FACETS
        }
        return Answer(
            len(found),
            [(hit["title"], hit["body"]) for hit in found[:10]],
            {facet: self._commonest(facet, counts) for facet, counts in counted.items()},
            sorted(each for each in found.groups("month").items() if each[0] < _NO_MONTH),
        )

    def _commonest(self, facet: Facet, counts: dict[str | None, int]) -> list[tuple[str, int]]:
        values = self._values[facet]
        named = [(values[int(code)], held) for code, held in counts.items() if code is not None]
        return sorted(named, key=lambda each: (-each[1], each[0]))[:20]


def _grouping(facet: Facet) -> FieldFacet:
    return FieldFacet(facet.value, allow_overlap=True, maptype=Count)


def _codes(folder: Path) -> dict[Facet, dict[str, int]]:
    file = folder / _VALUES
    codes = json.loads(file.read_text()) if file.exists() else {}
    return {facet: codes.get(facet.value, {}) for facet in FACETS}


def _query(request: Request) -> Query:
    if request.kind is Kind.PHRASE:
        title = Phrase("title", list(request.words), boost=2.0)
        return Or([title, Phrase("body", list(request.words))])
    if not request.words:
        return Every()
    return And([Or([Term("title", word, boost=2.0), Term("body", word)]) for word in request.words])
