"""What was read from which file, so that the next run reads only what changed.

The ledger lives beside the articles, in the same commit (`index.engine.Closing.journal`):
whatever a killed run leaves, the two agree.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import PurePath

from zstandard import ZstdCompressor, ZstdDecompressor

from corpus.identity import Identities, dispatch_of
from corpus.records import Fate, SetAside

_FORM = 1  # of the bytes; those of another form are read as no ledger


@dataclass(slots=True)
class Entry:
    """What a file held when it was read.

    size, changed: as `FoundFile` has them; digest: of its bytes; options: what else decides
        how it is read. A file of which all four are the same is not read again.
    held: the (id, content) of each article that it gave, no id where it takes a dispatch
        back; repeated: the contents that it holds, of which others stand.
    aside: what was not read as it stands.
    units: how many of its units were read; complete: whether that is all of them.
    before: what an earlier version of the file gave, until this one is complete.
    """

    size: int
    changed: int
    digest: str
    options: str
    held: list[tuple[str, str]] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    units: int = 0
    complete: bool = False
    before: list[tuple[str, str]] = field(default_factory=list)


class Ledger:
    """The files of an index.

    entries: by the absolute path of the file. passed_over: what the last run set aside
    that is no readable file: pipes, notices, folders read twice.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.passed_over: list[SetAside] = []
        self.finished = ""  # when the last run ended, empty while one is under way
        self.identities = Identities()
        self._gone: set[str] = set()
        self._lost: set[str] = set()  # contents of what has gone in this run

    @classmethod
    def from_bytes(cls, data: bytes) -> "Ledger | None":
        """Return the ledger that `to_bytes` wrote, None for one of another form."""
        fields = json.loads(ZstdDecompressor().decompress(data))
        if fields["form"] != _FORM:
            return None
        ledger = cls()
        ledger.finished = fields["finished"]
        ledger.passed_over = [_aside(parts) for parts in fields["passed_over"]]
        for path, values in fields["entries"].items():
            aside = [_aside(parts) for parts in values.pop("aside")]
            held, before = ([(i, c) for i, c in values.pop(name)] for name in _PAIRS)
            entry = Entry(**values, held=held, before=before, aside=aside)
            ledger.entries[path] = entry
            for article_id, content in entry.held:
                ledger.identities.hold(article_id, content)
        return ledger

    def to_bytes(self) -> bytes:
        """Return the ledger as bytes."""
        fields = {
            "form": _FORM,
            "finished": self.finished,
            "passed_over": list(map(_noted, self.passed_over)),
            "entries": {path: _plain(entry) for path, entry in self.entries.items()},
        }
        return ZstdCompressor().compress(json.dumps(fields).encode())

    def report(self) -> Iterator[SetAside]:
        """Yield everything that is not in the index as it stands in a file."""
        yield from self.passed_over
        for entry in self.entries.values():
            yield from entry.aside

    def begin(self, path: str, size: int, changed: int, digest: str, options: str) -> int:
        """Take up a file; return how many of its units an interrupted run has read."""
        entry = self.entries.get(path)
        if entry and not entry.complete and (entry.digest, entry.options) == (digest, options):
            entry.size, entry.changed = size, changed
            return entry.units
        before = [*entry.before, *entry.held] if entry else []
        for article_id, content in before:
            self.identities.forget(article_id, content)
        self.entries[path] = Entry(size, changed, digest, options, before=before)
        return 0

    def complete(self, path: str, whole: bool) -> None:
        """Let go of a file. whole: False where it changed, so that it is read again."""
        entry = self.entries[path]
        entry.complete = True
        if not whole:
            entry.digest, entry.changed = "", -1
        self._gone |= {article_id for article_id, _ in entry.before}
        self._lost |= {content for _, content in entry.before}
        entry.before = []

    def overtake(self, content: str) -> bool:
        """Let go of the earlier versions of a dispatch; tell whether there were any."""
        earlier = self.identities.overtaken(content)
        self._gone |= earlier.keys()
        return bool(earlier)

    def forget(self, path: str) -> None:
        """Take a file, and the articles that it gave, out of the corpus."""
        entry = self.entries.pop(path)
        for article_id, content in (*entry.before, *entry.held):
            self.identities.forget(article_id, content)
            self._gone.add(article_id)
            self._lost.add(content)

    def settle(self) -> frozenset[str]:
        """Return the ids of the articles that no file gives any more, each once."""
        gone = frozenset(one for one in self._gone if one and one not in self.identities)
        self._gone = set()
        return gone

    def bereft(self) -> list[str]:
        """Return the files that hold what stands again, now that another file is gone."""
        if not self._lost:
            return []
        lost = self._lost - self.identities.contents()
        fallen = self.identities.fallen(self._lost)
        return [path for path, one in self.entries.items() if _holds(one, lost, fallen)]

    def below(self, folder: str) -> Iterable[str]:
        """Return the files at a path, or in the folder there and those below."""
        return [path for path in self.entries if PurePath(path).is_relative_to(folder)]


def _holds(entry: Entry, contents: set[str], dispatches: frozenset[str]) -> bool:
    """Tell whether a file holds one of some contents, or a version of some dispatches."""
    if contents and not contents.isdisjoint(entry.repeated):
        return True
    held = chain(entry.repeated, (content for _, content in entry.held))
    return bool(dispatches) and not dispatches.isdisjoint(map(dispatch_of, held))


_PAIRS = ("held", "before")


def _plain(entry: Entry) -> dict[str, object]:
    return asdict(entry) | {"aside": list(map(_noted, entry.aside))}


def _noted(one: SetAside) -> tuple[str, ...]:
    return one.file, one.reason, one.position, one.fate.value, one.format


def _aside(parts: list[str]) -> SetAside:
    file, reason, position, fate, format_name = parts
    return SetAside(file, reason, position, Fate(fate), format_name)
