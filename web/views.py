"""The pages."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from corpus.records import Fate
from index.ledger_review import summary
from index.reindexing import known_files
from search.actor import KIND_NAMES, READ, read_actor
from search.answer import answer
from search.article_page import read_article
from search.explaining import explain
from search.request import Order, SearchRequest
from web.help import OPERATORS, PARAMETERS
from web.lazy import current_engine
from web.pagination import page_numbers
from web.timeline import draw

LATEST = 6
MOST_LISTED = 500
FATES = (
    (Fate.SET_ASIDE, "Mis de côté : absent de l'index"),
    (Fate.KEPT, "Gardé avec une remarque"),
    (Fate.SKIPPED, "Ignoré sans perte"),
)

NO_ARTICLE = (
    "Aucun article de l'index ne porte cet identifiant : il a pu être retiré. Cherchez-le par les "
    "mots de son titre."
)
NO_ACTOR = (
    "Aucun acteur de l'index ne porte ce nom. Cherchez-le comme des mots, ou par « acteur: » et "
    "une partie du nom."
)

pages = Blueprint("pages", __name__)


@pages.get("/")
def home() -> str:
    """Show the search box, what the index holds, and where to begin."""
    engine = current_engine()
    page = answer(engine, SearchRequest(order=Order.NEWEST))
    return render_template(
        "home.html",
        status=engine.status(),
        page=page,
        latest=page.hits[:LATEST],
        chart=draw(page.timeline, page.interval),
    )


@pages.get("/recherche")
def results() -> ResponseReturnValue:
    """Show one page of a search."""
    wanted = asked()
    page = answer(current_engine(), wanted)
    if wanted.page > page.page_count:
        return render_template("past_last.html", wanted=wanted, page=page), 404
    return render_template(
        "results.html",
        wanted=wanted,
        page=page,
        chart=draw(page.timeline, page.interval),
        numbers=page_numbers(wanted.page, page.page_count),
    )


@pages.get("/article")
def article() -> str:
    """Show the article of the parameter `id`, with the words of the search marked."""
    wanted = asked()
    asked_for = request.args.get("id", ""), wanted.text, request.args.get("cite", "")
    page = read_article(current_engine(), *asked_for)
    if page is None:
        abort(404, NO_ARTICLE)
    return render_template("article.html", wanted=wanted, page=page)


@pages.get("/acteur")
def actor() -> str:
    """Show the actor of the parameter `nom`: when, and with whom and what it is spoken of."""
    page = read_actor(current_engine(), request.args.get("nom", ""))
    if page is None:
        abort(404, NO_ACTOR)
    return render_template(
        "actor.html",
        page=page,
        kind=KIND_NAMES[page.kind],
        most_read=READ,
        chart=draw(page.timeline, page.interval),
    )


@pages.get("/pourquoi")
def why() -> str:
    """Tell how a search is understood, and why it finds the article of the parameter `id`."""
    wanted = asked()
    page = explain(current_engine(), wanted, request.args.get("id"))
    if page is None:
        abort(404, NO_ARTICLE)
    return render_template("why.html", wanted=wanted, page=page)


@pages.get("/etat")
def state() -> str:
    """Show what the index was made from, and what is not in it as it stood in a file."""
    engine = current_engine()
    ledger = known_files(engine)
    told = list(ledger.report()) if ledger else []
    groups = [(name, [item for item in told if item.fate is fate]) for fate, name in FATES]
    entities = engine.renaming().ledger
    return render_template(
        "state.html",
        status=engine.status(),
        ledger=ledger,
        groups=groups,
        most=MOST_LISTED,
        naming=summary(entities) if entities or entities.faults else "",
        faults=entities.faults,
    )


@pages.get("/aide")
def search_help() -> str:
    """Explain the query language."""
    return render_template("help.html", operators=OPERATORS, parameters=PARAMETERS)


@pages.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Send those who ask for the old name to the icon."""
    return redirect(url_for("static", filename="icon.svg"), 308)


@pages.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Keep crawlers out: press articles are seldom their keeper's to publish again."""
    return current_app.send_static_file("robots.txt")


def asked() -> SearchRequest:
    """Read the search that the current address states."""
    return SearchRequest.from_params(request.args.items(multi=True))
