"""What Whoosh reads by document: stored fields, lengths and columns."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import Column, ColumnReader
from whoosh.util.numeric import byte_to_length

from index.columnar.container import Array
from index.columnar.segment import SegmentReader
from index.columnar.whoosh_columns import column_held, column_reader

# Whoosh keeps a field's length in one of 256 steps, and scores with the step.
_STEPS = np.array([byte_to_length(byte) for byte in range(256)], np.uint32)


def rounded_lengths(reader: SegmentReader, field: str) -> Array:
    """Return a field's lengths by document as Whoosh rounds them: up to the next step."""
    steps = np.searchsorted(_STEPS, _lengths(reader, field))
    return _STEPS[np.minimum(steps, len(_STEPS) - 1)]


def _lengths(reader: SegmentReader, field: str) -> Array:
    if f"{field}/lengths" in reader.container:
        return reader.lengths(field)
    return np.zeros(reader.doc_count, np.uint8)


class ColumnarDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Stored fields, lengths and columns by document.

    deleted: a boolean for each document.
    """

    def __init__(self, reader: SegmentReader, deleted: Array) -> None:
        self._reader = reader
        self._live = np.flatnonzero(~deleted)
        # Whoosh makes a frozenset of them for every term: of a frozenset, that is no work.
        self._deleted: frozenset[int] = frozenset(np.flatnonzero(deleted).tolist())
        self._lengths = cache(lambda field: rounded_lengths(reader, field).data)
        self._total = cache(lambda field: int(_lengths(reader, field).sum(dtype=np.int64)))

    def close(self) -> None:
        self._reader.close()

    def doc_count(self) -> int:
        return self._reader.doc_count - len(self._deleted)

    def doc_count_all(self) -> int:
        return self._reader.doc_count

    def has_deletions(self) -> bool:
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def all_doc_ids(self) -> Iterator[int]:
        return iter(self._live.tolist())

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return column_held(self._reader, fieldname) is not None

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        return column_reader(self._reader, fieldname, column)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return self._lengths(fieldname)[docnum] or default

    def field_length(self, fieldname: str) -> int:
        return self._total(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        return int(np.min(self._lengths(fieldname), initial=int(_STEPS[-1])))

    def max_field_length(self, fieldname: str) -> int:
        return int(np.max(self._lengths(fieldname), initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return self._reader.stored(docnum)
