"""One file that holds many named arrays, read by mapping it into memory.

Layout, all little-endian:

    magic (8 bytes) | sections, each at a multiple of 64 bytes | table | trailer (32 bytes)

The table is JSON: the caller's `meta`, and for each section its offset, length in
bytes, dtype, CRC-32, and whether it is compressed. The trailer holds the table's offset,
length and CRC-32, the format's version and the magic again. A file is written front to back
in one pass, so a file that was cut short has no trailer and is recognised as such.
"""

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import numpy.typing as npt
import zstandard

MAGIC = b"KIOSKSEG"
VERSION = 2
ALIGNMENT = 64
_TRAILER = struct.Struct("<QQII8s")
# Sections built side by side stay in memory up to this size, then go to a scratch file.
_SPOOL_BYTES = 32 << 20

Array = npt.NDArray[Any]


class DamagedSegment(Exception):
    """A segment file is cut short, altered, or of another format; the text says which."""


class Sink(Protocol):
    """Where a container is written: a binary file, or anything with its `write`."""

    def write(self, data: bytes | memoryview, /) -> object:
        """Append bytes."""
        ...


class ContainerWriter:
    """Write sections one after the other, then the table.

    sink: receives the bytes, in order; the caller opens, syncs and closes it.
    scratch: the folder for scratch files of `stream` (None: the system's).
    """

    def __init__(self, sink: Sink, scratch: Path | None = None) -> None:
        self._sink = sink
        self._scratch = scratch
        self._offset = 0
        self._sections: dict[str, tuple[int, int, str, int, bool]] = {}
        self._streams = ExitStack()
        self._write(MAGIC)

    def add(self, name: str, values: Array) -> None:
        """Write a one-dimensional array as the section `name`."""
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        self._begin(name)
        data = values.data.cast("B") if values.size else memoryview(b"")
        self._end(name, values.dtype, len(data), zlib.crc32(data), data)

    def add_bytes(self, name: str, data: bytes) -> None:
        """Write bytes as the section `name`."""
        self._begin(name)
        self._end(name, np.dtype(np.uint8), len(data), zlib.crc32(data), data)

    def add_packed(self, name: str, values: Array) -> None:
        """Write an array compressed: the low bytes of all numbers, then the next, and so on.

        For what is read whole and once: `Container.array` gives it from memory, not from the map.
        """
        values = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        planes = values.view(np.uint8).reshape(-1, values.itemsize).T
        data = zstandard.compress(planes.tobytes())
        self._begin(name)
        self._end(name, values.dtype, len(data), zlib.crc32(data), data, packed=True)

    def stream(self, name: str, dtype: npt.DTypeLike) -> "SectionStream":
        """Return a section to append to while others are written; `close` puts it in."""
        scratch = None if self._scratch is None else str(self._scratch)
        spool = tempfile.SpooledTemporaryFile(_SPOOL_BYTES, dir=scratch)  # noqa: SIM115
        file = self._streams.enter_context(spool)
        return SectionStream(self, name, np.dtype(dtype).newbyteorder("<"), file)

    def finish(self, meta: Mapping[str, Any]) -> None:
        """Write the table, with the caller's JSON-able description, and the trailer."""
        table = json.dumps({"meta": meta, "sections": self._sections}).encode()
        offset = self._offset
        self._write(table)
        self._write(_TRAILER.pack(offset, len(table), zlib.crc32(table), VERSION, MAGIC))

    def close(self) -> None:
        """Drop the scratch files, also those of streams that were not closed."""
        self._streams.close()

    def copy(self, name: str, dtype: "np.dtype[Any]", source: IO[bytes], crc: int) -> None:
        """Write all of a file, whose CRC-32 is known, as the section `name`."""
        self._begin(name)
        length = source.seek(0, os.SEEK_END)
        source.seek(0)
        start = self._offset
        while chunk := source.read(1 << 20):
            self._write(chunk)
        self._sections[name] = (start, length, dtype.str, crc, False)

    def _begin(self, name: str) -> None:
        if name in self._sections:
            raise ValueError(f"section {name!r} is already written")
        self._write(bytes(-self._offset % ALIGNMENT))

    def _end(
        self,
        name: str,
        dtype: "np.dtype[Any]",
        length: int,
        crc: int,
        data: bytes | memoryview,
        packed: bool = False,
    ) -> None:
        self._sections[name] = (self._offset, length, dtype.str, crc, packed)
        self._write(data)

    def _write(self, data: bytes | memoryview) -> None:
        self._sink.write(data)
        self._offset += len(data)


class SectionStream:
    """A section that grows chunk by chunk."""

    def __init__(
        self, writer: ContainerWriter, name: str, dtype: "np.dtype[Any]", file: IO[bytes]
    ) -> None:
        self._writer = writer
        self._name = name
        self._dtype = dtype
        self._file = file
        self._crc = 0
        self.size = 0

    def append(self, values: Array) -> None:
        """Append values, cast to the section's type (high bits are cut off)."""
        if values.size:
            data = np.ascontiguousarray(values, self._dtype).data.cast("B")
            self._crc = zlib.crc32(data, self._crc)
            self._file.write(data)
            self.size += len(values)

    def close(self) -> None:
        """Put the section into the container."""
        with self._file:
            self._writer.copy(self._name, self._dtype, self._file, self._crc)


class Container:
    """Read the sections of a container.

    source: the path of a file, which is mapped, or the bytes themselves.
    Raises `DamagedSegment`, and `FileNotFoundError` where there is no file.
    """

    def __init__(self, source: Path | bytes) -> None:
        self.name = source.name if isinstance(source, Path) else "<memory>"
        self._buffer: mmap.mmap | bytes = _map(source) if isinstance(source, Path) else source
        table = self._read_table()
        self.meta: dict[str, Any] = table["meta"]
        self._sections: dict[str, list[Any]] = table["sections"]

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def array(self, name: str) -> Array:
        """Return a section as a read-only array over the mapped file, or of what was compressed."""
        offset, length, dtype, _, packed = self._section(name)
        kind = np.dtype(dtype)
        if packed:
            planes = np.frombuffer(self._unpacked(name), np.uint8).reshape(kind.itemsize, -1)
            values: Array = np.ascontiguousarray(planes.T).view(kind).ravel()
            values.setflags(write=False)
            return values
        return np.frombuffer(self._buffer, kind, length // kind.itemsize, offset)

    def view(self, name: str) -> memoryview:
        """Return the bytes of a section, without a copy, or of what was compressed."""
        if self._section(name)[-1]:
            return memoryview(self.array(name).tobytes())
        return self._stored(name)

    def verify(self) -> None:
        """Read every section and compare its checksum; raise `DamagedSegment` on a difference."""
        for name, (_, _, _, crc, _) in self._sections.items():
            if zlib.crc32(self._stored(name)) != crc:
                raise DamagedSegment(f"{self.name}: section {name!r} is damaged; reindex")

    def close(self) -> None:
        """Unmap the file, once no array taken from it is left."""
        if isinstance(self._buffer, mmap.mmap):
            try:
                self._buffer.close()
            except BufferError:
                # An array still looks at the map: it is unmapped with the last of them.
                self._buffer = b""

    def _stored(self, name: str) -> memoryview:
        offset, length, *_ = self._section(name)
        return memoryview(self._buffer)[offset : offset + length]

    def _unpacked(self, name: str) -> bytes:
        try:
            return zstandard.decompress(self._stored(name))
        except zstandard.ZstdError as error:
            raise DamagedSegment(f"{self.name}: section {name!r}: {error}; reindex") from error

    def _section(self, name: str) -> list[Any]:
        try:
            return self._sections[name]
        except KeyError:
            raise DamagedSegment(f"{self.name}: no section {name!r}; reindex") from None

    def _read_table(self) -> dict[str, Any]:
        size = len(self._buffer)
        if size < len(MAGIC) + _TRAILER.size or self._buffer[: len(MAGIC)] != MAGIC:
            raise DamagedSegment(f"{self.name}: not a segment file; reindex")
        trailer = _TRAILER.unpack(self._buffer[size - _TRAILER.size : size])
        offset, length, crc, version, magic = trailer
        if magic != MAGIC or offset + length + _TRAILER.size != size:
            raise DamagedSegment(f"{self.name}: the file is cut short; reindex")
        if version != VERSION:
            raise DamagedSegment(f"{self.name}: format {version}, not {VERSION}; reindex")
        table = self._buffer[offset : offset + length]
        if zlib.crc32(table) != crc:
            raise DamagedSegment(f"{self.name}: the table of contents is damaged; reindex")
        decoded: dict[str, Any] = json.loads(table)
        return decoded


def _map(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            raise DamagedSegment(f"{path.name}: the file is empty; reindex")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
