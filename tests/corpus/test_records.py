"""From raw fields to an article."""

import pytest

from corpus.readers.field_names import FIELDS, NAMES, FieldNames, as_text
from corpus.records import Record, SetAside, site_of, to_article


def test_every_field_is_cleaned() -> None:
    record = Record(
        title=" Un <i>pont</i>\nneuf ",
        body="<p>FRANCE-PONTSLa mairie&nbsp;!</p><p>La foule.</p>",
        source="Le\u00adFanal ",
        date="3 juil 2020",
        url=" https://www.a.example/1 ",
        section="Régions\x00",
        author="Par Inès Daumal",
        id=" A 1\n",
    )
    article = to_article(record, "x.json")
    assert (article.id, article.title, article.source) == ("A 1", "Un pont neuf", "LeFanal")
    assert article.body == "La mairie\u00a0!\n\nLa foule."
    assert (str(article.published), article.url) == ("2020-07-03", "https://www.a.example/1")
    assert (article.section, article.author) == ("Régions", "Inès Daumal")
    assert article.file == "x.json" and article.entities == ()


def test_a_title_as_long_as_a_text_is_one() -> None:
    title = "Un mot " * 200
    article = to_article(Record(title=title, body="La suite."), "x.json")
    assert (article.title, article.body) == ("", f"{title.strip()}\n\nLa suite.")
    assert to_article(Record(title=title), "x.json").body == title.strip()


def test_an_id_is_derived_from_the_cleaned_content() -> None:
    first = to_article(Record(title="T", body="Un.\n\nDeux."), "a")
    second = to_article(Record(title=" T\u200b", body="<p>Un.</p><p>Deux.</p>"), "b")
    assert first.id == second.id and len(first.id) == 16


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.lefanal.example/x", "lefanal.example"),
        ("http://actu.lefanal.example:80", "actu.lefanal.example"),
        ("lefanal.example/x", ""),
        ("http://[casse", ""),
        ("", ""),
    ],
)
def test_sites(url: str, site: str) -> None:
    assert site_of(url) == site


def test_values_as_text() -> None:
    deep: object = "x"
    for _ in range(50):
        deep = [deep]
    assert [as_text(value) for value in ("a", 3, 3.0, 2.5, float("nan"), True, None, deep)] == [
        *("a", "3", "3", "2.5", "", "", "", "")
    ]
    assert as_text(["a", "", {"name": "b"}, 3]) == "a, b, 3"
    assert as_text({"rendered": "a"}) == as_text({"$oid": "a"}) == "a"
    assert as_text({"inconnu": "a"}) == ""


@pytest.mark.parametrize("name", ["Titre", "TITRE", "titre ", "Titre_Article", "headline"])
def test_names_are_folded(name: str) -> None:
    record = FieldNames().record({name: "T"})
    assert record is not None and record.title == "T"


def test_a_field_has_one_meaning() -> None:
    names = [name for usual in NAMES.values() for name in usual]
    assert len(names) == len(set(names))
    assert all(name.isalnum() and name == name.lower() for name in names)
    assert set(FIELDS) <= set(Record.__dataclass_fields__)


def test_the_first_that_holds_something_counts() -> None:
    raw = {"body": " ", "text": "", "content": "vrai", "summary": "court"}
    record = FieldNames().record(raw)
    assert record is not None and record.body.strip() == "vrai"


def test_a_lead_stands_before_the_text_once() -> None:
    fields = FieldNames()
    record = fields.record({"chapo": "Enfin.", "texte": "La suite."})
    assert record is not None and record.body == "Enfin.\n\nLa suite."
    record = fields.record({"chapo": "Enfin.", "texte": "Enfin. La suite."})
    assert record is not None and record.body == "Enfin. La suite."


def test_messages() -> None:
    assert str(SetAside("a.csv", "trop court", "ligne 3")) == "a.csv, ligne 3 : trop court"
    assert str(SetAside("a.csv", "trop court")) == "a.csv : trop court"
