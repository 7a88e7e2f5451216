"""The same answers for programs, as JSON."""

from collections.abc import Iterator
from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from search.actor import read_actor
from search.answer import answer
from search.completing import complete
from search.explaining import explain
from search.json_form import actor_as_json, article_as_json, explanation_as_json, page_as_json
from search.request import PARAMS
from web.errors import Problem, answer_problem
from web.lazy import current_engine
from web.links import article_url, search_url
from web.views import asked

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> Response:
    """Answer a search; the parameters are those of the page."""
    wanted = asked()
    page = answer(current_engine(), wanted)
    if wanted.page > page.page_count:
        text = f"La dernière page est la page {page.page_count}."
        return answer_problem(Problem(404, "Page au-delà de la dernière", (text,)))
    remarks = (*page.remarks, *_unknown_params())
    return jsonify(page_as_json(replace(page, remarks=remarks)))


def _unknown_params() -> Iterator[str]:
    """Yield a remark for each parameter that a program gives in vain."""
    for name in request.args:
        if name not in PARAMS:
            yield f"Le paramètre « {name[:40]} » est inconnu ; sont connus {', '.join(PARAMS)}."


@api.get("/api/completer")
def completer() -> Response:
    """Answer what completes the parameter `q`, each with the address it leads to."""
    completions = complete(current_engine(), request.args.get("q", ""))
    return jsonify(
        completions=[
            {
                "kind": one.suggestion.kind,
                "value": one.suggestion.value,
                "label": one.suggestion.label,
                "count": one.suggestion.count,
                "address": search_url(one.request)
                if one.request
                else article_url(one.suggestion.value),
            }
            for one in completions
        ]
    )


@api.get("/api/article")
def article() -> Response:
    """Answer the article of the parameter `id`."""
    article_id = request.args.get("id", "")
    if not article_id:
        text = "Donnez l'identifiant de l'article : /api/article?id=…"
        return answer_problem(Problem(400, "Paramètre manquant", (text,)))
    found = current_engine().get(article_id)
    if found is None:
        text = "Aucun article de l'index ne porte cet identifiant."
        return answer_problem(Problem(404, "Article introuvable", (text,)))
    return jsonify(article_as_json(found, current_engine().family(article_id)))


@api.get("/api/acteur")
def actor() -> Response:
    """Answer when, and with whom and what, the actor of the parameter `nom` is spoken of."""
    page = read_actor(current_engine(), request.args.get("nom", ""))
    if page is None:
        text = "Aucun acteur de l'index ne porte ce nom : /api/acteur?nom=…"
        return answer_problem(Problem(404, "Acteur introuvable", (text,)))
    return jsonify(actor_as_json(page))


@api.get("/api/explication")
def explanation() -> Response:
    """Answer why a search finds what it finds, and the article of the parameter `id`."""
    page = explain(current_engine(), asked(), request.args.get("id"))
    if page is None:
        text = "Aucun article de l'index ne porte cet identifiant."
        return answer_problem(Problem(404, "Article introuvable", (text,)))
    return jsonify(explanation_as_json(page))


@api.get("/health")
def health() -> Response:
    """Tell whether searches can be answered, and over how many articles."""
    return jsonify(status="ok", articles=current_engine().status().articles)
