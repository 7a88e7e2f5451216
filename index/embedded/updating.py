"""Writing: every change of an embedded index is a new generation."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log
from pathlib import Path
from secrets import token_hex

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from index.columnar.merging import Source, merge_segments
from index.columnar.segment import SegmentReader
from index.columnar.writer import SegmentWriter, segment_path, sync_folder
from index.embedded.batches import FIELDS, batches
from index.embedded.generations import Generations, write_synced
from index.embedded.linking import find_links, links_bytes
from index.embedded.manifest import Manifest, SegmentFiles, prints_name
from index.embedded.open_segments import OpenSegment
from index.embedded.segment_topics import kept_topics
from index.engine import Closing
from index.evaluation.columns import DAY_FIELD, id_places, joined, ranks
from index.families import NONE, Families, Order, find_families, read_families, write_families
from index.fields import TextField
from index.fingerprints import Fingerprints, read_fingerprints, write_fingerprints

# Segments of one size class that are joined, and the articles of the smallest class.
_FANOUT = 8
_SMALLEST = 64


def rebuild(
    generations: Generations, articles: Iterable[Article], closing: Callable[[], Closing]
) -> int:
    """Replace the whole content by articles; of the same id, the last stays."""
    with generations.writing():
        written = _written(generations.folder, articles)
        closed = closing()
        for article_id in closed.removed:
            _remove(written, article_id)
        return _publish(generations, written, closed.journal or b"", NONE, "").articles


def add(
    generations: Generations, articles: Iterable[Article], closing: Callable[[], Closing]
) -> int:
    """Insert articles or replace those of the same id; return how many were given."""
    with generations.writing():
        kept = _opened(generations)
        written = _written(generations.folder, articles)
        closed = closing()
        for segment in written:
            for article_id in segment.ids():
                _remove(kept, article_id)
        for article_id in closed.removed:
            _remove(kept + written, article_id)
        _publish(
            generations, kept + written, closed.journal, _known(generations), _topics(generations)
        )
        return sum(segment.reader.doc_count for segment in written)


def remove(generations: Generations, article_ids: Iterable[str]) -> int:
    """Remove articles by id; return how many were there."""
    with generations.writing():
        kept = _opened(generations)
        removed = sum(_remove(kept, article_id) for article_id in article_ids)
        if removed:
            _publish(generations, kept, None, _known(generations), _topics(generations))
        return removed


def _opened(generations: Generations) -> list[OpenSegment]:
    manifest = generations.current()
    files = manifest.segments if manifest else ()
    return [OpenSegment(generations.folder, one.segment, one.removed) for one in files]


def _written(folder: Path, articles: Iterable[Article]) -> list[OpenSegment]:
    """Write articles as segments, and mark those that a later one of the same id replaces."""
    writer = SegmentWriter(folder, FIELDS)

    def prints() -> Iterator[Fingerprints]:
        for batch, found in batches(articles, lambda: writer.dictionary):
            writer.extend(batch)
            yield found

    scratch = folder / f"{token_hex(8)}.prints"
    write_fingerprints(scratch, prints())
    segments = [OpenSegment(folder, segment_path(folder, name).name) for name in writer.close()]
    _share_out(read_fingerprints(scratch), segments, folder)
    scratch.unlink()
    seen: set[str] = set()
    for segment in reversed(segments):
        ids = segment.ids()
        if len(segments) == 1 and len(set(ids)) == len(ids):
            break
        for doc in range(len(ids) - 1, -1, -1):
            if ids[doc] in seen:
                segment.remove(doc)
            seen.add(ids[doc])
    return segments


def _share_out(prints: Fingerprints, segments: Sequence[OpenSegment], folder: Path) -> None:
    """Write the fingerprints of each segment beside it."""
    first = 0
    for segment in segments:
        last = first + segment.reader.doc_count
        write_fingerprints(folder / prints_name(segment.name), [prints.between(first, last)])
        first = last


def _remove(segments: Sequence[OpenSegment], article_id: str) -> bool:
    for segment in segments:
        doc = segment.find(article_id)
        if doc >= 0 and segment.remove(doc):
            return True
    return False


def _tier(segment: OpenSegment) -> int:
    """Return the size class of a segment: each is `_FANOUT` times as large as the one below."""
    return int(log(max(segment.held(), _SMALLEST) / _SMALLEST, _FANOUT))


def _merged(folder: Path, segments: Sequence[OpenSegment]) -> list[OpenSegment]:
    """Join segments of a size class wherever it holds too many.

    A corpus that grows article by article so keeps a number of segments that grows with
    the logarithm of its size, and each article is copied as many times.
    """
    kept = list(segments)
    while True:
        tiers = Counter(map(_tier, kept))
        crowded = [tier for tier, count in tiers.items() if count >= _FANOUT]
        if not crowded:
            return kept
        joined = [segment for segment in kept if _tier(segment) == min(crowded)]
        sources = [Source(segment.reader, segment.kept()) for segment in joined]
        name = segment_path(folder, merge_segments(folder, sources)).name
        prints = (segment.prints().rows(segment.kept()) for segment in joined)
        write_fingerprints(folder / prints_name(name), prints)
        kept = [segment for segment in kept if segment not in joined]
        kept.append(OpenSegment(folder, name))


def _known(generations: Generations) -> Families:
    current = generations.current()
    known = current and current.families
    return read_families(generations.folder / known) if known else NONE


def _topics(generations: Generations) -> str:
    current = generations.current()
    return current.topics if current else ""


def _families(segments: Sequence[OpenSegment], known: Families) -> Families:
    """Return the families of what segments hold; known: those before the change."""
    present = np.flatnonzero(np.concatenate([np.empty(0, bool), *(s.kept() for s in segments)]))
    readers = [segment.reader for segment in segments]
    return find_families([one.prints() for one in segments], present, _leading(readers), known)


def _leading(segments: Sequence[SegmentReader]) -> Order:
    """Return the order in which articles lead: the earliest, then the fullest, then by id."""

    def order(rows: NDArray[np.int64]) -> NDArray[np.int32]:
        days = joined(np.int32, (one.numeric_column(DAY_FIELD).values for one in segments))[rows]
        lengths = joined(np.int64, (one.lengths(TextField.BODY.value) for one in segments))[rows]
        dated = np.where(days > 0, days, np.iinfo(np.int32).max)
        return ranks(np.lexsort((id_places(segments)[rows], -lengths, dated)))

    return order


def _publish(
    generations: Generations,
    segments: Sequence[OpenSegment],
    journal: bytes | None,
    known: Families,
    learnt: str,
) -> Manifest:
    """Make segments the current generation.

    journal: None keeps the one there is. known: what is known of families beforehand.
    learnt: the file of the topics there are, empty for none.
    """
    number = generations.next_number()
    present = _merged(generations.folder, [segment for segment in segments if segment.held()])
    # Topics are arrays multiplied, families and links loops: together they take two cores.
    with ThreadPoolExecutor(1) as pool:
        name = f"topics-{number}.npz"
        learning = pool.submit(kept_topics, generations.folder, learnt, name, present)
        families = f"families-{number}.pairs"
        write_families(generations.folder / families, _families(present, known))
        found = find_links((segment.reader, segment.kept()) for segment in present)
        links = _kept(generations.folder, f"links-{number}.json", links_bytes(found))
        learnt, about = learning.result()
    if journal is None:
        current = generations.current()
        noted = current.journal if current else ""
    else:
        noted = _kept(generations.folder, f"journal-{number}.zst", journal)
    files = []
    for place, segment in enumerate(present):
        name = segment.removed_name
        if segment.changed and segment.removed is not None:
            name = f"removed-{number}-{place}.bits"
            write_synced(generations.folder / name, np.packbits(segment.removed).tobytes())
        files.append(SegmentFiles(segment.name, name, segment.held(), about[place]))
    sync_folder(generations.folder)
    return generations.publish(tuple(files), number, families, noted, links, learnt)


def _kept(folder: Path, name: str, data: bytes) -> str:
    """Write a file that is on disk when this returns; return its name, none for no data."""
    if data:
        write_synced(folder / name, data)
    return name if data else ""
