"""Read one segment as arrays."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.columnar.columns import KeywordColumn, NumericColumn, read_numbers
from index.columnar.container import Array, Container, DamagedSegment
from index.columnar.dictionary import Dictionary, Keys, Strings, decoded, encoded
from index.columnar.dumping import Record
from index.columnar.integers import read_offsets
from index.columnar.narrow import Narrow
from index.columnar.postings import Postings
from index.columnar.stored import Stored


class SegmentReader:
    """A segment's terms, postings, columns and stored fields.

    Documents are numbered 0 to `doc_count` - 1, terms of a field by their rank in the
    order of their UTF-8 bytes. Arrays are read-only, most of them views of the mapped
    file. Sections are opened when first asked for, and kept. Deleted documents are still
    here: which they are is the business of whoever lists the segments of an index.

    source: the segment's file, or its bytes.
    Raises `DamagedSegment`; KeyError for a field that the segment does not have.
    """

    def __init__(self, source: Path | bytes) -> None:
        self.container = Container(source)
        try:
            self.doc_count: int = self.container.meta["documents"]
            self.fields: dict[str, dict[str, Any]] = self.container.meta["fields"]
        except KeyError as missing:
            raise DamagedSegment(f"{self.container.name}: no {missing}; reindex") from None
        # Bound to the container, not to the reader: a cycle would keep the file mapped
        # after the reader is gone.
        self.dictionary = cache(partial(_dictionary, self.container))
        self.field_postings = cache(partial(_postings, self.container))
        self.lengths = cache(partial(_lengths, self.container))
        self.keyword_column = cache(partial(_keyword_column, self.container, self.dictionary))
        self.numeric_column = cache(partial(_numeric_column, self.container))
        self.keys = cache(partial(_keys, self.container))
        self._stored: Stored | None = None

    def close(self) -> None:
        """Let go of the file; arrays already taken stay valid."""
        self.container.close()

    # --- terms

    def term_count(self, field: str) -> int:
        """Return how many distinct terms a field has."""
        return len(self.dictionary(field))

    def term_id(self, field: str, term: str) -> int:
        """Return the rank of a term, or -1."""
        return self.dictionary(field).rank(encoded(term))

    def term(self, field: str, term_id: int) -> str:
        """Return the term of a rank."""
        return decoded(self.dictionary(field)[term_id])

    def terms(self, field: str) -> Sequence[str]:
        """Return all terms of a field, in order, decoded as they are asked for."""
        return Strings(self.dictionary(field))

    def terms_with_prefix(self, field: str, prefix: str) -> tuple[int, int]:
        """Return the ranks [low, high) of the terms that begin with a prefix."""
        return self.dictionary(field).prefix_range(encoded(prefix))

    def terms_between(self, field: str, low: str | None, high: str | None) -> tuple[int, int]:
        """Return the ranks [first, last) of the terms t with low <= t < high; None: no bound."""
        dictionary = self.dictionary(field)
        first = 0 if low is None else dictionary.lower_bound(encoded(low))
        last = len(dictionary) if high is None else dictionary.lower_bound(encoded(high))
        return first, max(first, last)

    def terms_with_key(self, field: str, name: str, key: str) -> Array:
        """Return the ranks of the terms whose key under the relation `name` is `key`."""
        return self.keys(field, name).terms(encoded(key))

    def terms_with_key_prefix(self, field: str, name: str, prefix: str) -> Array:
        """Return the ranks of the terms whose key under `name` begins with a prefix."""
        return self.keys(field, name).terms_with_prefix(encoded(prefix))

    def key_range(self, field: str, name: str, prefix: str) -> tuple[int, int]:
        """Return where in the ranks of the relation `name` a prefix's terms are."""
        return self.keys(field, name).range_with_prefix(encoded(prefix))

    def terms_with_key_like(
        self, field: str, name: str, prefix: str, pattern: re.Pattern[str]
    ) -> Array:
        """Return the ranks of the terms whose key begins with a prefix and fits a pattern."""
        return self.keys(field, name).terms_like(encoded(prefix), pattern)

    def terms_near_key(self, field: str, name: str, key: str, distance: int) -> Array:
        """Return the ranks of the terms whose key under `name` is within an edit distance."""
        return self.keys(field, name).terms_near(key, distance)

    def fuzzy(
        self, field: str, term: str, distance: int, prefix: int = 0, transpositions: bool = False
    ) -> Array:
        """Return the ranks of the terms within an edit distance; see `Dictionary.fuzzy`."""
        return self.dictionary(field).fuzzy(term, distance, prefix, transpositions)

    # --- postings

    def document_frequencies(self, field: str) -> Array:
        """Return how many documents have each term, by rank."""
        return np.diff(self.field_postings(field).offsets)

    def document_frequency(self, field: str, term_id: int) -> int:
        """Return how many documents have a term."""
        start, stop = self.field_postings(field).bounds(term_id)
        return stop - start

    def collection_frequency(self, field: str, term_id: int) -> int:
        """Return how many times a term occurs in all documents."""
        start, stop = self.field_postings(field).position_bounds(term_id)
        return stop - start

    def postings(self, field: str, term_id: int) -> tuple[npt.NDArray[np.int32], Array]:
        """Return the documents that have a term, ascending, and how often each has it."""
        return self.field_postings(field).postings(term_id)

    def find(
        self, field: str, term_id: int, documents: npt.NDArray[np.int32]
    ) -> tuple[Array, npt.NDArray[np.bool_], Array]:
        """Look documents (ascending) up in a term's postings, without reading all of them.

        Return the place of each, whether it is there, and the frequencies at all places.
        """
        return self.field_postings(field).find(term_id, documents)

    def postings_of(
        self, field: str, term_ids: Array
    ) -> tuple[npt.NDArray[np.int32], Array, Array]:
        """Return the documents and frequencies of several terms, joined, and the counts of each."""
        return self.field_postings(field).postings_of(np.asarray(term_ids))

    def positions(self, field: str, term_id: int) -> tuple[npt.NDArray[np.int64], Array]:
        """Return (offsets, positions) parallel to `postings`.

        The i-th document's positions are positions[offsets[i]:offsets[i + 1]], ascending.
        """
        return self.field_postings(field).positions(term_id)

    def places(self, field: str, term_id: int, postings: Array) -> tuple[Array, Array]:
        """Return the positions of some of a term's postings, and how many each has."""
        return self.field_postings(field).places(term_id, postings)

    # --- documents

    def stored(self, document: int) -> dict[str, Any]:
        """Return a document's stored fields."""
        return self.stored_fields.fields(document)

    def record(self, document: int) -> Record:
        """Return the names and the values of a document's stored fields."""
        return self.stored_fields.record(document)

    @property
    def stored_fields(self) -> Stored:
        """The compressed stored fields."""
        if self._stored is None:
            self._stored = Stored(self.container)
        return self._stored


def _require(container: Container, field: str, section: str) -> None:
    if f"{field}/{section}" not in container:
        raise KeyError(f"field {field!r} has no {section} in this segment")


def _dictionary(container: Container, field: str) -> Dictionary:
    _require(container, field, "terms")
    return Dictionary(container, field)


def _postings(container: Container, field: str) -> Postings:
    _require(container, field, "documents")
    return Postings(container, field)


def _lengths(container: Container, field: str) -> Array:
    """Return the number of words of each document, 0 where it has none."""
    _require(container, field, "lengths")
    return Narrow(container, f"{field}/lengths").slice(0, container.meta["documents"])


def _keyword_column(
    container: Container, dictionary: Callable[[str], Dictionary], field: str
) -> KeywordColumn:
    """Return a keyword field's values by document."""
    _require(container, field, "values")
    return KeywordColumn(
        Strings(dictionary(field)),
        read_offsets(container, f"{field}/values.counts"),
        container.array(f"{field}/values"),
    )


def _numeric_column(container: Container, field: str) -> NumericColumn:
    """Return a number field's values by document."""
    _require(container, field, "numbers")
    return read_numbers(container, field)


def _keys(container: Container, field: str, name: str) -> Keys:
    _require(container, field, f"{name}/terms")
    return Keys(container, f"{field}/{name}")
