"""The site in a real browser: Debian's Chromium, driven by its own chromedriver."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from werkzeug.serving import make_server

from index.opening import open_engine
from tests.web.newsroom import ARTICLES
from web.app import create_app

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and CHROMEDRIVER), reason="no chromium and chromedriver on this machine"
)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Words without a break, as long as a hostile or damaged source makes them.
UNBROKEN = replace(
    ARTICLES[0], id="long", title="É" * 400, body="tempête " + "m" * 3000, source="S" * 200
)
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

# Every visible text, placeholder and SVG label whose contrast is below WCAG AA.
LOW_CONTRAST = r"""
const luminance = ([r, g, b]) => {
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const [R, G, B] = [r, g, b].map(v => linear(v / 255));
  return 0.2126 * R + 0.7152 * G + 0.0722 * B;
};
const channels = colour => colour.match(/[\d.]+/g).map(Number);
const ratio = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const colour = channels(getComputedStyle(at).backgroundColor);
    if (colour.length === 3 || colour[3] === 1) return colour;
  }
};
const found = [];
const check = (element, colour, style) => {
  const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
  const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
  const has = ratio(channels(colour), ground(element));
  if (has < least) found.push(`${has.toFixed(2)} ${element.outerHTML.slice(0, 90)}`);
};
let checked = 0;
for (const element of document.body.querySelectorAll('*')) {
  const own = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (!element.checkVisibility({visibilityProperty: true})) continue;
  const style = getComputedStyle(element);
  if (element.tagName === 'INPUT' && element.type !== 'hidden') {
    check(element, style.color, style);
    check(element, getComputedStyle(element, '::placeholder').color, style);
  } else if (own && element.tagName !== 'title') {
    check(element, element instanceof SVGElement ? style.fill : style.color, style);
  } else if (element.classList.contains('bar')) {
    if (ratio(channels(style.fill), ground(element.closest('svg'))) < 3) found.push('bar');
  } else continue;
  checked++;
}
return [checked, found];
"""

# Where the focus is, and whether it can be seen there.
FOCUS = """
const at = document.activeElement, style = getComputedStyle(at);
const box = at.getBoundingClientRect();
const reach = at.querySelector('.reach');
const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
const drawn = reach && parseFloat(getComputedStyle(reach).strokeWidth) >= 2;
return [at.tagName, (at.getAttribute('aria-label') || at.innerText || at.name || '').trim(),
        box.width > 1 && box.height > 1 && (ring || !!drawn)];
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    engine = open_engine("memory:")
    engine.rebuild([*ARTICLES, UNBROKEN])
    server = make_server("127.0.0.1", 0, create_app(engine=engine), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.close()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """A wide light window; the console must stay empty, but for the answers asked to fail."""
    resize(chromium, 1280)
    emulate(chromium, "prefers-color-scheme", "light")
    yield chromium
    said = [entry["message"] for entry in chromium.get_log("browser")]
    assert [line for line in said if "Failed to load resource: the server" not in line] == []


def resize(browser: webdriver.Chrome, width: int) -> None:
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def emulate(browser: webdriver.Chrome, feature: str, value: str, media: str = "") -> None:
    features = [{"name": feature, "value": value}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


def one(browser: webdriver.Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def every(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def choose(browser: webdriver.Chrome, label: str) -> None:
    """Click a facet value, where it stands on the screen."""
    values = every(browser, ".facet li a")
    value = next(one for one in values if label in one.get_attribute("textContent"))
    click(browser, value)


def click(browser: webdriver.Chrome, element: WebElement) -> None:
    """Click as a mouse does.

    Selenium's own click takes what stands in a closed <details> for hidden, even
    where the style sheet shows it.
    """
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    with another_page(browser):
        webdriver.ActionChains(browser).move_to_element(element).click().perform()


@contextmanager
def another_page(browser: webdriver.Chrome) -> Iterator[None]:
    """Wait until the page of before has given way to a whole one.

    Asking an element whether it is stale fails while the page changes.
    """
    browser.execute_script("window.before = true")
    yield
    wait = WebDriverWait(browser, 10, ignored_exceptions=[WebDriverException])
    arrived = "return !window.before && document.readyState === 'complete'"
    wait.until(lambda driver: driver.execute_script(arrived))


def shown(browser: webdriver.Chrome, selector: str) -> bool:
    """Tell whether an element is drawn and would take a click."""
    return browser.execute_script(
        """const at = document.querySelector(arguments[0]);
        at.scrollIntoView({block: 'center'});
        const box = at.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return box.width > 0 && !!top && at.contains(top);""",
        selector,
    )


def total(browser: webdriver.Chrome) -> int:
    first = one(browser, "h1").text.split()[0]
    return 0 if first == "Aucun" else int(first)


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


def focus(browser: webdriver.Chrome) -> tuple[str, str, bool]:
    return tuple(browser.execute_script(FOCUS))


def press(browser: webdriver.Chrome, *keys: str) -> None:
    webdriver.ActionChains(browser).send_keys(*keys).perform()


def tab_to(browser: webdriver.Chrome, wanted: Callable[[str], bool]) -> None:
    """Press Tab until the focus is on the name wanted; every stop on the way must be seen."""
    for _ in range(90):
        press(browser, Keys.TAB)
        tag, name, seen = focus(browser)
        if tag != "BODY":
            assert seen, (tag, name)
        if wanted(name):
            return
    raise AssertionError("the keyboard does not reach it")


def enter(browser: webdriver.Chrome) -> None:
    """Follow the link that has the focus."""
    with another_page(browser):
        press(browser, Keys.ENTER)


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_contrast(browser: webdriver.Chrome, site: str, page: str, scheme: str) -> None:
    emulate(browser, "prefers-color-scheme", scheme)
    browser.get(site + PAGES[page])
    dark = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(22, 22, 20)") is (scheme == "dark")
    checked, low = browser.execute_script(LOW_CONTRAST)
    assert checked >= 7
    assert low == []


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


def test_the_site_appears_while_a_reader_waits(browser: webdriver.Chrome, tmp_path: Path) -> None:
    """No index yet, then one: the same process answers, and its button leads there."""
    app = create_app(f"whoosh://{tmp_path / 'index'}")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        browser.get(f"http://127.0.0.1:{server.server_port}/recherche?q=port")
        assert "kiosque reindex DOSSIER" in one(browser, "main").text
        writer = open_engine(f"whoosh://{tmp_path / 'index'}")
        writer.rebuild(ARTICLES)
        writer.close()
        click(browser, one(browser, ".button"))
        assert total(browser) == 22
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["kiosque"].close()


def typed(browser: webdriver.Chrome, text: str) -> list[str]:
    """Type into the search box; return the completions, once they are there."""
    one(browser, "#q").send_keys(text)
    WebDriverWait(browser, 10).until(lambda _: every(browser, "#completions li"))
    return [option.text for option in every(browser, "#completions li")]


@pytest.mark.parametrize("width", [1280, 360])
def test_completions_by_the_keyboard(browser: webdriver.Chrome, site: str, width: int) -> None:
    resize(browser, width)
    browser.get(f"{site}/")
    box = one(browser, "#q")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "false")
    options = typed(browser, "vass")
    assert options[0].startswith("Claire Vasseur")
    assert box.get_attribute("aria-expanded") == "true"
    assert "suggestion" in one(browser, ".search [role=status]").get_attribute("textContent")
    assert one(browser, "#completions").is_displayed()
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    box.send_keys(Keys.ARROW_DOWN)
    active = one(browser, "#" + str(box.get_attribute("aria-activedescendant")))
    assert active.get_attribute("aria-selected") == "true"
    checked, low = browser.execute_script(LOW_CONTRAST)
    assert checked and low == []
    box.send_keys(Keys.ESCAPE)
    assert not one(browser, "#completions").is_displayed()
    assert box.get_attribute("value") == "vass" and not box.get_attribute("aria-activedescendant")
    typed(browser, "e")
    box.send_keys(Keys.ARROW_DOWN)
    with another_page(browser):
        box.send_keys(Keys.ENTER)
    assert "acteur=Claire" in browser.current_url


def test_completions_by_the_mouse_and_typing_on(browser: webdriver.Chrome, site: str) -> None:
    browser.get(f"{site}/recherche?q=digue")
    typed(browser, " por")
    option = next(at for at in every(browser, "#completions li") if "digue port" in at.text)
    with another_page(browser):
        option.click()
    assert "q=digue+port" in browser.current_url
    typed(browser, "s")
    with another_page(browser):  # nothing is chosen: what was typed is searched
        one(browser, "#q").send_keys(Keys.ENTER)
    assert "ports" in browser.current_url
