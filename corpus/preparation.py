"""From articles as they were read to articles as they are indexed: their entities found."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from corpus.article import Article
from corpus.entities.about import countries_about
from corpus.entities.finding import find_entities
from corpus.parallel import mapped
from corpus.records import SetAside

_BATCH = 64
_ALONE = 500


def with_entities(article: Article) -> Article:
    """Return an article with what its title and body name, and where it happens."""
    named = replace(article, entities=find_entities(article.title, article.body))
    return replace(named, about=countries_about(named))


def prepared(
    items: Iterable[Article | SetAside], processes: int | None = None
) -> Iterator[Article | SetAside]:
    """Yield articles with their entities, and everything else as it is, in order.

    processes: how many work at it (None: one for each core).
    """
    return chain.from_iterable(mapped(_prepared, items, _BATCH, _ALONE, processes))


def _prepared(batch: list[Article | SetAside]) -> list[Article | SetAside]:
    return [with_entities(item) if isinstance(item, Article) else item for item in batch]
