"""Articles as an index takes them: cut, inverted and fingerprinted by all cores."""

from collections.abc import Iterable, Iterator, Sequence
from threading import local

from corpus.analysis import cut_piece
from corpus.article import Article
from corpus.dates import Published
from corpus.linking import forms
from corpus.parallel import mapped
from index.columnar.documents import Batch, Documents
from index.columnar.schema import Field, KeywordField, NumberField
from index.columnar.schema import TextField as WordsField
from index.columnar.stored import dump
from index.evaluation.columns import DAY_FIELD, ID_FIELD
from index.evaluation.reach import FOLDED, KEYS
from index.fingerprints import Fingerprints, fingerprints
from index.linking import FORM_FIELD
from index.query import Facet, TextField
from index.stored_articles import as_record, facet_values

FIELDS: tuple[Field, ...] = (
    WordsField(TextField.TITLE.value, KEYS, cut_piece, FOLDED),
    WordsField(TextField.BODY.value, KEYS, cut_piece, FOLDED),
    KeywordField(ID_FIELD),
    NumberField(DAY_FIELD),
    *(KeywordField(facet.value) for facet in Facet if facet is not Facet.YEAR),
    KeywordField(FORM_FIELD),
)

# Articles analysed at a time, and how many by this process alone.
_BATCH = 1024
_ALONE = 2048

_TEXTS = (TextField.TITLE.value, TextField.BODY.value)
_Light = tuple[str, str, dict[str, list[str]], Published | None, bytes]


def batches(articles: Iterable[Article]) -> Iterator[tuple[Batch, Fingerprints]]:
    """Yield articles inverted, and their fingerprints, in their order."""
    return mapped(_inverted, map(_light, articles), _BATCH, _ALONE)


def _light(article: Article) -> _Light:
    """Return what is indexed of an article, as what is quickly handed to another process."""
    keywords = {facet.value: values for facet, values in facet_values(article).items()}
    return (
        article.title,
        article.body,
        {ID_FIELD: [article.id], FORM_FIELD: forms(article), **keywords},
        article.published,
        dump(as_record(article)),
    )


class _Own(local):
    """Each thread's own: what was learnt of one batch serves the next."""

    def __init__(self) -> None:
        self.documents = Documents(FIELDS)


_OWN = _Own()


def _inverted(articles: Sequence[_Light]) -> tuple[Batch, Fingerprints]:
    """Return articles cut into words and inverted, and fingerprints; any process can do it."""
    documents = _OWN.documents
    days = []
    for title, body, keywords, published, stored in articles:
        texts = dict(zip(_TEXTS, (title, body), strict=True))
        day = published.day.toordinal() if published else None
        documents.add(texts, keywords, {DAY_FIELD: day}, stored)
        days.append(published)
    batch = documents.inverted()
    titles, bodies = (batch.texts[name] for name in _TEXTS)
    return batch, fingerprints(titles, bodies, days)
