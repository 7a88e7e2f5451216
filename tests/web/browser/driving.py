"""What a reader does with a page, and what can be seen of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

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
