"""The page of an actor and the marks of an article, as they are served."""

import pytest
from flask.testing import FlaskClient

from index.opening import open_engine
from tests.search.test_actor import ARTICLES
from tests.web.markup import read
from web.app import create_app


@pytest.fixture(scope="module")
def client():
    engine = open_engine("memory:")
    engine.rebuild(ARTICLES)
    yield create_app(engine=engine).test_client()
    engine.close()


def test_the_page_of_an_actor(client: FlaskClient):
    answer = client.get("/acteur?nom=vladimir poutine")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert "<h1><bdi>Vladimir Poutine</bdi></h1>" in text
    assert "rapport de vraisemblance G²" in text
    assert " style=" not in text and "<script>" not in text
    links = [one.get("href") for one in read(text).all("a")]
    assert "/acteur?nom=ONU" in links
    assert any(link.startswith("/recherche?q=acteur") and "pays=RU" in link for link in links)
    cite = next(link for link in links if link.startswith("/article") and "cite=" in link)
    marked = client.get(cite).get_data(as_text=True)
    assert 'id="mention"' in marked and '<mark class="cited">' in marked


def test_an_actor_that_nobody_is(client: FlaskClient):
    assert client.get("/acteur?nom=Personne").status_code == 404
    assert client.get("/acteur").status_code == 404
    assert client.get("/api/acteur?nom=Personne").status_code == 404


def test_the_api_says_the_same(client: FlaskClient):
    found = client.get("/api/acteur?nom=Vladimir Poutine").json
    assert (found["name"], found["kind"], found["total"]) == ("Vladimir Poutine", "person", 10)
    assert found["countries"][0]["label"] == "Russie"
    assert client.get("/api/search", query_string={"q": found["query"]}).json["total"] == 10


def test_results_lead_to_the_page_of_a_selected_actor(client: FlaskClient):
    text = client.get("/recherche?acteur=ONU").get_data(as_text=True)
    assert '<a href="/acteur?nom=ONU">' in text
