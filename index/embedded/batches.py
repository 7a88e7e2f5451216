"""Articles as an index takes them: cut, inverted and fingerprinted by all cores."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import chain, islice
from threading import local
from typing import Any

from corpus.analysis import cut_piece
from corpus.article import Article
from corpus.dates import Published
from corpus.entities.linking import forms
from corpus.parallel import mapped
from index.columnar.documents import Batch, Documents
from index.columnar.dumping import dump, load
from index.columnar.schema import Field, KeywordField, NumberField
from index.columnar.schema import TextField as WordsField
from index.columnar.stored import compressor
from index.embedded.linking import FORM_FIELD
from index.evaluation.columns import DAY_FIELD, ID_FIELD
from index.evaluation.reach import KEYS
from index.fields import Facet, TextField
from index.fingerprints import Fingerprints, fingerprints
from index.stored_articles import as_record, facet_values

_TEXTS = (
    WordsField(TextField.TITLE.value, KEYS, cut_piece),
    WordsField(TextField.BODY.value, KEYS, cut_piece),
)
_VALUES: tuple[Field, ...] = (
    KeywordField(ID_FIELD),
    NumberField(DAY_FIELD),
    *(KeywordField(facet.value) for facet in Facet if facet is not Facet.YEAR),
    KeywordField(FORM_FIELD, found=False),
)
FIELDS: tuple[Field, ...] = (*_TEXTS, *_VALUES)

# Articles analysed at a time, and how many by this process alone: it learns from these how to
# compress the others.
_BATCH = 1024
_ALONE = 2048

# When an article was published, and it as it is stored.
_Light = tuple[Published | None, bytes]


def batches(
    articles: Iterable[Article], dictionary: Callable[[], bytes]
) -> Iterator[tuple[Batch, Fingerprints]]:
    """Yield articles inverted, and their fingerprints, in their order.

    Texts go to the processes; names and other values stay, since to hand them over and back
    takes longer than to number them.
    dictionary: what the writer of the batches yielded so far compresses stored articles with.
    """
    waiting: deque[Batch] = deque()
    texts = mapped(_Inverting(dictionary), _light(articles, waiting), _BATCH, _ALONE, weigh=len)
    for inverted, prints in texts:
        values = waiting.popleft()
        yield replace(inverted, keywords=values.keywords, numbers=values.numbers), prints


def _light(articles: Iterable[Article], waiting: deque[Batch]) -> Iterator[list[_Light]]:
    """Yield articles, so many at a time, as what is quickly handed to another process.

    waiting: where their other values go.
    """
    source, values = iter(articles), Documents(_VALUES)
    while some := [*islice(source, _BATCH)]:
        for article in some:
            keywords = {facet.value: found for facet, found in facet_values(article).items()}
            keywords |= {ID_FIELD: [article.id], FORM_FIELD: forms(article)}
            day = article.published.day.toordinal() if article.published else None
            values.add({}, keywords, {DAY_FIELD: day}, b"")
        waiting.append(values.inverted())
        yield [(article.published, dump(as_record(article))) for article in some]


class _Inverting:
    """Inverts articles; on its way to another process it takes the dictionary there is then."""

    def __init__(self, dictionary: Callable[[], bytes]) -> None:
        self._dictionary = dictionary

    def __call__(self, articles: Sequence[Sequence[_Light]]) -> tuple[Batch, Fingerprints]:
        return _inverted(self._dictionary(), articles)

    def __reduce__(self) -> tuple[type[partial[Any]], tuple[Any, ...]]:
        return partial, (_inverted, self._dictionary())


class _Own(local):
    """Each thread's own: what was learnt of one batch serves the next."""

    def __init__(self) -> None:
        self.documents = Documents(_TEXTS)
        self.compressor = lru_cache(maxsize=1)(compressor)


_OWN = _Own()


def _inverted(
    dictionary: bytes, articles: Sequence[Sequence[_Light]]
) -> tuple[Batch, Fingerprints]:
    """Return the texts of articles inverted, and fingerprints; any process can do it."""
    documents = _OWN.documents
    compress = _OWN.compressor(dictionary).compress if dictionary else bytes
    days = []
    for published, stored in chain.from_iterable(articles):
        fields = load(stored)
        documents.add({one.name: fields[one.name] for one in _TEXTS}, {}, {}, compress(stored))
        days.append(published)
    batch = documents.inverted(compressed=bool(dictionary))
    titles, bodies = (batch.texts[one.name] for one in _TEXTS)
    return batch, fingerprints(titles, bodies, days)
