"""Articles and requests come from anywhere: nothing in them is markup, a script or a path."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import METADATA, Article, Entity, EntityKind
from index.opening import open_engine
from tests.web.markup import read
from tests.web.newsroom import ARTICLES
from web.app import create_app
from web.links import article_url, web_address

SCRIPT = "</title></textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
RIGHT_TO_LEFT = "\u202egnp.exe \u2067עברית"
IDS = (
    "../../etc/passwd",
    "..",
    "/",
    "//example.org/",
    "a b+c%20d&id=autre#fin?x=1",
    "é/ü/漢字/🗞",
    "https://exemple.fr/article?id=1&q=2",
    "x" * 300,
    SCRIPT,
)


def hostile(article_id: str) -> Article:
    return replace(
        ARTICLES[0],
        id=article_id,
        title=f"Tempête {SCRIPT} {RIGHT_TO_LEFT}",
        body=f"Tempête {IDS.index(article_id)} {SCRIPT}\n\n{RIGHT_TO_LEFT} {'m' * 5000}",
        source=SCRIPT,
        section=SCRIPT,
        author=SCRIPT,
        url="javascript:alert(1)",
        file=SCRIPT,
        **dict.fromkeys(
            (name for name in METADATA if name not in ("word_count", "excerpt")), SCRIPT
        ),
        entities=(
            Entity(EntityKind.PERSON, SCRIPT, SCRIPT),
            Entity(EntityKind.COUNTRY, "FR", "France"),
        ),
    )


@pytest.fixture(scope="module")
def site() -> Iterator[FlaskClient]:
    engine = open_engine("memory:")
    engine.rebuild([hostile(one) for one in IDS])
    yield create_app(engine=engine).test_client()
    engine.close()


@pytest.mark.parametrize("article_id", IDS)
def test_any_id_can_be_opened_from_the_results(site: FlaskClient, article_id: str) -> None:
    hrefs = [one.get("href") for one in read(site.get("/recherche?q=tempête").text).all("a")]
    links = [one for one in hrefs if urlsplit(one).path == "/article"]
    (link,) = [one for one in links if ("id", article_id) in parse_qsl(urlsplit(one).query)]
    response = site.get(link)
    assert response.status_code == 200
    shown = read(response.text).with_class("story")[0].all("dd")[-1]
    assert shown.text == article_id.strip()
    assert site.get("/api/article", query_string={"id": article_id}).json["id"] == article_id


@pytest.mark.parametrize("address", ["/", "/recherche", "/recherche?q=tempête", "/article?id=.."])
def test_article_text_is_never_markup(site: FlaskClient, address: str) -> None:
    response = site.get(address)
    assert response.status_code == 200
    page = read(response.text)
    assert [one.get("src") for one in page.all("script", "img")] == ["/static/completion.js"]
    assert "<script>" not in response.text and "<img" not in response.text
    assert not [one for one in page.all("a") if one.get("href").startswith("javascript:")]


def test_a_script_address_is_shown_but_not_linked(site: FlaskClient) -> None:
    story = read(site.get("/article?id=..").text).with_class("story")[0]
    assert "javascript:alert(1)" in story.text
    assert [one.get("href") for one in story.all("a")] == []


@pytest.mark.parametrize("address", ["/recherche?q=tempête", "/article?id=.."])
def test_text_direction_is_isolated(site: FlaskClient, address: str) -> None:
    """Whatever holds article text is an isolate, so an override ends with its element."""
    page = read(site.get(address).text)
    isolated = {id(one) for one in page.all() if one.tag == "bdi" or "dir" in one.attributes}
    inside = {id(low) for one in page.all() if id(one) in isolated for low in one.all()}
    for one in page.one("body").all():
        if any(isinstance(child, str) and "\u202e" in child for child in one.children):
            assert id(one) in isolated | inside, one.tag


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://exemple.fr/a?b=c", True),
        ("HTTP://EXEMPLE.FR", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//exemple.fr", False),
        ("https:", False),
        ("https://[x", False),
        ("fichier.txt", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str, linked: bool) -> None:
    assert web_address(url) == (url if linked else "")


@pytest.mark.parametrize(
    "name", ["q", "pays", "acteur", "source", "rubrique", "annee", "sauf_pays"]
)
def test_hostile_parameters_are_only_text(client: FlaskClient, name: str) -> None:
    for value in (SCRIPT, '"><b>', "\x00", "\ud7ff\uffff", RIGHT_TO_LEFT, "{{ 7 * 7 }}", "%s" * 50):
        response = client.get("/recherche", query_string={name: value})
        assert response.status_code == 200
        page = read(response.text)
        scripts = [one.get("src") for one in page.all("script", "img", "b")]
        assert scripts == ["/static/completion.js"]
        assert "{{ 7" in page.text or value[0] != "{"


def test_undecodable_parameters_do_no_harm(client: FlaskClient) -> None:
    assert client.get("/recherche?q=%ff%fe&pays=%80").status_code == 200
    assert client.get("/article?id=%ff").status_code == 404


def test_a_very_long_query_is_answered(client: FlaskClient) -> None:
    response = client.get("/recherche", query_string={"q": "(port OU " * 4000})
    assert response.status_code == 200
    assert read(response.text).with_class("remark")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), page=st.integers(0, 99), day=st.text(max_size=12))
def test_any_request_is_answered(app: Flask, text: str, page: int, day: str) -> None:
    params = {"q": text, "page": str(page), "depuis": day}
    response = app.test_client().get("/recherche", query_string=params)
    assert response.status_code in (200, 400, 404)
    read(response.text)


@settings(max_examples=100, deadline=None)
@given(article_id=st.text(min_size=1))
def test_an_article_address_gives_its_id_back(article_id: str) -> None:
    with create_app("memory:").test_request_context():
        parts = urlsplit(article_url(article_id))
    assert parts.path == "/article"
    assert parse_qsl(parts.query, keep_blank_values=True) == [("id", article_id)]
