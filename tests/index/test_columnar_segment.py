"""Whole segments, written, read and merged, against plain Python."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.columnar.container import DamagedSegment
from index.columnar.merging import Source, merge_segments
from index.columnar.schema import KeywordField, NumberField, TextField
from index.columnar.segment import SegmentReader
from index.columnar.writer import SegmentWriter, segment_path


def initial(word: str) -> str:
    return word[:1]


FIELDS = (
    TextField("titre"),
    TextField("corps", {"initiale": initial, "longueur": lambda word: str(len(word))}),
    KeywordField("pays"),
    NumberField("jour"),
    NumberField("note", "float64"),
)
VOCABULARY = ["le", "la", "maire", "élu", "élue", "œuvre", "grève", "\U0001f600", "\ud800"]


@dataclass(frozen=True)
class Doc:
    titre: Sequence[str] = ()
    corps: Sequence[str] = ()
    pays: Sequence[str] = ()
    jour: int | None = None
    note: float | None = None
    stored: dict[str, Any] = field(default_factory=dict)


WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12)
DOCS = st.lists(
    st.builds(
        Doc,
        titre=WORDS,
        corps=WORDS,
        pays=st.lists(st.sampled_from(["fr", "be", "ca", "sn"]), unique=True, max_size=3),
        jour=st.none() | st.integers(-(2**63), 2**63 - 1),
        note=st.none() | st.floats(allow_nan=False),
        stored=st.dictionaries(st.sampled_from(["id", "titre"]), st.text(max_size=5)),
    ),
    max_size=12,
)


def write(folder: Path, docs: Sequence[Doc], budget: int = 1 << 30) -> list[SegmentReader]:
    writer = SegmentWriter(folder, FIELDS, budget)
    for doc in docs:
        writer.add(
            {"titre": doc.titre, "corps": doc.corps},
            {"pays": doc.pays},
            {"jour": doc.jour, "note": doc.note},
            doc.stored,
        )
    return [SegmentReader(segment_path(folder, name)) for name in writer.close()]


def check(reader: SegmentReader, docs: Sequence[Doc]) -> None:
    """Compare everything a reader tells with the documents themselves."""
    assert reader.doc_count == len(docs)
    for name in ("titre", "corps"):
        check_text(reader, name, [getattr(doc, name) for doc in docs])
    for name in ("initiale", "longueur"):
        key = dict(FIELDS[1].keys)[name]
        words = list(reader.terms("corps"))
        for word in VOCABULARY:
            ranks = reader.terms_with_key("corps", name, key(word)).tolist()
            assert ranks == [rank for rank, other in enumerate(words) if key(other) == key(word)]
    check_values(reader, docs)
    reader.container.verify()


def check_text(reader: SegmentReader, name: str, texts: Sequence[Sequence[str]]) -> None:
    words = sorted({word for text in texts for word in text})
    assert list(reader.terms(name)) == words
    assert reader.term_count(name) == len(words)
    assert reader.lengths(name).tolist() == [len(text) for text in texts]
    for rank, word in enumerate(words):
        held = [(doc, Counter(text)[word]) for doc, text in enumerate(texts) if word in text]
        docs, frequencies = reader.postings(name, rank)
        assert docs.dtype == np.int32
        assert list(zip(docs.tolist(), frequencies.tolist(), strict=True)) == held
        assert reader.document_frequency(name, rank) == len(held)
        assert reader.collection_frequency(name, rank) == sum(count for _, count in held)
        starts, positions = reader.positions(name, rank)
        for index, (doc, _) in enumerate(held):
            own = positions[starts[index] : starts[index + 1]].tolist()
            assert own == [place for place, other in enumerate(texts[doc]) if other == word]
        assert reader.term_id(name, word) == rank
        assert reader.term(name, rank) == word
    assert reader.term_id(name, "absent") == -1
    low, high = reader.terms_with_prefix(name, "él")
    assert words[low:high] == [word for word in words if word.startswith("él")]
    low, high = reader.terms_between(name, "la", "œ")
    assert words[low:high] == [word for word in words if "la" <= word < "œ"]
    assert reader.terms_between(name, "œ", "la")[0] == reader.terms_between(name, "œ", "la")[1]
    every = np.arange(len(words))[::-1]
    docs, frequencies, counts = reader.postings_of(name, every)
    parts = [reader.postings(name, rank) for rank in every.tolist()]
    assert docs.tolist() == [doc for part, _ in parts for doc in part.tolist()]
    assert frequencies.tolist() == [count for _, part in parts for count in part.tolist()]
    assert counts.tolist() == [len(part) for part, _ in parts]


def check_values(reader: SegmentReader, docs: Sequence[Doc]) -> None:
    countries = reader.keyword_column("pays")
    bounds = countries.offsets.tolist()
    for number, doc in enumerate(docs):
        codes = countries.codes[bounds[number] : bounds[number + 1]].tolist()
        assert [countries.values[code] for code in codes] == list(doc.pays)
        assert reader.stored(number) == doc.stored
    for rank, country in enumerate(countries.values):
        holders = [number for number, doc in enumerate(docs) if country in doc.pays]
        found, frequencies = reader.postings("pays", rank)
        assert found.tolist() == holders
        assert set(frequencies.tolist()) == {1}
    for name in ("jour", "note"):
        column = reader.numeric_column(name)
        expected = [getattr(doc, name) for doc in docs]
        assert column.missing.tolist() == [value is None for value in expected]
        assert column.values.tolist() == [0 if value is None else value for value in expected]


@settings(deadline=None)  # it waits for the disk
@given(DOCS)
def test_a_segment_tells_what_was_written(docs: list[Doc]) -> None:
    with TemporaryDirectory() as folder:
        readers = write(Path(folder), docs)
        assert len(readers) == bool(docs)
        for reader in readers:
            check(reader, docs)


@settings(max_examples=60, deadline=None)  # it waits for the disk
@given(st.lists(DOCS, min_size=1, max_size=4), st.data())
def test_merging_gives_what_writing_at_once_gives(
    parts: list[list[Doc]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sources, kept_docs = [], []
        for docs in parts:
            kept = np.array([data.draw(st.booleans()) for _ in docs], np.bool_)
            for reader in write(folder, docs):
                sources.append(Source(reader, kept))
                kept_docs += [doc for doc, keep in zip(docs, kept, strict=True) if keep]
        if sources:
            merged = merge_segments(folder, sources)
            check(SegmentReader(segment_path(folder, merged)), kept_docs)


@pytest.mark.parametrize(("words", "itemsize"), [(256, 1), (257, 2)])
def test_places_of_short_documents_take_a_byte(tmp_path: Path, words: int, itemsize: int) -> None:
    docs = [Doc(corps=[f"m{number % 9}" for number in range(count)]) for count in (words, 3)]
    (reader,) = write(tmp_path, docs)
    check(reader, docs)
    merged = merge_segments(tmp_path, [Source(reader, np.ones(2, np.bool_))] * 2)
    for one in (reader, SegmentReader(segment_path(tmp_path, merged))):
        places = one.field_postings("corps").place_type
        assert places is not None and places.itemsize == itemsize


def test_a_small_budget_makes_many_segments(tmp_path: Path) -> None:
    docs = [Doc(corps=["le", "maire", f"n{number}"], stored={"id": number}) for number in range(50)]
    readers = write(tmp_path, docs, budget=1000)
    assert len(readers) >= 5
    assert [reader.stored(n)["id"] for reader in readers for n in range(reader.doc_count)] == [
        *range(50)
    ]
    whole = np.ones
    merged = merge_segments(
        tmp_path, [Source(reader, whole(reader.doc_count, np.bool_)) for reader in readers]
    )
    check(SegmentReader(segment_path(tmp_path, merged)), docs)


def test_merging_in_many_steps_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = [Doc(corps=[f"m{n * k % 97}" for k in range(20)]) for n in range(120)]
    readers = write(tmp_path, docs, budget=20_000)
    sources = [Source(reader, np.ones(reader.doc_count, np.bool_)) for reader in readers]
    monkeypatch.setattr("index.columnar.union._STEP_POSTINGS", 50)
    monkeypatch.setattr("index.columnar.union._STEP_TERMS", 7)
    check(SegmentReader(segment_path(tmp_path, merge_segments(tmp_path, sources))), docs)


def test_more_documents_than_16_bits_count(tmp_path: Path) -> None:
    count = 140_000
    writer = SegmentWriter(tmp_path, [TextField("corps")])
    for number in range(count):
        writer.add({"corps": ["tous"] if number % 7 else ["tous", "septième"]}, {}, {}, {})
    reader = SegmentReader(segment_path(tmp_path, writer.close()[0]))
    rare, every = (reader.postings("corps", rank)[0] for rank in (0, 1))
    assert every.tolist() == [*range(count)]
    assert rare.tolist() == [*range(0, count, 7)]
    docs, _, counts = reader.postings_of("corps", np.array([1, 0]))
    assert docs.tolist() == [*every.tolist(), *rare.tolist()]
    assert counts.tolist() == [len(every), len(rare)]


def test_a_document_longer_than_16_bits_count(tmp_path: Path) -> None:
    words = ["la", "loi"] * 40_000 + ["fin"]
    (reader,) = write(tmp_path, [Doc(corps=["fin"]), Doc(corps=words)])
    check(reader, [Doc(corps=["fin"]), Doc(corps=words)])


def test_a_field_that_one_segment_lacks_is_empty_there(tmp_path: Path) -> None:
    (old,) = [
        SegmentReader(segment_path(tmp_path, name))
        for name in _one_doc(SegmentWriter(tmp_path, [TextField("titre")]))
    ]
    (new,) = write(tmp_path, [Doc(["le"], ["la", "grève"], ["fr"], 3, 0.5)])
    sources = [Source(reader, np.ones(1, np.bool_)) for reader in (old, new)]
    merged = SegmentReader(segment_path(tmp_path, merge_segments(tmp_path, sources)))
    check(merged, [Doc(["maire"]), Doc(["le"], ["la", "grève"], ["fr"], 3, 0.5)])


def _one_doc(writer: SegmentWriter) -> list[str]:
    writer.add({"titre": ["maire"]}, {}, {}, {})
    return writer.close()


def test_unknown_fields_are_refused(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, FIELDS)
    with pytest.raises(KeyError, match="chapeau"):
        writer.add({"chapeau": ["un"]}, {}, {}, {})
    assert writer.close() == []
    (reader,) = write(tmp_path, [Doc(["un"])])
    with pytest.raises(KeyError, match="chapeau"):
        reader.term_id("chapeau", "un")
    with pytest.raises(KeyError, match="pays"):
        reader.lengths("pays")


def test_a_segment_is_on_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def noted(name: str) -> None:
        function = getattr(os, name)

        def call(*arguments: Any) -> Any:
            calls.append(name)
            return function(*arguments)

        monkeypatch.setattr(os, name, call)

    noted("fsync")
    noted("replace")
    write(tmp_path, [Doc(["un"])])
    assert calls == ["fsync", "replace", "fsync"]


def test_a_failed_write_leaves_no_file(tmp_path: Path) -> None:
    def failing(word: str) -> str:
        raise RuntimeError(word)

    writer = SegmentWriter(tmp_path, [TextField("corps", {"clé": failing})])
    writer.add({"corps": ["maire"]}, {}, {}, {})
    with pytest.raises(RuntimeError):
        writer.close()
    assert list(tmp_path.iterdir()) == []


def test_a_cut_segment_is_told_and_a_whole_one_can_be_read_from_memory(tmp_path: Path) -> None:
    (reader,) = write(tmp_path, [Doc(["un", "élu"], ["la", "grève"], ["fr"], 3, 0.5)])
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    check(SegmentReader(data), [Doc(["un", "élu"], ["la", "grève"], ["fr"], 3, 0.5)])
    path.write_bytes(data[:-1])
    with pytest.raises(DamagedSegment, match="cut short"):
        SegmentReader(path)
    reader.close()


def test_a_reader_that_is_dropped_lets_go_of_its_file(tmp_path: Path) -> None:
    (reader,) = write(tmp_path, [Doc(["un"])])
    reader.postings("titre", reader.term_id("titre", "un"))
    (path,) = tmp_path.iterdir()
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("only Linux lists its maps")
    assert path.name in maps.read_text()
    del reader
    assert path.name not in maps.read_text()
