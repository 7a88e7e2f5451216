"""How agencies open a text: keywords, a dateline, a credit. Found and parted from it.

"PARIS, 3 juil 2020 (AFP) - Le préfet" becomes the place, the day, the agency and the text.
"""

import re
from dataclasses import dataclass

from corpus.dates import parse_date
from corpus.entities.places import find_places

AGENCIES = (
    *("AFP", "Agence France-Presse", "AP", "Associated Press", "Reuters", "Thomson Reuters"),
    *("ATS", "Keystone-ATS", "Belga", "La Presse canadienne", "PC", "APS", "MAP", "TAP"),
    *("PANA", "Xinhua", "EFE", "ANSA", "DPA", "TASS", "6Medias", "AWP", "Bloomberg", "ANP"),
)
_AGENCIES = {name.casefold(): name for name in AGENCIES}
_DAY = (
    r"(?i:(?:le\s+)?(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?"
    r"(?:\d{1,2}(?:er|ᵉʳ)?\s+[^\W\d]{3,9}\.?(?:\s+\d{4})?|\d{1,2}/\d{1,2}(?:/\d{4})?"
    r"|\d{4}-\d\d-\d\d))"
)
_DATELINE = re.compile(
    rf"""(?: (?P<place>[A-ZÀ-Ý][\w'’./-]*(?:\x20[\w'’./-]+){{0,4}}?
            (?:(?:\s\([A-ZÀ-Ý][\w'’\x20-]{{2,30}}\)|,\s(?!{_DAY})[A-ZÀ-Ý](?:[^\W\d]|['’-]|\x20(?=[^\W\d])){{1,30}})
            (?=[^()\n]{{0,40}}\())?) )?
    (?:(?P<comma>,?)\s+(?P<day>{_DAY}))?
    \s* (?:\((?P<agency>[^()\n]{{2,30}})\)\.?|/(?P<between>[A-Z]{{2,12}})/\.?)? \s*
    (?P<sign>(?:(?<=[\s).])|(?<=[A-Z]{{3}}))[-–—=]{{1,2}}|--|–|—|:|(?<=[)/])|(?<=/\.)) \s+""",
    re.VERBOSE,
)

_BRACKETED = re.compile(r"\((?P<place>[^()\d]{3,30})\)\s+(?=[A-ZÀ-Ý«])")  # "(Montréal) Le maire"
_BOTH = re.compile(  # "[Paris, AFP]", "(Rome/ANSA) -"
    r"""(?:\[|\()(?:(?P<place>[A-ZÀ-Ý](?:[^\W\d]|['’\x20-]){1,30}?)\s*[,/–-]\s*)?
    (?P<agency>[^\W\d](?:[^\W\d]|[\x20-]){1,25})(?:\]|\))\s*(?:[-–—:=]{1,2}\s+)?""",
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[«“\"]|[A-ZÀ-ÝŒ](?:[a-zà-ÿœ]|['’]|\s)")  # no "LILLE - LYON"
_UNDATED = re.compile(r"[A-Za-zéû]{3,9}\.?\s\d{1,2}|\d{1,2}\s[A-Za-zéû]{3,9}\.?")  # a day alone

# "IDEAST-CRISIS-SYRIA-PUTINLe chef": an agency's keywords stuck to the first word. At least
# two of them, so that BFMTV, AstraZeneca and SpaceX stay whole; and a word after, not the
# plural of "CD-ROMs".
_SLUG = re.compile(
    r"(?P<slug>[A-Z]{2,}(?:-[A-Z0-9]{2,})*-[A-Z]{2,}(?:-\d+)?)"
    r"(?=(?!\w?s\b)[A-ZÀ-Ý][a-zà-ÿœ]|[CDJLMNST]['’](?!s\b)\w|À\s)"
)
_NUMBERED = re.compile(r"[A-Z]{2,}-\d+(?=[A-ZÀ-Ý](?:[a-zà-ÿœ]|['’]\w|\s))")  # "COVID-19Le"

# "FRANCE-JUSTICEPARIS" and "FRANCE-JUSTICE PARIS" before a day or an agency: keywords and a
# place. Those with one of these words are names of towns: "AIX-EN-PROVENCE".
_KEYWORDS = re.compile(r"(?:[A-Z][A-Z0-9]+-)+[A-Z]{2,}")
_IN_TOWNS = frozenset(
    (
        *("AU", "AUX", "BOURG", "CHALON", "DE", "DES", "DU", "EN", "ET", "LA", "LE", "LES"),
        *("MONT", "PONT", "PORT", "SAINT", "SAINTE", "SOUS", "STE", "ST", "SUR", "VILLE"),
    )
)
_SHORTEST_PLACE = 4  # letters: "LOME"

_NAMED = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True) if name != "PC")
    + r")(?:-Services)?(?![\w-])"  # AP-HP is a hospital
)
# The last line of a text that an agency has a part in: "(AFP)", "Avec AFP", "Source : Reuters".
_CREDIT = re.compile(
    r"[(\[]?\s*(?:(?:avec|source|par|la\s+rédaction\s+avec)\s*:?\s+)?"
    r"(?P<names>[\w-]+(?:\s[\w-]+){0,3})\s*[)\]]?\.?",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?=[^/]+/)[a-z]{2,5}(?:[-/][a-z]{1,6})+")  # "bur-vg/sc/lpt"


@dataclass(frozen=True, slots=True)
class Opening:
    """What an agency sets before a text, each empty where it does not, and the text."""

    slug: str
    place: str
    day: str
    agency: str
    text: str


def parted(text: str) -> Opening:
    """Part the keywords, the dateline and the agency's credit from a clean text."""
    slug, text = part_slug(text)
    both = _BOTH.match(text)
    if both and _NAMED.fullmatch(both["agency"]) and _SENTENCE.match(text, both.end()):
        return Opening(slug, both["place"] or "", "", both["agency"], text[both.end() :])
    dateline = _DATELINE.match(text)
    if dateline and _is_certain(dateline):
        before, place = _part_place(dateline["place"] or "")
        stated = place, dateline["day"] or "", _agency(dateline)
        return Opening(slug or before, *stated, text[dateline.end() :])
    if (bracketed := _BRACKETED.match(text)) and _is_known(bracketed["place"]):
        return Opening(slug, bracketed["place"], "", "", text[bracketed.end() :])
    return Opening(slug, "", "", "", text)


def _part_place(place: str) -> tuple[str, str]:
    """Part an agency's keywords from the known place that they are stuck to, if it is one."""
    keywords = _KEYWORDS.match(place)
    if not keywords or _IN_TOWNS.intersection(keywords[0].split("-")) or _is_known(place):
        return "", place
    last = keywords[0].rfind("-") + 3  # two letters of the last keyword at least
    for start in range(last, len(place) - _SHORTEST_PLACE + 1):
        if start <= keywords.end() + 1 and _is_known(place[start:]):
            return place[:start].rstrip(), place[start:]
    return "", place


def _is_known(place: str) -> bool:
    """Tell whether a text is the name of a city or a region and nothing else."""
    found = find_places(f"à {place.title()}")
    return [(one.start, one.end) for one in found] == [(2, len(place) + 2)]


def place_in(dateline: str) -> str:
    """Return the place of a dateline in a field of its own: "Paris, 21 jan 2019 (AFP) -"."""
    if (match := _DATELINE.match(f"{dateline.rstrip(' -–—')} - ")) and _is_certain(match):
        return match["place"] or ""
    return "" if parse_date(dateline) or _UNDATED.fullmatch(dateline) else dateline


def has_dateline(text: str) -> bool:
    """Tell whether a text begins with what can be nothing but a dateline."""
    match = _DATELINE.match(text)
    dated = match is not None and (match["day"] or match["agency"])
    return match is not None and bool(dated) and _is_certain(match)


def _is_certain(dateline: re.Match[str]) -> bool:
    """Tell a dateline from a kicker ("Le chantier - ").

    It has an agency, or a place and a day, or the known name of a place in capitals. Without
    a dash the agency is a known one, and a sentence follows.
    """
    place, begins = dateline["place"] or "", _SENTENCE.match(dateline.string, dateline.end())
    if not dateline["sign"]:
        return bool(agency_in(_credited(dateline)) and begins)
    if _agency(dateline) or (place and dateline["comma"]):
        return True
    bare = place.isupper() and not _credited(dateline) and dateline["sign"] != ":"
    return bool(bare and begins and _is_known(place))


def _agency(dateline: re.Match[str]) -> str:
    """Return the agency that is credited: a known one, or any after a place and a day."""
    stated = _credited(dateline)
    known = agency_in(stated)
    other = dateline["place"] and dateline["day"] and stated[:1].isupper()
    return known or (stated if other else "")


def _credited(dateline: re.Match[str]) -> str:
    return dateline["agency"] or dateline["between"] or ""


def part_slug(text: str) -> tuple[str, str]:
    """Return the keywords of an agency and the text from the word that they are stuck to."""
    if match := _SLUG.match(text):
        return match["slug"], text[match.end() :]
    if match := _NUMBERED.match(text):  # a true name: parted from the word, and kept
        return "", f"{match[0]} {text[match.end() :]}"
    return "", text


def part_credit(text: str) -> tuple[str, str]:
    """Return the agency that the last line of a text credits and nothing else, and the rest."""
    rest, _, last = text.rpartition("\n\n")
    match = _CREDIT.fullmatch(last) if rest and len(last) < 60 else None
    agency = _AGENCIES.get(match["names"].casefold(), "") if match else ""
    return (agency, rest) if agency else ("", text)


def part_initials(text: str) -> tuple[str, str]:
    """Return the initials by which an agency's desk signs below a text, and the rest."""
    rest, _, last = text.rpartition("\n\n")
    return (last, rest) if rest and _INITIALS.fullmatch(last) else ("", text)


def agency_in(credit: str) -> str:
    """Return the first agency that a credit names: "Le Fanal avec AFP" gives AFP."""
    for name in (credit, credit.rpartition("/")[2]):  # "awp/ats"
        if known := _AGENCIES.get(name.strip().casefold()):
            return known
    match = _NAMED.search(credit)
    return match[0].removesuffix("-Services") if match else ""
