"""What each page shows."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from corpus.dates import parse_date
from index.fields import Facet
from index.opening import open_engine
from search.query_language.parsing import parse
from search.request import FACET_PARAMS, Order
from tests.web.markup import Element, read
from tests.web.newsroom import ARTICLES
from web.app import create_app
from web.help import OPERATORS, PARAMETERS
from web.typography import spaced


def page(client: FlaskClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.content_type == "text/html; charset=utf-8"
    return read(response.text)


def hits(found: Element) -> list[str]:
    listing = found.with_class("hits")[0]
    return [heading.text.replace("\u00a0", " ") for heading in listing.all("h2")]


def link(found: Element, name: str) -> str:
    """Return where the link leads whose text begins so."""
    addresses = {one.get("href") for one in found.all("a") if one.text.startswith(name)}
    assert len(addresses) == 1, (name, addresses)
    return addresses.pop()


def facet_section(found: Element, facet: Facet) -> Element:
    labelled = f"facet-{facet}"
    return next(one for one in found.all("section") if one.get("aria-labelledby") == labelled)


def test_home_tells_what_the_index_holds(client: FlaskClient) -> None:
    home = page(client, "/")
    assert home.one("h1").text == "Kiosque"
    holding = home.with_class("holding")[0].text.replace("\u00a0", " ")
    assert holding == "24 articles de 3 sources, du 11 mars 2014 au 1er janvier 2021"
    (latest,) = home.with_class("latest")
    assert latest.all("a")[0].text == spaced("Valmont en chiffres : le bilan d'une année")
    assert len(latest.all("li")) == 6


def test_home_leads_to_searches(client: FlaskClient) -> None:
    home = page(client, "/")
    france = page(client, link(home, "France"))
    assert "24" in france.one("h1").text
    vasseur = page(client, link(home, "Claire Vasseur"))
    assert "5" in vasseur.one("h1").text


def test_results_show_title_source_date_and_marked_snippet(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=digue+euros")
    assert found.one("h1").text.replace("\u00a0", " ") == "1 article pour digue euros"
    assert hits(found) == ["La digue du port coûtera quatre millions d'euros"]
    (item,) = found.with_class("hits")[0].all("li")
    byline = item.with_class("byline")[0].text
    assert "Valmont\n" in byline  # a line can be broken between the parts
    assert "Le Courrier de Valmont" in byline and "11 mars 2014" in byline
    assert item.one("time").get("datetime") == "2014-03-11"
    assert {mark.text.lower() for mark in item.all("mark")} >= {"digue", "euros"}


def test_dates_are_written_as_precisely_as_they_are_known(client: FlaskClient) -> None:
    found = page(client, "/recherche?par_page=100")
    written = {one.get("datetime"): one.text for one in found.with_class("hits")[0].all("time")}
    assert written["2020-06"] == "juin 2020"
    assert written["2021"] == "2021"
    assert written["2016-09-01"] == "1er septembre 2016"
    assert "sans date" in [one.text for one in found.all("span")]


@pytest.mark.parametrize("facet", list(Facet))
def test_every_facet_count_is_the_total_that_its_link_gives(
    client: FlaskClient, facet: Facet
) -> None:
    values = facet_section(page(client, "/recherche?q=port"), facet).all("a")
    assert values
    for value in values:
        count = value.with_class("count")[0].text.split()[0]
        assert page(client, value.get("href")).one("h1").text.split()[0] == count


def test_two_values_of_a_facet_widen_and_chips_remove_them(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port&pays=MA&pays=SN")
    assert sorted(hits(found)) == [
        "Dakar achète les vieux chalutiers",
        "À Tanger, un port jumeau regarde vers le nord",
    ]
    chips = found.with_class("chips")[0]
    selected = [one for one in found.with_class("filters")[0].all("a") if one.get("aria-current")]
    assert [one.with_class("label")[0].text for one in selected] == ["Maroc", "Sénégal"]
    kept = page(client, chips.all("a")[0].get("href"))
    assert hits(kept) == ["Dakar achète les vieux chalutiers"]
    everything = page(client, link(chips, "Tout retirer"))
    assert everything.one("h1").text.split()[0] == "22"


def test_a_long_facet_keeps_its_tail_folded(client: FlaskClient) -> None:
    found = page(client, "/recherche?pays=SN")
    (details,) = facet_section(found, Facet.COUNTRY).all("details")
    assert details.one("summary").text == "2 de plus"
    folded = [one.text for one in details.with_class("label")]
    assert len(folded) == 2 and "Sénégal" not in folded


def test_each_bar_of_the_timeline_finds_what_it_counts(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port")
    bars = found.one("svg").all("a")
    total = 0
    for bar in bars:
        words = re.fullmatch(r".+\u00a0: (\d+)\u00a0articles?", bar.get("aria-label"))
        assert words
        count = words[1]
        assert bar.one("title").text == bar.get("aria-label")
        assert page(client, bar.get("href")).one("h1").text.split()[0] == count
        total += int(count)
    assert total == 21
    assert "1\u00a0article sans date" in found.with_class("timeline-notes")[0].text


def test_the_table_says_what_the_bars_say(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port&depuis=2015&jusqua=2016")
    rows = [row.all("th", "td") for row in found.one("tbody").all("tr")]
    table = [f"{period.text}\u00a0: {count.text}\u00a0article" for period, count in rows]
    assert table == [bar.get("aria-label") for bar in found.one("svg").all("a")]


def test_dates_narrow_and_come_back_in_the_form(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port&pays=FR&depuis=2018-01-01&jusqua=2018-12-31")
    assert found.one("h1").text.split()[0] == "4"
    form = found.with_class("dates")[0]
    values = {one.get("name"): one.get("value") for one in form.all("input")}
    assert values == {"q": "port", "pays": "FR", "depuis": "2018-01-01", "jusqua": "2018-12-31"}


def test_the_search_box_keeps_the_filters_and_forgets_the_page(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port&pays=FR&tri=ancien&page=2")
    form = found.with_class("search")[0]
    values = {one.get("name"): one.get("value") for one in form.all("input")}
    assert values == {"q": "port", "pays": "FR", "tri": "ancien"}


def test_sorting(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port")
    order = found.with_class("sorts")[0]
    assert [one.text for one in order.all("a") if one.get("aria-current")] == ["Pertinence"]
    oldest = page(client, link(order, "Plus anciens"))
    assert hits(oldest)[0] == "La digue du port coûtera quatre millions d'euros"
    newest = page(client, link(order, "Plus récents"))
    assert hits(newest)[0] == "Valmont en chiffres : le bilan d'une année"


def test_the_pages_of_a_search_hold_each_hit_once(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=port")
    seen = hits(found)
    for number in (2, 3):
        found = page(client, link(found.with_class("pages")[0], "Suivante"))
        assert f"page {number}" in found.one("head").one("title").text
        seen += hits(found)
    assert len(seen) == len(set(seen)) == 22
    assert not [one for one in found.with_class("pages")[0].all("a") if one.get("rel") == "next"]
    assert found.with_class("hits")[0].get("start") == "21"


def test_remarks_are_shown(client: FlaskClient) -> None:
    found = page(client, '/recherche?q="port')
    assert [one.text for one in found.with_class("remark")] == [
        "Guillemet non fermé\u00a0: la phrase va jusqu’à la fin de la requête."
    ]


def test_nothing_found_offers_wider_searches_that_find(client: FlaskClient) -> None:
    found = page(client, "/recherche?q=musée&pays=JP")
    assert found.one("h1").text.startswith("Aucun article")
    offers = found.with_class("relaxations")[0].all("li")
    assert offers
    for offer in offers:
        count = offer.with_class("count")[0].text.split()[0]
        assert page(client, offer.one("a").get("href")).one("h1").text.split()[0] == count


def test_article_page(client: FlaskClient) -> None:
    article = ARTICLES[0]
    found = page(client, f"/article?id={article.id}&q=digue&pays=FR&page=2")
    assert found.one("h1").text == article.title
    story = found.with_class("story")[0]
    text = found.with_class("text")[0]
    assert [one.text for one in text.all("p")] == spaced(article.body).split("\n\n")
    assert [one.text for one in text.all("mark")] == ["digue"]
    for shown in (article.source, article.section, article.author, "11 mars 2014", article.file):
        assert shown in story.text
    assert link(found, "Retour aux résultats") == "/recherche?q=digue&pays=FR&page=2"
    outside = [one for one in story.all("a") if one.get("href").startswith("https:")]
    assert [(one.get("href"), one.get("rel")) for one in outside] == [
        (article.url, "noopener noreferrer")
    ]


def test_entities_of_an_article_lead_to_searches_that_find_it(client: FlaskClient) -> None:
    article = ARTICLES[0]
    found = page(client, f"/article?id={article.id}")
    entities = [one for group in found.with_class("entities") for one in group.all("a")]
    assert article.about == ("FR",)
    assert [one.text for one in entities] == ["France", *(one.label for one in article.entities)]
    for one in entities:
        address = one.get("href")
        if address.startswith("/acteur"):  # whose page leads to the search
            address = page(client, address).with_class("holding")[0].all("a")[0].get("href")
        assert article.title in hits(page(client, address + "&par_page=100"))


def test_an_article_without_text_or_title() -> None:
    engine = open_engine("memory:")
    engine.rebuild([replace(ARTICLES[0], title="", body="")])
    client = create_app(engine=engine).test_client()
    assert hits(page(client, "/recherche")) == ["Article sans titre"]
    found = page(client, f"/article?id={ARTICLES[0].id}")
    assert found.one("h1").text == "Article sans titre"
    assert "n’a pas de texte" in found.with_class("text")[0].text
    engine.close()


def test_similar_articles_are_other_articles(client: FlaskClient) -> None:
    found = page(client, f"/article?id={ARTICLES[0].id}")
    similar = found.with_class("similar")[0].all("a")
    assert similar and ARTICLES[0].title not in [one.text for one in similar]
    for one in similar:
        assert page(client, one.get("href")).one("h1").text == one.text


@pytest.mark.parametrize("text", [text for text, _ in OPERATORS])
def test_every_example_of_the_help_page_is_understood(client: FlaskClient, text: str) -> None:
    found = page(client, "/aide")
    assert text in [one.text for one in found.all("code")]
    assert parse(text).remarks == ()


def test_help_page_names_every_parameter(client: FlaskClient) -> None:
    listed = " ".join(name for name, _ in PARAMETERS)
    for name in (*FACET_PARAMS.values(), "q", "depuis", "jusqua", "tri", "page", "par_page"):
        assert name in listed
    orders = next(meaning for name, meaning in PARAMETERS if name == "tri")
    assert all(sort in orders for sort in Order)


def test_robots_and_icon(client: FlaskClient) -> None:
    with client.get("/robots.txt") as robots:
        assert robots.text == "User-agent: *\nDisallow: /\n"
    old = client.get("/favicon.ico")
    assert old.status_code == 308
    with client.get(old.location) as icon:
        assert icon.content_type.startswith("image/svg+xml") and b"<svg" in icon.data


@pytest.mark.parametrize("address", ["/", "/recherche?q=port", "/aide", "/health", "/api/search"])
def test_head_answers_as_get_without_a_body(client: FlaskClient, address: str) -> None:
    get, head = client.get(address), client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_an_article_shows_the_metadata_it_has() -> None:
    engine = open_engine("memory:")
    known = {"edition": "Nord", "page": "12", "agency": "AFP", "dateline": "LILLE"}
    more = {"slug": "FRANCE-PONT", "word_count": 1312, "copyright": "© Le Fanal", "language": "en"}
    more["excerpt"] = True
    published = parse_date("2020-07-03T08:05+02:00")
    engine.rebuild([replace(ARTICLES[0], id="a", published=published, **known, **more)])
    with create_app(engine=engine).test_client() as client:
        shown = page(client, "/article?id=a").one("dl")
        names = [one.text.replace("\u00a0", " ") for one in shown.all("dt")]
        values = [one.text.replace("\u00a0", " ") for one in shown.all("dd")]
        stated = client.get("/api/article?id=a").json
    assert names[:8] == ["Heure", "Édition", "Page", "Agence", "Lieu", *names[5:8]]
    assert values[:6] == ["8 h 05 (UTC+2)", "Nord", "12", "AFP", "LILLE", "FRANCE-PONT"]
    assert values[6].endswith("312 mots") and values[7].startswith("extrait")
    assert values[8:10] == ["anglais", "© Le Fanal"]
    assert stated and {**known, **more}.items() <= stated.items()
    assert stated["published"] == "2020-07-03T08:05+02:00"
