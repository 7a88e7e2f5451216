"""CSV and TSV: delimiters, quotes, headers, and rows that went wrong."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import tables
from corpus.records import Record, SetAside, Unreadable, to_article
from tests.corpus.opened import opened

HEADER = ["titre", "texte", "date", "journal"]
ROWS = [
    ["Un pont neuf", "La mairie inaugure ; la foule suit.\nOn danse.", "2014-05-17", "Le Fanal"],
    ["« Oui », dit-elle", 'Elle ajoute : "jamais, non",\tet sort.', "3 mai 2015", "La Boussole"],
]


def written(rows: list[list[str]], **options: object) -> str:
    text = io.StringIO()
    csv.writer(text, **options).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def read(data: bytes | str, name: str = "x.csv", **mapping: str) -> list[Record | SetAside]:
    try:
        return list(tables.read(opened(data, name, mapping)))
    except Unreadable as refusal:
        return [SetAside(name, refusal.reason, refusal.position)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_written_tables_are_read_back(delimiter: str, quoting: int, encoding: str) -> None:
    text = written([HEADER, *ROWS], delimiter=delimiter, quoting=quoting)
    file = opened(text.encode(encoding), "x")
    assert tables.recognises(file)
    found = list(tables.read(file))
    assert [(r.title, r.body, r.date, r.source) for r in found if isinstance(r, Record)] == [
        tuple(row) for row in ROWS
    ]


def test_backslashes_before_quotes() -> None:
    (record,) = read('titre,texte\n"Le \\"oui\\"","Un corps."\n')
    assert isinstance(record, Record) and record.title == 'Le "oui"'


def test_first_line_for_excel_and_old_line_ends() -> None:
    (record,) = read("sep=;\r\ntitre;texte\r\nUn pont;Le corps\r\n")
    assert isinstance(record, Record) and record.position == "ligne 3"
    (record,) = read("titre;texte\rUn pont;Le corps\r")
    assert isinstance(record, Record) and record.body == "Le corps"


def test_a_text_with_semicolons_is_no_table() -> None:
    assert not tables.recognises(opened("Le port ; la mer ; le vent\n\nUn texte.", "x.txt"))
    assert not tables.recognises(opened("Le titre, le texte, la date\n\nUn essai.", "x.txt"))
    assert tables.recognises(opened("a;b\n1;2", "x.csv"))


def test_unknown_columns_are_told_once() -> None:
    (refusal,) = read("a;b;c\n1;2;3\n4;5;6\n")
    assert isinstance(refusal, SetAside) and "a, b, c" in refusal.reason
    assert "--map title=CHAMP" in refusal.reason
    first, _ = read("a;b;c\n1;2;3\n4;5;6\n", title="b")
    assert isinstance(first, Record) and first.title == "2"


def test_a_quote_too_many_costs_no_other_row() -> None:
    text = 'titre;texte\nA;"jamais fermé\nB;corps de B\nC;"corps; de C"\nD;x;"y\nE;fin\n'
    found = read(text)
    assert [r.title for r in found if isinstance(r, Record)] == ["A", "B", "C", "E"]
    (broken,) = (r for r in found if isinstance(r, SetAside))
    assert broken.position == "ligne 5" and "guillemets" in broken.reason


def test_rows_of_another_width() -> None:
    found = read("titre,texte,date\nA,un, deux, trois\n,,\nB\n,,2014\nC,corps,2015,,\n")
    assert [r.title for r in found if isinstance(r, Record)] == ["A", "B", "C"][1:]
    wide, empty = (r for r in found if isinstance(r, SetAside))
    assert (wide.position, empty.position) == ("ligne 2", "ligne 5")
    assert "4 colonnes au lieu de 3" in wide.reason


def test_huge_fields() -> None:
    (record,) = read(f"titre;texte\nA;{'mot ' * 100_000}\n")
    assert isinstance(record, Record) and len(record.body) == 400_000


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=6))
def test_any_cells(rows: list[list[str]]) -> None:
    wanted = [row for row in rows if row[0].strip() or row[1].strip()]
    text = written([["titre", "texte"], *wanted], quoting=csv.QUOTE_ALL)
    if "\\" in text:
        return  # whether it escapes is a guess
    found = read(text.encode("utf-8", "replace"))
    assert len([item for item in found if isinstance(item, Record)]) == len(wanted)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    for start in (b"", b"titre;texte\n", b'titre;texte\n"'):
        for item in read(start + data):
            if isinstance(item, Record):
                to_article(item, "x")
