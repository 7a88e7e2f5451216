"""An encrypted cluster with a password: who gets in, and what is never shown."""

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.engine import EngineUnavailable
from index.opening import ENVIRONMENT, open_engine
from index.opensearch.address import AUTHORITY, PASSWORD, USER
from index.query import Query
from tests.articles import DISPATCHES
from tests.cluster.nodes import call
from tests.cluster.secured import certify, secured
from web.app import create_app
from web.cli import main

pytestmark = pytest.mark.on_cluster

NAME, SECRET = "lise", "s3cr3t-de-polichinelle"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certify(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def behind_door(url: str, authority: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of an index behind a door, the password and the authority not in it."""
    monkeypatch.setenv(USER, NAME)
    monkeypatch.setenv(PASSWORD, SECRET)
    with secured(authority.parent, NAME, SECRET) as port:
        yield f"opensearch://127.0.0.1:{port}/{url.rpartition('/')[2]}"


def test_an_authority_that_is_not_known_is_not_trusted(behind_door, caplog):
    caplog.set_level(logging.DEBUG)
    with (
        closing(open_engine(behind_door)) as engine,
        pytest.raises(EngineUnavailable, match=r"connexion chiffrée.*\?ca=FICHIER") as refused,
    ):
        engine.status()
    assert SECRET not in caplog.text + str(refused.value)
    with closing(open_engine(f"{behind_door}?tls=off")) as engine, pytest.raises(EngineUnavailable):
        engine.status()


def test_with_its_authority_a_cluster_is_written_and_searched(
    behind_door, authority, monkeypatch, caplog
):
    caplog.set_level(logging.DEBUG)
    with closing(open_engine(f"{behind_door}?ca={authority}")) as engine:
        engine.rebuild(DISPATCHES)
        assert engine.search(Query()).total == len(DISPATCHES)
    monkeypatch.setenv(AUTHORITY, str(authority))
    told = CliRunner().invoke(main, ["status", "--index", behind_door])
    assert told.exit_code == 0, told.output
    name = behind_door.rpartition("/")[2]
    call(f"/{name}-notes/_refresh", {})
    kept = [call(f"/{name}-*/{what}") for what in ("_mapping", "_settings", "_search?size=100")]
    assert "schema" in json.dumps(kept)
    for shown in (json.dumps(kept), told.output, caplog.text):
        assert SECRET not in shown


def test_a_wrong_password_is_told_and_not_repeated(behind_door, authority, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(AUTHORITY, str(authority))
    monkeypatch.setenv(PASSWORD, f"{SECRET}-faux")
    monkeypatch.setenv(ENVIRONMENT, behind_door)
    with (
        closing(open_engine(behind_door)) as engine,
        pytest.raises(EngineUnavailable, match="refuse l'accès") as refused,
    ):
        engine.search(Query())
    page = create_app(behind_door).test_client().get("/recherche?q=mot")
    told = CliRunner().invoke(main, ["search", "mot"])
    assert page.status_code >= 500 and told.exit_code == 1
    assert "refuse l" in page.get_data(as_text=True) and "refuse l" in told.output
    for shown in (str(refused.value), page.get_data(as_text=True), told.output, caplog.text):
        assert SECRET not in shown
