"""Stored fields: any document, as it was, without pickle."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.columnar.container import Container, ContainerWriter, DamagedSegment
from index.columnar.dumping import dump, load
from index.columnar.stored import Stored, StoredWriter, dictionary_of

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.datetimes()
    | st.dates()
    | st.times()
    | st.binary()
    | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def stored(documents: list[dict[str, Any]]) -> Stored:
    writer = StoredWriter()
    for document in documents:
        writer.add(document)
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer.write(container)
    container.finish({})
    return Stored(Container(sink.getvalue()))


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_values_come_back_as_they_were(fields: dict[str, Any]) -> None:
    assert load(dump(fields)) == fields


def test_types_are_kept_apart() -> None:
    fields = {
        "paru": datetime(2015, 11, 13, 21, 20, tzinfo=UTC),
        "jour": date(2015, 11, 13),
        "heure": time(21, 20),
        "prix": Decimal("1.10"),
        "brut": b"\x00\xff",
    }
    read = load(dump(fields))
    assert {name: type(value) for name, value in read.items()} == {
        name: type(value) for name, value in fields.items()
    }


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot store a object"):
        dump({"titre": object()})


@pytest.mark.parametrize("count", [0, 1, 255, 256, 2500])
def test_any_document_is_read_alone(count: int) -> None:
    documents = [
        {"titre": f"Le conseil municipal a voté le budget numéro {number}", "page": number}
        for number in range(count)
    ]
    read = stored(documents)
    assert len(read) == count
    for number in range(0, count, 97):
        assert read.fields(number) == documents[number]


def test_many_documents_share_a_dictionary() -> None:
    documents = [
        {"titre": f"Grève du {day} : le trafic des trains reste perturbé", "corps": f"{day**5}" * 9}
        for day in range(1000)
    ]
    read = stored(documents)
    assert len(read.dictionaries) == 1
    assert dictionary_of(read.frame(999)) in read.dictionaries


def test_threads_read_side_by_side() -> None:
    documents = [{"titre": f"Séance du {day}", "corps": f"{day**7}" * 50} for day in range(400)]
    read = stored(documents)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(read.fields, range(400))) == documents


def test_a_damaged_frame_is_told() -> None:
    sink = io.BytesIO()
    container = ContainerWriter(sink)
    writer = StoredWriter()
    writer.add({"titre": "Le préfet appelle à la prudence"})
    writer.write(container)
    container.finish({})
    data = bytearray(sink.getvalue())
    place = data.index(b"titre")
    data[place - 12 : place + 4] = bytes(16)
    with pytest.raises(DamagedSegment):
        Stored(Container(bytes(data))).fields(0)
