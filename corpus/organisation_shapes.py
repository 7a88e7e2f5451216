"""Organisations that no table knows, by the shape of their names."""

import re
from collections.abc import Iterator, Mapping

from corpus.acronyms import ACRONYM, spelling
from corpus.generic_bodies import is_generic
from corpus.lexicon import Span, Words, vocabulary
from corpus.name_words import is_common, is_given, is_usual_given
from corpus.organisations import Organisation

_ADJECTIVE = re.compile(
    r"""[a-z]{2,}(?:iques?|aires?|al|ales?|aux|els?|elles?|ifs?|ives?|iens?|iennes?|eens?|eennes?
    |ains?|aines?|ables?|ibles?|iers?|ieres?|euses?|istes?|eurs?|eures?|antes?|oises?|aises?)
    |(?:public|uni|arme|special|delegue|associe|supreme|islamique|arabe|catholique|protestant
    |orthodoxe|maritime|juif|juive|haute?|grande?|solidaire|etranger|etrangere|anti[a-z]+|libre|civil|prive
    |complet|complete|independant|agricole|viticole|feminin|masculin)e?s?""",
    re.VERBOSE,
)
# « Chambre de voter ce texte »: no noun, and no part of a name
_INFINITIVE = re.compile(
    r"(?!métier|danger|chantier|dossier|papier|loisir|avenir|immobilier|quartier|foyer|cancer)"
    r"[a-zé]{2,}(?:er|ir|oir)"
)
_LINKS = frozenset({"de", "du", "des", "d'", "pour", "contre"})
_ARTICLES = frozenset({"la", "le", "les", "l'"})
_STUDIES = frozenset({"recherche", "recherches", "etude", "etudes", "formation"})  # « en histoire »
_NO_NOUNS = frozenset({"ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"})
_INDEFINITE = frozenset({"un", "une", "des", "deux", "trois", "plusieurs", "cet", "chaque"})
_ENGLISH_LINKS = frozenset({"of", "for", "on", "and", "the"})
_ASSOCIATIONS = frozenset({"association", "collectif", "mouvement", "ong", "syndicat"})
_QUOTES = frozenset('"«“»”')
_NEWS = frozenset({"actualite", "actualites", "info", "infos", "information", "informations"})
_NAMELESS = frozenset({"LGBT", "LGBTQ", "TV", "SUV", "Internet", "Covid-19", "La", "Le", "Les"})


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
        text = self.words.text(start, end).replace(" ,", ",")
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

    def adjectival(self, at: int) -> bool:
        """Tell whether a word in lower case follows a noun, as an adjective does."""
        before = self.forms[at - 1]
        return (
            before.isalpha()
            and before.islower()
            and self.keys[at - 1] not in (_ARTICLES | _LINKS | _INDEFINITE)
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
        if self.keys[at] == "clinique" and at and self.adjectival(at):
            return at  # « un essai clinique Discovery »
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
        return at if end == at + 1 or is_generic(" ".join(self.keys[at:end])) else end

    def complements(self, head: int) -> tuple[int, bool, bool]:
        """Read what follows a head noun.

        Returns where the name ends, whether a proper name is in it, and whether an
        adjective is.
        """
        at = end = head + 1
        proper = qualified = further = False
        while at < len(self.forms) - 1:
            also = self.keys[at] == "et" and self.adjective(at + 1)
            if also or self.adjective(at):
                at = end = at + 1 + also
                qualified = True
                continue
            noun = at if self.capital(at) and not proper else self.linked(at)
            noun = self.listed(at) if noun < 0 and not proper else noun
            if noun < 0:
                break
            at = noun + 1
            if self.person(noun) and (further or not self.named_after_people(head)):
                break  # « le président de la Cour Paul Morel »
            further = True
            if self.forms[noun][0].isupper():
                at = end = max(at, self.run_end(at if self.person(noun) else noun))
                proper = True
            elif self.keys[head] == "ministere" and self.keys[noun] in vocabulary("portfolios"):
                end, proper = at, True
            elif self.forms[head][0].isupper():
                end = at
        return end, proper, qualified

    def linked(self, at: int) -> int:
        """Return the place of the noun that « de la » leads to; -1 if none does."""
        noun = at + (self.keys[at] == "et")
        studies = self.keys[noun] == "en" and self.keys[noun - 1] in _STUDIES
        if not (studies or self.keys[noun] in _LINKS) or self.forms[noun] == "dès":
            return -1
        noun += 1
        link = noun
        while noun < len(self.forms) - 1 and self.keys[noun] in _ARTICLES:
            noun += 1
        if noun == len(self.forms) or not self.forms[noun][0].isalpha():
            return -1
        key = self.keys[noun]
        verb = noun == link or self.keys[link - 1] == "pour"  # « de voter », « pour les aider »
        another = self.keys[at] == "et" and self.forms[noun].istitle()
        barred = (
            (another and key in vocabulary("organisation heads"))  # « et de la Ligue »
            or key in _NO_NOUNS
            or key in _INDEFINITE
            or is_usual_given(key)
            or (verb and _INFINITIVE.fullmatch(self.forms[noun]))
        )
        return -1 if barred else noun

    def listed(self, at: int) -> int:
        """Return the place of the noun after a comma in a list of what a body is for, or -1.

        « Direction de l'évaluation, de la prospective et de la performance »
        """
        noun = self.linked(at + 1) if self.forms[at] == "," else -1
        if noun < 0 or not self.forms[noun].islower():
            return -1
        ends = (end for end in range(noun + 1, noun + 4) if self.keys[end : end + 1] == ["et"])
        return noun if any(self.linked(end) > 0 for end in ends) else -1

    def named_after_people(self, head: int) -> bool:
        """Tell whether what a head noun means often bears a person's name: a school, a hospital."""
        return self.keys[head] in vocabulary("heads named after people")

    def introduced(self, at: int) -> tuple[int, int]:
        """Return where the name that a common noun leads to begins and ends."""
        start, last = at + 1, len(self.forms) - 1
        if start < last - 1 and self.forms[start] == "d'" and self.keys[start + 1] in _NEWS:
            start += 2
        for _ in range(2):
            start += start < last and self.adjective(start)
        if start < last and self.forms[start] in _QUOTES:
            return self.quoted(start + 1)
        shouted = self.forms[at].isupper() and self.forms[at] != "ONG"
        if shouted or not self.capital(start):
            return at, at
        word = self.word(start)
        against = self.keys[word + 1] == "contre"  # « le syndicat Alliance contre le maire »
        if self.keys[at] in _ASSOCIATIONS and is_common(self.forms[word].lower()) and not against:
            return start, self.complements(word)[0]  # « Alerte des médecins »
        end = self.run_end(start)
        letter = end == start + 1 and len(self.forms[start]) == 1  # « le Groupe B »
        if letter or self.person(start) or self.forms[start] in _NAMELESS:
            return at, at
        return start, end

    def word(self, at: int) -> int:
        """Return the place of the first word of a name after its article."""
        return at + (self.keys[at] in _ARTICLES and self.capital(at + 1))

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
        if start == at or self.known.get(start - 1):
            return at, at  # « Kia Motors Corporation » is Kia
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
        starts = spelling(self.words, acronym, bracket)
        return next((start for start in starts if self.may_expand(start, bracket)), bracket)

    def may_expand(self, start: int, end: int) -> bool:
        """Tell whether words can be the long form of an acronym, not someone's name."""
        if self.keys[start] in vocabulary("organisation heads"):
            return True
        capitals = all(form[0].isupper() for form in self.forms[start:end])
        return end - start > 2 and capitals and not is_given(self.keys[start])
