"""The command on the entity ledger: what it does, what is wrong, what it could do."""

from dataclasses import replace

import pytest
from click.testing import CliRunner, Result

from corpus.article import Article
from corpus.entities.entity_ledger import EntityLedger
from index.opening import open_engine
from tests.articles import DISPATCHES, PUTIN, RUSSIA, person
from web.app import create_app
from web.cli import main


@pytest.fixture
def url(tmp_path, monkeypatch) -> str:
    monkeypatch.delenv("KIOSQUE_ENTITES", raising=False)
    address = f"whoosh://{tmp_path}/archive"
    others = [
        Article("putin", "Un sommet", "", entities=(person("Vladimir Putin"), RUSSIA)),
        Article("sigle", "Un sigle", "", entities=(person("OMS"), person("Org. mondiale (santé)"))),
        Article("initiale", "Une initiale", "", entities=(person("V. Poutine"),)),
        Article("ensemble", "Deux noms", "", entities=(PUTIN, person("Poutine"))),
        Article("encore", "Deux noms", "Bis", entities=(PUTIN, person("Poutine"))),
    ]
    engine = open_engine(address)
    engine.rebuild([*DISPATCHES, *(replace(one, source="Le Courrier") for one in others)])
    engine.close()
    return address


def run(url: str, *options: str, ledger: str = "") -> Result:
    with open(url.removeprefix("whoosh://") + ".entites.txt", "w", encoding="utf-8") as file:
        file.write(ledger)
    return CliRunner().invoke(main, ["entites", "--index", url, *options])


def test_what_it_does(url):
    told = run(url, ledger="fusionner: A = ONU, B\nmasquer: AFP\nmasquer pays: Syrie")
    assert told.exit_code == 0
    assert told.stdout == ("Registre des entités : montré sous un autre nom : 2, masqué : 2.\n")
    assert run(url).stdout == "Registre des entités : rien.\n"


def test_a_sound_ledger_passes(url):
    ledger = "fusionner: Vladimir Poutine = Vladimir Putin\nscinder: ONU -> Casques si id:onu"
    checked = run(url, "--check", ledger=ledger)
    assert (checked.exit_code, checked.stderr) == (0, f"Index : {url}\n")


def test_contradictions_and_unknown_names_are_told_with_their_lines(url):
    checked = run(
        url,
        "--check",
        ledger="fusionner: Vladimir Poutine = Vladimir Poutin, Vladimir Putin\n"
        "masquer: Vladimir Putin\n"
        "masquer pays: Japon\n"
        "scinder: ONU -> Casques si id:rien, source:Le Courier\n",
    )
    assert checked.exit_code == 1
    lines = checked.stderr.splitlines()[1:]
    assert [line.partition(" : ")[0] for line in lines] == [
        "Ligne 1", "Ligne 2", "Ligne 3", "Ligne 4", "Ligne 4",
    ]  # fmt: skip
    assert "« Vladimir Poutin » : vouliez-vous dire « Vladimir Poutine »" in lines[0]
    assert "gardez une seule des deux lignes" in lines[1]
    assert "« Japon »" in lines[2]
    assert "« rien »" in lines[3] + lines[4] and "« Le Courier »" in lines[3] + lines[4]


def test_the_site_tells_of_contradictions(url):
    run(url, ledger="masquer: ONU\nrenommer: ONU -> Nations unies")
    shown = create_app(url).test_client().get("/etat").get_data(as_text=True)
    assert "masqué" in shown
    assert "gardez une seule des deux lignes" in shown


def test_another_file_is_checked(url, tmp_path):
    draft = tmp_path / "brouillon.txt"
    draft.write_text("masquer: Personne", encoding="utf-8")
    assert run(url, "--check", "--entites", str(draft)).exit_code == 1
    missing = run(url, "--entites", str(tmp_path / "absent.txt"))
    assert missing.exit_code == 1
    assert "n'existe pas : créez-le" in missing.stderr


def test_suggestions_are_lines_of_the_ledger(url):
    suggested = run(url, "--suggest")
    # « Vladimir Putin » is shown as « Vladimir Poutine » without a ledger.
    # « Poutine » stands beside the full name in two articles: they are two people there.
    assert suggested.stdout == (
        "# fusionner: OMS = Org. mondiale (santé)  # sigle, 1\xa0article, 1 avec les deux noms\n"
        "# fusionner: Vladimir Poutine = V. Poutine  # initiale du prénom, 1\xa0article\n"
    )
    accepted = suggested.stdout.replace("# fusionner", "fusionner")
    assert EntityLedger.parse(accepted).actors == {
        "Org. mondiale (santé)": "OMS",
        "V. Poutine": "Vladimir Poutine",
    }
    assert run(url, "--suggest", ledger=accepted).stdout == ""


@pytest.mark.parametrize("command", [["reindex", "{}"], ["status"], ["search", "onu"], ["entites"]])
def test_a_ledger_that_is_not_there_is_told_at_once(tmp_path, monkeypatch, command):
    missing, folder = tmp_path / "absent.txt", tmp_path / "archive"
    monkeypatch.setenv("KIOSQUE_ENTITES", str(missing))
    asked = [part.format(tmp_path) for part in command] + ["--index", f"whoosh://{folder}"]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 1
    (line,) = (line for line in told.stderr.splitlines() if "registre" in line)
    assert str(missing) in line and "n'existe pas : créez-le" in line
    assert not folder.exists()
    missing.touch()
    told = CliRunner().invoke(main, asked)
    assert "registre des entités" not in told.stderr
