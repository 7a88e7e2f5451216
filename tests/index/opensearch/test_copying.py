"""An index moves to the cluster and back, without the files."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.ledger import Ledger
from index.engine import Closing
from index.opening import open_engine
from index.query import Query
from tests.articles import DISPATCHES
from tests.index.test_families import FOUR
from web.cli import main

HELD = (*DISPATCHES, *FOUR)


def run(*arguments: str) -> str:
    told = CliRunner().invoke(main, arguments)
    assert told.exit_code == 0, told.output
    return told.output


def content(url: str) -> tuple[object, ...]:
    with closing(open_engine(url)) as engine:
        articles = {article.id: article for article in engine.scan(Query(copies=True))}
        return articles, engine.journal(), engine.status().copies


@pytest.mark.on_cluster
def test_there_and_back_again(url, tmp_path):
    here, back = (f"whoosh://{tmp_path / name}" for name in ("ici", "retour"))
    with closing(open_engine(here)) as engine:
        engine.rebuild(HELD, lambda: Closing(journal=Ledger().to_bytes()))
    assert "8\u00a0articles copiés" in run("copy", "--from", here, "--to", url)
    run("copy", "--from", url, "--to", back)
    assert content(here) == content(url) == content(back)
    assert content(here)[0] == {article.id: article for article in HELD}
    assert "État : Cluster" in run("status", "--index", url)


def test_a_copy_replaces_what_was_there(tmp_path):
    one, other = (f"whoosh://{tmp_path / name}" for name in ("un", "autre"))
    with closing(open_engine(one)) as engine, closing(open_engine(other)) as held:
        engine.rebuild(HELD)
        held.rebuild([replace(DISPATCHES[0], id="ancien")])
    run("copy", "--from", one, "--to", other)
    assert content(one) == content(other)


def test_articles_go_as_they_were_read_whatever_the_ledger_calls_their_actors(tmp_path):
    one, other = (f"whoosh://{tmp_path / name}" for name in ("un", "autre"))
    with closing(open_engine(one)) as engine:
        engine.rebuild(DISPATCHES)
    ledger = tmp_path / "un.entites.txt"
    ledger.write_text("renommer: Vladimir Poutine -> Poutine\n", encoding="utf-8")
    run("copy", "--from", one, "--to", other)
    ledger.unlink()
    assert content(one) == content(other)


def test_nothing_is_copied_onto_itself_or_from_nowhere(tmp_path: Path):
    one, other = (f"whoosh://{tmp_path / name}" for name in ("un", "autre"))
    with closing(open_engine(other)) as engine:
        engine.rebuild(DISPATCHES)
    same = CliRunner().invoke(main, ["copy", "--from", other, "--to", other])
    assert same.exit_code == 2 and "même index" in same.output
    nowhere = CliRunner().invoke(main, ["copy", "--from", one, "--to", other])
    assert nowhere.exit_code == 1 and "pas encore d'index" in nowhere.output
    assert len(content(other)[0]) == len(DISPATCHES)


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_password_on_the_command_line_is_refused(option, tmp_path):
    addresses = {"--from": f"whoosh://{tmp_path}", "--to": f"whoosh://{tmp_path}/x"}
    addresses[option] = "opensearch://lise:secret@127.0.0.1:9/a"
    told = CliRunner().invoke(
        main, ["copy", *(part for pair in addresses.items() for part in pair)]
    )
    assert told.exit_code == 2
    assert "processus" in told.output and "secret" not in told.output
