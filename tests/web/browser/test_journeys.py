"""Readers on their way through the site, by the mouse and by the keyboard alone."""

from contextlib import closing
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from index.opening import open_engine
from tests.web.browser.driving import (
    another_page,
    choose,
    click,
    enter,
    every,
    focus,
    one,
    press,
    tab_to,
    total,
)
from tests.web.browser.serving import served
from tests.web.newsroom import ARTICLES
from web.app import create_app


def test_a_search_from_end_to_end(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    box = browser.switch_to.active_element
    assert box.get_attribute("name") == "q"
    with another_page(browser):
        box.send_keys("port", Keys.ENTER)
    assert total(browser) == 22

    choose(browser, "Maroc")
    assert total(browser) == 1
    choose(browser, "Allemagne")
    assert total(browser) == 3
    chips = every(browser, ".chips a")
    assert [chip.text.split("\n")[-1] for chip in chips][-1] == "Tout retirer"
    click(browser, next(chip for chip in chips if "Allemagne" in chip.text))
    assert total(browser) == 1
    click(browser, one(browser, ".chips a"))
    assert total(browser) == 22
    assert not every(browser, ".chips")

    bars = every(browser, ".timeline svg a")
    assert "juin 2014" in bars[1].get_attribute("aria-label")
    click(browser, bars[1])
    assert total(browser) == 1
    assert one(browser, "#depuis").get_attribute("value") == "2014-06-01"
    assert one(browser, "#jusqua").get_attribute("value") == "2014-06-30"
    browser.back()

    click(browser, next(link for link in every(browser, ".sorts a") if link.text == "Plus anciens"))
    click(browser, one(browser, ".pages a[rel=next]"))
    assert one(browser, ".pages [aria-current]").text.endswith("2")
    here = browser.current_url
    heading = one(browser, ".hits h2 a")
    title = heading.text
    click(browser, heading)
    assert one(browser, "h1").text == title
    assert every(browser, ".text mark")
    click(browser, one(browser, ".back a"))
    assert browser.current_url == here
    browser.back()
    browser.back()
    assert browser.current_url == here


def test_the_date_form(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/recherche?q=port&pays=FR")
    for name, day in (("depuis", "2018-01-01"), ("jusqua", "2018-12-31")):
        browser.execute_script("arguments[0].value = arguments[1]", one(browser, f"#{name}"), day)
    click(browser, one(browser, ".dates button"))
    assert total(browser) == 4
    assert len(every(browser, ".chips li")) == 4  # the country, both dates, and "all"


def test_the_keyboard_alone(browser: webdriver.Chrome, site: str) -> None:
    browser.get(site)
    with another_page(browser):
        press(browser, "port", Keys.ENTER)
    assert total(browser) == 22
    press(browser, Keys.TAB)
    assert focus(browser) == ("A", "Aller au contenu", True)
    press(browser, Keys.ENTER)
    tab_to(browser, lambda name: name == "Passer la chronologie")
    press(browser, Keys.ENTER)
    tab_to(browser, lambda name: name.startswith("Italie"))
    enter(browser)
    assert total(browser) == 2
    tab_to(browser, lambda name: name.endswith("Italie"))
    enter(browser)
    assert total(browser) == 22
    tab_to(browser, lambda name: "juin 2014" in name)
    enter(browser)
    assert total(browser) == 1
    tab_to(browser, lambda name: name.startswith("Pêche"))
    enter(browser)
    assert one(browser, "h1").text.startswith("Pêche")


def test_the_site_appears_while_a_reader_waits(browser: webdriver.Chrome, tmp_path: Path) -> None:
    """No index yet, then one: the same process answers, and its button leads there."""
    app = create_app(f"whoosh://{tmp_path / 'index'}")
    with closing(app.extensions["kiosque"]), served(app) as address:
        browser.get(f"{address}/recherche?q=port")
        assert "kiosque reindex DOSSIER" in one(browser, "main").text
        writer = open_engine(f"whoosh://{tmp_path / 'index'}")
        writer.rebuild(ARTICLES)
        writer.close()
        click(browser, one(browser, ".button"))
        assert total(browser) == 22
