"""Completions while typing, for programs; the browser's tests see them on the page."""

from flask.testing import FlaskClient

from tests.web.newsroom import ARTICLES


def completed(client: FlaskClient, text: str) -> list[dict[str, object]]:
    response = client.get("/api/completer", query_string={"q": text})
    assert response.status_code == 200
    found: list[dict[str, object]] = response.json["completions"]
    return found


def test_names_words_and_titles_are_offered_with_where_they_lead(client: FlaskClient) -> None:
    found = completed(client, "vass")
    assert found[0]["label"] == "Claire Vasseur"
    assert found[0]["address"] == "/recherche?acteur=Claire+Vasseur"
    assert "port" in [one["value"] for one in completed(client, "por") if one["kind"] == "word"]
    assert any(
        one["kind"] == "country" and one["value"] == "FR" for one in completed(client, "fra")
    )
    title = next(one for one in completed(client, "digue") if one["kind"] == "title")
    assert title["value"] in {article.id for article in ARTICLES}
    assert client.get(str(title["address"])).status_code == 200


def test_the_last_of_several_words_is_completed(client: FlaskClient) -> None:
    found = completed(client, "digue por")
    assert "digue port" in [one["value"] for one in found]


def test_anything_may_be_typed(client: FlaskClient) -> None:
    for text in ("", " ", "«", "x" * 5000, "\u0000", "a*b?c"):
        assert isinstance(completed(client, text), list)


def test_the_page_brings_its_own_script_and_allows_no_other(client: FlaskClient) -> None:
    response = client.get("/")
    assert '<script src="/static/completion.js" defer></script>' in response.text
    assert "script-src 'self';" in response.headers["Content-Security-Policy"]
    with client.get("/static/completion.js") as script:
        assert script.status_code == 200
