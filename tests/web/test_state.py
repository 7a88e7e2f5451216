"""Nothing silent: what was not read as it stands is in the report, and on the page."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.app import create_app
from web.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "a.txt").write_text("Le phare\n\nLe gardien a quitté le phare hier soir.")
    (made / "trou.jsonl").write_text('{"titre": "a", "texte": "b"}\n{"titre": sans fin\n')
    (made / "<b>.txt").write_bytes(bytes(range(256)) * 8)
    os.mkfifo(made / "tube")
    return made


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"whoosh://{tmp_path / 'index'}"


def kiosque(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_report_names_file_format_position_and_reason(folder, url, tmp_path):
    report = tmp_path / "rapport.jsonl"
    assert kiosque("reindex", folder, "--report", report, "--index", url).exit_code == 0
    told = {
        Path(one["file"]).name: one
        for one in map(json.loads, report.read_text(encoding="utf-8").splitlines())
    }
    assert set(told) == {"trou.jsonl", "<b>.txt", "tube"}
    assert told["trou.jsonl"]["position"] == "ligne 2"
    assert "JSON" in told["trou.jsonl"]["format"]
    assert "jamais ouvert" in told["tube"]["reason"]
    # The files that a second run does not read again are still in its report.
    kiosque("reindex", folder, "--report", report, "--index", url)
    assert len(report.read_text(encoding="utf-8").splitlines()) == 3
    later = kiosque("status", "--report", "-", "--index", url).stdout
    assert {json.loads(line)["file"] for line in later.splitlines()} == {
        one["file"] for one in told.values()
    }


def test_the_state_is_told_in_a_terminal_and_on_a_page(folder, url):
    client = create_app(url).test_client()
    kiosque("reindex", folder, "--index", url)
    assert "3\u00a0fichiers, 3 mis de côté" in kiosque("status", "--index", url).stdout
    page = client.get("/etat").text
    assert "Mis de côté" in page and "trou.jsonl" in page and "ligne 2" in page
    assert "&lt;b&gt;.txt" in page
    assert re.search(r"Dernière lecture&nbsp;: le <time [^>]+>\d+(?:er)? \S+ \d{4} à ", page)


def test_a_second_run_says_that_nothing_changed(folder, url):
    kiosque("reindex", folder, "--index", url)
    told = kiosque("reindex", folder, "--index", url).stderr
    assert "0\u00a0article indexé, 3\u00a0fichiers inchangés" in told
    (folder / "a.txt").unlink()
    assert "1\u00a0fichier introuvable" in kiosque("reindex", folder, "--index", url).stderr
    told = kiosque("reindex", folder, "--prune", "--index", url).stderr
    assert "1\u00a0article retiré" in told


def test_full_starts_over(folder, url):
    kiosque("reindex", folder, "--index", url)
    (folder / "a.txt").unlink()
    assert "1\u00a0article indexé," in kiosque("reindex", folder, "--full", "--index", url).stderr
    assert "Articles : 1\n" in kiosque("status", "--index", url).stdout
