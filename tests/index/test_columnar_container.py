"""The file format: what goes in comes out, and damage is told."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.columnar.container import (
    ALIGNMENT,
    MAGIC,
    Array,
    Container,
    ContainerWriter,
    DamagedSegment,
)


def written(sections: dict[str, Array]) -> bytes:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    for name, values in sections.items():
        writer.add(name, values)
    writer.finish({"documents": 3})
    return sink.getvalue()


SECTIONS = st.dictionaries(
    st.text(max_size=8),
    st.tuples(
        st.sampled_from(["u1", "<u2", "<u4", "<u8", "<i8", "<f4", "<f8"]),
        st.lists(st.integers(0, 255), max_size=100),
    ),
    max_size=6,
)
SMALL = written({"titre/termes": np.arange(5, dtype=np.uint16), "vide": np.zeros(0, np.int64)})


@given(SECTIONS)
def test_sections_come_back_as_written(sections: dict[str, tuple[str, list[int]]]) -> None:
    arrays = {name: np.array(values, kind) for name, (kind, values) in sections.items()}
    container = Container(written(arrays))
    assert container.meta == {"documents": 3}
    for name, values in arrays.items():
        read = container.array(name)
        assert read.dtype == values.dtype
        assert read.tolist() == values.tolist()
        assert container.view(name).tobytes() == values.tobytes()
    container.verify()


@given(SECTIONS)
def test_compressed_sections_come_back_as_written(
    sections: dict[str, tuple[str, list[int]]],
) -> None:
    arrays = {name: np.array(values, kind) for name, (kind, values) in sections.items()}
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    for name, values in arrays.items():
        writer.add_packed(name, values)
    writer.finish({})
    container = Container(sink.getvalue())
    for name, values in arrays.items():
        read = container.array(name)
        assert (read.dtype, read.tolist()) == (values.dtype, values.tolist())
        assert not read.flags.writeable
        assert container.view(name).tobytes() == values.tobytes()
    container.verify()


def test_a_damaged_compressed_section_is_told() -> None:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    writer.add_packed("a", np.arange(1000))
    writer.finish({})
    data = bytearray(sink.getvalue())
    data[ALIGNMENT : ALIGNMENT + 8] = bytes(8)
    container = Container(bytes(data))
    with pytest.raises(DamagedSegment, match="'a'"):
        container.array("a")
    with pytest.raises(DamagedSegment, match="'a' is damaged"):
        container.verify()


def test_big_endian_arrays_are_turned_round() -> None:
    container = Container(written({"a": np.array([1, 2, 70000], ">u4")}))
    assert container.array("a").tolist() == [1, 2, 70000]
    assert container.array("a").dtype.str == "<u4"


def test_sections_start_at_aligned_offsets_and_are_read_only(tmp_path: Path) -> None:
    path = tmp_path / "a.segment"
    path.write_bytes(SMALL)
    container = Container(path)
    values = container.array("titre/termes")
    assert values.ctypes.data % ALIGNMENT == 0
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 1
    container.close()
    assert values.tolist() == [0, 1, 2, 3, 4]


def test_streams_fill_side_by_side() -> None:
    sink = io.BytesIO()
    writer = ContainerWriter(sink)
    first, second = writer.stream("a", np.uint8), writer.stream("b", np.uint32)
    for step in range(100):
        first.append(np.array([step]))
        second.append(np.array([step, 10 * step]))
    second.close()
    writer.add_bytes("c", b"entre deux")
    first.close()
    writer.finish({})
    container = Container(sink.getvalue())
    assert container.array("a").tolist() == list(range(100))
    assert container.array("b").tolist() == [n for step in range(100) for n in (step, 10 * step)]
    assert container.view("c").tobytes() == b"entre deux"
    container.verify()


def test_two_sections_of_one_name_are_refused() -> None:
    writer = ContainerWriter(io.BytesIO())
    writer.add_bytes("a", b"")
    with pytest.raises(ValueError, match="already"):
        writer.add_bytes("a", b"")


def test_a_file_cut_short_anywhere_is_told() -> None:
    for length in range(len(SMALL)):
        with pytest.raises(DamagedSegment):
            Container(SMALL[:length])


def test_no_altered_byte_goes_unnoticed() -> None:
    # The five 16-bit numbers at 64 are the only content; zeros fill up to 64 and to 128.
    filling = {*range(len(MAGIC), ALIGNMENT), *range(ALIGNMENT + 10, 2 * ALIGNMENT)}
    for place in sorted(set(range(len(SMALL))) - filling):
        altered = bytearray(SMALL)
        altered[place] ^= 0x41
        with pytest.raises(DamagedSegment):
            Container(bytes(altered)).verify()


def test_an_empty_file_and_a_foreign_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.segment"
    for content in (b"", b"PK\x03\x04" + bytes(200)):
        path.write_bytes(content)
        with pytest.raises(DamagedSegment, match="reindex"):
            Container(path)
    with pytest.raises(FileNotFoundError):
        Container(tmp_path / "absent")


def test_a_missing_section_is_told() -> None:
    with pytest.raises(DamagedSegment, match="corps"):
        Container(SMALL).array("corps")
