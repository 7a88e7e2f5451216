"""From files to an index: all anew, or only what changed since the last run.

A run that brings an index up to date commits every minute, its ledger beside the articles:
killed, it leaves an index that is whole, and the next run goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from time import monotonic

from corpus.article import Article
from corpus.ledger import Ledger
from corpus.reading import Reading
from corpus.records import SetAside
from index.engine import Closing, Engine, EngineUnavailable, StaleIndex

COMMIT_EVERY = 60.0  # seconds

Tell = Callable[[Article | SetAside], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run changed: articles written and removed."""

    written: int
    removed: int


def known_files(engine: Engine) -> Ledger | None:
    """Return what the index was made from, None where it has to be made anew.

    An index that is not there yet is made from nothing; of one of another version, or
    filled by other means, it is not known.
    """
    try:
        journal = engine.journal()
        return (Ledger.from_bytes(journal) if journal else None) or _of_none(engine)
    except StaleIndex:
        return None


def _of_none(engine: Engine) -> Ledger | None:
    try:
        return None if engine.status().articles else Ledger()
    except EngineUnavailable:
        return Ledger()


def remake(engine: Engine, reading: Reading, tell: Tell, check: Callable[[], None]) -> Outcome:
    """Replace the whole index by what is read; until the end, searches see the old one.

    check: raises what is wrong with the reading as a whole, and nothing changes.
    """

    def closing() -> Closing:
        check()
        reading.ledger.finished = _now()
        return Closing(reading.ledger.settle(), reading.ledger.to_bytes())

    articles = chain.from_iterable(_told(reading.parts(), tell))
    return Outcome(engine.rebuild(articles, closing), 0)


def update(engine: Engine, reading: Reading, tell: Tell, every: float = COMMIT_EVERY) -> Outcome:
    """Bring the index up to date with what is read, by one or several commits."""
    run = _Run(engine, reading, every)
    parts = _told(reading.parts(), tell)
    written = 0
    # An index that nothing changes is not written.
    while first := next((part for part in parts if part), None):
        written += engine.add(run.until_commit(first, parts), run.closing)
    if written or engine.journal():  # nothing read makes no index
        run.finish()
    return Outcome(written, run.removed)


class _Run:
    """The commits of one run."""

    def __init__(self, engine: Engine, reading: Reading, every: float) -> None:
        self._engine = engine
        self._reading = reading
        self._every = every
        self._finished = False
        self._kept = _content(reading.ledger)
        self.removed = 0

    def until_commit(
        self, first: list[Article], parts: Iterator[list[Article]]
    ) -> Iterator[Article]:
        """Yield articles until it is time to commit, and no part of a unit."""
        started = monotonic()
        yield from first
        while monotonic() - started < self._every:
            part = next(parts, None)
            if part is None:
                self._finished = True
                return
            yield from part

    def closing(self) -> Closing:
        """Return what goes with the articles of a commit."""
        ledger = self._reading.ledger
        ledger.finished = _now() if self._finished else ""
        self._kept = _content(ledger)
        gone = ledger.settle()
        self.removed += len(gone)
        return Closing(gone, ledger.to_bytes())

    def finish(self) -> None:
        """Commit what the last articles did not take along, if there is anything."""
        if not self._finished and _content(self._reading.ledger) != self._kept:
            self._finished = True
            self._engine.add((), self.closing)


def _told(parts: Iterable[list[Article | SetAside]], tell: Tell) -> Iterator[list[Article]]:
    """Tell of everything, and yield the articles of each part."""
    for part in parts:
        for item in part:
            tell(item)
        yield [item for item in part if isinstance(item, Article)]


def _content(ledger: Ledger) -> object:
    """Return what tells a ledger from another, but for when it was made."""
    return list(ledger.report()), {p: _place(ledger, p) for p in ledger.entries}


def _place(ledger: Ledger, path: str) -> tuple[str, str, int, bool]:
    entry = ledger.entries[path]
    return entry.digest, entry.options, entry.units, entry.complete


def _now() -> str:
    return datetime.now(UTC).astimezone().isoformat(timespec="seconds")
