"""Whoosh's sortable columns, kept as the segment's own.

The column of a field `name` is the segment's field `_name`: Whoosh lets no field begin so.
A segment that Whoosh did not write has no such fields; the columns of its keywords and
numbers are Whoosh's columns as they are.
"""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh import columns

from index.columnar.columns import write_codes, write_numbers
from index.columnar.container import ContainerWriter
from index.columnar.dictionary import write_dictionary
from index.columnar.segment import SegmentReader
from index.columnar.whoosh_formats import UnsupportedField

_REFUSED = (columns.StructColumn, columns.PickleColumn)


def column_name(field: str) -> str:
    """Return the segment's field that is to hold the column of a Whoosh field."""
    return f"_{field}"


def column_held(reader: SegmentReader, field: str) -> str | None:
    """Return the segment's field that holds the column of a Whoosh field, None without one."""
    for name in (column_name(field), field):
        if reader.fields.get(name, {}).get("kind") in ("keyword", "number"):
            return name
    return None


class ColumnDraft:
    """The values of a column while documents are added.

    Raises `UnsupportedField` for a column of tuples or of pickled objects.
    """

    def __init__(self, field: str, column: columns.Column) -> None:
        while isinstance(column, columns.ClampedNumericColumn):
            column = column._child
        if isinstance(column, _REFUSED):
            raise UnsupportedField(
                f"columnar segments cannot keep a {type(column).__name__}; "
                f"give field {field!r} a column of bytes or numbers"
            )
        self.name = column_name(field)
        self._dtype = None
        if isinstance(column, columns.BitColumn):
            self._dtype = np.dtype(np.bool_)
        elif isinstance(column, columns.NumericColumn):
            self._dtype = np.dtype(column._typecode)
        self._lists = column.stores_lists()
        self._documents = array("I")
        self._values: list[Any] = []

    def add(self, document: int, value: object) -> None:
        self._documents.append(document)
        self._values.append(value)

    def write(self, container: ContainerWriter, count: int) -> str:
        """Write the column for so many documents; return its kind."""
        documents = np.array(self._documents, np.int64)
        if self._dtype is not None:
            missing = np.ones(count, np.bool_)
            missing[documents] = False
            values = np.zeros(count, self._dtype)
            values[documents] = np.array(self._values, self._dtype)
            write_numbers(container, self.name, values, missing)
            return "number"
        lists = self._values if self._lists else [[value] for value in self._values]
        ranks = {term: rank for rank, term in enumerate(sorted({v for vs in lists for v in vs}))}
        write_dictionary(container, self.name, list(ranks))
        counts = np.zeros(count, np.int64)
        counts[documents] = [len(values) for values in lists]
        codes = np.array([ranks[value] for values in lists for value in values], np.int64)
        write_codes(container, self.name, counts, codes, len(ranks))
        return "keyword"


def column_reader(
    reader: SegmentReader, field: str, column: columns.Column
) -> columns.ColumnReader:
    """Return Whoosh's view of a column; KeyError for a field without one."""
    name = column_held(reader, field)
    if name is None:
        raise KeyError(f"field {field!r} has no column in this segment")
    if reader.fields[name]["kind"] == "number":
        return NumberReader(reader, name, column)
    return BytesReader(reader, name, column)


class NumberReader(columns.ColumnReader):  # type: ignore[misc]
    """Numbers or booleans by document."""

    def __init__(self, reader: SegmentReader, name: str, column: columns.Column) -> None:
        values, missing = reader.numeric_column(name)
        self._values: list[Any] = values.tolist()
        default = column.default_value()
        for document in np.flatnonzero(missing).tolist():
            self._values[document] = default
        self._boolean = isinstance(column, columns.BitColumn)
        if self._boolean:
            self._values = [bool(value) for value in self._values]
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, document: int) -> Any:  # noqa: ANN401
        return self._values[document]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, document: int) -> Any:  # noqa: ANN401
        value = self._values[document]
        if self._boolean:
            return int(value ^ self._reverse)
        return 0 - value if self._reverse else value

    def set_reverse(self) -> None:
        self._reverse = True


class BytesReader(columns.ColumnReader):  # type: ignore[misc]
    """Byte strings, or lists of them, by document."""

    def __init__(self, reader: SegmentReader, name: str, column: columns.Column) -> None:
        self._terms = reader.dictionary(name).terms()
        codes = reader.keyword_column(name)
        self._codes, self._offsets = codes.codes.data, codes.offsets.data
        self._lists = column.stores_lists()
        self._default = None if self._lists else column.default_value()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, document: int) -> Any:  # noqa: ANN401
        start, stop = self._offsets[document], self._offsets[document + 1]
        if self._lists:
            return [self._terms[code] for code in self._codes[start:stop]]
        return self._terms[self._codes[start]] if start < stop else self._default

    def __iter__(self) -> Iterator[Any]:
        return (self[document] for document in range(len(self)))

    def sort_key(self, document: int) -> Any:  # noqa: ANN401
        value = self[document]
        return value[0] if self._lists else value

    def load(self) -> "BytesReader":
        return self
