"""From articles as they were read to articles as they are indexed: their entities found."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context

from corpus.article import Article
from corpus.entities import find_entities
from corpus.records import SetAside

# Starting processes takes about a second: worth it for more articles than these.
_ALONE = 500
_BATCH = 64
# Batches waiting for each process: enough to keep it busy, few enough to bound memory.
_WAITING = 4


def with_entities(article: Article) -> Article:
    """Return an article with the entities that its title and body name."""
    return replace(article, entities=find_entities(article.title, article.body))


def prepared(
    items: Iterable[Article | SetAside], processes: int | None = None
) -> Iterator[Article | SetAside]:
    """Yield articles with their entities, and everything else as it is, in order.

    processes: how many work at it (None: one for each core). The result does not depend
    on it, and a bounded number of articles is in memory at any time.
    """
    source = iter(items)
    for item in islice(source, _ALONE):
        yield _prepared_one(item)
    batches = iter(lambda: list(islice(source, _BATCH)), [])
    first = next(batches, None)
    if first is None:
        return
    workers = processes or os.cpu_count() or 1
    # Spawned, not forked: a progress bar's thread may hold a lock at the fork.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        waiting: deque[Future[list[Article | SetAside]]] = deque()
        waiting.append(pool.submit(_prepared_batch, first))
        for batch in batches:
            waiting.append(pool.submit(_prepared_batch, batch))
            if len(waiting) >= workers * _WAITING:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _prepared_batch(batch: list[Article | SetAside]) -> list[Article | SetAside]:
    return [_prepared_one(item) for item in batch]


def _prepared_one(item: Article | SetAside) -> Article | SetAside:
    return with_entities(item) if isinstance(item, Article) else item
