"""The title of a web page as its readers see it, and the name of the site beside it."""

import re
from collections.abc import Iterable, Sequence

from unidecode import unidecode

_SITE_SUFFIX = re.compile(r"\s+[-–—|•·›]\s+[^-–—|•·›]{1,60}$")
_SEPARATOR = re.compile(r"\s+[-–—|•·›:]\s+")
_TRUNCATION = ("…", "...")
_SHORTEST = 8  # letters and figures by which two titles are the same
_CERTAIN = 16  # those by which a part of a title is a heading with a label beside it
_MOST_PARTS = 8


def title_of(stated: Iterable[str], headings: Sequence[str]) -> str:
    """Return the title that the statements of a page and its headings agree on.

    The heading that is also stated is the title; what is stated carries the name of the
    site, or is cut short; the heading may carry a label ("Abonnés"). A statement of a few
    letters ("Page") gives way to a heading.
    """
    titles = [title for title in stated if title]
    for agree in (_agreed, _agreed_part):
        for title in titles:
            for heading in headings:
                if (agreed := agree(title, heading)) is not None:
                    return agreed
    whole = [
        title
        for title in titles
        if not title.endswith(_TRUNCATION) and len(folded(title)) >= _SHORTEST
    ]
    return next(iter([*whole, *headings, *titles]), "")


def title_among(lines: Iterable[str], whole: str, sites: Sequence[str]) -> list[str]:
    """Return the longest of the lines that are a part of what `<title>` states, or nothing.

    For pages without a heading: "L'Observateur - Le titre" does not say which is which.

    sites: the names and addresses of the site, which are no title.
    """
    parts = {folded(part) for part in _runs(whole)}
    known = [line for line in lines if len(line) >= _SHORTEST and folded(line) in parts]
    known = [one for one in known if not any(is_site(one, site) for site in sites)]
    return [max(known, key=len)] if known else []


def is_site(name: str, site: str) -> bool:
    """Tell whether a heading is the name of the site, or its address without the ending."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?|/.*$", "", site.lower())
    names = {folded(one) for one in (site, host, host.partition(".")[0], host.rpartition(".")[0])}
    return folded(name) in names - {""}


def parted(title: str) -> str:
    """Return what a page states as its title, a quotation mark that parts it made a bar.

    "Le Fanal » Le titre": a mark that opens or closes nothing quotes nothing.
    """
    for mark, other in ("»«", "«»"):
        if other not in title:
            title = title.replace(f" {mark} ", " | ")
    return title


def without_site(title: str, site: str) -> str:
    """Take " - Le Journal" from the end of a title, where the site is called so."""
    match = _SITE_SUFFIX.search(title)
    if match is None:
        return title
    suffix, name = folded(match[0]), folded(site)
    named = bool(name) and (name in suffix or suffix in name)
    return title[: match.start()] if named or not name else title


def site_beside(whole: str, title: str) -> str:
    """Return the name of a site that `<title>` states before or after the title, else nothing."""
    wanted = folded(title)
    for match in _SEPARATOR.finditer(whole):
        before, after = whole[: match.start()], whole[match.end() :]
        if folded(before) == wanted and match[0].strip() != ":":
            return after
        if folded(after) == wanted:
            return before
    return ""


def same_site(name: str, site: str) -> bool:
    """Tell whether a name is that of the site: "Le Fanal", "Le Fanal avec AFP" of lefanal.fr."""
    one, other = folded(name), folded(site)
    return len(other) >= _SHORTEST // 2 and (one in other or other in one)


def folded(text: str) -> str:
    """Return the letters and figures of a text without case and accents."""
    return re.sub(r"[^a-z0-9]+", "", unidecode(text).lower())


def _agreed(title: str, heading: str) -> str | None:
    """Return the title that a statement and a heading agree on, or None."""
    stated, shown = folded(title), folded(heading)
    if shown == stated and len(title.split()) > len(heading.split()):
        return title  # in the heading a label is glued to it
    if len(shown) >= _SHORTEST and shown in stated:
        return heading
    if len(stated) >= _SHORTEST and stated in shown:
        return heading if title.endswith(_TRUNCATION) else title
    return None


def _agreed_part(title: str, heading: str) -> str | None:
    """Return the part of a statement that a heading begins or ends with, or None."""
    shown = folded(heading)
    parts = [part for part in _SEPARATOR.split(title) if len(folded(part)) >= _CERTAIN]
    held = [
        part for part in parts if shown.startswith(folded(part)) or shown.endswith(folded(part))
    ]
    return max(held, key=len, default=None)


def _runs(whole: str) -> list[str]:
    """Return all that begins and ends at a separator of a title, or at one of its ends."""
    cuts = [match.span() for match in _SEPARATOR.finditer(whole)][:_MOST_PARTS]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(whole)]
    return [whole[start:end] for start in starts for end in ends if start < end]
