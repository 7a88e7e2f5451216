"""kiosque inspect: what would be indexed, as one JSON object a line."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from corpus.article import METADATA
from corpus.commands import inspect

KEYS = [
    *("file", "id", "title", "body", "date", "source", "section", "author", "url"),
    *("published", *METADATA, "countries", "countries_about", "countries_title", "persons", "orgs"),
]
TEXT = (
    "Paris et Berlin se rapprochent\n\nPARIS, 3 juil 2020 (AFP) - Le président Emmanuel Macron a "
    "reçu la chancelière Angela Merkel. L’Organisation des Nations unies s’en est félicitée."
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(inspect, [str(argument) for argument in arguments])


def test_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.csv").write_text("titre;texte;date\nUn pont;Le corps;mars 2014\nUn port;;\n")
    result = run(tmp_path)
    assert result.exit_code == 0 and not result.stderr
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert list(first) == list(second) == KEYS
    assert (first["date"], first["source"]) == ("2020-07-03", "AFP")
    assert set(first["countries"]) == {"FR", "DE"}
    assert set(first["countries_about"]) == set(first["countries_title"]) == {"FR", "DE"}
    assert set(first["persons"]) == {"Emmanuel Macron", "Angela Merkel"}
    assert first["orgs"] and first["file"] == str(tmp_path / "a.txt")
    assert (second["date"], third["date"]) == ("2014-03", None)
    assert "’" in result.stdout  # not escaped


def test_organisations_go_by_the_name_that_the_article_gives(tmp_path: Path) -> None:
    """By the acronym if only it occurs; the index has one value for each, whatever its name."""
    for number, text in enumerate(
        (
            "Le PS et LREM réclament un débat à l'ONU.",
            "Le Parti socialiste (PS) réclame un débat aux Nations unies.",
            "Un débat sur BFM-TV et Franceinfo, puis au Guardian.",
        )
    ):
        (tmp_path / f"{number}.txt").write_text(f"Un débat\n\n{text}\n")
    names = [json.loads(line)["orgs"] for line in run(tmp_path).stdout.splitlines()]
    assert names == [
        ["PS", "LREM", "ONU"],
        ["Parti socialiste", "Nations unies"],
        ["BFMTV", "France Info", "The Guardian"],
    ]


def test_what_is_set_aside_goes_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.json").write_text('{"x": 1}')
    result = run(tmp_path, tmp_path / "absent")
    assert result.exit_code == 0 and len(result.stdout.splitlines()) == 1
    assert "b.json, ligne 1 : ni titre ni texte" in result.stderr
    assert "absent : introuvable" in result.stderr


def test_nothing_read_is_a_failure(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 1 and not result.stdout
    assert "aucun fichier" in result.stderr and "Aucun article" in result.stderr


def test_map(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"gros": "Un pont", "mots": {"tous": "Le corps"}}')
    result = run(tmp_path, "--map", "title=gros", "--map", "body = mots.tous")
    assert [json.loads(result.stdout)[key] for key in ("title", "body")] == ["Un pont", "Le corps"]


def test_a_wrong_map_is_explained(tmp_path: Path) -> None:
    for pair in ("titre=x", "title", "title=", "=x"):
        result = run(tmp_path, "--map", pair)
        assert result.exit_code == 2 and "CHAMP=NOM" in result.stderr and "title" in result.stderr


def test_help_is_french() -> None:
    result = run("--help")
    assert result.exit_code == 0 and "CHEMIN" in result.stdout and "CHAMP=NOM" in result.stdout


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    text = "mot " * 999
    lines = "".join(f'{{"id": {n}, "title": "Un pont", "text": "{text}"}}\n' for n in range(99))
    (tmp_path / "x.jsonl").write_text(lines)
    command = [sys.executable, "-c", "from corpus.commands import inspect; inspect()", tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_only_articles_in_a_language(tmp_path: Path) -> None:
    english = (
        "The council has voted\n\nThe town council voted last night to renovate the market; "
        "the works will start in spring and last for two years, the mayor said."
    )
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(english)
    (tmp_path / "c.txt").write_text("Budget\n\n2020")
    both = run(tmp_path)
    assert [json.loads(line)["language"] for line in both.stdout.splitlines()] == ["fr", "en", ""]
    french = run(tmp_path, "--lang", "fr")
    assert [json.loads(line)["language"] for line in french.stdout.splitlines()] == ["fr", ""]
    assert "b.txt : article en anglais, ignoré par --lang" in french.stderr
    wrong = run(tmp_path, "--lang", "3")
    assert wrong.exit_code == 2 and "par exemple fr" in wrong.stderr
