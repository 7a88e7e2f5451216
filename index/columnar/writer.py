"""Write segments from tokenised documents."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from index.columnar.columns import write_codes, write_lengths, write_numbers
from index.columnar.container import Array, ContainerWriter
from index.columnar.dictionary import encoded, write_dictionary, write_keys
from index.columnar.documents import Documents
from index.columnar.inversion import INVERSION_BYTES, Inverter, invert
from index.columnar.postings import PostingsWriter
from index.columnar.schema import Field, KeywordField, NumberField, TextField
from index.columnar.stored import StoredWriter

SUFFIX = ".segment"


class SegmentWriter:
    """Gather documents and write them as segments of a folder.

    memory_budget: bytes; a segment is written when what the documents held take, and will
        take to be inverted, reaches it. 512 MB is 11 million words, 40,000 news articles.

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
        self._start()

    def add(
        self,
        texts: Mapping[str, Sequence[str]],
        keywords: Mapping[str, Sequence[str]],
        numbers: Mapping[str, float | None],
        stored: Mapping[str, Any],
    ) -> None:
        """Add a document; a field that is not named has no value.

        texts: the words of each text field; a word's index is its position.
        keywords: the values of each keyword field; repetitions do not count.
        stored: what `SegmentReader.stored` will return.
        Raises KeyError for a field that the schema does not have.
        """
        document = Documents(self._fields)
        document.add(texts, keywords, numbers, stored)
        self.extend(document)

    def extend(self, documents: Documents) -> None:
        """Add documents that were analysed elsewhere, by another process perhaps."""
        for stored in documents.stored:
            self._stored.add_json(stored)
        self._held.extend(documents)
        if self._stored.size + self._held.words * INVERSION_BYTES >= self._budget:
            self.flush()

    def flush(self) -> None:
        """Write what is held, if anything, as a segment."""
        if not len(self._stored):
            return
        with new_segment(self._folder) as (name, container):
            documents = len(self._stored)
            fields = {field.name: self._write_field(container, field) for field in self._fields}
            self._dictionaries = self._stored.write(container)
            container.finish({"documents": documents, "fields": fields})
        self._segments.append(name)
        self._start()

    def close(self) -> list[str]:
        """Write what is held; return the names of all segments written, oldest first."""
        self.flush()
        return self._segments

    def _start(self) -> None:
        self._stored = StoredWriter(self._dictionaries)
        self._held = Documents(self._fields)

    def _write_field(self, container: ContainerWriter, field: Field) -> dict[str, Any]:
        name = field.name
        match field:
            case NumberField():
                write_numbers(container, name, *self._held.numbers[name].arrays())
                return {"kind": "number"}
            case KeywordField():
                inverter = self._held.keywords[name]
                vocabulary, ranks = _write_terms(container, name, inverter, text=False)
                write_codes(container, name, inverter.lengths, ranks, len(vocabulary))
                return {"kind": "keyword"}
            case TextField():
                inverter = self._held.texts[name]
                vocabulary, _ = _write_terms(container, name, inverter, text=True)
                write_lengths(container, name, inverter.lengths)
                for key, function in field.keys.items():
                    write_keys(container, f"{name}/{key}", _grouped(vocabulary, function))
                return {"kind": "text", "keys": list(field.keys)}


def _write_terms(
    container: ContainerWriter, name: str, inverter: Inverter, text: bool
) -> tuple[list[str], Array]:
    """Write a field's dictionary and postings; return the vocabulary and each word's rank.

    text: whether to keep positions, and what fuzzy look-up needs.
    """
    vocabulary = inverter.vocabulary()
    ranks = inverter.ranks(vocabulary)
    write_dictionary(container, name, [encoded(word) for word in vocabulary], fuzzy=text)
    postings = PostingsWriter(container, name, frequencies=text, positions=text)
    postings.append(invert(ranks, inverter.lengths))
    postings.close()
    return vocabulary, ranks


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


def _grouped(vocabulary: Sequence[str], key: Callable[[str], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for rank, word in enumerate(vocabulary):
        groups.setdefault(key(word), []).append(rank)
    return groups
