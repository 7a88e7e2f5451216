"""Every page can be read: by its contrast, on every width, on paper, without motion."""

import pytest
from selenium import webdriver

from tests.web.browser.contrast import low_contrast
from tests.web.browser.driving import emulate, one, resize, shown
from tests.web.newsroom import ARTICLES

PAGES = {
    "home": "/",
    "results": "/recherche?q=port&pays=FR&pays=MA&depuis=2014",
    "unbroken": "/recherche?q=tempête",
    "nothing": "/recherche?q=musée&pays=JP",
    "article": f"/article?id={ARTICLES[0].id}&q=digue",
    "unbroken article": "/article?id=long",
    "actor": "/acteur?nom=Claire Vasseur",
    "help": "/aide",
    "unknown": "/rien",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_contrast(browser: webdriver.Chrome, site: str, page: str, scheme: str) -> None:
    emulate(browser, "prefers-color-scheme", scheme)
    browser.get(site + PAGES[page])
    dark = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(22, 22, 20)") is (scheme == "dark")
    assert low_contrast(browser) == []


@pytest.mark.parametrize("width", [320, 390, 864, 1280, 2200])
def test_nothing_scrolls_sideways(browser: webdriver.Chrome, site: str, width: int) -> None:
    resize(browser, width)
    for page, address in PAGES.items():
        browser.get(site + address)
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, page


def test_filters_are_folded_on_a_telephone_only(browser: webdriver.Chrome, site: str) -> None:
    resize(browser, 390)
    browser.get(f"{site}/recherche?q=port")
    assert not shown(browser, ".facet a")
    one(browser, ".filters summary").click()
    assert shown(browser, ".facet a")
    resize(browser, 1280)
    browser.get(f"{site}/recherche?q=port")
    assert shown(browser, ".facet a")
    assert not shown(browser, ".filters summary")


def test_print_leaves_the_tools_out(browser: webdriver.Chrome, site: str) -> None:
    emulate(browser, "prefers-color-scheme", "light", media="print")
    browser.get(f"{site}/article?id={ARTICLES[0].id}")
    assert one(browser, "h1").is_displayed() and one(browser, ".text").is_displayed()
    for tool in (".masthead", ".around", "body > footer"):
        assert not one(browser, tool).is_displayed()


def test_nothing_moves(browser: webdriver.Chrome, site: str) -> None:
    """Hence nothing is left to do for `prefers-reduced-motion`."""
    browser.get(f"{site}/recherche?q=port")
    moving = browser.execute_script(
        """return [...document.querySelectorAll('*')].map(at => getComputedStyle(at)).filter(
        style => style.animationName !== 'none' || style.transitionDuration !== '0s'
          || style.scrollBehavior !== 'auto').length"""
    )
    assert moving == 0
