"""Articles as an index takes them: cut, inverted and fingerprinted by all cores."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from threading import local
from typing import Any

from corpus.analysis import cut_piece
from corpus.article import Article
from corpus.dates import Published
from corpus.entities.linking import forms
from corpus.parallel import mapped
from index.columnar.documents import Batch, Documents
from index.columnar.schema import Field, KeywordField, NumberField
from index.columnar.schema import TextField as WordsField
from index.columnar.stored import compressor, dump, load
from index.embedded.linking import FORM_FIELD
from index.evaluation.columns import DAY_FIELD, ID_FIELD
from index.evaluation.reach import KEYS
from index.fingerprints import Fingerprints, fingerprints
from index.query import Facet, TextField
from index.stored_articles import as_record, facet_values

FIELDS: tuple[Field, ...] = (
    WordsField(TextField.TITLE.value, KEYS, cut_piece),
    WordsField(TextField.BODY.value, KEYS, cut_piece),
    KeywordField(ID_FIELD),
    NumberField(DAY_FIELD),
    *(KeywordField(facet.value) for facet in Facet if facet is not Facet.YEAR),
    KeywordField(FORM_FIELD, found=False),
)

# Articles analysed at a time, and how many by this process alone: it learns from these how to
# compress the others.
_BATCH = 1024
_ALONE = 2048

_TEXTS = (TextField.TITLE.value, TextField.BODY.value)
_Light = tuple[dict[str, list[str]], Published | None, bytes]


def batches(
    articles: Iterable[Article], dictionary: Callable[[], bytes]
) -> Iterator[tuple[Batch, Fingerprints]]:
    """Yield articles inverted, and their fingerprints, in their order.

    dictionary: what the writer of the batches yielded so far compresses stored articles with.
    """
    return mapped(_Inverting(dictionary), map(_light, articles), _BATCH, _ALONE)


def _light(article: Article) -> _Light:
    """Return what is indexed of an article, as what is quickly handed to another process."""
    keywords = {facet.value: values for facet, values in facet_values(article).items()}
    return (
        {ID_FIELD: [article.id], FORM_FIELD: forms(article), **keywords},
        article.published,
        dump(as_record(article)),
    )


class _Inverting:
    """Inverts articles; on its way to another process it takes the dictionary there is then."""

    def __init__(self, dictionary: Callable[[], bytes]) -> None:
        self._dictionary = dictionary

    def __call__(self, articles: Sequence[_Light]) -> tuple[Batch, Fingerprints]:
        return _inverted(self._dictionary(), articles)

    def __reduce__(self) -> tuple[type[partial[Any]], tuple[Any, ...]]:
        return partial, (_inverted, self._dictionary())


class _Own(local):
    """Each thread's own: what was learnt of one batch serves the next."""

    def __init__(self) -> None:
        self.documents = Documents(FIELDS)
        self.compressor = lru_cache(maxsize=1)(compressor)


_OWN = _Own()


def _inverted(dictionary: bytes, articles: Sequence[_Light]) -> tuple[Batch, Fingerprints]:
    """Return articles cut into words and inverted, and fingerprints; any process can do it."""
    documents = _OWN.documents
    compress = _OWN.compressor(dictionary).compress if dictionary else bytes
    days = []
    for keywords, published, stored in articles:
        fields = load(stored)
        texts = {name: fields[name] for name in _TEXTS}
        day = published.day.toordinal() if published else None
        documents.add(texts, keywords, {DAY_FIELD: day}, compress(stored))
        days.append(published)
    batch = documents.inverted(compressed=bool(dictionary))
    titles, bodies = (batch.texts[name] for name in _TEXTS)
    return batch, fingerprints(titles, bodies, days)
