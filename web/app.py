"""The web application."""

from flask import Flask
from jinja2 import StrictUndefined

from corpus import wording
from corpus.version import VERSION
from index.engine import Engine
from index.fields import Facet
from index.opening import default_url
from search.explanation_text import occurrence_texts, reach_texts, score_text
from search.request import Order
from web import links, typography
from web.api import api
from web.errors import handle_errors
from web.lazy import EXTENSION, LazyEngine
from web.security import protect
from web.views import pages

ORDER_LABELS = {
    Order.RELEVANCE: "Pertinence",
    Order.FRESH: "Pertinence et actualité",
    Order.NEWEST: "Plus récents",
    Order.OLDEST: "Plus anciens",
}


def create_app(engine_url: str | None = None, engine: Engine | None = None) -> Flask:
    """Make the application that answers from one index.

    engine_url: address of the index, opened by the first request; by default that
        of `index.opening.default_url`.
    engine: an engine already open, instead of an address.
    """
    app = Flask(__name__)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.extensions[EXTENSION] = LazyEngine(engine_url or default_url(), engine)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    _prepare_templates(app)
    app.register_blueprint(pages)
    app.register_blueprint(api)
    handle_errors(app)
    protect(app)
    return app


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=wording.day,
        number=wording.number,
        published=wording.published,
        hour=wording.hour,
        moment=wording.moment,
        language=wording.language,
        spaced=typography.spaced,
        typeset=typography.typeset,
    )
    app.jinja_env.globals.update(
        Facet=Facet,
        actor_url=links.actor_url,
        article_url=links.article_url,
        count=wording.count,
        hidden_params=links.hidden_params,
        search_url=links.search_url,
        site_name=links.site_name,
        orders=ORDER_LABELS,
        version=VERSION,
        occurrence_texts=occurrence_texts,
        reach_texts=reach_texts,
        score_text=score_text,
        web_address=links.web_address,
        why_url=links.why_url,
    )
