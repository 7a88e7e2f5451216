"""Organisations that no table knows, by the shape of their names."""

import re
from collections.abc import Iterator, Mapping

from corpus.lexicon import Span, Words, vocabulary
from corpus.name_words import is_given
from corpus.organisations import Organisation

_ADJECTIVE = re.compile(
    r"""[a-z]{2,}(?:iques?|aires?|al|ales?|aux|els?|elles?|ifs?|ives?|iens?|iennes?|eens?|eennes?
    |ains?|aines?|ables?|ibles?|iers?|ieres?|euses?|istes?|eurs?|eures?|antes?|oises?|aises?)
    |(?:public|uni|arme|special|delegue|associe|supreme|islamique|arabe|catholique|protestant
    |orthodoxe|maritime|juif|juive|haute?|grande?|solidaire|etranger|etrangere|anti[a-z]+|libre)e?s?""",
    re.VERBOSE,
)
# « Chambre de voter ce texte »: no noun, and no part of a name
_INFINITIVE = re.compile(
    r"(?!métier|danger|chantier|dossier|papier|loisir|avenir)[a-zé]{2,}(?:er|ir|oir)"
)
_GENERIC = re.compile(
    r"""conseil\ (?:des\ ministres|municipal|d'\ administration|de\ securite$)|cour\ d'\ assises$
    |(?:direction|assemblee)\ generale$|commission\ d'\ enquete$|centre\ ville|haute\ autorite$
    |(?:conseil|banque|bureau)\ (?:national|regional|departemental|centrale|politique|de\ vote)$
    |chambre\ (?:haute|basse)$|societe\ civile|service\ public|section\ \w+$|groupe\ \w$
    |universite\ d'\ ete
    |ligue\ (?:des\ champions|europa|[12]$)|comite\ central\ d'\ entreprise|forces\ de\ l'\ ordre
    |police\ (?:nationale|municipale|judiciaire|scientifique)$|groupe\ parlementaire
    |union\ sovietique|(?:ecole|lycee|college)\ (?:de|du|d')\ """,
    re.VERBOSE,
)
_LINKS = frozenset({"de", "du", "des", "d'", "pour", "contre"})
_ARTICLES = frozenset({"la", "le", "les", "l'"})
_NO_NOUNS = frozenset({"ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"})
_INDEFINITE = frozenset({"un", "une", "des", "deux", "trois", "plusieurs", "cet", "chaque"})
_ENGLISH_LINKS = frozenset({"of", "for", "on", "and", "the"})
_QUOTES = frozenset('"«“»”')
_NEWS = frozenset({"actualite", "actualites", "info", "infos", "information", "informations"})
_NAMELESS = frozenset({"LGBT", "LGBTQ", "TV", "SUV", "Internet", "Covid-19", "La", "Le", "Les"})
ACRONYM = re.compile(r"[A-Z](?=[A-Za-z&-]*[A-Z])[A-Za-z&-]{1,8}")


def shaped_organisations(
    words: Words, known: Mapping[int, Organisation | None], adjectives: frozenset[int]
) -> list[Span[Organisation]]:
    """Return the organisations that no table knows, by the shape of their names.

    known: the places of the words of known names, with the organisation if they are one's.
    adjectives: the places of adjectives of countries.
    """
    scan = _Scan(words, known, adjectives)
    spans: list[Span[Organisation]] = []
    for start, end, organisation in scan.spans():
        while spans and spans[-1].start >= start:
            spans.pop()  # the name of which an acronym follows is the longer one
        if not spans or spans[-1].end <= start:
            spans.append(Span(start, end, organisation))
    return spans


class _Scan:
    """One text on its way through the rules."""

    def __init__(
        self,
        words: Words,
        known: Mapping[int, Organisation | None],
        adjectives: frozenset[int],
    ) -> None:
        self.words, self.known, self.adjectives = words, known, adjectives
        self.forms, self.keys = words

    def spans(self) -> Iterator[Span[Organisation]]:
        """Yield the names in the order in which they end."""
        heads = vocabulary("organisation heads") | vocabulary("plain organisation heads")
        introductions = vocabulary("introductions")
        endings = vocabulary("english endings") | vocabulary("company words")
        done = 0
        for at, key in enumerate(self.keys):
            form = self.forms[at]
            start = end = at
            if form == "(":
                start = self.expansion(at)
            elif at < done or at in self.known:
                continue
            elif key in heads:
                end = self.headed(at)
            if start == end and key in introductions:
                start, end = self.introduced(at)
            elif start == end and key in endings and form[0].isupper() and form.isascii():
                start, end = self.ended(at)
            elif start == end and form.isupper() and key in vocabulary("clubs"):
                end = self.run_end(at + 1)
                end = at if end == at + 1 else end
            if start < end:
                done = end
                organisation = self.known.get(at + 1) if form == "(" else None
                yield Span(start, end, organisation or Organisation(self.label(start, end)))

    def label(self, start: int, end: int) -> str:
        """Return the name to show."""
        text = self.words.text(start, end)
        return (
            text[0].lower() + text[1:]
            if self.keys[start] in vocabulary("lower organisation heads")
            else text
        )

    def capital(self, at: int) -> bool:
        """Tell whether a word that is nothing known begins with a capital."""
        return at < len(self.forms) and self.forms[at][0].isupper() and at not in self.known

    def adjective(self, at: int) -> bool:
        """Tell whether a word in lower case goes on the noun before it."""
        key = self.keys[at]
        return at in self.adjectives or (
            self.forms[at].islower()
            and bool(_ADJECTIVE.fullmatch(key))
            and key not in vocabulary("no adjectives")
        )

    def person(self, at: int) -> bool:
        """Tell whether a person's name begins at a place."""
        return is_given(self.keys[at]) and self.capital(at + 1)

    def run_end(self, at: int) -> int:
        """Return where a run of capitals and figures ends."""
        while at < len(self.forms) and not self.person(at):
            if not (self.capital(at) or self.forms[at].isdigit()):
                break
            at += 1
        return at

    def headed(self, at: int) -> int:
        """Return where the name that a head noun begins ends; `at` if it begins none."""
        form, starts = self.forms[at], self.words.starts_sentence(at)
        capital = form[0].isupper()
        if (form.isupper() and len(form) > 3) or form == "College":
            return at
        if starts and self.keys[at : at + 2] == ["parti", "de"] and self.forms[at + 2].istitle():
            return at  # « Parti de Saint-Malo, il... »
        if at and self.capital(at - 1) and not self.words.starts_sentence(at - 1):
            return at
        if not capital and (
            self.keys[at] not in vocabulary("plain organisation heads")
            or self.keys[at - 1] in _INDEFINITE
        ):
            return at
        end, proper, qualified = self.complements(at)
        if (starts or not capital) and not (proper or (capital and qualified)):
            return at
        return at if end == at + 1 or _GENERIC.match(" ".join(self.keys[at:end])) else end

    def complements(self, head: int) -> tuple[int, bool, bool]:
        """Read what follows a head noun.

        Returns where the name ends, whether a proper name is in it, and whether an
        adjective is.
        """
        at = end = head + 1
        proper = qualified = False
        while at < len(self.forms) - 1:
            also = self.keys[at] == "et" and self.adjective(at + 1)
            if also or self.adjective(at):
                at = end = at + 1 + also
                qualified = True
                continue
            noun = at if self.capital(at) and not proper else self.linked(at)
            if noun < 0:
                break
            at = noun + 1
            if self.forms[noun][0].isupper():
                at = end = max(at, self.run_end(noun))
                proper = True
            elif self.keys[head] == "ministere" and self.keys[noun] in vocabulary("portfolios"):
                end, proper = at, True
            elif self.forms[head][0].isupper():
                end = at
        return end, proper, qualified

    def linked(self, at: int) -> int:
        """Return the place of the noun that « de la » leads to; -1 if none does."""
        noun = at + (self.keys[at] == "et")
        if self.keys[noun] not in _LINKS or self.forms[noun] == "dès":
            return -1
        noun += 1
        while noun < len(self.forms) - 1 and self.keys[noun] in _ARTICLES:
            noun += 1
        if noun == len(self.forms) or not self.forms[noun][0].isalpha():
            return -1
        key = self.keys[noun]
        barred = (
            key in _NO_NOUNS
            or key in _INDEFINITE
            or is_given(key)
            or _INFINITIVE.fullmatch(self.forms[noun])
        )
        return -1 if barred else noun

    def introduced(self, at: int) -> tuple[int, int]:
        """Return where the name that a common noun leads to begins and ends."""
        start, last = at + 1, len(self.forms) - 1
        if start < last - 1 and self.forms[start] == "d'" and self.keys[start + 1] in _NEWS:
            start += 2
        for _ in range(2):
            start += start < last and self.adjective(start)
        if start < last and self.forms[start] in _QUOTES:
            return self.quoted(start + 1)
        if self.forms[at].isupper() or not self.capital(start):
            return at, at
        end = self.run_end(start)
        letter = end == start + 1 and len(self.forms[start]) == 1  # « le Groupe B »
        if letter or self.person(start) or self.forms[start] in _NAMELESS:
            return at, at
        return start, end

    def quoted(self, start: int) -> tuple[int, int]:
        """Return where a short name in quotation marks begins and ends."""
        end = start
        while end < min(start + 6, len(self.forms)) and self.forms[end][0].isalnum():
            end += 1
        closed = end < len(self.forms) and self.forms[end] in _QUOTES
        return (start, end) if closed and self.forms[start][0].isupper() else (start, start)

    def ended(self, at: int) -> tuple[int, int]:
        """Return where the name in English that a word ends, or nearly, begins and ends."""
        start, end = at, at + 1
        while start and self.capital(start - 1):
            start -= 1
        if self.keys[start] in _ARTICLES and self.words.starts_sentence(start):
            start += 1
        if start == at:
            return at, at
        while end < len(self.forms) - 1:
            word = end + (self.keys[end] in _ENGLISH_LINKS)
            if not self.capital(word):
                break
            end = word + 1
        return start, end

    def expansion(self, bracket: int) -> int:
        """Return where the long form of the acronym in brackets begins, or `bracket`."""
        if bracket + 2 >= len(self.forms) or not ACRONYM.fullmatch(self.forms[bracket + 1]):
            return bracket
        acronym = self.forms[bracket + 1]
        starts = _spelling(self.words, acronym, bracket)
        return next((start for start in starts if self.may_expand(start, bracket)), bracket)

    def may_expand(self, start: int, end: int) -> bool:
        """Tell whether words can be the long form of an acronym, not someone's name."""
        if self.keys[start] in vocabulary("organisation heads"):
            return True
        capitals = all(form[0].isupper() for form in self.forms[start:end])
        return end - start > 2 and capitals and not is_given(self.keys[start])


def spelt_out(words: Words, acronym: str, end: int) -> int:
    """Return where the words before a place begin that spell an acronym, `end` for none."""
    return next(_spelling(words, acronym, end), end)


def _spelling(words: Words, acronym: str, end: int) -> Iterator[int]:
    """Yield where words that end at a place may begin to spell an acronym, the nearest first."""
    letters, initials = acronym.replace("-", "").replace("&", "").lower(), ""
    for start in range(end - 1, max(-1, end - 15), -1):
        if not words.forms[start][0].isalpha():
            return
        initials = words.keys[start][0] + initials
        if initials[0] == letters[0] and _spells(letters, initials):
            yield start


def _spells(acronym: str, initials: str) -> bool:
    """Tell whether the letters of an acronym stand in this order among initials."""
    left = iter(initials)
    return all(letter in left for letter in acronym)
