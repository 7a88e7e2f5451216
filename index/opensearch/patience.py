"""What a writer does while a node is lost and its part of the work passes to others."""

from collections.abc import Callable, Iterator
from random import uniform
from time import monotonic, sleep
from typing import TypeVar

from index.opensearch.cluster import Busy

Answer = TypeVar("Answer")

# A node that is lost is missed after half a minute, and its shards are elsewhere soon after.
PATIENCE = 180.0
_LONGEST_PAUSE = 8.0


def pauses() -> Iterator[float]:
    """Yield how long to wait before each further attempt, in seconds, without end."""
    pause = 0.2
    while True:
        yield uniform(pause / 2, pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def patiently(step: Callable[[], Answer]) -> Answer:
    """Do a step, which may be done twice, again until the cluster is not too busy for it.

    Raises Busy after `PATIENCE` seconds.
    """
    deadline, waits = monotonic() + PATIENCE, pauses()
    while True:
        try:
            return step()
        except Busy:
            if monotonic() > deadline:
                raise
        sleep(next(waits))
