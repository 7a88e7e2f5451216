"""An explanation in a terminal."""

from collections.abc import Iterator

from corpus.wording import NO_BREAK, count, number
from index.fields import TextField
from index.query import Dated, HasValue
from index.results import Part
from search.explaining import ExplanationPage, ShownPart

_FIELDS = {TextField.TITLE: "titre", TextField.BODY: "texte"}


def explanation_lines(page: ExplanationPage) -> Iterator[str]:
    """Yield the lines of an explanation, of a query or of one article."""
    if page.article is None:
        yield f"Recherche comprise comme : {page.text or 'tous les articles'}"
    elif page.score is None:
        yield "Cet article ne répond pas à la recherche."
    else:
        yield f"Score {number(round(page.score, 3))} :"
    yield from _part_lines(page.tree, page.article is not None, "  ")


def score_text(part: Part) -> str:
    """Return what a part brings to a score: names and dates only narrow."""
    if isinstance(part.leaf, HasValue | Dated):
        return "hors score"
    return number(round(part.score, 3))


def reach_texts(part: Part) -> Iterator[str]:
    """Yield what each word of a part reaches: « élection : élections (12), élection (8) »."""
    for reach in part.reaches:
        forms = [f"{form.text} ({number(form.articles)})" for form in reach.forms]
        if reach.count > len(forms):
            forms.append(f"et {number(reach.count - len(forms))} autres")
        shown = ", ".join(forms) or "rien dans l'index"
        yield f"{reach.typed}{NO_BREAK}: {shown}"


def occurrence_texts(part: Part) -> Iterator[str]:
    """Yield where an article holds what a part reaches: « titre : élection (2) »."""
    for field, name in _FIELDS.items():
        held = [f"{one.form} ({one.times})" for one in part.occurrences if one.field is field]
        if held:
            yield f"{name}{NO_BREAK}: {', '.join(held)}"


def _part_lines(shown: ShownPart, of_article: bool, margin: str) -> Iterator[str]:
    part = shown.part
    if part is None:
        yield f"{margin}{shown.words}{' :' if shown.children else ''}"
    elif of_article:
        yield f"{margin}{shown.words} : {score_text(part)}"
        yield from (f"{margin}  {text}" for text in occurrence_texts(part))
        if shown.sentence:
            text = " ".join("".join(piece.text for piece in shown.sentence).split())
            yield f"{margin}  « {text} »"
    else:
        yield f"{margin}{shown.words} : {count(part.articles, 'article')}"
        yield from (f"{margin}  {text}" for text in reach_texts(part))
    for child in shown.children:
        yield from _part_lines(child, of_article, margin + "  ")
