"""The files of a corpus: found in a fixed order, and read within bounds."""

import errno
import io
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

from corpus.encoding import STRAY, decode, encoding_of
from corpus.readers.field_names import FieldNames
from corpus.records import Fate, SetAside, Unreadable

MAX_PIECE = 64 * 2**20  # bytes of a file, or of a line, that is held in memory at once
HEAD = 64 * 2**10  # bytes that a format is recognised by
INDEX_MARK = "KIOSQUE"  # the file that makes a folder an index of ours
NO_FILE = "tube, socket ou périphérique : jamais ouvert"
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_PAGE = (".html", ".htm", ".xhtml")
_PAGE_PARTS = ("_files", "_fichiers")  # what a browser saves beside a page

_NO_RIGHT = "droits de lecture insuffisants ; rendez-le lisible, par exemple avec chmod u+r"
_SYSTEM_REASONS = {
    errno.ENOENT: "introuvable ; vérifiez le chemin, ou le lien s'il en est un",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.ELOOP: "lien symbolique qui tourne en rond ; supprimez-le",
    errno.ENAMETOOLONG: "nom trop long pour le système ; raccourcissez-le",
}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file to read, its size in bytes, and when it was changed, in nanoseconds."""

    path: str
    size: int
    changed: int


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile | SetAside]:
    """Yield the files at the paths and in the folders below them, sorted by name.

    Hidden files, index folders and the parts of saved pages are passed over; only regular
    files are yielded, so that nothing waits for ever on a pipe or a device.
    """
    visited: set[tuple[int, int]] = set()
    for path in map(str, paths):
        empty = True
        for found in _files_below(path, visited):
            empty = False
            yield found
        if empty:
            yield SetAside(shown(path), "aucun fichier à lire dans ce dossier")


def _files_below(top: str, visited: set[tuple[int, int]]) -> Iterator[FoundFile | SetAside]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                waiting += reversed(_entries(path, status, visited))
            elif not stat.S_ISREG(status.st_mode):
                yield SetAside(shown(path), NO_FILE)
            elif path != top and Path(path).stem.lower() == "readme":
                yield SetAside(shown(path), "notice du dossier, pas un article", fate=Fate.SKIPPED)
            else:
                yield FoundFile(path, status.st_size, status.st_mtime_ns)
        except Unreadable as refusal:
            yield SetAside(shown(path), refusal.reason, fate=refusal.fate)
        except OSError as error:
            yield SetAside(shown(path), system_reason(error))
        except ValueError:
            yield SetAside(shown(path), "ce n'est pas un chemin")


def _entries(path: str, status: os.stat_result, visited: set[tuple[int, int]]) -> list[str]:
    """Return the paths in a folder, sorted; raises Unreadable when it was read before."""
    here = (status.st_dev, status.st_ino)
    if here in visited:
        raise Unreadable("dossier déjà lu par un autre chemin", fate=Fate.SKIPPED)
    visited.add(here)
    names = sorted(os.listdir(path))
    pages = {os.path.splitext(name)[0] for name in names if name.lower().endswith(_PAGE)}
    parts = {page + suffix for page in pages for suffix in _PAGE_PARTS}
    if INDEX_MARK in names:
        return []
    return [os.path.join(path, n) for n in names if not n.startswith(".") and n not in parts]


def open_regular(path: str) -> IO[bytes]:
    """Open a file to read; raises Unreadable for what has become a pipe or a device since."""
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Unreadable(NO_FILE)
    return open(handle, "rb")


def system_reason(error: OSError) -> str:
    """Return in French why the system refused a file."""
    return _SYSTEM_REASONS.get(error.errno or 0, f"erreur de lecture ({error.strerror or error})")


def shown(path: str) -> str:
    """Return a path that can be printed on one line, whatever bytes the name holds."""
    readable = os.fsencode(path).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in readable)


class OpenFile:
    """A file, or a member of an archive, being read from its beginning.

    name: what to call it in messages and in `Article.file`.
    head: its first bytes, at most `HEAD`.
    stream: all its bytes, the head among them.
    fields: what its records call our fields.
    seekable: the same file for readers that jump about, where it lies on a disk.
    """

    def __init__(
        self,
        name: str,
        stream: IO[bytes],
        fields: FieldNames,
        seekable: IO[bytes] | None = None,
    ) -> None:
        self.name, self.fields, self.seekable = name, fields, seekable
        self.head = _read_fully(stream, HEAD)
        self._rejoined = _Rejoined(self.head, stream)
        self.stream = io.BufferedReader(self._rejoined, HEAD)

    @cached_property
    def start(self) -> str:
        """The head as text, without leading spaces."""
        return decode(self.head).lstrip()

    @property
    def suffix(self) -> str:
        """The end of the name, as ".csv", in lower case; that of compression does not count."""
        name = self.name.lower()
        for packed in _PACKED:
            name = name.removesuffix(packed)
        return os.path.splitext(name)[1]

    @property
    def consumed(self) -> int:
        """The number of bytes read so far."""
        return self._rejoined.consumed

    def within(self, size: int) -> bytes | None:
        """Return all bytes, or None where there are more than so many; the stream starts over."""
        data = _read_fully(self.stream, size + 1)
        self._rejoined = _Rejoined(data, self.stream)
        self.stream = io.BufferedReader(self._rejoined, HEAD)
        return data if len(data) <= size else None

    def whole(self) -> bytes:
        """Return all bytes; raises Unreadable beyond `MAX_PIECE`."""
        data = self.stream.read(MAX_PIECE + 1)
        if len(data) > MAX_PIECE:
            raise Unreadable(
                f"plus de {MAX_PIECE // 2**20} Mo d'un seul tenant ; découpez le fichier, "
                "ou convertissez-le en JSONL (un article par ligne)"
            )
        return data

    def text(self) -> IO[str]:
        """Return the stream as text, each line end as a line feed."""
        encoding = encoding_of(self.head)
        errors = STRAY if encoding.startswith("utf-8") else "replace"
        return io.TextIOWrapper(self.stream, encoding, errors, newline=None)

    def lines(self) -> Iterator[str | None]:
        """Yield the lines with their ends, without NUL; None for one too long to hold."""
        text = self.text()
        while line := text.readline(MAX_PIECE):
            if len(line) < MAX_PIECE or line.endswith("\n"):
                yield line.replace("\0", "")
                continue
            while (rest := text.readline(MAX_PIECE)) and not rest.endswith("\n"):
                pass
            yield None


def _read_fully(stream: IO[bytes], size: int) -> bytes:
    """Read up to a size from a stream that may give less at a time."""
    parts: list[bytes] = []
    while size > 0 and (more := stream.read(size)):
        parts.append(more)
        size -= len(more)
    return b"".join(parts)


class _Rejoined(io.RawIOBase):
    """A stream put together again after its head was read."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest
        self.consumed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        data = self._head[: len(view)] or self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(data)] = data
        self.consumed += len(data)
        return len(data)
