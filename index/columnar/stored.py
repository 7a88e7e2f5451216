"""The stored fields of documents: texts or JSON, compressed one by one with a shared dictionary.

Zstandard with a dictionary trained on the segment's own articles: 29,576 are written as
22.2 MB in 0.43 s of all processes together (21.6 MB in 0.73 s at level 5), and each is read back in
4 us. zlib at level 6, in blocks of four, was a sixth larger and took eight times as long to read.

Sections: stored (frames), stored.lengths, stored.dictionaries and their lengths. A frame
carries the number of its dictionary, so merging copies frames as they are.
"""

import contextlib
from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
from threading import local
from typing import Any

import numpy as np
import zstandard

from index.columnar.container import Container, ContainerWriter, DamagedSegment
from index.columnar.dumping import Record, dump, load, record
from index.columnar.integers import read_offsets, write_counts

_LEVEL = 4
# Training on fewer documents gains nothing; on more, it only takes longer.
_FEWEST_SAMPLES, _MOST_SAMPLES = 256, 2000
# One of 110 KB costs 29,576 articles a megabyte more and is read no faster, one of 1 MB saves
# half a megabyte. What is made of few documents would take more than it saves.
_DICTIONARY_BYTES, _DICTIONARY_SHARE = 256 << 10, 16
_BLOCK_BYTES = 4 << 20


class StoredWriter:
    """Gather the stored fields of a segment's documents, compressed.

    dictionaries: those that `add_frame` may rely on; the first compresses what `add`
        gets. Without any, one is trained on the first documents.
    container: where what is compressed goes as it comes; None keeps it until `write`.
    """

    def __init__(
        self, dictionaries: Sequence[bytes] = (), container: ContainerWriter | None = None
    ) -> None:
        self.size = 0
        self._dictionaries = list(dictionaries)
        self._stream = container.stream("stored", np.uint8) if container else None
        self._lengths = array("I")
        # Small objects between what is soon freed would scatter the memory.
        self._block = bytearray()
        self._blocks: list[bytearray] = []
        self._waiting: list[bytes] = []
        self._compressor: zstandard.ZstdCompressor | None = None
        if dictionaries:
            self._compressor = compressor(dictionaries[0])

    def __len__(self) -> int:
        return len(self._lengths) + len(self._waiting)

    @property
    def dictionary(self) -> bytes:
        """What compresses what `add` gets, nothing where there is none (yet)."""
        return self._dictionaries[0] if self._dictionaries else b""

    def add(self, fields: Mapping[str, Any]) -> None:
        """Store the next document's fields."""
        self.add_dumped(dump(fields))

    def add_dumped(self, data: bytes) -> None:
        """Store the next document's fields, given as `dump` gives them."""
        if self._compressor is not None:
            self.add_frame(self._compressor.compress(data))
            return
        self._waiting.append(data)
        self.size += len(data)
        if len(self._waiting) == _MOST_SAMPLES:
            self._train()

    def add_frame(self, frame: bytes) -> None:
        """Store the next document's fields, compressed with one of the dictionaries."""
        self._block += frame
        self._lengths.append(len(frame))
        self.size += len(frame)
        if len(self._block) >= _BLOCK_BYTES:
            self._put_away()

    def write(self, container: ContainerWriter) -> Sequence[bytes]:
        """Write the sections; return the dictionaries, for the writer of the next segment."""
        self._train()
        stream = self._stream or container.stream("stored", np.uint8)
        self._put_away()
        for block in self._blocks:
            stream.append(np.frombuffer(block, np.uint8))
        stream.close()
        write_counts(container, "stored.lengths", np.array(self._lengths, np.int64))
        container.add_bytes("stored.dictionaries", b"".join(self._dictionaries))
        lengths = np.array([len(one) for one in self._dictionaries], np.int64)
        write_counts(container, "stored.dictionaries.lengths", lengths)
        return self._dictionaries

    def _put_away(self) -> None:
        if self._stream is None:
            self._blocks.append(self._block)
        else:
            self._stream.append(np.frombuffer(self._block, np.uint8))
        self._block = bytearray()

    def _train(self) -> None:
        waiting, self._waiting = self._waiting, []
        samples: list[bytes | bytearray | memoryview] = [*waiting]
        size = min(_DICTIONARY_BYTES, sum(map(len, waiting)) // _DICTIONARY_SHARE)
        if len(waiting) >= _FEWEST_SAMPLES:
            # Zstandard refuses samples that are all tiny or all alike. Without k and d it
            # searches for the best, which takes 0.5 s rather than 0.1 and saves nothing.
            with contextlib.suppress(zstandard.ZstdError):
                trained = zstandard.train_dictionary(size, samples, k=200, d=8)
                self._dictionaries.append(trained.as_bytes())
        self._compressor = self._compressor or compressor(*self._dictionaries[:1])
        self.size -= sum(map(len, waiting))
        for data in waiting:
            self.add_frame(self._compressor.compress(data))


class _Decompressors(local):
    """Each thread's own: a decompressor serves one at a time."""

    def __init__(self) -> None:
        self.by_dictionary: dict[int, zstandard.ZstdDecompressor] = {}


class Stored:
    """Read the stored fields of any document."""

    def __init__(self, container: Container) -> None:
        self._frames = container.view("stored")
        self._offsets = read_offsets(container, "stored.lengths").data
        data = container.view("stored.dictionaries")
        bounds = read_offsets(container, "stored.dictionaries.lengths").tolist()
        self.dictionaries = {
            zstandard.ZstdCompressionDict(each).dict_id(): each
            for each in (bytes(data[low:high]) for low, high in pairwise(bounds))
        }
        self._own = _Decompressors()
        numbers = [*self.dictionaries]
        # Where there is one dictionary, frames need not be asked for its number.
        self._only = numbers[0] if len(numbers) == 1 else None

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def frame(self, document: int) -> bytes:
        """Return a document's fields as compressed."""
        return bytes(self._frames[self._offsets[document] : self._offsets[document + 1]])

    def dumped(self, document: int) -> bytes:
        """Return a document's fields as `dump` gives them."""
        frame = self._frames[self._offsets[document] : self._offsets[document + 1]]
        number = dictionary_of(frame) if self._only is None else self._only
        decompressors = self._own.by_dictionary
        if number not in decompressors:
            decompressors[number] = _decompressor(self.dictionaries.get(number))
        try:
            return decompressors[number].decompress(frame)
        except zstandard.ZstdError as error:
            raise DamagedSegment(f"stored fields of document {document}: {error}") from error

    def fields(self, document: int) -> dict[str, Any]:
        """Return a document's fields."""
        return load(self.dumped(document))

    def record(self, document: int) -> Record:
        """Return the names and the values of a document's fields."""
        return record(self.dumped(document))


def dictionary_of(frame: bytes | memoryview) -> int:
    """Return the number of the dictionary that a frame was compressed with, 0 for none."""
    try:
        return zstandard.get_frame_parameters(frame).dict_id
    except zstandard.ZstdError as error:
        raise DamagedSegment(f"stored fields: {error}") from error


def compressor(dictionary: bytes = b"") -> zstandard.ZstdCompressor:
    """Return what compresses documents, one thread at a time."""
    data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(_LEVEL, dict_data=data)


def _decompressor(dictionary: bytes | None) -> zstandard.ZstdDecompressor:
    data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=data)
