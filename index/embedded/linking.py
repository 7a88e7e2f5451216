"""The links between names of actors that a generation of an index keeps: `entities.linking`."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.entities.linking import links
from index.columnar.segment import SegmentReader

# The keyword field of what `corpus.entities.linking.forms` finds in an article.
FORM_FIELD = "form"


def find_links(segments: Iterable[tuple[SegmentReader, NDArray[np.bool_]]]) -> dict[str, str]:
    """Return the links of the articles of segments.

    segments: each with bool [n], the articles that are not removed from it.
    """
    counts: Counter[str] = Counter()
    for segment, kept in segments:
        column = segment.keyword_column(FORM_FIELD)
        held = np.repeat(kept, np.diff(column.offsets))
        times = np.bincount(column.codes[held], minlength=len(column.values)).tolist()
        texts = zip(column.values[:], times, strict=True)
        counts.update({text: count for text, count in texts if count})
    return links(counts)


def links_bytes(found: dict[str, str]) -> bytes:
    """Return links as they are kept; nothing for none."""
    return json.dumps(found, ensure_ascii=False, indent=0).encode() if found else b""


def read_links(folder: Path, name: str) -> dict[str, str]:
    """Return the links of a file, none for no name."""
    if not name:
        return {}
    found: dict[str, str] = json.loads((folder / name).read_bytes())
    return found
