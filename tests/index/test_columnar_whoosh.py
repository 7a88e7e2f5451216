"""Columnar segments in the life of a Whoosh index: sorted, updated, merged, refused."""

from datetime import datetime
from pathlib import Path

import pytest
from whoosh import columns, fields, formats, query, sorting
from whoosh.codec import default_codec
from whoosh.filedb.filestore import FileStorage, RamStorage

from index.columnar.codec import ColumnarCodec, join_segments
from index.columnar.container import DamagedSegment
from index.columnar.whoosh_formats import UnsupportedField
from tests.index.test_columnar_codec import ANALYZER, SCHEMA, pair

DOCS = [
    {"corps": "le maire et la loi", "titre": "la grève", "pays": "fr", "page": 3},
    {
        "corps": "la grève, la grève",
        "pays": "be,fr",
        "titre": "une loi",
        "paru": datetime(2015, 11, 13, 21),
    },
    {"corps": "élue mairie", "titre": "la loi", "pays": "ca", "page": 1, "une": True},
    {"corps": "le maire", "titre": "élu", "pays": "fr", "page": 1},
]


@pytest.mark.parametrize("order", ["page", "paru", "titre", "pays"])
@pytest.mark.parametrize("reverse", [False, True])
def test_sorting_and_facets_are_the_same(order: str, reverse: bool) -> None:
    tree = query.Or([query.Term("corps", word) for word in ("la", "le", "mairie")])
    answers = []
    for index in pair([DOCS[:2], DOCS[2:]], ["n3"]):
        with index.searcher() as searcher:
            results = searcher.search(
                tree,
                sortedby=sorting.FieldFacet(order, reverse=reverse),
                groupedby=["pays", "page"],
            )
            docs = [hit.docnum for hit in results]
            answers.append((docs, results.groups("pays"), results.groups("page")))
    assert answers[0] == answers[1]
    assert len(answers[1][0]) == 3


def test_updates_replace_and_small_segments_merge(tmp_path: Path) -> None:
    index = FileStorage(tmp_path).create_index(SCHEMA)
    for number in range(12):
        with index.writer(codec=ColumnarCodec()) as writer:
            writer.update_document(id=f"n{number % 5}", corps=f"loi n{number}", page=number)
    with index.searcher() as searcher:
        assert searcher.doc_count() == 5
        found = searcher.search(query.Term("corps", "loi"), sortedby="page")
        assert [hit["page"] for hit in found] == [7, 8, 9, 10, 11]
    assert len(index._segments()) < 12


def test_joining_segments_as_arrays_keeps_documents_and_exact_lengths(tmp_path: Path) -> None:
    index = FileStorage(tmp_path).create_index(SCHEMA)
    long = " ".join(["loi"] * 33)
    for number in range(3):
        with index.writer(codec=ColumnarCodec()) as writer:
            writer.merge = False
            writer.add_document(id=f"n{number}", corps=long, titre="la grève", page=number)
    assert len(index._segments()) == 3
    writer = index.writer(codec=ColumnarCodec())
    writer.delete_by_term("id", "n1")
    writer.commit(mergetype=join_segments)
    (segment,) = index._segments()
    assert segment.doc_count_all() == 2
    assert len([path for path in tmp_path.iterdir() if path.suffix == ".segment"]) == 1
    with index.searcher() as searcher:
        assert searcher.reader().field_length("corps") == 66
        found = searcher.search(query.Phrase("titre", ["la", "grève"]), sortedby="page")
        assert [hit.fields()["id"] for hit in found] == ["n0", "n2"]


def test_a_deletion_can_be_taken_back(tmp_path: Path) -> None:
    index = FileStorage(tmp_path).create_index(SCHEMA)
    with index.writer(codec=ColumnarCodec()) as writer:
        for doc in DOCS:
            writer.add_document(**doc)
    for delete, count in ((True, 3), (False, 4)):
        writer = index.writer(codec=ColumnarCodec())
        writer.delete_document(2, delete=delete)
        assert writer.is_deleted(2) is delete
        writer.commit(merge=False)
        assert index.doc_count() == count


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    index = FileStorage(tmp_path).create_index(SCHEMA)
    before = sorted(tmp_path.iterdir())
    writer = index.writer(codec=ColumnarCodec())
    writer.add_document(**DOCS[0])
    writer.cancel()
    assert [path for path in sorted(tmp_path.iterdir()) if path not in before] == [
        tmp_path / "MAIN_WRITELOCK"
    ]
    assert index.is_empty()


def test_a_damaged_segment_is_told(tmp_path: Path) -> None:
    index = FileStorage(tmp_path).create_index(SCHEMA)
    with index.writer(codec=ColumnarCodec()) as writer:
        writer.add_document(**DOCS[0])
    (path,) = tmp_path.glob("*.segment")
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(DamagedSegment, match="cut short"):
        index.searcher()


def test_formats_with_boosts_come_back() -> None:
    for kind in (formats.PositionBoosts, formats.CharacterBoosts, formats.Characters):
        schema = fields.Schema(corps=fields.FieldType(kind(), ANALYZER, scorable=True))
        values = []
        for codec in (default_codec(), ColumnarCodec()):
            index = RamStorage().create_index(schema)
            with index.writer(codec=codec) as writer:
                writer.add_document(corps="la loi, la grève")
                writer.add_document(corps="la mairie")
            with index.reader() as reader:
                matcher = reader.postings("corps", "la")
                values.append(
                    [(doc, matcher.weight(), value) for doc, value in matcher.all_items()]
                )
        assert values[0] == values[1]


class Countries(fields.ID):  # type: ignore[misc]
    """A field whose column holds a list; outside the test, for Whoosh pickles its schema."""

    def to_column_value(self, value: str) -> list[bytes]:
        return value.encode().split(b",")


def test_lists_of_bytes_in_columns_come_back() -> None:
    answers = []
    schema = fields.Schema(pays=Countries(sortable=columns.VarBytesListColumn()))
    for codec in (default_codec(), ColumnarCodec()):
        index = RamStorage().create_index(schema)
        with index.writer(codec=codec) as writer:
            for value in ("fr,be", None, "ca"):
                writer.add_document(pays=value)
        with index.reader() as reader:
            column = reader.column_reader("pays", translate=False)
            answers.append([column[doc] for doc in range(3)])
    assert answers[0] == answers[1] == [[b"fr", b"be"], [], [b"ca"]]


def test_what_cannot_be_kept_is_refused_with_a_remedy() -> None:
    schema = fields.Schema(corps=fields.TEXT(vector=True), brut=fields.STORED)
    writer = RamStorage().create_index(schema).writer(codec=ColumnarCodec())
    with pytest.raises(UnsupportedField, match="vector"):
        writer.add_document(corps="la loi")
    writer.cancel()
    schema = fields.Schema(brut=fields.STORED)
    writer = RamStorage().create_index(schema).writer(codec=ColumnarCodec())
    with pytest.raises(TypeError, match="cannot store"):
        writer.add_document(brut=object())
    writer.cancel()
    pickles = columns.PickleColumn(columns.VarBytesColumn())
    schema = fields.Schema(brut=fields.ID(sortable=pickles))
    writer = RamStorage().create_index(schema).writer(codec=ColumnarCodec())
    with pytest.raises(UnsupportedField, match="PickleColumn"):
        writer.add_document(brut="loi")
    writer.cancel()
