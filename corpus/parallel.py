"""Work on batches by all cores, in order and in bounded memory."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from threading import Thread
from time import sleep
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Batches waiting for each process: enough to keep it busy, few enough to bound memory.
_WAITING = 4
_PARENT_CHECKED_EVERY = 1.0  # seconds


class WorkerLost(Exception):
    """A process that worked for us was ended from outside; the text says what to do."""


def mapped(
    function: Callable[[list[Item]], Result],
    items: Iterable[Item],
    size: int,
    alone: int,
    processes: int | None = None,
    weigh: Callable[[Item], int] = lambda _: 1,
) -> Iterator[Result]:
    """Yield what a function returns for each batch of items, in their order.

    function: importable by name; it and its batches are pickled.
    size: the weight of a batch, at which it ends. alone: so much this process does itself,
    the others starting meanwhile, which takes half a second; for no more none is started.
    processes: how many work (None: one for each core); the results do not depend on it.
    weigh: the weight of an item.
    Raises what the function or the items raise, and WorkerLost.
    """
    batches = _batches(items, size, weigh)
    for batch in islice(batches, max(0, -(-alone // size) - 1)):
        yield function(batch)
    # One ahead at most: what is not read yet may be large, or change until then.
    begun = [*islice(batches, 2 if alone else 1)]
    if len(begun) == 1 and alone:
        yield function(begun[0])
    elif begun:
        yield from _by_processes(function, begun, batches, processes or os.cpu_count() or 1)


def _batches(
    items: Iterable[Item], size: int, weigh: Callable[[Item], int]
) -> Iterator[list[Item]]:
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += weigh(item)
        if weight >= size:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _by_processes(
    function: Callable[[list[Item]], Result],
    begun: list[list[Item]],
    batches: Iterator[list[Item]],
    processes: int,
) -> Iterator[Result]:
    """Yield the results of batches by several processes.

    begun: the first ones; all but the last of them this process does itself.
    """
    # Spawned, not forked: another thread may hold a lock at the fork.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), end_with, (os.getpid(),))
    waiting: deque[Future[Result]] = deque()
    try:
        # They import what the function needs while this process works itself.
        for _ in range(processes):
            pool.submit(callable, function)
        *alone, last = begun
        yield from map(function, alone)
        for batch in chain([last], batches):
            waiting.append(pool.submit(function, batch))
            if len(waiting) >= processes * _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise WorkerLost(
            "Un processus de travail a été arrêté de l'extérieur, peut-être faute de mémoire : "
            "libérez-en et relancez."
        ) from None
    finally:
        # To take down what they have learnt takes the processes a third of a second.
        pool.shutdown(wait=False, cancel_futures=True)


def end_with(parent: int) -> None:
    """Let this process end soon after its parent, even one that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            sleep(_PARENT_CHECKED_EVERY)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
