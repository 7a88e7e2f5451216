"""Packed integers: nothing is lost, however large the odd value."""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.columnar.container import Container, ContainerWriter
from index.columnar.integers import offsets, ragged, sums_before
from index.columnar.narrow import Narrow, NarrowWriter
from index.columnar.stepped import Stepped, SteppedWriter

MIXED = st.one_of(st.integers(0, 4), st.integers(250, 260), st.integers(0, 2**32 - 1))
ASCENDING = st.sets(
    st.one_of(st.integers(0, 300), st.integers(65_530, 65_540), st.integers(0, 2**31 - 1)),
    min_size=1,
    max_size=20,
).map(sorted)


@given(st.lists(st.lists(MIXED, max_size=20), max_size=5), st.data())
def test_narrow_arrays_keep_large_values(chunks: list[list[int]], data: st.DataObject) -> None:
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer = NarrowWriter(container, "a", np.uint8)
    for chunk in chunks:
        writer.append(np.array(chunk, np.int64))
    writer.close()
    container.finish({})
    values = [value for chunk in chunks for value in chunk]
    narrow = Narrow(Container(sink.getvalue()), "a")
    start = data.draw(st.integers(0, len(values)))
    stop = data.draw(st.integers(start, len(values)))
    assert len(narrow) == len(values)
    assert narrow.slice(start, stop).tolist() == values[start:stop]
    bounds = st.tuples(st.integers(0, len(values)), st.integers(0, len(values)))
    runs = [slice(*sorted(pair)) for pair in data.draw(st.lists(bounds, max_size=4))]
    starts = np.array([run.start for run in runs], np.int64)
    counts = np.array([run.stop for run in runs], np.int64) - starts
    joined = narrow.runs(starts, counts).tolist()
    assert joined == [value for run in runs for value in values[run]]


def test_small_values_are_a_view_of_the_file() -> None:
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer = NarrowWriter(container, "a", np.uint8)
    writer.append(np.array([1, 2, 3, 999]))
    writer.close()
    container.finish({})
    narrow = Narrow(Container(sink.getvalue()), "a")
    assert narrow.slice(0, 3).dtype == np.uint8
    assert narrow.slice(0, 3).base is not None


@given(st.lists(st.lists(ASCENDING, max_size=6), max_size=4), st.data())
def test_stepped_runs_come_back(chunks: list[list[list[int]]], data: st.DataObject) -> None:
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer = SteppedWriter(container, "a")
    for chunk in chunks:
        flat = [value for run in chunk for value in run]
        writer.append(np.array(flat, np.int64), np.array([len(run) for run in chunk], np.int64))
    writer.close()
    container.finish({})
    runs = [run for chunk in chunks for run in chunk]
    stepped = Stepped(Container(sink.getvalue()), "a")
    counts = np.array([len(run) for run in runs], np.int64)
    bounds = offsets(counts)
    for index, run in enumerate(runs):
        assert stepped.run(int(bounds[index]), int(bounds[index + 1])).tolist() == run
    if runs:
        chosen = np.array(data.draw(st.lists(st.integers(0, len(runs) - 1))), np.int64)
        joined = stepped.runs(bounds[chosen], counts[chosen]).tolist()
        assert joined == [value for index in chosen.tolist() for value in runs[index]]


@given(ASCENDING, ASCENDING, ASCENDING)
def test_numbers_are_found_in_a_run(before: list[int], run: list[int], wanted: list[int]) -> None:
    """Few numbers are searched for, many looked up in a table; other runs are no matter."""
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer = SteppedWriter(container, "a")
    counts = np.array([len(before), len(run)], np.int64)
    writer.append(np.array(before + run, np.int64), counts)
    writer.close()
    container.finish({})
    stepped = Stepped(Container(sink.getvalue()), "a")
    for some in (wanted[:1], wanted, sorted({*wanted, *run[::2]}), run):
        places, there = stepped.find(len(before), int(counts.sum()), np.array(some, np.int32))
        assert there.tolist() == [number in run for number in some]
        found = places[there].tolist()
        assert found == [run.index(number) for number in some if number in run]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_ragged_indexes(runs: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in runs], np.int64)
    counts = np.array([count for _, count in runs], np.uint8)
    expected = [start + step for start, count in runs for step in range(count)]
    assert ragged(starts, counts).tolist() == expected


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=200).flatmap(
        lambda counts: st.tuples(
            st.just(counts),
            st.lists(st.integers(0, len(counts) - 1), min_size=1, max_size=20, unique=True),
        )
    )
)
def test_sums_before_places(drawn: tuple[list[int], list[int]]) -> None:
    counts, places = drawn[0], sorted(drawn[1])
    found = sums_before(np.array(counts, np.uint8), np.array(places))
    assert found.tolist() == [sum(counts[:place]) for place in places]
