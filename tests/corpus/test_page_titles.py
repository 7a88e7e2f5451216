"""The title of a web page: what its headings and its statements agree on."""

import pytest

from tests.corpus.written_page import TITLE, article, page


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        (f"{TITLE} | Mer | Le Cap", f"{TITLE} <span>Abonnés</span>", TITLE),
        (f"Mer : {TITLE} - Le Cap", f"<span>Mer</span><span>{TITLE}</span>", f"Mer : {TITLE}"),
        (f"{TITLE} › Le Cap", TITLE, TITLE),
    ],
)
def test_a_heading_with_a_label(stated: str, heading: str, title: str) -> None:
    found = article(page(title=f"<h1>{heading}</h1>").replace(f"{TITLE} - Le Cap", stated))
    assert found.title == title


@pytest.mark.parametrize("stated", [f"Le Cap » {TITLE}", f"{TITLE} « Le Cap", f"{TITLE} - Le Cap"])
def test_a_heading_that_is_the_name_of_the_site(stated: str) -> None:
    head = '<link rel="canonical" href="https://www.lecap.example/2014/phare">'
    post = page(head, title=f"<h1>Le Cap</h1><h3>{TITLE}</h3>")
    assert article(post.replace(f"{TITLE} - Le Cap", stated)).title == TITLE


def test_a_heading_before_a_title_of_a_few_letters() -> None:
    whole = page().replace(f"{TITLE} - Le Cap", "Page")
    assert article(whole).title == TITLE
    assert article(whole.replace(f"<h1>{TITLE}</h1>", "")).title == "Page"
