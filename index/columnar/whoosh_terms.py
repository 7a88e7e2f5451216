"""What Whoosh reads by term: the dictionary, statistics and postings."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.formats import Format
from whoosh.reading import TermInfo, TermNotFound

from index.columnar.dictionary import Dictionary, decoded
from index.columnar.segment import SegmentReader
from index.columnar.whoosh_documents import rounded_lengths
from index.columnar.whoosh_matching import PostingMatcher

# Terms are decoded by so many at a time while they are iterated over.
_TERMS_AT_ONCE = 512

Term = tuple[str, bytes]


class ColumnarTerms(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment, their statistics and postings."""

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._fields = sorted(
            name for name in reader.fields if f"{name}/documents" in reader.container
        )
        self._lengths = cache(partial(rounded_lengths, reader))

    def close(self) -> None:
        self._reader.close()

    def __contains__(self, term: Term) -> bool:
        return self._rank(*term) >= 0

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:  # noqa: ANN401
        if fieldname not in self._fields:
            return base.EmptyCursor()
        return TermCursor(self, fieldname, fieldobj, self._reader.dictionary(fieldname))

    def terms(self) -> Iterator[Term]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        for name in self._fields:
            if name >= fieldname:
                dictionary = self._reader.dictionary(name)
                start = dictionary.lower_bound(prefix) if name == fieldname else 0
                for first in range(start, len(dictionary), _TERMS_AT_ONCE):
                    last = min(first + _TERMS_AT_ONCE, len(dictionary))
                    yield from ((name, term) for term in dictionary.terms(first, last))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return self.info(fieldname, rank)

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.info(fieldname, self._known(fieldname, text)).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._reader.document_frequency(fieldname, self._known(fieldname, text))

    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: object = None
    ) -> PostingMatcher:
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        lengths = rounded_lengths(self._reader, fieldname)
        return PostingMatcher(
            self._reader.field_postings(fieldname),
            rank,
            lengths,
            format_,
            (fieldname, text),
            scorer,
        )

    def indexed_field_names(self) -> list[str]:
        return self._fields

    def info(self, fieldname: str, rank: int) -> TermInfo:
        """Return the statistics of a term given by its rank."""
        postings = self._reader.field_postings(fieldname)
        documents, frequencies = postings.postings(rank)
        weights = postings.weights(rank) if "weights" in postings.extras else frequencies
        lengths = self._lengths(fieldname)[documents]
        lengths = lengths[lengths > 0]
        return TermInfo(
            weight=float(weights.sum(dtype=np.float64)),
            df=len(documents),
            minlength=int(lengths.min()) if lengths.size else 0,
            maxlength=int(lengths.max()) if lengths.size else 0,
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def _rank(self, fieldname: str, text: bytes) -> int:
        if fieldname not in self._fields:
            return -1
        return self._reader.dictionary(fieldname).rank(text)

    def _known(self, fieldname: str, text: bytes) -> int:
        rank = self._rank(fieldname, text)
        if rank < 0:
            raise KeyError((fieldname, text))
        return rank


class TermCursor(base.FieldCursor):  # type: ignore[misc]
    """A place among the terms of a field."""

    def __init__(
        self,
        terms: ColumnarTerms,
        fieldname: str,
        fieldobj: Any,  # noqa: ANN401
        dictionary: Dictionary,
    ) -> None:
        self.dictionary = dictionary
        self._terms = terms
        self._fieldname = fieldname
        self._fieldobj = fieldobj
        self._rank = 0

    def first(self) -> str | None:
        self._rank = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        wanted = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._rank = self.dictionary.lower_bound(wanted)
        return self.text()

    def next(self) -> str | None:
        self._rank = min(self._rank + 1, len(self.dictionary))
        return self.text()

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        text: str = self._fieldobj.from_bytes(self.dictionary[self._rank])
        return text

    def term_info(self) -> TermInfo | None:
        return self._terms.info(self._fieldname, self._rank) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._rank < len(self.dictionary)


class NearTerms(base.Automata):  # type: ignore[misc]
    """Finds the terms within an edit distance in the dictionary, without an automaton."""

    def terms_within(
        self, fieldcur: base.FieldCursor, uterm: str, maxdist: int, prefix: int = 0
    ) -> Iterator[str]:
        if isinstance(fieldcur, TermCursor):
            dictionary = fieldcur.dictionary
            if dictionary.is_text:
                near = dictionary.fuzzy(uterm, int(maxdist), prefix).tolist()
                return (decoded(dictionary[rank]) for rank in near)
        found: Iterator[str] = super().terms_within(fieldcur, uterm, maxdist, prefix)
        return found
