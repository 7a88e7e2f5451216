"""Write segments from tokenised documents."""

import gc
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from index.columnar.columns import write_numbers
from index.columnar.container import Array, ContainerWriter
from index.columnar.documents import Batch, Documents
from index.columnar.dumping import dump
from index.columnar.gathering import WORD_BYTES, HeldKeywords, HeldTexts
from index.columnar.schema import Field, KeywordField, NumberField, TextField
from index.columnar.stored import StoredWriter

SUFFIX = ".segment"


# Documents added one by one are inverted when they may take so many bytes.
_BATCH_BYTES = 32 << 20


class SegmentWriter:
    """Gather documents and write them as segments of a folder.

    memory_budget: bytes; a segment is written when what the documents held take reaches
        it. 512 MB is 250,000 news articles.

    A segment that was written is complete and on disk, but belongs to no index until
    one names it. When `add` or `flush` raises, the writer must be given up.
    """

    def __init__(
        self, folder: Path, fields: Sequence[Field], memory_budget: int = 512 << 20
    ) -> None:
        self._folder = folder
        self._fields = fields
        self._budget = memory_budget
        self._segments: list[str] = []
        self._dictionaries: Sequence[bytes] = ()
        self._added = Documents(fields)
        self._added_bytes = 0
        self._start()

    def add(
        self,
        texts: Mapping[str, str | Sequence[str]],
        keywords: Mapping[str, Sequence[str]],
        numbers: Mapping[str, float | None],
        stored: Mapping[str, Any],
    ) -> None:
        """Add a document; a field that is not named has no value.

        texts: the words of each text field, or the text where the field cuts it; a word's
            index is its position.
        keywords: the values of each keyword field; repetitions do not count.
        stored: what `SegmentReader.stored` will return.
        Raises KeyError for a field that the schema does not have.
        """
        data = dump(stored)
        self._added.add(texts, keywords, numbers, data)
        self._added_bytes += len(data)
        taken = self._added.words * WORD_BYTES + self._added_bytes
        if taken >= min(_BATCH_BYTES, self._budget):
            self._take_added()

    def extend(self, documents: Batch) -> None:
        """Add documents that were inverted elsewhere, by another process perhaps."""
        store = self._stored.add_frame if documents.compressed else self._stored.add_dumped
        for stored in documents.stored:
            store(stored)
        for name, text in documents.texts.items():
            self._size += self._texts[name].extend(text)
        for name, keywords in documents.keywords.items():
            self._size += self._keywords[name].extend(keywords)
        for name, numbers in documents.numbers.items():
            self._numbers[name].append(numbers)
        if self._stored.size + self._size >= self._budget:
            self._flush()

    @property
    def dictionary(self) -> bytes:
        """What to compress the stored fields of batches with, nothing where there is none yet."""
        return self._stored.dictionary

    def close(self) -> list[str]:
        """Write what is held; return the names of all segments written, oldest first."""
        self._take_added()
        self._flush()
        return self._segments

    def _take_added(self) -> None:
        if len(self._added):
            self._added_bytes = 0
            self.extend(self._added.inverted())

    def _start(self) -> None:
        self._size = 0
        self._stored = StoredWriter(self._dictionaries)
        self._texts = {one.name: HeldTexts() for one in self._fields if isinstance(one, TextField)}
        self._keywords = {
            one.name: HeldKeywords() for one in self._fields if isinstance(one, KeywordField)
        }
        self._numbers: dict[str, list[tuple[Array, Array]]] = {
            one.name: [] for one in self._fields if isinstance(one, NumberField)
        }

    def _flush(self) -> None:
        """Write what is held, if anything, as a segment."""
        if not len(self._stored):
            return
        with _uncollected(), new_segment(self._folder) as (name, container):
            documents = len(self._stored)
            fields = {field.name: self._write_field(container, field) for field in self._fields}
            self._dictionaries = self._stored.write(container)
            container.finish({"documents": documents, "fields": fields})
        self._segments.append(name)
        self._start()

    def _write_field(self, container: ContainerWriter, field: Field) -> dict[str, Any]:
        name = field.name
        match field:
            case NumberField():
                values, missing = zip(*self._numbers[name], strict=True)
                write_numbers(container, name, np.concatenate(values), np.concatenate(missing))
                return {"kind": "number"}
            case KeywordField():
                self._keywords[name].write(container, field)
                return {"kind": "keyword"}
            case TextField():
                self._texts[name].write(container, field)
                return {"kind": "text", "keys": list(field.keys)}


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector away from what makes no cycles.

    Terms and their ranks are millions of objects that all stay: to walk them each time
    there are more took a third of the time of writing a segment.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@contextmanager
def new_segment(folder: Path) -> Iterator[tuple[str, ContainerWriter]]:
    """Yield a new segment's name and what to write it with; on leaving, it is on disk.

    If the block raises, no file is left.
    """
    name = secrets.token_hex(8)
    with (
        durable_file(segment_path(folder, name)) as file,
        closing(ContainerWriter(file, folder)) as container,
    ):
        yield name, container


@contextmanager
def durable_file(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file to write; on leaving, it is on disk under its name, whole.

    If the block raises, no file is left.
    """
    scratch = path.with_name(f"{path.name}.partial")
    try:
        with scratch.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)
    sync_folder(path.parent)


def segment_path(folder: Path, name: str) -> Path:
    """Return the file of a segment."""
    return folder / f"{name}{SUFFIX}"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    # Windows cannot open a folder, and has no need to.
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
