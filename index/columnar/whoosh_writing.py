"""What Whoosh's SegmentWriter writes through: documents first, then postings in order."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from whoosh import formats
from whoosh.codec import base
from whoosh.columns import Column

from index.columnar.columns import write_lengths
from index.columnar.container import Array, ContainerWriter
from index.columnar.dictionary import write_dictionary
from index.columnar.postings import PostingsWriter, place_type
from index.columnar.runs import EXTRAS, Run
from index.columnar.stored import StoredWriter
from index.columnar.whoosh_columns import ColumnDraft
from index.columnar.whoosh_formats import UnsupportedField, parts, unpack


class Draft:
    """The documents of a segment that is being written."""

    def __init__(self) -> None:
        self.count = 0
        self.stored = StoredWriter()
        # field -> (documents, lengths), where a field has a length at all.
        self.lengths: dict[str, tuple[array[int], array[int]]] = {}
        self.columns: dict[str, ColumnDraft] = {}

    def lengths_of(self, field: str) -> Array:
        """Return the length of a field in each document."""
        documents, lengths = self.lengths.get(field, (array("I"), array("I")))
        result = np.zeros(self.count, np.uint32)
        result[np.array(documents, np.int64)] = lengths
        return result


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Takes stored fields, lengths and column values, document by document."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._stored: dict[str, Any] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        if docnum != self._draft.count:
            raise ValueError(f"document {docnum} where {self._draft.count} is next")
        self._stored = {}

    def add_field(self, fieldname: str, fieldobj: object, value: object, length: int) -> None:
        if value is not None:
            self._stored[fieldname] = value
        if length:
            documents, lengths = self._draft.lengths.setdefault(fieldname, (array("I"), array("I")))
            documents.append(self._draft.count)
            lengths.append(length)

    def add_column_value(self, fieldname: str, columnobj: Column, value: object) -> None:
        columns = self._draft.columns
        if fieldname not in columns:
            columns[fieldname] = ColumnDraft(fieldname, columnobj)
        columns[fieldname].add(self._draft.count, value)

    def add_vector_items(self, fieldname: str, fieldobj: object, items: object) -> None:
        raise UnsupportedField(
            f"columnar segments keep no term vectors; remove `vector` from field {fieldname!r}"
        )

    def finish_doc(self) -> None:
        self._draft.stored.add(self._stored)
        self._draft.count += 1

    def close(self) -> None:
        self.is_closed = True


class PostingWriter(base.FieldWriter):  # type: ignore[misc]
    """Takes the postings of all fields, sorted, and then writes the segment's file.

    new_file: opens the file; not called when the writer is closed without postings, as
        Whoosh does where a writer is cancelled.
    """

    def __init__(
        self, draft: Draft, new_file: Callable[[], AbstractContextManager[ContainerWriter]]
    ) -> None:
        self._draft = draft
        self._new_file = new_file
        self._container: ContainerWriter
        self._field: _FieldDraft
        self._fields: dict[str, dict[str, Any]] = {}
        self.is_closed = False

    def add_postings(self, schema: object, lengths: object, items: Iterable[Any]) -> None:
        with self._new_file() as container:
            self._container = container
            super().add_postings(schema, lengths, items)
            for field in sorted(self._draft.lengths.keys() | self._fields.keys()):
                write_lengths(container, field, self._draft.lengths_of(field))
            for column in self._draft.columns.values():
                self._fields[column.name] = {"kind": column.write(container, self._draft.count)}
            self._draft.stored.write(container)
            container.finish({"documents": self._draft.count, "fields": self._fields})

    def start_field(self, fieldname: str, fieldobj: Any) -> None:  # noqa: ANN401
        self._fields[fieldname] = {"kind": "text"}
        self._field = _FieldDraft(fieldname, fieldobj.format)

    def start_term(self, text: bytes) -> None:
        self._field.start_term(text)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        self._field.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        pass

    def finish_field(self) -> None:
        self._field.write(self._container)

    def close(self) -> None:
        self.is_closed = True


class _FieldDraft:
    """The postings of one field."""

    def __init__(self, name: str, format_: formats.Format) -> None:
        self._name = name
        self._format = format_
        self._terms: list[bytes] = []
        self._counts = array("I")
        self._documents = array("I")
        self._frequencies = array("I")
        self._weights = array("f")
        self._occurrences: Mapping[str, array[Any]] = {
            part: array("d" if part == "boosts" else "I") for part in parts(format_)
        }

    def start_term(self, term: bytes) -> None:
        self._terms.append(term)
        self._counts.append(0)

    def add(self, document: int, weight: float, value: bytes) -> None:
        if self._counts[-1] and self._documents[-1] == document:
            # The values of a multi-valued number share their less precise terms.
            return
        frequency, occurrences = unpack(self._format, value)
        self._counts[-1] += 1
        self._documents.append(document)
        self._frequencies.append(frequency)
        self._weights.append(weight)
        for part, values in occurrences.items():
            self._occurrences[part].extend(values)

    def write(self, container: ContainerWriter) -> None:
        write_dictionary(container, self._name, self._terms)
        frequencies = np.array(self._frequencies, np.uint32)
        weights = np.array(self._weights, np.float32)
        extras = {
            part: np.array(values, EXTRAS[part])
            for part, values in self._occurrences.items()
            if part != "positions"
        }
        if (weights != frequencies).any():
            extras["weights"] = weights
        positions = self._occurrences.get("positions")
        writer = PostingsWriter(
            container,
            self._name,
            frequencies=bool((frequencies != 1).any()) or positions is not None,
            positions=None if positions is None else place_type(max(positions, default=0) + 1),
            extras=sorted(extras),
        )
        run = Run(
            np.array(self._counts, np.int64),
            np.array(self._documents, np.uint32),
            frequencies,
            None if positions is None else np.array(positions, np.uint32),
            extras,
        )
        writer.append(run)
        writer.close()
