"""Articles whose text stands in several elements, one beside the other."""

import pytest

from tests.corpus.written_page import BODY, TITLE, article, page

MORE = (
    "Le préfet maritime a promis une étude sur l’ensemble des feux de la mer d’Iroise, dont "
    "quatre n’ont pas été visités depuis cinq ans, faute de bateau assez sûr pour y aborder.",
)
TEASER = (
    "Le conseil municipal a longuement débattu du prix des mouillages, que les plaisanciers "
    "trouvent trop cher et que les pêcheurs, eux, ne veulent plus payer du tout cette année."
)
AD = '<div class="inread-ad"><p>Publicité</p></div>'


@pytest.mark.parametrize(
    "opening",
    ['<div class="paragraph-block">', '<section class="content">', '<div itemprop="articleBody">'],
)
@pytest.mark.parametrize("between", ["", AD, "<h2>Une étude promise</h2>"])
def test_the_parts_of_a_text_belong_together(opening: str, between: str) -> None:
    closing = f"</{opening[1:].split()[0]}>"
    first = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    last = "".join(f"<p>{paragraph}</p>" for paragraph in MORE)
    body = article(page(body=f"{opening}{first}{closing}{between}{opening}{last}{closing}")).body
    assert body.startswith(BODY[0]) and body.endswith(MORE[-1])
    assert "Publicité" not in body
    assert ("Une étude promise" in body) == ("étude promise" in between)


@pytest.mark.parametrize(
    "heading",
    [
        '<h3><a href="/7">Des mouillages trop chers</a></h3>',
        '<p>Littoral</p><h3><a href="/7">Des mouillages trop chers</a></h3>',
        "<p>Littoral</p><h1>Des mouillages trop chers</h1>",
        "<h2>Vos commentaires</h2>",
    ],
)
def test_other_articles_and_comments_in_elements_alike_stay_out(heading: str) -> None:
    first = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    other = f'<div class="part">{heading}<p>{TEASER}</p></div>'
    assert article(page(body=f'<div class="part">{first}</div>{other}')).body == "\n\n".join(BODY)


def test_what_lies_in_a_row_of_its_own_stays_out() -> None:
    first = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    html = page(body=f'<div class="row">{first}</div><div class="row"><p>{TEASER}</p></div>')
    assert article(html).body == "\n\n".join(BODY)


def test_articles_of_a_list_are_not_joined() -> None:
    first = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    html = page(body=f'<article class="c">{first}</article><article class="c">{TEASER}</article>')
    assert article(html).title == TITLE
    assert TEASER not in article(html).body
