"""Rules that hold for every page: valid, accessible and typeset HTML that leads somewhere."""

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.markup import Element, read
from tests.web.newsroom import ARTICLES
from web.app import create_app
from web.security import HEADERS

PAGES = {
    "home": "/",
    "results": "/recherche?q=port",
    "filtered": "/recherche?q=port&pays=FR&pays=MA&depuis=2015&sauf_source=x&page=2",
    "everything": "/recherche",
    "nothing": "/recherche?q=musée+xylophone&pays=JP",
    "article": f"/article?id={ARTICLES[0].id}&q=port",
    "cited": f"/article?id={ARTICLES[0].id}&cite=acteur:Claire Vasseur",
    "actor": "/acteur?nom=Claire Vasseur",
    "help": "/aide",
    "unknown": "/rien",
    "bad": "/recherche?depuis=hier",
    "past": "/recherche?q=port&page=99",
    "no index": "",
}


@pytest.fixture(params=PAGES)
def html(request: pytest.FixtureRequest, client: FlaskClient, tmp_path: Path) -> str:
    if address := PAGES[request.param]:
        return client.get(address).text
    return create_app(f"whoosh://{tmp_path / 'none'}").test_client().get("/").text


@pytest.fixture
def page(html: str) -> Element:
    return read(html)


def test_it_is_a_french_page_with_a_title(page: Element, html: str) -> None:
    assert html.startswith("<!doctype html>")
    assert page.one("html").get("lang") == "fr"
    assert "Kiosque" in page.one("head").one("title").text
    assert any(one.get("name") == "viewport" for one in page.all("meta"))


def test_no_id_is_used_twice_and_references_resolve(page: Element) -> None:
    ids = Counter(one.get("id") for one in page.all() if one.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    for one in page.all():
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            assert all(name in ids for name in one.get(attribute).split())
        if one.get("href").startswith("#"):
            assert one.get("href")[1:] in ids


def test_landmarks_and_headings(page: Element) -> None:
    page.one("main")
    page.one("h1")
    assert [one for one in page.one("body").children if getattr(one, "tag", "") == "footer"]
    names = [one.get("aria-label") for one in page.all("nav", "aside")]
    assert all(names) and len(names) == len(set(names))
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_skip_link_comes_first(page: Element) -> None:
    first = page.one("body").all("a")[0]
    assert first.get("href") == f"#{page.one('main').get('id')}"


def test_every_field_has_a_label(page: Element) -> None:
    labelled = {one.get("for") for one in page.all("label")}
    for field in page.all("input", "select", "textarea"):
        assert field.get("type") == "hidden" or field.get("id") in labelled
    assert all(one.text for one in page.all("button"))


def test_every_link_has_a_name_and_every_form_reads(page: Element) -> None:
    for one in page.all("a"):
        assert one.get("href") and (one.text or one.get("aria-label"))
    assert all(one.get("method") == "get" for one in page.all("form"))


def test_nothing_that_the_content_policy_would_refuse(page: Element) -> None:
    assert page.all("style", "iframe", "object", "base") == []
    (script,) = page.all("script")
    assert script.get("src") == "/static/completion.js" and script.text.strip() == ""
    for one in page.all():
        assert "style" not in one.attributes
        assert not [name for name in one.attributes if name.startswith("on")]


def test_punctuation_keeps_to_its_word(page: Element) -> None:
    """Article text (dir, bdi) and code are left as they are."""
    for text in page.one("body").texts(without=("bdi", "code", "mark", "title")):
        assert not re.search(r"[\w»)] [:;!?»]|« ", text), text
        assert not re.search(r"[\w»)][;!?]", text), text
        assert "'" not in text


def test_the_headers_protect_every_answer(client: FlaskClient) -> None:
    for address in (*filter(None, PAGES.values()), "/health", "/api/search", "/api/rien"):
        response = client.get(address)
        for name, value in HEADERS.items():
            assert response.headers[name] == value
        assert "Set-Cookie" not in response.headers
    with client.get("/static/kiosque.css") as style:
        assert style.headers["X-Content-Type-Options"] == "nosniff"


def test_the_content_policy_allows_no_script_but_our_files(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy and "unsafe" not in policy


@pytest.mark.parametrize("address", [one for one in PAGES.values() if one])
def test_the_site_can_stand_below_another(client: FlaskClient, address: str) -> None:
    page = read(client.get(address, base_url="http://journal.example/kiosque").text)
    addresses = [one.get("href") or one.get("action") for one in page.all("a", "link", "form")]
    assert addresses and all(
        one.startswith(("/kiosque/", "#", "https://www.example.org/")) for one in addresses
    )


def test_every_link_within_the_site_answers(client: FlaskClient) -> None:
    """Follow links from the home page, breadth first, through 250 pages."""
    seen, queue = {"/"}, ["/"]
    for address in queue:
        with client.get(address) as response:
            assert response.status_code == 200, address
            if response.content_type != "text/html; charset=utf-8":
                continue
            links = [one.get("href") for one in read(response.text).all("a", "link")]
        for one in links:
            if one.startswith("/") and one not in seen and len(queue) < 250:
                seen.add(one)
                queue.append(one)
    assert len(queue) == 250
