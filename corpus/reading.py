"""From files to articles: every format, cleaned, each article once, nothing lost in silence.

One process walks the files and cuts them into units; all of them clean the units; the first
admits the articles in the order of the files, so that nothing depends on who did what.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b, file_digest
from itertools import chain, islice
from json import dumps
from pathlib import Path
from typing import IO

from corpus.admission import admitted
from corpus.article import Article
from corpus.files import FoundFile, OpenFile, find_files, open_regular, shown, system_reason
from corpus.ledger import Entry, Ledger
from corpus.parallel import mapped
from corpus.readers.field_names import FieldNames
from corpus.records import Fate, SetAside, Unreadable
from corpus.selection import only_in
from corpus.units import Outcome, Unit, Whole, outcomes, units_of, weight
from corpus.version import VERSION

__all__ = ["Fate", "Reading", "SetAside"]

# Raise it whenever the same file would give other articles: it is read again then.
READING_VERSION = 7
_BATCH = 2**18  # bytes that one process cleans at a time
_ALONE = 2**21  # bytes of which this process takes care alone
_CHANGED = "le fichier a changé pendant sa lecture"


@dataclass(frozen=True, slots=True)
class _Opened:
    """From here on, units are of this file. size, changed: as it was when it was opened."""

    path: str
    size: int
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Closed:
    """The file ends. whole: whether it stayed as it was while it was read."""

    path: str
    whole: bool


_Step = _Opened | _Closed | Unit
_Done = _Opened | _Closed | list[Outcome]


class Reading:
    """The articles of files and folders, in a fixed order, and what was set aside.

    Iterating reads: each item is an `Article`, or a `SetAside`, whose `fate` tells whether
    something is missing. Memory holds a few megabytes, the largest record and the ledger,
    whatever the size of the files.

    paths: files, and folders that are searched with all below them.
    mapping: {our field: what the records call it}, for JSON and tables; raises
        ValueError for a field we do not have.
    prepare: what is done to each article by the process that cleaned it; importable by name.
    ledger: what an index holds already; it is brought up to date.
    prune: whether files that have vanished below the paths are taken out of the ledger.
    processes: how many clean (None: one for each core); nothing depends on it.
    languages: of articles in others, a notice is given; none for all.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        mapping: Mapping[str, str] | None = None,
        prepare: Callable[[Article], Article] | None = None,
        ledger: Ledger | None = None,
        prune: bool = False,
        processes: int | None = None,
        languages: frozenset[str] = frozenset(),
    ) -> None:
        self._paths = paths
        self._fields = FieldNames(mapping)
        self._prepare = only_in(languages, prepare)
        options = [sorted((mapping or {}).items()), sorted(languages)]
        self._options = dumps([VERSION, READING_VERSION, *options])
        self._given = ledger
        self._prune = prune
        self._processes = processes
        self._begin()

    def _begin(self) -> None:
        self.ledger = self._given if self._given is not None else Ledger()
        self.unchanged = 0
        self.vanished: list[str] = []
        self._done = 0
        self._current: IO[bytes] | None = None
        self._seen: set[str] = set()

    @cached_property
    def total_bytes(self) -> int:
        """The size of all files on the disk, found by one more walk through the folders."""
        return sum(file.size for file in find_files(self._paths) if isinstance(file, FoundFile))

    @property
    def read_bytes(self) -> int:
        """How much of `total_bytes` has been read, or need not be."""
        return self._done + (self._current.tell() if self._current is not None else 0)

    def __iter__(self) -> Iterator[Article | SetAside]:
        """Read from the beginning."""
        return chain.from_iterable(self.parts())

    def parts(self) -> Iterator[list[Article | SetAside]]:
        """Read from the beginning; after each list, the ledger tells how far that is."""
        self._begin()
        yield from self._settled(self._walked())
        self._look_for_vanished()
        if self._given is not None and (again := self.ledger.bereft()):
            found = [FoundFile(path, self.ledger.entries[path].size, -1) for path in again]
            self._seen.difference_update(again)
            for path in again:
                self.ledger.entries[path].digest = ""
            yield from self._settled(chain.from_iterable(map(self._steps, found)))

    def _settled(self, steps: Iterable[_Step]) -> Iterator[list[Article | SetAside]]:
        """Do the steps by all processes, and bring the ledger up to date in their order."""
        work = partial(_work, fields=self._fields, prepare=self._prepare)
        entry: Entry | None = None
        for batch in mapped(work, steps, _BATCH, _ALONE, self._processes, weight):
            for done in batch:
                if isinstance(done, _Opened):
                    size, changed, digest = done.size, done.changed, done.digest
                    self.ledger.begin(done.path, size, changed, digest, self._options)
                    entry = self.ledger.entries[done.path]
                elif isinstance(done, _Closed):
                    self.ledger.complete(done.path, done.whole)
                    entry = None
                else:
                    yield admitted(done, entry, self.ledger)

    def _walked(self) -> Iterator[_Step]:
        self.ledger.passed_over = []
        for found in find_files(self._paths):
            if isinstance(found, SetAside):
                yield found
            else:
                yield from self._steps(found)
                self._done += found.size

    def _steps(self, found: FoundFile) -> Iterator[_Step]:
        """Cut a file that is new or has changed into units."""
        path, name = os.path.abspath(found.path), shown(found.path)
        if path in self._seen:
            yield SetAside(name, "fichier déjà lu par un autre chemin", fate=Fate.SKIPPED)
            return
        self._seen.add(path)
        entry = self.ledger.entries.get(path)
        same = entry is not None and entry.complete and entry.options == self._options
        if same and entry and (entry.size, entry.changed) == (found.size, found.changed):
            self.unchanged += 1
            return
        try:
            with open_regular(found.path) as stream:
                self._current = stream
                yield from self._read(stream, path, name, entry if same else None)
        except Unreadable as refusal:
            yield SetAside(name, refusal.reason)
        except OSError as error:
            yield SetAside(name, system_reason(error))
        finally:
            self._current = None

    def _read(
        self, stream: IO[bytes], path: str, name: str, entry: Entry | None
    ) -> Iterator[_Step]:
        """Yield the units of a file that is open. entry: of its last reading, if that counts."""
        size, changed = _stamp(stream)
        digest = file_digest(stream, partial(blake2b, digest_size=16)).hexdigest()  # type: ignore[arg-type]
        stream.seek(0)
        if entry and (entry.size, entry.digest) == (size, digest):
            entry.changed = changed
            self.unchanged += 1
            return
        yield _Opened(path, size, changed, digest)

        def is_same() -> bool:
            return _stamp(stream) == (size, changed)

        refused = False
        units = units_of(OpenFile(name, stream, self._fields, seekable=stream))
        for unit in islice(units, self._read_before(path, digest), None):
            refused = isinstance(unit, Whole) and unit.name == name and not is_same()
            if refused:
                yield SetAside(name, f"{_CHANGED} ; relancez quand il sera complet")
            else:
                yield unit
        whole = is_same()
        if not whole and not refused:
            reason = f"{_CHANGED} : ce qui en a été lu est gardé ; relancez"
            yield SetAside(name, reason, fate=Fate.KEPT)
        yield _Closed(path, whole)

    def _read_before(self, path: str, digest: str) -> int:
        """Return how many units of a file an interrupted run has read."""
        entry = self.ledger.entries.get(path)
        same = entry is not None and (entry.digest, entry.options) == (digest, self._options)
        return entry.units if entry is not None and same and not entry.complete else 0

    def _look_for_vanished(self) -> None:
        """Find the files below the paths that are there no more, and forget them if asked to.

        Of a path at which nothing was found (a disk that is not mounted?), none is.
        """
        for folder in dict.fromkeys(map(os.path.abspath, self._paths)):
            below = self.ledger.below(str(folder))
            if not self._seen.isdisjoint(below):
                self.vanished += [p for p in below if p not in self._seen and _is_gone(p)]
        for path in self.vanished if self._prune else ():
            self.ledger.forget(path)


def _work(
    steps: list[_Step], fields: FieldNames, prepare: Callable[[Article], Article] | None
) -> list[_Done]:
    return [
        one if isinstance(one, _Opened | _Closed) else outcomes(one, fields, prepare)
        for one in steps
    ]


def _stamp(stream: IO[bytes]) -> tuple[int, int]:
    status = os.fstat(stream.fileno())
    return status.st_size, status.st_mtime_ns


def _is_gone(path: str) -> bool:
    """Tell whether there is no file; one that cannot be looked at may be there."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False
