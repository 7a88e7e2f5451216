"""The page that tells why a search finds what it finds."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient

from tests.web.markup import read
from tests.web.newsroom import ARTICLES


def test_every_hit_tells_why(client: FlaskClient) -> None:
    found = read(client.get("/recherche?q=port&pays=FR").text)
    links = [one.get("href") for one in found.all("a")]
    reasons = [one for one in links if urlsplit(one).path == "/pourquoi"]
    assert len(reasons) == 11  # the query and ten hits
    for address in reasons:
        response = client.get(address)
        assert response.status_code == 200
        page = read(response.text)
        assert page.with_class("explanation")[0].all("li")
        if "id=" in address:
            assert [one.text.lower() for one in page.all("mark")]


def test_a_query_is_told_in_words(client: FlaskClient) -> None:
    page = read(client.get('/pourquoi?q="port').text)
    assert page.one("h1").text == "Comment cette recherche est comprise"
    assert page.with_class("remark")[0].text.startswith("Guillemet non fermé")
    assert page.with_class("asked")[0].text == "«\u00a0port\u00a0», accents ignorés"


def test_an_article_that_does_not_match_says_so(client: FlaskClient) -> None:
    response = client.get("/pourquoi", query_string={"q": "zzz", "id": ARTICLES[0].id})
    assert "Cet article ne répond pas à la recherche." in response.text
    assert client.get("/pourquoi?q=port&id=inconnu").status_code == 404
    assert client.get("/api/explication?q=port&id=inconnu").status_code == 404


def test_programs_are_told_the_same(client: FlaskClient) -> None:
    form = client.get("/api/explication", query_string={"q": "port", "id": ARTICLES[0].id}).json
    assert form["query"] == "port"
    assert form["article"] == ARTICLES[0].id
    assert 0 < form["tree"]["score"] < form["score"]
    assert "port" in form["tree"]["sentence"]


def test_a_hostile_search_is_only_text(client: FlaskClient) -> None:
    for path in ("/pourquoi", "/api/explication"):
        response = client.get(path, query_string={"q": "<script>alert(1)</script> ((\u202e"})
        assert response.status_code == 200
        assert "<script>" not in response.text


def test_nothing_found_shows_each_term_and_the_nearest_search(client: FlaskClient) -> None:
    page = read(client.get("/recherche?q=port zzz").text)
    alone, nearest = page.with_class("relaxations")
    assert [one.with_class("count")[0].text for one in alone.all("li")] == [
        "22\u00a0articles",
        "aucun article",
    ]
    assert nearest.one("a").text == "Sans «\u00a0zzz\u00a0»"
    section = page.with_class("nearby")[0]
    assert section.one("h2").text.startswith("Recherche élargie")
    assert "le plus de ces mots" in section.one("h2").text
    assert len(section.all("article")) == 10
