"""What a reader, or a program, is told when a request cannot be answered."""

from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from index.engine import EngineError, EngineUnavailable, QueryTooCostly
from search.request import FACET_PARAMS, BadRequest, SearchRequest
from web.links import search_url

RETRY_SECONDS = "10"

HEADINGS = {
    400: "Demande mal comprise",
    404: "Page introuvable",
    405: "Méthode refusée",
    500: "Erreur du serveur",
    503: "L'index ne répond pas",
}
EXPLANATIONS = {
    400: "L'adresse demandée est mal formée. Repartez de la recherche ci-dessus.",
    404: "Rien ne se trouve à cette adresse. Vérifiez-la, ou repartez de la recherche.",
    405: "Kiosque ne fait que lire : seules les méthodes GET et HEAD sont acceptées.",
    500: "La demande n'a pas abouti, et ce n'est pas de votre fait. "
    "Les détails sont dans le journal du serveur.",
}
OTHER = "Demande refusée"


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is not the one asked for.

    again: the address of the nearest request that can be answered; empty without one.
    """

    status: int
    heading: str
    lines: tuple[str, ...]
    again: str = ""


def handle_errors(app: Flask) -> None:
    """Answer every error of an application with a page, or with JSON under /api/."""
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(EngineError, _engine_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def answer_problem(problem: Problem) -> Response:
    """Return a problem in the form that the current address promises."""
    if request.path.startswith("/api/") or request.path == "/health":
        response = jsonify(error=problem.heading, problems=problem.lines)
    else:
        template = "unavailable.html" if problem.status == 503 else "error.html"
        response = make_response(render_template(template, problem=problem))
    response.status_code = problem.status
    if problem.status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _bad_request(error: BadRequest) -> Response:
    """Say what was not understood, and keep what was: the words and the facet values."""
    kept = {"q", *FACET_PARAMS.values()}
    params = ((name, value) for name, value in request.args.items(multi=True) if name in kept)
    again = search_url(SearchRequest.from_params(params))
    return answer_problem(Problem(400, HEADINGS[400], error.problems, again))


def _engine_error(error: EngineError) -> Response:
    if isinstance(error, QueryTooCostly):
        return answer_problem(Problem(400, "Recherche trop large", (str(error),)))
    if not isinstance(error, EngineUnavailable):
        current_app.logger.error("%s", error)
    return answer_problem(Problem(503, HEADINGS[503], (str(error),)))


def _http_error(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < 400:  # a redirection
        return error
    ours = error.description if error.description != type(error).description else None
    text = ours or EXPLANATIONS.get(status) or f"Le serveur a répondu {status}."
    response = answer_problem(Problem(status, HEADINGS.get(status, OTHER), (text,)))
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    current_app.logger.exception("%s %s", request.method, request.path, exc_info=error)
    return answer_problem(Problem(500, HEADINGS[500], (EXPLANATIONS[500],)))
