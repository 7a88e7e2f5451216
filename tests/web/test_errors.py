"""What a reader is told when a request cannot be answered."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.engine import EngineUnavailable, QueryTooCostly, StaleIndex
from index.opening import open_engine
from tests.web.markup import read
from tests.web.newsroom import ARTICLES
from web import views
from web.app import create_app


def text_of(html: str) -> str:
    return read(html).one("main").text.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_unknown_address(client: FlaskClient) -> None:
    response = client.get("/rien")
    assert response.status_code == 404
    assert "Page introuvable" in text_of(response.text)


@pytest.mark.parametrize("address", ["/article", "/article?id=", "/article?id=inconnu"])
def test_an_unknown_article(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Aucun article de l’index" in text_of(response.text)


def test_bad_parameters_are_all_named_and_the_rest_is_kept(client: FlaskClient) -> None:
    response = client.get("/recherche?q=port&pays=FR&depuis=hier&tri=beau&page=0")
    assert response.status_code == 400
    page = read(response.text)
    for problem in ("« depuis » : « hier »", "« tri » : « beau »", "« page » : « 0 »"):
        assert problem in text_of(response.text)
    (again,) = page.with_class("button")
    assert again.get("href") == "/recherche?q=port&pays=FR"
    box = next(one for one in page.all("input") if one.get("name") == "q")
    assert box.get("value") == "port"


def test_dates_the_wrong_way_round(client: FlaskClient) -> None:
    response = client.get("/recherche?depuis=2016&jusqua=2015")
    assert response.status_code == 400
    assert "échangez les deux dates" in text_of(response.text)


def test_past_the_last_page(client: FlaskClient) -> None:
    response = client.get("/recherche?q=port&page=4")
    assert response.status_code == 404
    assert "22 articles" in text_of(response.text)
    (last,) = read(response.text).with_class("button")
    assert last.get("href") == "/recherche?q=port&page=3"
    assert client.get(last.get("href")).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("address", ["/", "/recherche", "/article", "/aide", "/health"])
def test_only_reading_is_allowed(client: FlaskClient, method: str, address: str) -> None:
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert "GET et HEAD" in response.text


@pytest.fixture
def no_index(tmp_path: Path) -> Flask:
    return create_app(f"whoosh://{tmp_path / 'index'}")


@pytest.mark.parametrize("address", ["/", "/recherche?q=port", "/article?id=1"])
def test_without_an_index_the_page_says_how_to_make_one(no_index: Flask, address: str) -> None:
    response = no_index.test_client().get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "kiosque reindex DOSSIER" in text_of(response.text)


def test_help_needs_no_index(no_index: Flask) -> None:
    assert no_index.test_client().get("/aide").status_code == 200


def test_the_site_begins_to_work_once_there_is_an_index(no_index: Flask, tmp_path: Path) -> None:
    client = no_index.test_client()
    assert client.get("/").status_code == 503
    writer = open_engine(f"whoosh://{tmp_path / 'index'}")
    writer.rebuild(ARTICLES[:3])
    assert "3 articles" in text_of(client.get("/").text)
    writer.rebuild(ARTICLES)
    assert "24 articles" in text_of(client.get("/").text)
    writer.close()
    no_index.extensions["kiosque"].close()


def test_an_empty_index_says_how_to_fill_it() -> None:
    engine = open_engine("memory:")
    engine.rebuild([])
    response = create_app(engine=engine).test_client().get("/")
    assert response.status_code == 200
    assert "L’index est vide" in text_of(response.text)
    assert "kiosque reindex DOSSIER" in text_of(response.text)
    engine.close()


def test_an_address_of_no_known_form_is_explained() -> None:
    response = create_app("sqlite:///x").test_client().get("/")
    assert response.status_code == 503
    assert "whoosh:///" in response.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StaleIndex("Index d'une autre version : lancez « kiosque reindex DOSSIER »."), 503),
        (EngineUnavailable("Le serveur ne répond pas : démarrez-le."), 503),
        (QueryTooCostly("La recherche est trop large : précisez-la."), 400),
    ],
)
def test_an_engine_error_is_shown_in_its_own_words(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    monkeypatch.setattr(views, "answer", _raising(error))
    response = client.get("/recherche?q=port")
    assert response.status_code == status
    assert str(error).replace("'", "’") in text_of(response.text)


def test_an_unforeseen_error_shows_no_traceback(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(views, "answer", _raising(ZeroDivisionError("secret")))
    response = client.get("/recherche?q=port")
    assert response.status_code == 500
    assert "Erreur du serveur" in text_of(response.text)
    assert "secret" not in response.text and "Traceback" not in response.text
    assert "ZeroDivisionError" in caplog.text


def _raising(error: Exception):
    def answer(*_: object) -> None:
        raise error

    return answer
