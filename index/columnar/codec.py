"""Columnar segments under stock Whoosh.

`index.writer(codec=ColumnarCodec())` writes them, and an index of such segments is read
by Whoosh's own Searcher like any other: same documents, same scores. What differs from
Whoosh's codec: no term vectors (`vector=`); writing by several processes (`procs=`) only
with `multisegment=True`; and stored values are JSON, so that a stored tuple comes back as
a list and an arbitrary object is refused.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage, Storage

from index.columnar.container import Array, ContainerWriter
from index.columnar.merging import Source, write_merged
from index.columnar.segment import SegmentReader
from index.columnar.whoosh_documents import ColumnarDocuments
from index.columnar.whoosh_terms import ColumnarTerms, NearTerms
from index.columnar.whoosh_writing import DocumentWriter, Draft, PostingWriter
from index.columnar.writer import SUFFIX, durable_file


class ColumnarCodec(base.Codec):  # type: ignore[misc]
    """Writes and reads columnar segments for Whoosh."""

    # Whoosh need not open the documents just written to look up lengths: the draft has them.
    length_stats = False

    def per_document_writer(self, storage: Storage, segment: "ColumnarSegment") -> DocumentWriter:
        segment.draft = Draft()
        return DocumentWriter(segment.draft)

    def field_writer(self, storage: Storage, segment: "ColumnarSegment") -> PostingWriter:
        if segment.draft is None:
            raise ValueError("documents are written before their postings")
        return PostingWriter(segment.draft, lambda: new_file(storage, segment))

    def automata(self, storage: Storage, segment: "ColumnarSegment") -> NearTerms:
        return NearTerms()

    def terms_reader(self, storage: Storage, segment: "ColumnarSegment") -> ColumnarTerms:
        return ColumnarTerms(open_segment(storage, segment))

    def per_document_reader(
        self, storage: Storage, segment: "ColumnarSegment"
    ) -> ColumnarDocuments:
        return ColumnarDocuments(open_segment(storage, segment), segment.deleted())

    def new_segment(self, storage: Storage, indexname: str) -> "ColumnarSegment":
        return ColumnarSegment(indexname)


class ColumnarSegment(base.Segment):  # type: ignore[misc]
    """A segment in Whoosh's table of contents, with a bit for each deleted document."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._count = 0
        self._deleted = bytearray()
        self.draft: Draft | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "draft": None}

    def codec(self, **_: object) -> ColumnarCodec:
        return ColumnarCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self._count = count

    def doc_count_all(self) -> int:
        return self._count

    def deleted(self) -> Array:
        """Return a boolean for each document, true for the deleted ones."""
        # Filled up to all documents: from nothing at all, unpackbits makes garbage.
        bits = np.frombuffer(self._deleted.ljust((self._count + 7) // 8, b"\0"), np.uint8)
        return np.unpackbits(bits, count=self._count).view(np.bool_)

    def deleted_count(self) -> int:
        return int.from_bytes(self._deleted).bit_count()

    def deleted_docs(self) -> Sequence[int]:
        return np.flatnonzero(self.deleted()).tolist()

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if not 0 <= docnum < self._count:
            raise IndexError(f"no document {docnum} in a segment of {self._count}")
        place, bit = docnum >> 3, 0x80 >> (docnum & 7)
        if place >= len(self._deleted):
            self._deleted.extend(bytes(place + 1 - len(self._deleted)))
        if delete:
            self._deleted[place] |= bit
        else:
            self._deleted[place] &= ~bit

    def is_deleted(self, docnum: int) -> bool:
        place, bit = docnum >> 3, 0x80 >> (docnum & 7)
        return place < len(self._deleted) and bool(self._deleted[place] & bit)


def join_segments(writer: Any, segments: Sequence[ColumnarSegment]) -> list[ColumnarSegment]:  # noqa: ANN401
    """Merge all columnar segments as arrays: a merge policy for Whoosh's `commit`.

        writer.commit(mergetype=join_segments)

    Whoosh's own OPTIMIZE gives the same documents, posting by posting: a hundred times
    slower, and with field lengths rounded as Whoosh rounds them.
    """
    if len(segments) < 2 and not any(segment.has_deletions() for segment in segments):
        return list(segments)
    joined = ColumnarSegment(writer.indexname)
    sources = [
        Source(open_segment(writer.storage, segment), ~segment.deleted()) for segment in segments
    ]
    with new_file(writer.storage, joined) as container:
        write_merged(container, sources)
    joined.set_doc_count(sum(segment.doc_count() for segment in segments))
    return [joined]


def open_segment(storage: Storage, segment: ColumnarSegment) -> SegmentReader:
    """Return the arrays of a segment in a Whoosh storage."""
    name = segment.make_filename(SUFFIX)
    if isinstance(storage, FileStorage):
        return SegmentReader(Path(storage.folder) / name)
    with storage.open_file(name) as file:
        return SegmentReader(file.read())


@contextmanager
def new_file(storage: Storage, segment: ColumnarSegment) -> Iterator[ContainerWriter]:
    """Yield what to write a segment's file with; on leaving, the storage has it."""
    name = segment.make_filename(SUFFIX)
    with ExitStack() as stack:
        if isinstance(storage, FileStorage):
            folder = Path(storage.folder)
            file = stack.enter_context(durable_file(folder / name))
            yield stack.enter_context(closing(ContainerWriter(file, folder)))
        else:
            memory = io.BytesIO()
            yield stack.enter_context(closing(ContainerWriter(memory)))
            with storage.create_file(name) as target:
                target.write(memory.getvalue())
