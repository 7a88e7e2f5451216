"""Who wrote the article of a web page, by what the page states and by its lines."""

import re
from collections.abc import Iterable, Sequence

from corpus.cleaning import byline, clean_line
from corpus.readers.page_title import folded, same_site

LONGEST_SIGNED = 80  # characters of an element or a line with the names of the authors
_NAME = re.compile(
    r"(?:[Pp]ar\s+)?[A-ZÀ-Ý][\w.’'-]*(?:\s(?:[A-ZÀ-Ý][\w.’'-]*|de|du|et|la|le|von|van)){1,6}"
)
_POSTED_BY = re.compile(  # "Soumis par Jeanne Dupré le lundi 3 mars"
    r"(?i:(?:article\s+)?(?:publié|posté|soumis|écrit|rédigé|proposé|mis\s+en\s+ligne))"
    r"\s+par\s*:?\s+(?P<names>[A-ZÀ-Ý][^\d.!?:;,|]{2,60}?)(?:\s+le\b.*|\s*[,|–-].*)?"
)
_ASIDE = re.compile(r"\s*\([^()]*\)|[.,:]$")  # "Jeanne Dupré (Rabat, correspondance)"
_BETWEEN_NAMES = re.compile(r",|&|\bet\b|\b[Pp]ar\b|\bavec\b")


class Authors:
    """The authors of a page.

    stated: what its data say, the surest first; the address of a profile is no name.
    signed: the texts of elements that, by their classes, hold the names of authors.
    """

    def __init__(self, stated: Iterable[str], signed: Iterable[str]) -> None:
        shown = (name for name in map(_without_asides, signed) if _NAME.fullmatch(name))
        names = map(clean_line, (*stated, *shown))
        self._names = [name for name in names if name and "://" not in name]
        parts = (part for name in self._names for part in _BETWEEN_NAMES.split(name))
        self._folded = {folded(part) for part in parts}

    def named(self, lines: Sequence[str], site: str) -> str:
        """Return the names of the authors, the site's own where there is no other.

        lines: the text around the title, for "par Jeanne Dupré".
        """
        posted = (match["names"] for match in map(_POSTED_BY.fullmatch, lines) if match)
        names = [*self._names, *filter(None, map(byline, lines)), *posted]
        persons = (name for name in names if not same_site(name, site))
        return next(persons, next(iter(names), ""))

    def sign(self, line: str) -> bool:
        """Tell a line that holds the names of the authors and nothing else."""
        if len(line) > LONGEST_SIGNED:
            return False
        parts = [folded(part) for part in _BETWEEN_NAMES.split(_ASIDE.sub("", line))]
        return any(parts) and self._folded.issuperset(filter(None, parts))


def _without_asides(signed: str) -> str:
    name = _ASIDE.sub("", signed).strip()
    return byline(name) or name
