"""The console script: every command on real files, and a readable end to every failure."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
DISPATCH = """La trêve tient à Alep

Le président Vladimir Poutine s’est félicité jeudi à Moscou de la trêve en Syrie.

À Paris, François Hollande a reçu l’état-major des armées.
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"whoosh://{tmp_path / 'index'}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "treve.txt").write_text(DISPATCH, encoding="utf-8")
    rows = [
        {"id": "17", "titre": "La crue du Rhône", "texte": "L'eau monte à Lyon.",
         "date": "2016-03-01"},
        {"id": "18", "titre": "Élections en Allemagne", "texte": "Angela Merkel vote.",
         "date": "2017-09-24", "journal": "Le Courrier"},
    ]  # fmt: skip
    lines = "\n".join(json.dumps(row) for row in rows)
    (made / "base.jsonl").write_text(lines, encoding="utf-8")
    return made


def kiosque(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_index_then_search(folder, url):
    done = kiosque("reindex", folder, "--index", url)
    assert done.exit_code == 0, done.output
    assert f"Index : {url}" in done.stderr
    assert "3\u00a0articles indexés, en " in done.stderr
    for query in ("trêve", "treve", "l'état-major", '"trêve en Syrie"'):
        found = kiosque("search", query, "--index", url)
        assert found.exit_code == 0
        assert "1\u00a0article\n" in found.stdout
        assert "La trêve tient à Alep" in found.stdout


def test_json_has_the_promised_form(folder, url):
    kiosque("reindex", folder, "--index", url)
    found = kiosque("search", "--format", "json", "--limit", "2", "--tri", "ancien", "--index", url)
    page = json.loads(found.stdout)
    assert page["total"] == 3
    assert [hit["id"] for hit in page["hits"]] == ["17", "18"]
    assert set(page["hits"][0]) >= {"id", "title", "date", "source", "score", "snippet"}
    countries = {one["value"]: one["count"] for one in page["facets"]["country"]}
    assert countries["FR"] >= 1 and countries["DE"] == 1
    assert {"value", "label", "count"} == set(page["facets"]["actor"][0])
    assert {bar["period"] for bar in page["histogram"]} == {"2016-03", "2017-09"}


def test_the_reasons_are_told_on_demand(folder, url):
    kiosque("reindex", folder, "--index", url)
    told = kiosque("search", "--expliquer", "crue SAUF pays:ru", "--index", url).stdout
    assert "Recherche comprise comme : crue -pays:ru" in told
    assert "« crue », toutes ses formes : 1\u00a0article" in told
    assert "Score " in told
    found = kiosque("search", "--expliquer", "crue", "--format", "json", "--index", url)
    query, hit = json.loads(found.stdout)["explanations"]
    assert query["tree"]["articles"] == 1
    assert hit["score"] > 0
    nothing = kiosque("search", "crue zzz", "--index", url).stdout
    assert "Recherche la plus proche : Sans « zzz » : 1\u00a0article" in nothing
    assert "Seul, « zzz » : 0\u00a0article" in nothing


def test_filters_narrow(folder, url):
    kiosque("reindex", folder, "--index", url)

    def ids(*options: str) -> set[str]:
        found = kiosque("search", *options, "--format", "json", "--index", url)
        return {hit["title"] for hit in json.loads(found.stdout)["hits"]}

    assert ids("--pays", "DE") == ids("--pays", "allemagne") == {"Élections en Allemagne"}
    assert ids("--acteur", "Vladimir Poutine") == {"La trêve tient à Alep"}
    assert ids("--source", "Le Courrier") == {"Élections en Allemagne"}
    assert ids("--depuis", "2016-02", "--jusqua", "2016") == {"La crue du Rhône"}


def test_status_tells_what_the_index_holds(folder, url):
    kiosque("reindex", folder, "--index", url)
    told = kiosque("status", "--index", url).stdout
    assert f"Index : {url}" in told
    assert "Articles : 3" in told
    assert "du 1er mars 2016 au 24 septembre 2017" in told


def test_the_samples_are_indexed_whole(url):
    done = kiosque("reindex", SAMPLES, "--index", url)
    assert done.exit_code == 0
    page = json.loads(kiosque("search", "--format", "json", "--index", url).stdout)
    assert page["total"] == 79
    everything = kiosque("search", "--tout", "--format", "json", "--index", url)
    assert json.loads(everything.stdout)["total"] == 80
    assert "README.md : notice" in done.stderr
    assert len(page["facets"]["country"]) == 20
    assert "doublon" in done.stderr


def test_bad_files_are_named_and_the_rest_goes_on(folder, url):
    (folder / "image.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "vide.txt").write_bytes(b"")
    (folder / "casse.json").write_text('{"titre": "sans fin')
    (folder / "demain.jsonl").write_text('{"titre": "An 9999", "texte": "x", "date": "9999-01-01"}')
    (folder / "trou.jsonl").write_text('{"date": "2016-01-01"}\n{"titre": "a", "texte": "b"}')
    os.mkfifo(folder / "tube")
    done = kiosque("reindex", folder, "--index", url)
    assert done.exit_code == 0
    assert "5\u00a0articles indexés" in done.stderr
    for name in ("image.txt", "vide.txt", "casse.json", "demain.jsonl", "trou.jsonl", "tube"):
        assert f"{name}" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_read_is_a_failure_and_the_old_index_stays(folder, url, tmp_path):
    kiosque("reindex", folder, "--index", url)
    empty = tmp_path / "vide"
    empty.mkdir()
    for path in (empty, tmp_path / "absent"):
        done = kiosque("reindex", path, "--index", url)
        assert done.exit_code != 0
        assert "l'index n'a pas changé" in done.stderr
    assert json.loads(kiosque("search", "--format", "json", "--index", url).stdout)["total"] == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("search", "x", "--depuis", "hier"), "n'est pas une date"),
        (("search", "x"), "kiosque reindex DOSSIER"),
        (("status",), "kiosque reindex DOSSIER"),
        (("reindex", "x", "--map", "titre"), "CHAMP=NOM"),
    ],
)
def test_every_failure_says_what_to_do(arguments, told, url):
    done = kiosque(*arguments, "--index", url)
    assert done.exit_code != 0
    assert told in done.stderr
    assert isinstance(done.exception, SystemExit)


def test_a_wrong_address_is_told():
    done = kiosque("status", "--index", "http://exemple.org")
    assert done.exit_code == 1
    assert "whoosh:///" in done.stderr


def test_odd_queries_are_answered(folder, url):
    kiosque("reindex", folder, "--index", url)
    for query in ('"guillemet', "a" * 100_000, "((((", "\x00", "🦊", "-", "--"):
        done = kiosque("search", "--index", url, "--", query)
        assert done.exit_code == 0, (query[:20], done.output)
    assert "Guillemet non fermé" in kiosque("search", "--index", url, '"guillemet').stderr


def test_every_command_says_which_index_it_uses(folder, url, tmp_path):
    (tmp_path / "q.tsv").write_text("1\tcrue\n", encoding="utf-8")
    (tmp_path / "q.qrels").write_text("1 0 17 1\n", encoding="utf-8")
    judged = ("evaluate", "--queries", tmp_path / "q.tsv", "--qrels", tmp_path / "q.qrels")
    for command in (("reindex", folder), ("search", "crue"), ("entites",), ("status",), judged):
        done = kiosque(*command, "--index", url)
        assert done.exit_code == 0, done.output
        assert f"Index : {url}\n" in done.output


def test_a_word_may_be_excluded_without_quoting(folder, url):
    kiosque("reindex", folder, "--index", url)

    def total(*words: str) -> int:
        found = kiosque("search", "--format", "json", "--index", url, *words)
        return json.loads(found.stdout)["total"]

    assert total("-histoire") == 3
    assert total("-crue") == total("--", "-crue") == 2
    assert total("crue", "-lyon") == 0
    assert "Usage" in kiosque("search", "-h").stdout
    assert kiosque("search", "crue", "--nope").exit_code == 2


def test_the_installed_script_runs():
    script = Path(sys.executable).parent / "kiosque"
    told = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("kiosque ")
