"""tantivy-py: facets and the histogram by aggregations.

Its writer uses every core, and 512 MB of memory as ours does. The total comes with the
search; asking for it as one more aggregation, which lets the search skip articles, takes
as long. A term's count is exact while it is among the 200 commonest of each segment.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Filter, Occur, TextAnalyzerBuilder, Tokenizer

from corpus.article import Article
from index.fields import Facet
from index.stored_articles import facet_values
from tests.benchmarks.workload import FACETS, Answer, Kind, Request, month_number

NAME = "tantivy-py"
_MEMORY = 512 << 20


def build(folder: Path, articles: Iterable[Article]) -> None:
    """Make an index of articles."""
    folder.mkdir(parents=True)
    _write(tantivy.Index(_schema(), str(folder)), articles)


def add(folder: Path, articles: Iterable[Article]) -> None:
    """Add articles to an index."""
    _write(tantivy.Index.open(str(folder)), articles)


class Searcher:
    """Answers pages from an index."""

    def __init__(self, folder: Path) -> None:
        index = _with_analyzer(tantivy.Index.open(str(folder)))
        self._schema = index.schema
        self._searcher = index.searcher()

    def page(self, request: Request) -> Answer:
        """Return one full page."""
        matching = self._matching(request)
        passing, unnarrowed = matching, {}
        if request.value:
            passing = self._narrowed(matching, request.value)
            chosen = request.value[0]
            unnarrowed = self._searcher.aggregate(matching, {chosen.value: _counting(chosen)})
        found = self._searcher.search(passing, 10)
        wanted = {
            facet.value: _counting(facet) for facet in FACETS if facet.value not in unnarrowed
        }
        counted = self._searcher.aggregate(passing, wanted | _BY_MONTH) | unnarrowed
        documents = (self._searcher.doc(address) for _, address in found.hits)
        return Answer(
            found.count,
            [(each.get_first("title"), each.get_first("body")) for each in documents],
            {facet: _buckets(counted[facet.value]) for facet in FACETS},
            sorted((int(month), held) for month, held in _buckets(counted["month"])),
        )

    def _matching(self, request: Request) -> tantivy.Query:
        if request.kind is Kind.PHRASE:
            return self._in_either(tantivy.Query.phrase_query, list(request.words))
        if not request.words:
            return tantivy.Query.all_query()
        each = [self._in_either(tantivy.Query.term_query, word) for word in request.words]
        if len(each) == 1:
            return each[0]
        return tantivy.Query.boolean_query([(Occur.Must, query) for query in each])

    def _in_either(self, make: Any, what: Any) -> tantivy.Query:
        title = tantivy.Query.boost_query(make(self._schema, "title", what), 2.0)
        body = make(self._schema, "body", what)
        return tantivy.Query.boolean_query([(Occur.Should, title), (Occur.Should, body)])

    def _narrowed(self, matching: tantivy.Query, value: tuple[Facet, str]) -> tantivy.Query:
        holding = tantivy.Query.term_query(self._schema, value[0].value, value[1])
        unscored = tantivy.Query.const_score_query(holding, 0.0)
        return tantivy.Query.boolean_query([(Occur.Must, matching), (Occur.Must, unscored)])


# All months: a corpus of a century has 1,200.
_BY_MONTH = {"month": {"terms": {"field": "month", "size": 10_000}}}


def _counting(facet: Facet) -> dict[str, Any]:
    return {"terms": {"field": facet.value, "size": 20}}


def _buckets(result: dict[str, Any]) -> list[tuple[Any, int]]:
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in result["buckets"]]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", stored=True, tokenizer_name="folded")
    builder.add_text_field("body", stored=True, tokenizer_name="folded")
    for facet in FACETS:
        builder.add_text_field(facet.value, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("month", fast=True)
    return builder.build()


def _with_analyzer(index: tantivy.Index) -> tantivy.Index:
    folded = TextAnalyzerBuilder(Tokenizer.simple())
    folded = folded.filter(Filter.lowercase()).filter(Filter.ascii_fold())
    index.register_tokenizer("folded", folded.build())
    return index


def _write(index: tantivy.Index, articles: Iterable[Article]) -> None:
    writer = _with_analyzer(index).writer(_MEMORY)
    for article in articles:
        document = tantivy.Document(id=article.id, title=article.title, body=article.body)
        for facet, values in facet_values(article).items():
            if facet in FACETS:
                for value in values:
                    document.add_text(facet.value, value)
        month = month_number(article)
        if month is not None:
            document.add_unsigned("month", month)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
