"""The command that searches from a terminal."""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import click
from rich.console import Console
from rich.text import Text

from corpus.wording import count, number, published
from index.index_option import index_option, name_index
from index.opening import open_engine
from search.answer import answer
from search.explaining import ExplanationPage, explain
from search.explanation_text import explanation_lines
from search.json_form import explanation_as_json, page_as_json
from search.page import Piece, ResultPage, ShownHit, Widening
from search.request import FACET_PARAMS, PAGE_SIZE, Order, SearchRequest

MOST_HITS = 10_000
_VALUES_SHOWN = 8
_KINDS = {Widening.NEAREST: "Recherche la plus proche : ", Widening.ALONE: "Seul, "}


class _Searching(click.Command):
    """A command whose words may begin with a hyphen: « syrie -damas »."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what has one hyphen is no option, but for -h."""
        excluding = re.compile(r"-(?!-|h$)")
        return super().parse_args(ctx, [f" {one}" if excluding.match(one) else one for one in args])


@click.command(cls=_Searching, help="Cherche dans l'index ; les mots côte à côte veulent dire ET.")
@click.argument("query", metavar="[REQUÊTE]...", nargs=-1)
@click.option(
    "--pays",
    metavar="PAYS",
    multiple=True,
    help="Pays cité dans l'article : un code ou un nom, RU ou Russie.",
)
@click.option(
    "--pays-concerne",
    metavar="PAYS",
    multiple=True,
    help="Pays où cela se passe, ou dont il s'agit surtout.",
)
@click.option("--pays-titre", metavar="PAYS", multiple=True, help="Pays cité dans le titre.")
@click.option("--acteur", metavar="NOM", multiple=True, help="Personne ou organisation.")
@click.option("--tout", is_flag=True, help="Montre aussi les reprises d'un même article.")
@click.option("--source", metavar="NOM", multiple=True, help="Journal, agence ou site.")
@click.option("--rubrique", metavar="NOM", multiple=True, help="Rubrique.")
@click.option("--auteur", metavar="NOM", multiple=True, help="Auteur, tel que la source le nomme.")
@click.option("--annee", metavar="ANNÉE", multiple=True, help="Année de parution.")
@click.option("--depuis", metavar="DATE", help="Premier jour, par exemple 2015-11-01.")
@click.option("--jusqua", metavar="DATE", help="Dernier jour.")
@click.option(
    "--tri",
    type=click.Choice([order.value for order in Order]),
    default="pertinence",
    help="Ordre.",
)
@click.option(
    "--limit",
    metavar="NOMBRE",
    type=click.IntRange(0, MOST_HITS),
    default=PAGE_SIZE,
    show_default=True,
    help="Nombre d'articles à montrer.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="Pour être lu, ou pour un programme.",
)
@click.option("--expliquer", is_flag=True, help="Dit pourquoi : mots atteints, scores, phrases.")
@index_option
def search(
    query: tuple[str, ...],
    limit: int,
    form: str,
    expliquer: bool,
    url: str,
    **options: str | bool | tuple[str, ...] | None,
) -> None:
    """Print one page of results, with the reasons for them if they are asked for."""
    request = SearchRequest.from_params([("q", " ".join(query)), *_params(options)])
    name_index(url)
    with closing(open_engine(url)) as engine:
        page = answer(engine, replace(request, size=limit))
        asked = (None, *(hit.article.id for hit in page.hits)) if expliquer else ()
        reasons = [told for one in asked if (told := explain(engine, request, one))]
    if form == "json":
        shown = page_as_json(page)
        if reasons:
            shown = {**shown, "explanations": [explanation_as_json(one) for one in reasons]}
        json.dump(shown, sys.stdout, ensure_ascii=False, indent=2)
        click.echo()
    else:
        _print(page, reasons)


def _params(options: dict[str, str | bool | tuple[str, ...] | None]) -> Iterator[tuple[str, str]]:
    """Yield the options as the URL parameters of the same names."""
    for name in (*FACET_PARAMS.values(), "depuis", "jusqua", "tri"):
        value = options[name]
        for one in value if isinstance(value, tuple) else (str(value or ""),):
            yield name, one
    yield "tout", "1" if options["tout"] else "0"


def _print(page: ResultPage, reasons: Sequence[ExplanationPage]) -> None:
    """Print a page; `reasons` are of the query and of each hit, or none at all."""
    console = Console(soft_wrap=not sys.stdout.isatty(), highlight=False)
    for remark in page.remarks:
        click.echo(f"Remarque : {remark}", err=True)
    for line in explanation_lines(reasons[0]) if reasons else ():
        console.print(Text(line))
    console.print(Text(count(page.total, "article"), style="bold"))
    if page.correction:
        console.print(Text("Essayez avec : ").append(page.correction.text, "bold"))
    for rank, hit in enumerate(page.hits, 1):
        console.print(_shown_hit(rank, hit))
        for line in explanation_lines(reasons[rank]) if reasons else ():
            console.print(Text(f"   {line}", style="dim"))
    for facet in page.facets:
        values = [f"{one.label} ({number(one.count)})" for one in facet.values[:_VALUES_SHOWN]]
        if page.total and values:
            console.print(Text(f"{facet.name} : ", style="bold").append(", ".join(values), "none"))
    for wider in page.relaxations:
        console.print(Text(f"{_KINDS[wider.kind]}{wider.label} : {count(wider.total, 'article')}"))
    if page.nearby:
        console.print(Text(f"\nRecherche élargie : {page.nearby.label}", style="bold"))
    for rank, hit in enumerate(page.nearby.hits if page.nearby else (), 1):
        console.print(_shown_hit(rank, hit))


def _shown_hit(rank: int, hit: ShownHit) -> Text:
    article = hit.article
    facts = [article.source, published(article.published) if article.published else ""]
    shown = Text(f"\n{rank}. ", style="bold")
    shown.append_text(_highlighted(hit.title or (Piece("(sans titre)"),), "bold"))
    copies = f"autres versions : {number(hit.copies)}" if hit.copies else ""
    shown.append("\n   " + " · ".join(filter(None, [*facts, copies, f"id {article.id}"])), "dim")
    shown.append("\n   ")
    return shown.append_text(_highlighted(hit.snippet, "none")).append("\n")


def _highlighted(pieces: Iterable[Piece], style: str) -> Text:
    shown = Text(style=style)
    for piece in pieces:
        shown.append(piece.text, "bold yellow" if piece.match else style)
    return shown
