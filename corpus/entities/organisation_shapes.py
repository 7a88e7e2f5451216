"""Organisations that no table knows, by the shape of their names."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from corpus.entities.acronyms import ACRONYM, spelling
from corpus.entities.generic_bodies import is_generic
from corpus.entities.lexicon import Span, Words, cut, vocabulary
from corpus.entities.name_words import is_common, is_given, is_usual_given
from corpus.entities.organisation_complements import Complements
from corpus.entities.organisations import Organisation
from corpus.entities.tagger_features import is_place

_ARTICLES = frozenset({"la", "le", "les", "l'"})
_LINKS = frozenset({"de", "du", "des", "d'", "pour", "contre"})
_INDEFINITE = frozenset({"un", "une", "des", "deux", "trois", "plusieurs", "cet", "chaque"})
_ENGLISH_LINKS = frozenset({"of", "for", "on", "and", "the"})
_ASSOCIATIONS = frozenset({"association", "collectif", "mouvement", "ong", "syndicat"})
_GROUPS = frozenset({"association", "collectif", "confederation", "federation", "syndicat"})
_OF = frozenset({"de", "d'"})
# « directeur général de », « PDG délégué de »
_MANNERS = frozenset(
    {"delegue", "deleguee", "executif", "executive", "general", "generale", "honoraire"}
)
_STEM = 4  # letters in which words of one body agree, whatever their number and gender
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


@cache
def _heads() -> frozenset[str]:
    return vocabulary("organisation heads") | vocabulary("plain organisation heads")


@cache
def _endings() -> frozenset[str]:
    return vocabulary("english endings") | vocabulary("company words")


def _stems(keys: Iterable[str]) -> set[str]:
    """Return how the longer words of a name begin."""
    return {key[:_STEM] for key in keys if len(key) >= _STEM}


class _Scan(Complements):
    """One text on its way through the rules."""

    def spans(self) -> Iterator[Span[Organisation]]:
        """Yield the names in the order in which they end."""
        done = 0
        for at, form in enumerate(self.forms):
            organisation = None
            if form == "(":
                start, end = self.expansion(at), at
                organisation = self.abbreviated(start, at)
            elif at < done or at in self.known:
                continue
            else:
                start, end = self.named(at)
            if start < end:
                done = end
                yield Span(start, end, organisation or Organisation(self.label(start, end)))

    def named(self, at: int) -> tuple[int, int]:
        """Return where the name of which a word tells begins and ends, twice a place for none."""
        key, form = self.keys[at], self.forms[at]
        if key in _heads() and (end := self.headed(at)) > at:
            return at, end
        if key in vocabulary("introductions"):
            return self.introduced(at)
        if key in _endings() and form[0].isupper() and form.isascii():
            return self.ended(at)
        if key in _OF and self.leader(at - 1):
            return self.led(at + 1)
        if key in vocabulary("clubs") and form.isupper():
            end = self.run_end(at + 1)
            return at, end if end > at + 1 else at
        return at, at

    def abbreviated(self, start: int, bracket: int) -> Organisation | None:
        """Return the known organisation that an acronym in brackets after a name means, or None.

        « Association des maires de France (AMF) » is not the Autorité des marchés financiers.
        """
        known = self.known.get(bracket + 1)
        if known is None or _LINKS.isdisjoint(self.keys[start:bracket]):
            return known
        ours, its = _stems(self.keys[start:bracket]), _stems(cut(known.label).keys)
        return known if len(its) < 2 or ours & its else None

    def label(self, start: int, end: int) -> str:
        """Return the name to show."""
        text = self.words.text(start, end).replace(" ,", ",")
        return (
            text[0].lower() + text[1:]
            if self.keys[start] in vocabulary("lower organisation heads")
            else text
        )

    def adjectival(self, at: int) -> bool:
        """Tell whether a word in lower case follows a noun, as an adjective does."""
        before = self.forms[at - 1]
        return (
            before.isalpha()
            and before.islower()
            and self.keys[at - 1] not in (_ARTICLES | _LINKS | _INDEFINITE)
        )

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
        plain = self.keys[at] in vocabulary("plain organisation heads") or (
            self.keys[at] in _GROUPS and self.keys[at + 1] == "des"
        )
        if not capital and (not plain or self.keys[at - 1] in _INDEFINITE):
            return at
        end, proper, qualified = self.complements(at)
        if (starts or not capital) and not (proper or (capital and qualified)):
            return at
        return at if end == at + 1 or is_generic(" ".join(self.keys[at:end])) else end

    def introduced(self, at: int) -> tuple[int, int]:
        """Return where the name that a common noun leads to begins and ends."""
        start, last = at + 1, len(self.forms) - 1
        if start < last - 1 and self.forms[start] == "d'" and self.keys[start + 1] in _NEWS:
            start += 2
        if start < last and self.keys[start] in _OF and self.forms[start + 1].islower():
            start += 2  # « société de production », « maison d'édition »
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
            end = self.complements(word)[0]  # « Alerte des médecins »
            return start, self.joined(start, end)
        person = self.person(start)
        if person and self.keys[at] == "editions":
            return start, self.run_end(start + 1)
        end = self.run_end(start)
        letter = end == start + 1 and len(self.forms[start]) == 1  # « le Groupe B »
        event = self.keys[start] in vocabulary("no bodies")
        if letter or person or event or self.forms[start] in _NAMELESS:
            return at, at
        return start, self.joined(start, end)

    def joined(self, start: int, end: int) -> int:
        """Return where a name ends that goes on after a small word: « Robin des Bois »."""
        common = end == start + 1 and is_common(self.forms[start].lower())
        goes_on = self.keys[end] == "des" or (common and self.keys[end] == "et")
        further = goes_on and self.capital(end + 1) and not self.person(end + 1)
        return self.run_end(end + 1) if further else end

    def leader(self, at: int) -> bool:
        """Tell whether a word, or that before it, is one for who leads a body."""
        return at >= 0 and self.keys[at - (self.keys[at] in _MANNERS)] in vocabulary("leaders")

    def led(self, start: int) -> tuple[int, int]:
        """Return where the name of a body begins and ends that somebody leads."""
        end = start
        while self.capital(end) and not is_usual_given(self.keys[end]):
            end += 1
        keys, forms = self.keys[start:end], self.forms[start:end]
        named = any(not is_common(form.lower()) for form in forms)
        barred = not keys or keys[0] in vocabulary("named after people") or all(map(is_place, keys))
        barred = barred or is_place(" ".join(keys)) or not vocabulary("no bodies").isdisjoint(keys)
        barred = barred or (len(keys) == 1 and (is_given(keys[0]) or len(forms[0]) < 3))
        return (start, end) if named and not barred else (start, start)

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
        thing = self.keys[start - 1] in vocabulary("things")
        if start == at or thing or self.known.get(start - 1):
            return at, at  # « Kia Motors Corporation » is Kia
        while end < len(self.forms) - 1:
            word = end + (self.keys[end] in _ENGLISH_LINKS)
            if not self.capital(word):
                break
            end = word + 1
        return (at, at) if self.keys[end - 1] in vocabulary("no bodies") else (start, end)

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
