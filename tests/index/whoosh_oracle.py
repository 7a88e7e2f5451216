"""Our queries answered by stock Whoosh: from its own codec, and from what our engine wrote.

Nothing of `index.evaluation` takes part.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from secrets import token_hex

from whoosh import fields, query
from whoosh.analysis import Tokenizer, entoken
from whoosh.codec.base import Codec, Segment
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query.qcolumns import ColumnQuery
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader
from whoosh.searching import Searcher
from whoosh.writing import SegmentWriter

from corpus.analysis import words
from corpus.article import Article
from index.columnar.codec import ColumnarSegment
from index.columnar.segment import SegmentReader as ColumnarReader
from index.embedded.generations import Generations
from index.embedded.manifest import SegmentFiles
from index.embedded.open_segments import read_removed
from index.fields import Facet
from index.query import Filters, Node
from tests.index.whoosh_translation import Days, Translation
from tests.naive_matching import facet_values


class Listed(Tokenizer):
    """Takes words that are cut already: those of `corpus.analysis`, or whole keywords."""

    def __call__(self, value, positions=False, chars=False, **_):
        return entoken(value, positions=positions, chars=chars)


KEYWORDS = tuple(facet for facet in Facet if facet is not Facet.YEAR)


def schema(day: fields.NUMERIC) -> fields.Schema:
    """Return the fields of an article for Whoosh, of which only the day is kept differently."""
    return fields.Schema(
        id=fields.ID(stored=True),
        title=fields.TEXT(analyzer=Listed()),
        body=fields.TEXT(analyzer=Listed()),
        day=day,
        published=fields.DATETIME(),
        **{
            facet.value: fields.KEYWORD(analyzer=Listed(), sortable=facet is Facet.SOURCE)
            for facet in KEYWORDS
        },
    )


# Signed, for Whoosh's ranges of unsigned numbers find too much where they begin near 0.
STOCK = schema(day=fields.NUMERIC())
# Unsigned, for only so is the number in a Whoosh column the plain one.
WRITTEN = schema(day=fields.NUMERIC(signed=False, sortable=True))


class StockIndex:
    """An index in memory that Whoosh writes, changed as ours is: a segment a commit.

    codec: what it is written with; Whoosh's own where none is given.
    """

    def __init__(self, articles: Sequence[Article], codec: Codec | None = None) -> None:
        # Even in memory, Whoosh writes in a folder of the index's name in the machine's
        # temporary one, and removes it: two runs at once would remove each other's.
        self._index = RamStorage().create_index(STOCK, f"stock{token_hex(8)}")
        self._codec = codec
        self.add(articles)

    def add(self, articles: Sequence[Article]) -> None:
        """Insert articles, or replace those of the same id; in one batch, the last stays."""
        writer = self._writer()
        for article in articles:
            writer.delete_by_term("id", article.id)
        for article in articles:
            writer.add_document(**document(article))
        writer.commit(mergetype=held)
        last = {article.id: place for place, article in enumerate(articles)}
        if len(last) < len(articles):
            first = self._index.doc_count_all() - len(articles)
            writer = self._writer()
            for place, article in enumerate(articles):
                if place != last[article.id]:
                    writer.delete_document(first + place)
            writer.commit(mergetype=held)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove articles by id."""
        writer = self._writer()
        for article_id in ids:
            writer.delete_by_term("id", article_id)
        writer.commit(mergetype=held)

    def _writer(self) -> SegmentWriter:
        return self._index.writer(codec=self._codec)

    @contextmanager
    def oracle(self) -> Iterator["Oracle"]:
        """Yield what answers from the index as it is now."""
        with self._index.searcher() as searcher:
            yield Oracle(searcher, lambda first, last: query.NumericRange("day", first, last))


def held(_: object, segments: Sequence[Segment]) -> list[Segment]:
    """Merge nothing, and let go of a segment of which every document is deleted, as we do."""
    return [segment for segment in segments if segment.doc_count()]


def document(article: Article) -> dict[str, object]:
    """Return the fields of an article, for Whoosh to index."""
    found: dict[str, object] = {
        "id": article.id,
        "title": words(article.title),
        "body": words(article.body),
    }
    for facet in KEYWORDS:
        if values := sorted(facet_values(article, facet)):
            found[facet.value] = values
    if article.published:
        day = article.published.day
        found |= {"day": day.toordinal(), "published": datetime.combine(day, time())}
    return found


class WrittenSegment(ColumnarSegment):
    """A segment's file that our engine wrote, under the name that it has."""

    def __init__(self, folder: Path, files: SegmentFiles) -> None:
        super().__init__("")
        self._name = files.segment.removesuffix(".segment")
        self.set_doc_count(ColumnarReader(folder / files.segment).doc_count)
        removed = read_removed(folder, files.removed, self.doc_count_all())
        for doc in () if removed is None else removed.nonzero()[0].tolist():
            self.delete_document(doc)

    def segment_id(self) -> str:
        return self._name


@contextmanager
def written_by_engine(folder: Path) -> Iterator["Oracle"]:
    """Yield what answers, through our codec, from the files of an engine's folder."""
    manifest = Generations(folder).current()
    segments = [WrittenSegment(folder, files) for files in manifest.segments]
    readers = [SegmentReader(FileStorage(folder), WRITTEN, segment) for segment in segments]
    with Searcher(joined(readers)) as searcher:
        yield Oracle(searcher, DaysBetween)


def joined(readers: list[SegmentReader]) -> IndexReader:
    if len(readers) > 1:
        return MultiReader(readers)
    return readers[0] if readers else EmptyReader(WRITTEN)


class DaysBetween(ColumnQuery):
    """Days by Whoosh's column: our engine keeps them there, and not as terms."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__("day", lambda day: first <= day <= last)

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        # Whoosh's Not loses step with a child that finds deleted documents; terms never do.
        # And its ColumnMatcher has no score, for want of which it can be no part of an Or.
        held = frozenset(searcher.reader().all_doc_ids())
        found = [doc for doc in super().matcher(searcher, context).all_ids() if doc in held]
        return ListMatcher(found, all_weights=1.0) if found else NullMatcher()

    def estimate_size(self, reader: IndexReader) -> int:
        # For want of it, a ColumnQuery can be no part of a Whoosh And.
        return reader.doc_count_all()


class Oracle:
    """Answers our trees and filters by a Whoosh searcher.

    days: makes the query for the articles of a span of days, given as ordinals.
    """

    def __init__(self, searcher: Searcher, days: Days) -> None:
        self.searcher = searcher
        self._translation = Translation(self._lexicon, days)

    def scores(
        self,
        tree: Node,
        filters: Filters,
        among: Collection[str] | None = None,
        limit: int | None = None,
    ) -> dict[str, float]:
        """Return the ids of the best articles that match, with Whoosh's scores, best first.

        among: the ids that may match, all where it is None.
        """
        translation = self._translation
        allowed = translation.filters(filters)
        if among is not None:
            ids = query.Or([query.Term("id", article_id) for article_id in sorted(among)])
            allowed = query.And([allowed, ids])
        return self.hits(translation.tree(tree), allowed, limit)

    def hits(
        self, asked: query.Query, allowed: query.Query | None = None, limit: int | None = None
    ) -> dict[str, float]:
        """Return what a Whoosh query finds."""
        found = self.searcher.search(asked, filter=allowed, limit=limit)
        return {hit["id"]: hit.score for hit in found}

    def _lexicon(self, field: str) -> Iterator[str]:
        return (term.decode() for term in self.searcher.lexicon(field))
