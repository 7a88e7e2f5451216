"""The JSON of a result page and of an article: the same from the API and the command line."""

from collections.abc import Mapping, Sequence

from corpus.article import METADATA, Article, EntityKind
from search.actor import ActorPage, Companion
from search.explaining import ExplanationPage, ShownPart
from search.page import Evidence, Nearby, Piece, ResultPage, ShownBar, ShownFacet, ShownHit


def page_as_json(page: ResultPage) -> Mapping[str, object]:
    """Return a page as plain values.

    "marks" are the [start, end] offsets of the matches in "snippet". "family" is the id of
    the article that leads a story told by several, "copies" how many others tell it.
    """
    return {
        "total": page.total,
        "page": page.request.page,
        "pages": page.page_count,
        "hits": [_shown_hit(hit) for hit in page.hits],
        "facets": {facet.facet.value: _values(facet) for facet in page.facets},
        "approximate": [facet.facet.value for facet in page.facets if facet.approximate],
        "histogram": _histogram(page.timeline),
        "undated": page.undated,
        "remarks": list(page.remarks),
        "relaxations": [
            {
                "kind": one.kind.value,
                "label": one.label,
                "query": one.request.text,
                "total": one.total,
            }
            for one in page.relaxations
        ],
        "correction": page.correction and page.correction.text,
        "nearby": page.nearby and _nearby(page.nearby),
    }


def _values(facet: ShownFacet) -> Sequence[Mapping[str, object]]:
    return [
        {"value": value.value, "label": value.label, "count": value.count} for value in facet.values
    ]


def _histogram(timeline: Sequence[ShownBar]) -> Sequence[Mapping[str, object]]:
    return [{"period": bar.period, "count": bar.count} for bar in timeline if bar.count]


def _nearby(nearby: Nearby) -> Mapping[str, object]:
    return {
        "label": nearby.label,
        "query": nearby.request.text,
        "hits": [_shown_hit(hit) for hit in nearby.hits],
    }


def _shown_hit(hit: ShownHit) -> Mapping[str, object]:
    return {
        "id": hit.article.id,
        "title": hit.article.title,
        "date": _date(hit.article),
        "source": hit.article.source,
        "score": hit.score,
        "snippet": "".join(piece.text for piece in hit.snippet),
        "marks": _marks(hit.snippet),
        "family": hit.family or None,
        "is_lead": hit.family in ("", hit.article.id),
        "copies": hit.copies,
        "evidence": [_evidence(one) for one in hit.evidence],
    }


def _evidence(evidence: Evidence) -> Mapping[str, object]:
    return {
        "facet": evidence.facet.value,
        "value": evidence.value,
        "sentence": "".join(piece.text for piece in evidence.sentence),
        "marks": _marks(tuple(Piece(one.text, one.cited) for one in evidence.sentence)),
    }


def actor_as_json(page: ActorPage) -> Mapping[str, object]:
    """Return the page of an actor as plain values; "g2" is the log-likelihood ratio."""
    return {
        "name": page.name,
        "kind": page.kind.value,
        "total": page.total,
        "query": page.request.text,
        "forms": [{"form": one.text, "articles": one.articles} for one in page.forms],
        "forms_read_in": page.read,
        "former_names": list(page.former),
        "countries": [_companion(one) for one in page.countries],
        "actors": [_companion(one) for one in page.actors],
        "histogram": _histogram(page.timeline),
        "undated": page.undated,
        "latest": [
            {
                "id": one.article.id,
                "title": one.article.title,
                "date": _date(one.article),
                "source": one.article.source,
                "evidence": [_evidence(told) for told in one.evidence],
            }
            for one in page.latest
        ],
    }


def _companion(companion: Companion) -> Mapping[str, object]:
    measured = companion.association
    return {
        "value": companion.value,
        "label": companion.label,
        "together": measured.together,
        "expected": round(measured.expected, 2),
        "g2": round(measured.strength, 2),
    }


def explanation_as_json(page: ExplanationPage) -> Mapping[str, object]:
    """Return an explanation as plain values; "article" and "score" only of one article."""
    form: dict[str, object] = {
        "query": page.text,
        "total": page.total,
        "remarks": list(page.remarks),
        "tree": _shown_part(page.tree),
    }
    if page.article is not None:
        form |= {"article": page.article.id, "score": page.score}
    return form


def _shown_part(shown: ShownPart) -> Mapping[str, object]:
    form: dict[str, object] = {"words": shown.words}
    if shown.children:
        form["children"] = [_shown_part(child) for child in shown.children]
    if part := shown.part:
        form |= {
            "articles": part.articles,
            "reaches": [
                {
                    "typed": reach.typed,
                    "count": reach.count,
                    "forms": [
                        {"form": form.text, "articles": form.articles} for form in reach.forms
                    ],
                }
                for reach in part.reaches
            ],
            "score": part.score,
            "occurrences": [
                {"field": one.field.value, "form": one.form, "times": one.times}
                for one in part.occurrences
            ],
            "sentence": "".join(piece.text for piece in shown.sentence),
        }
    return form


def article_as_json(
    article: Article, family: Sequence[Article] | None = None
) -> Mapping[str, object]:
    """Return an article as plain values, as `kiosque inspect` prints it.

    family: the articles of its family, the lead first; None leaves it out.
    """
    fields = _article_fields(article)
    if family is None:
        return fields
    return fields | {"entities": _entities(article)} | _family_fields(article, family)


def _entities(article: Article) -> list[Mapping[str, object]]:
    """Return what an article names and where: offsets in its title or its body."""
    return [
        {
            "kind": entity.kind.value,
            "key": entity.key,
            "label": entity.label,
            "mentions": [
                {"in": "title" if one.in_title else "body", "start": one.start, "end": one.end}
                for one in entity.mentions
            ],
        }
        for entity in article.entities
    ]


def _family_fields(article: Article, family: Sequence[Article]) -> dict[str, object]:
    return {
        "family": family[0].id if family else None,
        "versions": [
            {
                "id": one.id,
                "title": one.title,
                "date": _date(one),
                "source": one.source,
                "agency": one.agency,
            }
            for one in family
            if one.id != article.id
        ],
    }


def _article_fields(article: Article) -> dict[str, object]:
    return {
        "file": article.file,
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": _date(article),
        "source": article.source,
        "section": article.section,
        "author": article.author,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        **{name: getattr(article, name) for name in METADATA},
        "countries": [entity.key for entity in article.named(EntityKind.COUNTRY)],
        "countries_about": list(article.about),
        "countries_title": [entity.key for entity in article.titled(EntityKind.COUNTRY)],
        "persons": [entity.label for entity in article.named(EntityKind.PERSON)],
        "orgs": [entity.label for entity in article.named(EntityKind.ORGANISATION)],
    }


def _date(article: Article) -> str | None:
    return str(article.published) if article.published else None


def _marks(pieces: tuple[Piece, ...]) -> list[list[int]]:
    marks = []
    start = 0
    for piece in pieces:
        if piece.match:
            marks.append([start, start + len(piece.text)])
        start += len(piece.text)
    return marks
