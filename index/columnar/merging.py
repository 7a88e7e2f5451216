"""Join segments into one, without their deleted documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.columnar.columns import write_codes, write_lengths, write_numbers
from index.columnar.container import Array, ContainerWriter
from index.columnar.dictionary import write_dictionary, write_keys
from index.columnar.integers import ragged
from index.columnar.postings import Postings, PostingsWriter
from index.columnar.segment import SegmentReader
from index.columnar.stored import StoredWriter, dictionary_of
from index.columnar.union import Share, join_postings, unite
from index.columnar.writer import new_segment

# Each is 256 KB at most; what further ones would decompress is compressed anew.
_MOST_DICTIONARIES = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge.

    kept: a boolean for each document, false for the deleted ones.
    """

    reader: SegmentReader
    kept: npt.NDArray[np.bool_]

    def has(self, field: str, section: str) -> bool:
        """Tell whether the segment has a section of a field."""
        return f"{field}/{section}" in self.reader.container

    def terms(self, field: str) -> list[bytes]:
        """Return the terms of a field, none where the segment lacks it."""
        return self.reader.dictionary(field).terms() if self.has(field, "terms") else []


def merge_segments(folder: Path, sources: Sequence[Source]) -> str:
    """Write a segment of the documents kept, in the order given; return its name.

    A field that a source lacks is empty in its documents.
    """
    with new_segment(folder) as (name, container):
        write_merged(container, sources)
    return name


def write_merged(container: ContainerWriter, sources: Sequence[Source]) -> None:
    """Write the merged segment into a container, and finish it."""
    fields = {field: about for source in sources for field, about in source.reader.fields.items()}
    for field, about in fields.items():
        if any(source.has(field, "numbers") for source in sources):
            _merge_numbers(container, field, sources)
        else:
            _merge_terms(container, field, about.get("keys", ()), sources)
        if any(source.has(field, "lengths") for source in sources):
            lengths = [_lengths(source, field) for source in sources]
            write_lengths(container, field, np.concatenate(lengths))
    _merge_stored(container, sources)
    documents = sum(int(np.count_nonzero(source.kept)) for source in sources)
    container.finish({"documents": documents, "fields": fields})


def _lengths(source: Source, field: str) -> Array:
    if source.has(field, "lengths"):
        return source.reader.lengths(field)[source.kept]
    return np.zeros(np.count_nonzero(source.kept), np.uint8)


def _merge_numbers(container: ContainerWriter, field: str, sources: Sequence[Source]) -> None:
    values, missing = [], []
    for source in sources:
        if source.has(field, "numbers"):
            column = source.reader.numeric_column(field)
            values.append(column.values[source.kept])
            missing.append(column.missing[source.kept])
        else:
            count = np.count_nonzero(source.kept)
            values.append(np.zeros(count, np.uint8))
            missing.append(np.ones(count, np.bool_))
    kinds = {part.dtype.kind for part in values}
    # uint64 with int8 would give float64: no column has both negatives and 2^63.
    dtype = np.float64 if "f" in kinds else np.int64 if "i" in kinds else np.uint64
    joined = np.concatenate([part.astype(dtype) for part in values])
    write_numbers(container, field, joined, np.concatenate(missing))


def _merge_terms(
    container: ContainerWriter, field: str, keys: Sequence[str], sources: Sequence[Source]
) -> None:
    """Merge what hangs on a dictionary: postings, codes and keys."""
    terms, ranks = unite([partial(source.terms, field) for source in sources])
    if any(source.has(field, "documents") for source in sources):
        alive = _merge_postings(container, field, len(terms), sources, ranks)
    else:
        alive = np.ones(len(terms), np.bool_)
    # Terms of which no document is left are dropped; -1 stands for them.
    final = np.where(alive, np.cumsum(alive) - 1, -1)
    left = [terms[rank] for rank in np.flatnonzero(alive).tolist()]
    write_dictionary(container, field, left)
    final_ranks = [final[each] for each in ranks]
    if any(source.has(field, "values") for source in sources):
        _merge_codes(container, field, len(left), sources, final_ranks)
    for name in keys:
        _merge_keys(container, field, name, len(left), sources, final_ranks)


def _merge_postings(
    container: ContainerWriter,
    field: str,
    terms: int,
    sources: Sequence[Source],
    ranks: Sequence[Array],
) -> Array:
    shares: list[Share] = []
    postings: list[Postings] = []
    first = 0
    for source, own in zip(sources, ranks, strict=True):
        documents = np.where(source.kept, first + np.cumsum(source.kept) - 1, -1)
        first += int(np.count_nonzero(source.kept))
        if source.has(field, "documents"):
            postings.append(source.reader.field_postings(field))
            shares.append(Share(postings[-1], own, documents))
    writer = PostingsWriter(
        container,
        field,
        frequencies=any(each.has_frequencies for each in postings),
        positions=_place_type([each.place_type for each in postings]),
        extras=sorted(set.intersection(*(set(each.extras) for each in postings))),
    )
    alive = join_postings(writer, terms, shares)
    writer.close()
    return alive


def _place_type(types: Sequence[np.dtype[Any] | None]) -> npt.DTypeLike | None:
    """Return the widest of the types of positions, None where a segment has no positions."""
    known = [one for one in types if one is not None]
    return np.result_type(*known) if known and len(known) == len(types) else None


def _merge_codes(
    container: ContainerWriter,
    field: str,
    values: int,
    sources: Sequence[Source],
    ranks: Sequence[Array],
) -> None:
    counts, codes = [], []
    for source, own in zip(sources, ranks, strict=True):
        if not source.has(field, "values"):
            counts.append(np.zeros(np.count_nonzero(source.kept), np.int64))
            continue
        column = source.reader.keyword_column(field)
        starts = column.offsets[:-1].astype(np.int64)[source.kept]
        counts.append(column.offsets[1:][source.kept] - starts)
        codes.append(own[column.codes[ragged(starts, counts[-1])]])
    write_codes(container, field, np.concatenate(counts), np.concatenate(codes), values)


def _merge_keys(
    container: ContainerWriter,
    field: str,
    name: str,
    terms: int,
    sources: Sequence[Source],
    ranks: Sequence[Array],
) -> None:
    key_of: list[bytes | None] = [None] * terms
    for source, own in zip(sources, ranks, strict=True):
        if source.has(field, f"{name}/terms"):
            keys = source.reader.keys(field, name)
            texts = keys.keys.terms()
            for rank, key in zip(own.tolist(), keys.of_terms().tolist(), strict=True):
                if rank >= 0:
                    key_of[rank] = texts[key]
    write_keys(container, f"{field}/{name}", key_of)


def _merge_stored(container: ContainerWriter, sources: Sequence[Source]) -> None:
    """Copy the compressed documents; compress anew those whose dictionary is not kept."""
    dictionaries: dict[int, bytes] = {}
    for source in sorted(sources, key=lambda each: -each.reader.doc_count):
        for number, dictionary in source.reader.stored_fields.dictionaries.items():
            if len(dictionaries) < _MOST_DICTIONARIES:
                dictionaries.setdefault(number, dictionary)
    writer = StoredWriter(list(dictionaries.values()), container)
    for source in sources:
        stored = source.reader.stored_fields
        # The same number with other content would decompress to nonsense.
        common = {
            number
            for number, dictionary in stored.dictionaries.items()
            if dictionaries.get(number) == dictionary
        }
        for document in np.flatnonzero(source.kept).tolist():
            frame = stored.frame(document)
            if dictionary_of(frame) in common:
                writer.add_frame(frame)
            else:
                writer.add_dumped(stored.dumped(document))
    writer.write(container)
