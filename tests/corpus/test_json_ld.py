"""The data that pages give to search engines: which article is theirs, also where it is broken."""

import json

import pytest

from corpus.readers.json_ld import article_in

PAGE = "https://lecap.example/phare"


def teaser(**fields: str) -> dict[str, str]:
    return {"@type": "NewsArticle", "headline": "Un autre", "datePublished": "2014-03-04"} | fields


def test_json_ld_in_a_list_in_a_graph_and_by_reference() -> None:
    person = {"@id": "#a", "@type": "Person", "name": "Yann Kerleau"}
    node = {
        "@type": ["NewsArticle", "Thing"],
        "headline": "Le phare de la Vieille rallumé",
        "author": {"@id": "#a"},
    }
    for data in ([{"@type": "WebSite"}, node, person], {"@graph": [person, node]}):
        assert article_in([json.dumps(data)]) == node | {"author": person}


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Deux\nlignes",}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Deux\\nlignes"}\n//]]>',
        '<!-- {"@type": "NewsArticle", "headline": "Deux\\nlignes"} -->',
        '{"@type": "NewsArticle", "headline": "Deux\\nlignes", "name": "un "mot" de trop"}',
        '{"@type": "NewsArticle", "headline": "Deux\\nlignes", "author": {"na',
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Deux\\nlignes"};',
        '{"@type": "WebSite"},\n{"@type": "NewsArticle", "headline": "Deux\\nlignes"},',
    ],
)
def test_broken_json_ld(script: str) -> None:
    assert article_in([script])["headline"] == "Deux\nlignes"


@pytest.mark.parametrize("script", ["", "[" * 50_000, "null", '{"@graph": {"@graph": 3}}', "{x}"])
def test_hopeless_json_ld(script: str) -> None:
    assert not article_in([script]).get("headline")


def test_inner_quotes_are_escaped() -> None:
    script = """{"@type": "NewsArticle",
        "headline": "Le phare \\"rallumé\\"", "description": "Un "vrai" soulagement, dit-il",
        "author": {"@type": "Person", "name": "Yann Kerleau"}}"""
    found = article_in([script])
    assert (found["headline"], found["author"]) == (
        'Le phare "rallumé"',
        {"@type": "Person", "name": "Yann Kerleau"},
    )


def test_hopeless_quotes_leave_the_plain_fields() -> None:
    script = """{"@type": "NewsArticle", "headline": "Rallumé", "description": "Il dit : "ah", puis
        rien", "author": [{"@type": "Person", "name": "Yann Kerleau"}]}"""
    assert article_in([script]) == {
        "@type": ["NewsArticle"],
        "headline": "Rallumé",
        "author": "Yann Kerleau",
    }


@pytest.mark.parametrize("name", ["url", "@id", "mainEntityOfPage"])
def test_the_article_with_the_address_of_the_page(name: str) -> None:
    own = {"@type": "NewsArticle", "headline": "Rallumé", name: PAGE}
    nodes = [teaser(url="https://lecap.example/autre", articleBody="Un texte."), own]
    assert article_in([json.dumps(nodes)], {PAGE}) == own


def test_teasers_in_a_list_of_items_come_last() -> None:
    own = {"@type": "NewsArticle", "headline": "Rallumé"}
    items = [{"@type": "ListItem", "item": teaser()}]
    scripts = [{"@type": "ItemList", "itemListElement": items}, own]
    assert article_in(map(json.dumps, scripts)) == own
    assert article_in([json.dumps(scripts[0])])["headline"] == "Un autre"
