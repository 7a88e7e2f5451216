"""The JSON of the site."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.answer import answer
from search.json_form import article_as_json, page_as_json
from search.request import SearchRequest
from tests.web.newsroom import ARTICLES
from web.app import create_app


def test_a_search_is_the_json_form_of_its_page(client: FlaskClient) -> None:
    response = client.get("/api/search?q=port&pays=MA")
    assert response.status_code == 200
    assert response.content_type == "application/json"
    wanted = SearchRequest.from_params([("q", "port"), ("pays", "MA")])
    page = answer(client.application.extensions["kiosque"].get(), wanted)
    assert response.json == page_as_json(page)
    assert response.json["total"] == 1
    assert "À Tanger" in response.text


def test_a_program_is_told_of_parameters_that_it_gives_in_vain(client: FlaskClient) -> None:
    known = "/api/search?q=port&sauf_pays=RU&par_page=5&tri=recent"
    assert client.get(known).json["remarks"] == []
    remarks = client.get(f"{known}&pays_cite=FR&size=5").json["remarks"]
    assert [remark.split("»")[0] for remark in remarks] == [
        "Le paramètre « pays_cite ",
        "Le paramètre « size ",
    ]
    assert "par_page" in remarks[1]


def test_the_page_of_results_links_its_json(client: FlaskClient) -> None:
    assert 'href="/api/search?q=port&amp;page=2"' in client.get("/recherche?q=port&page=2").text


def test_an_article(client: FlaskClient) -> None:
    response = client.get(f"/api/article?id={ARTICLES[6].id}")
    assert response.json == article_as_json(ARTICLES[6], ())


def test_health(client: FlaskClient) -> None:
    response = client.get("/health")
    assert (response.status_code, response.json) == (200, {"status": "ok", "articles": 24})


@pytest.mark.parametrize(
    ("address", "status", "problem"),
    [
        ("/api/search?depuis=hier", 400, "« depuis »"),
        ("/api/search?q=port&page=4", 404, "page 3"),
        ("/api/article", 400, "/api/article?id="),
        ("/api/article?id=inconnu", 404, "identifiant"),
        ("/api/rien", 404, "adresse"),
    ],
)
def test_errors_are_json(client: FlaskClient, address: str, status: int, problem: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.content_type == "application/json"
    assert set(response.json) == {"error", "problems"}
    assert problem in " ".join(response.json["problems"])


@pytest.mark.parametrize("address", ["/health", "/api/search?q=port", "/api/article?id=1"])
def test_without_an_index(tmp_path: Path, address: str) -> None:
    response = create_app(f"whoosh://{tmp_path / 'none'}").test_client().get(address)
    assert response.status_code == 503
    assert response.content_type == "application/json"
    assert "kiosque reindex" in " ".join(response.json["problems"])
