"""Completions under the search box, by the keyboard and by the mouse."""

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.web.browser.contrast import low_contrast
from tests.web.browser.driving import another_page, every, one, resize


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
    assert low_contrast(browser) == []
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
