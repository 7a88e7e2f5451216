"""The site over the small archive, in memory."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.engine import Engine
from index.opening import open_engine
from tests.web.newsroom import ARTICLES
from web.app import create_app


@pytest.fixture(scope="package")
def engine() -> Iterator[Engine]:
    engine = open_engine("memory:")
    engine.rebuild(ARTICLES)
    yield engine
    engine.close()


@pytest.fixture(scope="package")
def app(engine: Engine) -> Flask:
    return create_app(engine=engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
