"""Damaged exports: what a cut download, a bad copy or a flipped bit makes of a good one."""

from collections.abc import Iterator
from typing import Protocol

from hypothesis import strategies as st

from corpus.article import Article
from corpus.files import OpenFile
from corpus.language import language_of
from corpus.records import Record, SetAside, Unreadable, to_article
from tests.corpus.opened import opened

language_of("lorem ipsum dolor " * 9)  # what it loads takes longer than a test may


class Readable(Protocol):
    def recognises(self, file: OpenFile) -> bool: ...
    def read(self, file: OpenFile) -> Iterator[Record | SetAside]: ...


@st.composite
def damaged(draw: st.DrawFn, golden: bytes) -> bytes:
    """Cut a piece out, write one twice, or flip bytes, once to three times."""
    data = golden
    for _ in range(draw(st.integers(1, 3))):
        places = st.integers(0, len(data))
        begin, end = sorted((draw(places), draw(places)))
        kind = draw(st.sampled_from(["cut", "end", "twice", "flip"]))
        if kind == "cut":
            data = data[:begin] + data[end:]
        elif kind == "end":
            data = data[:end]
        elif kind == "twice":
            data = data[:end] + data[begin:]
        else:
            flipped = bytes(byte ^ draw(st.integers(1, 255)) for byte in data[begin : begin + 3])
            data = data[:begin] + flipped + data[begin + 3 :]
    return data


def articles_or_reasons(reader: Readable, data: bytes) -> int:
    """Read damaged bytes; return how many articles or reasons came of them.

    Any exception but Unreadable is the failure that the tests look for.
    """
    count = 0
    try:
        for result in reader.read(opened(data)):
            count += 1
            if isinstance(result, Record):
                assert isinstance(to_article(result, ""), Article)
            else:
                assert result.reason
    except Unreadable as refusal:
        assert refusal.reason
        count += 1
    return count
