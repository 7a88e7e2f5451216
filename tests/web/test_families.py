"""Each story once on the page, in the API and in a terminal, until the reader asks for all."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.engine import Engine
from index.opening import open_engine
from tests.index.test_families import FOUR
from web.app import create_app
from web.cli import main


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = open_engine("memory:")
    engine.rebuild(FOUR)
    yield engine
    engine.close()


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    return create_app(engine=engine).test_client()


def test_the_page_shows_leads_and_a_switch(client):
    page = client.get("/recherche?q=barrage").text
    assert "<h1>1\u00a0article" in page
    assert "2\u202fautres versions" in page or "2 autres versions" in page
    assert "Montrer les reprises" in page and "tout=1" in page
    everything = client.get("/recherche?q=barrage&tout=1").text
    assert "<h1>3\u00a0articles" in everything
    assert "Masquer les reprises" in everything


def test_the_switch_stays_from_link_to_link(client):
    page = client.get("/recherche?q=barrage&tout=1&par_page=1").text
    assert "page=2" in page
    assert all(
        "tout=1" in link
        for link in page.split('href="')
        if link.startswith("/recherche?q=b") and "page=2" in link.split('"')[0]
    )
    assert client.get("/recherche?tout=peut-être").status_code == 400


def test_the_article_lists_its_other_versions(client):
    page = client.get("/article?id=matin").text
    assert "Autres versions" in page
    assert "AFP" in page and "Le Soir" in page and "4 mai 2016" in page
    assert "Autres versions" not in client.get("/article?id=autre").text


def test_the_api_gives_the_family(client):
    found = client.get("/api/search?q=barrage").json
    told = [[hit[name] for name in ("id", "family", "is_lead", "copies")] for hit in found["hits"]]
    assert told == [["depeche", "depeche", True, 2]]
    every = client.get("/api/search?q=barrage&tout=1").json
    assert every["total"] == 3
    assert {hit["id"]: hit["is_lead"] for hit in every["hits"]} == {
        "depeche": True,
        "matin": False,
        "soir": False,
    }
    article = client.get("/api/article?id=matin").json
    assert article["family"] == "depeche"
    assert [one["id"] for one in article["versions"]] == ["depeche", "soir"]
    alone = client.get("/api/article?id=autre").json
    assert (alone["family"], alone["versions"]) == (None, [])


def test_a_search_that_finds_only_copies_says_so(client):
    page = client.get("/recherche?q=barrage&source=Le+Matin").text
    assert "Avec les reprises" in page


def test_the_command_line_shows_all_on_demand(tmp_path: Path):
    url = f"whoosh://{tmp_path / 'index'}"
    engine = open_engine(url)
    engine.rebuild(FOUR)
    engine.close()

    def total(*options: str) -> int:
        asked = ["search", "barrage", *options, "--format", "json", "--index", url]
        return json.loads(CliRunner().invoke(main, asked).stdout)["total"]

    assert (total(), total("--tout")) == (1, 3)
    told = CliRunner().invoke(main, ["status", "--index", url]).stdout
    assert "Articles : 4, dont 2\u00a0reprises" in told
