"""What click says, in French."""

import gettext
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from web.cli import main

_CATALOGUE = Path("web/locale/fr/LC_MESSAGES/messages.po")


def test_every_sentence_translated_is_one_of_click() -> None:
    said = " ".join(path.read_text("utf-8") for path in Path(click.__file__).parent.glob("*.py"))
    said = said.replace('"\n', '"')  # what is long is written in parts
    with _CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        for sentence in message.id if isinstance(message.id, tuple) else (message.id,):
            assert sentence.replace("\n", "\\n").replace("\t", "\\t") in said, sentence


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    with _CATALOGUE.open("rb") as file, _CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        catalogue, french = read_po(file), gettext.GNUTranslations(compiled)
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, tuple):
            assert [french.ngettext(*message.id, n) for n in (1, 2)] == list(message.string)
        else:
            assert french.gettext(message.id) == message.string


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("search --nope", "Erreur : Il n'y a pas d'option --nope."),
        ("chercher", "Erreur : Il n'y a pas de commande chercher."),
        ("search --limit dix", "Valeur incorrecte pour '--limit' : « dix » n'est pas un nombre."),
        ("search --tri x", "« x » n'est pas l'une de ces valeurs : 'pertinence', "),
        ("reindex", "Il manque l'argument 'CHEMIN...'."),
        ("status un deux", "Arguments en trop : un deux"),
        ("status un", "Argument en trop : un"),
        ("evaluate --queries /nulle-part", "/nulle-part n'existe pas."),
        ("serve -h", "défaut : 8080"),
    ],
)
def test_a_command_line_is_answered_in_french(
    line: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert told in " ".join(CliRunner().invoke(main, line.split()).output.split())


def test_no_english_in_the_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    for command in ("", *main.commands):
        told = CliRunner().invoke(main, [*command.split(), "-h"]).output
        for english in ("Show", "TEXT", "INTEGER", "FILE", "default", "required", "COMMAND "):
            assert english not in told, command
