"""The site in a real browser: Debian's Chromium, driven by its own chromedriver."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from selenium import webdriver

from index.opening import open_engine
from tests.web.browser.driving import emulate, resize
from tests.web.browser.serving import served
from tests.web.newsroom import ARTICLES
from web.app import create_app

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
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


@pytest.fixture(scope="package")
def site() -> Iterator[str]:
    with closing(open_engine("memory:")) as engine:
        engine.rebuild([*ARTICLES, UNBROKEN])
        with served(create_app(engine=engine)) as address:
            yield address


@pytest.fixture(scope="package")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM and CHROMEDRIVER):
        pytest.skip("no chromium and chromedriver on this machine")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
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
