"""JSON and JSON Lines: shapes, field names, and what is broken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import json_records
from corpus.records import Record, SetAside, Unreadable, to_article
from tests.corpus.opened import opened

FIRST = {"id": 1, "titre": "Un pont neuf", "texte": "La mairie inaugure le pont."}
SECOND = {"id": 2, "titre": "Un port calme", "texte": "Les chalutiers sont rentrés."}


def read(data: bytes | str, name: str = "x.json", **mapping: str) -> list[Record | SetAside]:
    found = list[Record | SetAside]()
    try:
        found.extend(iter(json_records.read(opened(data, name, mapping))))
    except Unreadable as refusal:
        found.append(SetAside(name, refusal.reason, refusal.position))
    return found


def titles(found: list[Record | SetAside]) -> list[str]:
    return [item.title for item in found if isinstance(item, Record)]


def dumped(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


@pytest.mark.parametrize(
    "text",
    [
        dumped([FIRST, SECOND]),
        dumped([FIRST, SECOND], indent=2),
        f"{dumped(FIRST)}\n\n{dumped(SECOND)}\n",
        f"{dumped(FIRST)}\r\n{dumped(SECOND)}",
        f"{dumped(FIRST, 2)}\n{dumped(SECOND, 2)}",
        dumped({"total": 2, "articles": [FIRST, SECOND]}),
        dumped({"title": "Mon export", "articles": [FIRST, SECOND]}, indent=1),
        dumped({"response": {"docs": [FIRST, SECOND]}}),
        dumped({"hits": {"hits": [{"_source": FIRST}, {"_source": SECOND}]}}),
    ],
)
def test_shapes(text: str) -> None:
    assert json_records.recognises(opened(text))
    assert titles(read(text)) == ["Un pont neuf", "Un port calme"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = dumped([{"titre": "L’été à Nîmes", "texte": "Où l’on fête la féria."}])
    assert titles(read(text.encode(encoding))) == ["L’été à Nîmes"]
    assert titles(read(text[1:-1].encode(encoding), "x.jsonl")) == ["L’été à Nîmes"]


def test_names_of_fields() -> None:
    raw = {
        "documentId": "V-12",
        "Headline": "Un pont neuf",
        "paragraphs": ["La mairie inaugure.", "La foule suit."],
        "publication": {"name": "Le Fanal"},
        "agency": "AFP",
        "Date de publication": "3 févr. 2016",
        "rubriques": ["Régions", "Société"],
        "authors": [{"name": "Inès Daumal"}, {"name": "Hugo Lestienne"}],
        "lien": "https://www.lefanal.example/pont",
    }
    (record,) = read(dumped(raw))
    assert isinstance(record, Record)
    article = to_article(record, "x.json")
    assert (article.id, article.title) == ("V-12", "Un pont neuf")
    assert article.body == "La mairie inaugure.\n\nLa foule suit."
    assert (article.source, str(article.published)) == ("Le Fanal", "2016-02-03")
    assert (article.section, article.author) == (
        "Régions, Société",
        "Inès Daumal, Hugo Lestienne",
    )
    assert article.url == "https://www.lefanal.example/pont"


def test_the_agency_is_the_source_where_there_is_no_other() -> None:
    (with_agency,) = read(dumped({"title": "T", "agency": "AFP", "url": "https://www.a.example/1"}))
    (without,) = read(dumped({"title": "T", "agency": "", "url": "https://www.a.example/1"}))
    assert isinstance(with_agency, Record) and isinstance(without, Record)
    assert to_article(with_agency, "").source == "AFP"
    assert to_article(without, "").source == "a.example"


def test_markup_and_lead() -> None:
    raw = {
        "title": {"rendered": "Un <em>pont</em> neuf &amp; beau"},
        "chapo": "Enfin.",
        "content": {"rendered": "<p>La mairie<br>inaugure.</p><p>La foule suit.</p>"},
    }
    (record,) = read(dumped(raw))
    assert isinstance(record, Record)
    article = to_article(record, "")
    assert article.title == "Un pont neuf & beau"
    assert article.body.startswith("Enfin.\n\nLa mairie")
    assert article.body.endswith("\n\nLa foule suit.")


def test_mapping() -> None:
    raw = dumped({"entete": {"gros": "Un pont neuf"}, "t": "La mairie inaugure.", "text": "rien"})
    (record,) = read(raw, title="entete.gros", body="t")
    assert isinstance(record, Record)
    assert (record.title, record.body) == ("Un pont neuf", "La mairie inaugure.")
    with pytest.raises(ValueError, match="champ inconnu : titel"):
        read(raw, titel="x")


@pytest.mark.parametrize("missing", ["titre", "texte"])
def test_one_of_title_and_body_is_enough(missing: str) -> None:
    (record,) = read(dumped({k: v for k, v in FIRST.items() if k != missing}))
    assert isinstance(record, Record)


def test_neither_title_nor_body() -> None:
    one, two, three = read(f'{dumped(FIRST)}\n{{"id": 3, "mots": 12}}\nnull\n', "x.jsonl")
    assert isinstance(one, Record)
    assert isinstance(two, SetAside) and two.position == "ligne 2"
    assert "id, mots" in two.reason and "--map" in two.reason
    assert isinstance(three, SetAside) and three.position == "ligne 3"


def test_a_broken_line_costs_only_itself() -> None:
    found = read(f'{dumped(FIRST)}\n{{"titre": "coupé\n{dumped(SECOND)}\n')
    assert titles(found) == ["Un pont neuf", "Un port calme"]
    (broken,) = (item for item in found if isinstance(item, SetAside))
    assert broken.position == "ligne 2" and "JSON invalide" in broken.reason


def test_a_broken_array_is_read_up_to_the_break() -> None:
    *found, broken = read(f'[{dumped(FIRST)},\n{dumped(SECOND)},\n {{"titre": "x" "y"}}]')
    assert titles(found) == ["Un pont neuf", "Un port calme"]
    assert isinstance(broken, SetAside) and broken.position == "ligne 3"
    assert "colonne 16" in broken.reason
    *found, broken = read(f"[{dumped(FIRST)}, {dumped(SECOND)}")
    assert len(found) == 2 and isinstance(broken, SetAside) and "inachevé" in broken.reason


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"a":' * 100_000, '[{"titre":' + "9" * 5000 + "}]"]
)
def test_nesting_and_numbers_without_end(text: str) -> None:
    (broken,) = read(text)
    assert isinstance(broken, SetAside)


def test_long_arrays_are_read_piece_by_piece() -> None:
    many = [{"titre": f"Titre {n}", "texte": "mot " * n} for n in range(1500)]
    assert len(titles(read(dumped(many)))) == 1500
    long = [{"titre": "Long", "texte": "mot " * 300_000}, FIRST]
    assert titles(read(dumped(long))) == ["Long", "Un pont neuf"]


def test_line_numbers_hold_in_long_arrays() -> None:
    many = ",\n".join(dumped({"titre": f"T{n}", "texte": "x" * 200}) for n in range(4000))
    *_, broken = read(f"[{many},\n oups]")
    assert isinstance(broken, SetAside) and broken.position == "ligne 4001"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["titre", "texte", "date", "id", "x"]), inner, max_size=4)
    ),
)


@given(JSON, st.integers(0, 30))
def test_any_json_even_cut(value: object, cut: int) -> None:
    text = json.dumps(value)
    for item in read(text[: len(text) - cut], "x.jsonl") + read(text):
        if isinstance(item, Record):
            assert to_article(item, "x").title is not None


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    for start in (b"", b"[{", b'{"titre":"'):
        assert all(isinstance(item, Record | SetAside) for item in read(start + data))


@pytest.mark.parametrize(
    ("fields", "body", "excerpt"),
    [
        ({"description": "Un résumé."}, "Un résumé.", True),
        ({"chapo": "Le chapô seul."}, "Le chapô seul.", True),
        ({"texte": "Tout le texte.", "résumé": "Un résumé."}, "Tout le texte.", False),
        ({}, "", False),
    ],
)
def test_a_summary_alone_is_an_excerpt(fields: dict[str, str], body: str, excerpt: bool) -> None:
    (record,) = read(dumped([{"titre": "Un pont neuf", **fields}]))
    assert isinstance(record, Record)
    article = to_article(record, "x")
    assert (article.body, article.excerpt) == (body, excerpt)


def test_a_summary_that_is_mapped_to_the_text_is_no_excerpt() -> None:
    (record,) = read(dumped([{"titre": "Un pont neuf", "résumé": "Tout."}]), body="résumé")
    assert isinstance(record, Record) and (record.body, record.excerpt) == ("Tout.", "")
