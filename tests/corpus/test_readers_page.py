"""Saved web pages: what they say of themselves, and which paragraphs are the article."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import web_page
from corpus.readers.markup import plain_text, walk
from corpus.readers.web_page import page_record
from corpus.records import Record, Unreadable, to_article
from tests.corpus.opened import opened
from tests.corpus.written_page import AROUND, BODY, LEAD, PARAGRAPHS, TITLE, article, json_ld, page


def test_the_article_and_nothing_else() -> None:
    found = article(page())
    assert found.title == TITLE
    assert found.body == "\n\n".join(BODY)


@pytest.mark.parametrize("tag", ["h2", "h3", "p><strong", "div"])
def test_intertitles_stay(tag: str) -> None:
    inner = f"<p>{BODY[0]}</p><{tag}>Un câble rongé</{tag.split('<')[-1]}><p>{BODY[1]}</p>"
    assert article(page(body=inner)).body == f"{BODY[0]}\n\nUn câble rongé\n\n{BODY[1]}"


def test_intertitles_in_h1() -> None:
    inner = "<h1>Un câble rongé</h1>".join(f"<p>{text}</p>" for text in BODY)
    assert article(page(body=inner)).body == "\n\nUn câble rongé\n\n".join(BODY)


def test_an_intertitle_glued_in_bold_is_parted() -> None:
    inner = f"<p>{BODY[0]}</p><p><b>Un câble rongé</b>{BODY[1]}</p>"
    assert article(page(body=inner)).body == f"{BODY[0]}\n\nUn câble rongé\n\n{BODY[1]}"


@pytest.mark.parametrize(
    "noise",
    [
        "<p>À lire aussi : <a href='/x'>Le phare d’Ar-Men en vente</a></p>",
        "<p><a href='/x'>Le phare d’Ar-Men, l’enfer des enfers, mis en vente par l’État</a></p>",
        "<figure><img><figcaption>Le phare en 2012. Photo Y. Kerleau.</figcaption></figure>",
        "<div class='legende-photo'>Le phare de la Vieille, par gros temps, en février 2012.</div>",
        "<p>Abonnez-vous à notre lettre d’information pour ne rien manquer.</p>",
        "<script>var publicite = 'Achetez maintenant, la mer est belle';</script>",
        "<style>p { color: red }</style><!-- un commentaire caché -->",
        "<aside><p>Le raz de Sein sépare la pointe du Raz de l’île de Sein.</p></aside>",
    ],
)
def test_noise_between_paragraphs_goes(noise: str) -> None:
    inner = f"<p>{BODY[0]}</p>{noise}<p>{BODY[1]}</p><p>{BODY[2]}</p>"
    assert article(page(body=inner)).body == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "inner",
    [
        "<br><br>".join(BODY),
        "".join(f"<div>{paragraph}</div>" for paragraph in BODY),
        "<ul>" + "".join(f"<li>{paragraph}" for paragraph in BODY) + "</ul>",
        "<p>" + "<p>".join(BODY),
        f"<section><p>{BODY[0]}</p></section><div><p>{BODY[1]}</p><p>{BODY[2]}</p></div>",
    ],
)
def test_ways_to_write_paragraphs(inner: str) -> None:
    assert article(page(body=inner)).body == "\n\n".join(BODY)


def test_a_lead_between_title_and_body() -> None:
    found = article(page(title=f"<h1>{TITLE}</h1><p class='chapo'>{LEAD}</p><p>3 mars 2014</p>"))
    assert found.body == "\n\n".join((LEAD, *BODY))
    assert str(found.published) == "2014-03-03"


def test_article_body_of_microdata() -> None:
    inner = f"<div itemprop='articleBody'><p>{BODY[0]}</p></div>"
    other = f"<div>{''.join(f'<p>{text}</p>' for text in BODY[1:])}</div>"
    assert article(page(body=inner + other)).body == BODY[0]


def test_json_ld() -> None:
    found = article(
        page(
            json_ld(
                headline="Le phare de la Vieille...",
                datePublished="2014-03-03T08:00:00+01:00",
                author=[{"@type": "Person", "name": "Yann Kerleau"}],
                publisher={"@type": "Organization", "name": "Le Cap"},
                articleSection="Mer",
            )
            + '<link rel="canonical" href="https://lecap.example/mer/phare">'
        )
    )
    assert (found.title, found.author, found.source) == (TITLE, "Yann Kerleau", "Le Cap")
    assert (str(found.published), found.section) == ("2014-03-03", "Mer")
    assert found.url == "https://lecap.example/mer/phare"


def test_json_ld_holds_what_a_paywall_hides() -> None:
    found = article(page(json_ld(articleBody="\n".join(BODY)), body=f"<p>{BODY[0]}</p>"))
    assert found.body == "\n\n".join(BODY)
    glued = json_ld(articleBody="".join(BODY))
    assert article(page(glued)).body == "\n\n".join(BODY)


def test_opengraph_and_metas() -> None:
    found = article(
        page(
            '<meta property="og:title" content="Le phare de la Vieille rallumé | Le Cap">'
            '<meta property="og:site_name" content="Le Cap">'
            '<meta property="article:published_time" content="2014-03-03T08:00:00+01:00">'
            '<meta property="article:section" content="Mer"><meta name="author" content="Y. K.">'
            '<meta property="og:url" content="https://lecap.example/phare">',
            title="",
        )
    )
    assert (found.title, found.source, found.section) == (TITLE, "Le Cap", "Mer")
    assert (str(found.published), found.author) == ("2014-03-03", "Y. K.")


@pytest.mark.parametrize(
    "stated",
    [
        "<time datetime='2014-03-03T10:00'>lundi</time>",
        "<p>Publié le lundi 3 mars 2014 à 10h</p>",
        "<div>lundi 3 mars 2014</div><p>Par Yann Kerleau</p>",
        "<meta itemprop='datePublished' content='2014-03-03'>",
    ],
)
def test_dates_in_the_text(stated: str) -> None:
    for title in (f"<h1>{TITLE}</h1>{stated}", f"{stated}<h1>{TITLE}</h1>"):
        found = article(page(title=title))
        assert str(found.published) == "2014-03-03"
        assert found.body == "\n\n".join(BODY)


def test_the_date_in_the_address_comes_last() -> None:
    link = '<link rel="canonical" href="https://lecap.example/2014/03/03/phare">'
    assert str(article(page(link)).published) == "2014-03-03"


def test_saved_from() -> None:
    comment = "<!-- saved from url=(0030)https://www.lecap.example/phare -->"
    found = article(page().replace("<html>", comment + "<html>"))
    assert (found.url, found.source) == ("https://www.lecap.example/phare", "Le Cap")


def test_site_classes_that_mean_something_else() -> None:
    whole = page().replace("class='wrap'", "class='content related'")
    assert article(whole).body.startswith(BODY[0])


@pytest.mark.parametrize(
    "names", ["content-sidebar-wrap", "o-row layout-has-sidebar", "share-zone"]
)
def test_an_article_in_an_element_named_after_what_is_beside(names: str) -> None:
    """What surely is beside holds no article, unless it is longer and comes before all else."""
    sponsors = (
        "<div><h3>Contenu sponsorisé</h3><p>Ce que publient ici nos annonceurs est écrit par leurs "
        "propres équipes, et la rédaction du Cap n'y prend jamais la moindre part.</p></div>"
    )
    html = (
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
        f"<div class='{names}'><div>{PARAGRAPHS}</div></div>{sponsors}</body></html>"
    )
    assert article(html).body == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "html",
    [
        f"<!DOCTYPE html><html><body>{AROUND}<h1>Erreur 404</h1><p>Page introuvable.</p>",
        "<html><body><ul>" + "<li><a href='/x'>Un titre, puis un autre</a></li>" * 40,
        "<html></html>",
        "<html><body></body></html>",
    ],
)
def test_pages_without_an_article(html: str) -> None:
    with pytest.raises(Unreadable, match="page sans article"):
        page_record(html)


def test_a_short_page_that_calls_itself_an_article() -> None:
    record = page_record(page('<meta property="og:type" content="article">', body=f"<p>{LEAD}</p>"))
    assert record.body == LEAD


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<!DOCTYPE html><p>a", True),
        ("\ufeff<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE html PUBLIC ''><html>", True),
        ("<html lang=fr>", True),
        ("<div class=x>", True),
        ("<?xml version='1.0'?><NewsML><html/></NewsML>", False),
        ("<rss><p>", False),
        ("Un titre\n\n<p>Du texte", False),
        ("<!-- a -->" * 2000, False),
    ],
)
def test_recognises(start: str, expected: bool) -> None:
    assert web_page.recognises(opened(start)) is expected


def test_plain_text_of_markup() -> None:
    assert plain_text("Un <b>mot</b>,<br/>puis <i>un autre</i>.") == "Un mot,\npuis un autre."
    assert plain_text("<p>Un.</p> <p>Deux.</p>") == "Un.\n\nDeux."
    assert plain_text("a < b et b > c") == "a < b et b > c"


def test_nesting_without_end() -> None:
    assert walk("<div>" * 20_000 + "<b>" * 20_000).blocks == []
    walk("<h1>x</h1>" * 5_000 + "<p itemprop='articleBody'>" * 5_000)


@given(st.text("<>/abph1 ='\"!-&;\n", max_size=200))
def test_any_markup(text: str) -> None:
    try:
        record = page_record(text)
    except Unreadable:
        return
    assert isinstance(to_article(record, ""), Article)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    for start in (b"<html><body><p>", b"<html><script type='application/ld+json'>{"):
        try:
            (record,) = web_page.read(opened(start + data))
        except Unreadable:
            continue
        assert isinstance(record, Record)


def test_the_time_is_linear() -> None:
    """Four times the page costs four times the time, not sixteen; the bound leaves room."""

    def once(html: str) -> float:
        start = process_time()
        page_record(html)
        return process_time() - start

    def cost(times: int) -> float:
        html = page(body=f"<div class='pub'><h1>x</h1></div><div>{PARAGRAPHS}</div>" * times)
        return min(once(html) for _ in range(2))  # the other met whatever else ran

    cost(100)
    assert cost(1_600) < 10 * cost(400)


SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "pages"


def test_sample_pages_have_their_facts() -> None:
    for path in sorted(SAMPLES.glob("*.html")):
        (record,) = web_page.read(opened(path.read_bytes(), path.name))
        assert isinstance(record, Record)
        found = to_article(record, path.name)
        assert found.title and found.published and found.author and found.source, path.name
        assert 1500 < len(found.body) < 2500 and found.body.count("\n\n") >= 5, path.name
        for noise in ("cookie", "newsletter", "Lire aussi", "Partager", "Tous droits"):
            assert noise not in found.body, (path.name, noise)


@pytest.mark.parametrize("names", ["gallery", "bloc-diaporama", "carousel", "photoGalerie"])
def test_a_gallery_longer_than_the_article_is_beside_it(names: str) -> None:
    legends = "".join(f"<li><p>{number}. {BODY[number % 3]}</p></li>" for number in range(12))
    gallery = f"<div class='{names}'><ul>{legends}</ul></div>"
    assert article(page(body=PARAGRAPHS + gallery)).body == "\n\n".join(BODY)


def test_a_page_that_is_but_a_gallery_keeps_its_text() -> None:
    found = article(page(body=f"<div class='gallery'>{PARAGRAPHS}</div>"))
    assert found.body == "\n\n".join(BODY)


def test_the_rest_of_a_text_behind_a_button_is_found() -> None:
    rest = f"<div id='read-more'><div id='read-more-content'>{PARAGRAPHS}</div></div>"
    found = article(page(body=f"<p>{LEAD}</p>{rest}"))
    assert found.body == "\n\n".join((LEAD, *BODY))


def test_a_teaser_between_paragraphs_is_left_out() -> None:
    teaser = f"<div class='read-more'><p>{LEAD}</p></div>"
    assert article(page(body=PARAGRAPHS + teaser + PARAGRAPHS)).body == "\n\n".join(BODY + BODY)
