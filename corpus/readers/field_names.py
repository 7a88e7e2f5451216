"""What files call the fields of an article, in French and in English."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from unidecode import unidecode

from corpus.records import Record

# Folded to letters and digits; the first that holds something counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("title", "titre", "headline", "hed", "articletitle", "titrearticle"),
        *("titredelarticle", "objet"),
    ),
    "body": (
        *("body", "text", "texte", "contenu", "content", "articlebody", "bodytext", "corps"),
        *("fulltext", "textecomplet", "texteintegral", "maintext", "article", "articletext"),
        *("plaintext", "paragraphs", "paragraphes", "contenthtml", "contenttext", "html"),
    ),
    # Where there is no text, what is kept of the article: an excerpt.
    "summary": ("description", "summary", "resume", "abstract", "excerpt", "extrait"),
    "lead": ("chapo", "chapeau", "standfirst", "lead", "accroche"),
    "date": (
        *("date", "published", "publishedat", "datepublished", "datepublication"),
        *("datedepublication", "publicationdate", "publishedon", "pubdate", "publishdate"),
        *("publisheddate", "dateparution", "datedeparution", "parution", "firstpublished"),
        *("datetime", "timestamp", "createdat", "datecreated", "created", "jour", "annee", "year"),
    ),
    "source": (
        *("source", "journal", "publication", "publisher", "newspaper", "media", "sourcename"),
        *("nomdujournal", "titredepresse", "outlet", "sitename", "site", "domain"),
    ),
    # An agency supplies, the paper publishes: of one named alone, it is the source too.
    "agency": ("agency", "agence", "provider", "credit", "agencecredit", "newsagency"),
    "section": (
        *("section", "rubrique", "category", "categorie", "articlesection", "categories"),
        *("rubriques", "theme", "desk"),
    ),
    "author": (
        *("author", "auteur", "byline", "authors", "auteurs", "signature", "creator"),
        *("journaliste", "writer"),
    ),
    "url": ("url", "link", "lien", "permalink", "weburl", "canonicalurl", "href", "adresse"),
    "edition": ("edition", "editionlocale", "zone"),
    "page": ("page", "pages", "numerodepage", "pagenumber"),
    "dateline": ("dateline", "datelinelocation", "lieudedepeche"),
    "slug": ("slugline",),
    "word_count": ("wordcount", "nombredemots", "nbmots", "nbdemots", "longueur"),
    "copyright": ("copyright", "copyrightnotice", "licence", "license", "droits", "rights"),
    "language": ("language", "langue", "lang", "inlanguage", "languagecode"),
    "id": (
        *("id", "documentid", "docid", "articleid", "uid", "uuid", "guid", "identifiant"),
        *("identifier", "iddocument", "idarticle", "reference"),
    ),
}
_IN_BODY = frozenset(("lead", "summary"))
FIELDS = tuple(name for name in NAMES if name not in _IN_BODY)

# Where a value is itself an object: NewsAPI sources, JSON-LD authors, WordPress, MongoDB.
_INNER = ("name", "rendered", "text", "value", "content", "main", "label", "$oid", "$date", "#text")


class FieldNames:
    """Which of a record's names hold our fields.

    mapping: {our field: name in the file} before the usual names; a name may be a path
        through objects, as "headline.main". Raises ValueError for a field we do not have.
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        self._mapping = dict(mapping or {})
        if unknown := sorted(set(self._mapping) - set(FIELDS)):
            known = ", ".join(FIELDS)
            raise ValueError(f"champ inconnu : {', '.join(unknown)} ; les champs sont {known}")

    def known(self, names: Iterable[str]) -> set[str]:
        """Return the fields that the names hold, a lead apart; a summary stands for the text."""
        present = tuple(names)
        mapped = {field for field, path in self._mapping.items() if path in present}
        usual = _columns(present).keys()
        return mapped | (usual - _IN_BODY) | ({"body"} if "summary" in usual else set())

    def suffice(self, names: Iterable[str]) -> bool:
        """Tell whether a title or a text is among the names."""
        return not self.known(names).isdisjoint(("title", "body"))

    def record(self, raw: Mapping[str, object], position: str = "") -> Record | None:
        """Return the fields of a raw record, or None without a title and a text."""
        columns = _columns(tuple(raw))
        found = {field: self._value(raw, field, columns) for field in NAMES}
        lead, summary = found.pop("lead"), found.pop("summary")
        excerpt = "oui" if not found["body"] and (lead or summary) else ""
        found["body"] = found["body"] or summary
        if not found["body"].startswith(lead[:40]):
            found["body"] = f"{lead}\n\n{found['body']}"
        if not found["title"].strip() and not found["body"].strip():
            return None
        return Record(**found, excerpt=excerpt, position=position)

    def missing(self, names: Iterable[str]) -> str:
        """Return the reason why a record with these names is not an article."""
        listed = ", ".join(list(names)[:12]) or "aucun"
        return (
            f"ni titre ni texte (champs : {listed}) ; "
            "indiquez-les avec --map title=CHAMP et --map body=CHAMP"
        )

    def _value(
        self, raw: Mapping[str, object], field: str, columns: Mapping[str, tuple[str, ...]]
    ) -> str:
        joiner = "\n\n" if field == "body" else ", "
        values = [raw[name] for name in columns.get(field, ())]
        if field in self._mapping:
            values.insert(0, _at_path(raw, self._mapping[field]))
        return next((text for value in values if (text := as_text(value, joiner))), "")


@lru_cache(maxsize=256)
def _columns(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return {our field: the names of the file that may hold it, best first}."""
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(re.sub(r"[^a-z0-9]", "", unidecode(name).lower()), name)
    columns = {
        field: tuple(folded[usual] for usual in usuals if usual in folded)
        for field, usuals in NAMES.items()
    }
    return {field: names for field, names in columns.items() if names}


def _at_path(raw: Mapping[str, object], path: str) -> object:
    if path in raw or "." not in path:
        return raw.get(path)
    first, rest = path.split(".", 1)
    inner = raw.get(first)
    return _at_path(inner, rest) if isinstance(inner, dict) else None


def as_text(value: object, joiner: str = ", ", depth: int = 5) -> str:
    """Return a value of a record as text: a number, a list of names, an object with a name.

    depth: how many lists and objects deep to look; an article needs two or three.
    """
    if isinstance(value, str):
        return "" if value.isspace() else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value) if whole else value) if value == value else ""
    if isinstance(value, list) and depth:
        texts = [as_text(item, joiner, depth - 1) for item in value]
        return joiner.join(text for text in texts if text)
    if isinstance(value, dict) and depth:
        texts = [as_text(value[name], joiner, depth - 1) for name in _INNER if name in value]
        return next((text for text in texts if text), "")
    return ""
