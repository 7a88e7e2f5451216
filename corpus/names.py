"""Persons: which runs of capitals are the names of people."""

import re
from functools import cached_property
from typing import NamedTuple

from corpus.analysis import fold
from corpus.countries import is_demonym
from corpus.lexicon import Words, vocabulary
from corpus.name_words import (
    ARTICLES,
    FRENCH_PARTICLES,
    is_common,
    is_given,
    is_usual_given,
    named_after,
)

_ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|at|ach|ash|ez|ben|bin)-[A-ZÀ-Þ]")
_ROMAN = re.compile(r"[IVX]+(?:er)?")
# How family names often end where given names are little known in France.
_TAIL = re.compile(
    r".+(?:ov|ova|ev|eva|ski|sky|ska|enko|ic|vic|ez|son|sen|sson|ian|yan|dze|vili|poulos|idis"
    r"|akis|berg|stein|mann|ini|etti|elli|ulu|oglu|escu|uk|chuk|wicz|czyk|awa|moto|shima)$"
)
_QUOTES = frozenset('"«“»”')
_PLACE_BEFORE = frozenset({"à", "en", "dans", "vers", "depuis", "du", "des"})
_PERSON_BEFORE = frozenset({"par", "avec", "selon", "et"})
_PERSON_AFTER = frozenset({"a", "est", "s'", "n'", "ne", "se", "qui", "avait", "etait", "sera"})
# How much evidence makes an unknown run of capitals a person's name. Chosen on French
# Wikinews of 2018: F1 0.896 for persons, 0.886 with 2.
_ENOUGH = 1


class Names(NamedTuple):
    """The capitals of a text that may be people.

    sure: (start, end) of the names that are persons' by themselves or by the words
        about them.
    bare: the places of single capitalised words, which are persons' only if a name or
        a well-known figure elsewhere says so.
    """

    sure: list[tuple[int, int]]
    bare: list[int]


def find_names(words: Words, closed: frozenset[int], soft: frozenset[int]) -> Names:
    """Find the names of people in a text.

    closed: places of words that are something else for certain.
    soft: places of words that are a country or an organisation unless a given name
        stands before them (« Denzel Washington », « Serge Dassault »).
    """
    scan = _Scan(words, closed, soft)
    names = Names([], [])
    end = 0
    for at, form in enumerate(words.forms):
        if at < end or not (form[0].isupper() and scan.opens(at)):
            continue
        end = scan.run_end(at)
        person = scan.person(at, end)
        if person:
            names.sure.append(person)
        elif end == at + 1 or (end == at + 2 and scan.opens(at + 1)):
            names.bare.append(end - 1)
    return names


class _Scan:
    """One text on its way through the rules."""

    def __init__(self, words: Words, closed: frozenset[int], soft: frozenset[int]) -> None:
        self.forms, self.keys = words
        self.words, self.closed, self.soft = words, closed, soft

    def capital(self, at: int) -> bool:
        """Tell whether a word is written as a part of a name is."""
        if at >= len(self.forms) or at in self.closed:
            return False
        form = self.forms[at]
        if form[0].isupper():
            return len(form) == 1 or form[-1] == "." or not form.isupper()
        return bool(_ARABIC_ARTICLE.match(form))

    def shouted(self, at: int) -> bool:
        """Tell whether « MACRON » or « VI » can go on a name: « Emmanuel MACRON »."""
        form = self.forms[at]
        return at not in self.closed and (
            bool(_ROMAN.fullmatch(form)) or (len(form) > 3 and form.isupper() and form.isalpha())
        )

    def opens(self, at: int) -> bool:
        """Tell whether a name can begin with a capital."""
        if len(self.forms[at]) == 1 or not (self.capital(at) or self.shouted(at)):
            return False
        after = at + 1
        return at not in self.soft or (
            is_given(self.keys[at]) and after not in self.soft and self.capital(after)
        )

    def run_end(self, start: int) -> int:
        """Return where the run of capitals and particles that begins at a place ends."""
        at, count, given = start + 1, len(self.forms), is_given(self.keys[start])
        while at < count:
            first_after = given and at == start + 1
            if self.capital(at):
                if at in self.soft and not first_after:
                    break
                at += 1
            elif given and self.shouted(at):
                at += 1
            else:
                capital = self.after_particles(at, first_after or (given and self.keys[at] == "d'"))
                if capital == at:
                    break
                at = capital + 1
        return at

    def after_particles(self, at: int, french: bool) -> int:
        """Return the place of the capital that particles lead to, or `at` without any.

        french: whether « de » can go on the name.
        """
        end = at
        while end < len(self.keys) - 1 and (
            self.keys[end] in vocabulary("particles")
            or (french and self.keys[end] in FRENCH_PARTICLES)
        ):
            end += 1
        leads = end - at <= 3 and end not in self.soft and self.forms[end][0].isupper()
        return end if leads and self.capital(end) else at

    def person(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the part of a run that is a person's name, or None."""
        start = self.trimmed(start, end)
        titled = False
        while start < end and self.title(start):
            titled, start = True, start + 1
        length = end - start
        if not 0 < length < 7:
            return None
        if titled or (length == 1 and self.introduced(start)):
            return start, end
        if length == 1 or named_after(self.words, start):
            return None
        if self.given(start):
            before = self.keys[start - 1] if start else ""
            one = before == "un" and is_usual_given(self.keys[start])  # « un Luc Morel déchaîné »
            barred = (before in ARTICLES and not one) or self.quoted(start, end)
            return None if barred else (start, end)
        if start and self.keys[start - 1] in vocabulary("titles"):
            return start, end  # « le général Min Aung Hlaing »
        for at in range(start + 1, end - 1):
            if is_usual_given(self.keys[at]) and self.forms[at][0].isupper():
                return at, end  # « l'Intérieur Luc Morel », « New York Hélène Vasseur »
        return (start, end) if self.evidence(start, end) >= _ENOUGH else None

    def given(self, at: int) -> bool:
        """Tell whether a capital is that of a given name or an initial."""
        form = self.forms[at]
        return (is_given(self.keys[at]) or form[-1] == ".") and form[0].isupper()

    def title(self, at: int) -> bool:
        """Tell whether a capital is that of a title: « Mme », « Me », « Président »."""
        return self.keys[at] in vocabulary("titles") or self.forms[at] in {"Me", "Mr", "Mrs"}

    def trimmed(self, start: int, end: int) -> int:
        """Return where a run begins without the word that only begins the sentence."""
        key = self.keys[start]
        if end - start < 2 or is_given(key) or self.title(start):
            return start
        if not self.words.starts_sentence(start):
            return start
        form = self.forms[start].lower()
        common = key in vocabulary("sentence openers") or form in self.places or is_common(form)
        return start + 1 if common or is_given(self.keys[start + 1]) else start

    def introduced(self, at: int) -> bool:
        """Tell whether a title makes one word a name: « le président russe Poutine »."""
        if is_given(self.keys[at]) or self.words.starts_sentence(at) or self.forms[at].isupper():
            return False
        back = at - 1
        if back in self.closed and self.forms[back].islower():
            back -= 1
        return back >= 0 and self.keys[back] in vocabulary("titles")

    def evidence(self, start: int, end: int) -> int:
        """Weigh what speaks for a run of two words or more that no list knows."""
        run = self.keys[start:end]
        no_names = vocabulary("no names")
        barred = run[0] in vocabulary("no first names") or run[0] in vocabulary(
            "named after people"
        )
        if barred or any(key in no_names or len(key) < 2 for key in run):
            return -1
        if run[0] in vocabulary("family names first") and len(run) < 4:
            return _ENOUGH
        before = self.forms[start - 1] if start else "\n"
        after = self.forms[end] if end < len(self.forms) else "\n"
        score = 3 * self.role_before(start) + self.told_after(end) - (len(run) > 3)
        score -= 3 * (fold(before) in ARTICLES or self.quoted(start, end))
        score -= 2 * (before in _PLACE_BEFORE)
        score += before in _PERSON_BEFORE or before == after == ","
        score += (after in _PERSON_AFTER) + bool(_TAIL.match(run[-1]))
        return score + 2 * self.recurs(start, end)

    def quoted(self, start: int, end: int) -> bool:
        """Tell whether a run is all that stands between quotation marks, as works do."""
        return (
            start > 0
            and end < len(self.forms)
            and self.forms[start - 1] in _QUOTES
            and self.forms[end] in _QUOTES
        )

    def recurs(self, start: int, end: int) -> bool:
        """Tell whether the last word of a run stands elsewhere without the first."""
        first, last, gap = self.forms[start], self.forms[end - 1], end - 1 - start
        return any(
            at < gap or self.forms[at - gap] != first
            for at in self.places[last][:50]  # enough, and a long text stays a quick one
        )

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Return where each form stands."""
        places: dict[str, list[int]] = {}
        for at, form in enumerate(self.forms):
            places.setdefault(form, []).append(at)
        return places

    def role_before(self, start: int) -> bool:
        """Tell whether a word for a person leads to a name: « le Belge », « l'avocat du maire »."""
        if not start or self.keys[start - 1] in ARTICLES | FRENCH_PARTICLES:
            return False
        if is_demonym(self.keys[start - 1]) and self.forms[start - 1][0].isupper():
            return True
        for back in range(start - 1, max(-1, start - 6), -1):
            if not self.forms[back][0].isalpha():
                return False
            if self.is_role(self.keys[back]):
                return True
        return False

    def is_role(self, key: str) -> bool:
        """Tell whether a word is a word for a person."""
        return key in vocabulary("roles") or key in vocabulary("titles")

    def told_after(self, end: int) -> int:
        """Weigh what follows a name: an age, a role, a verb of speech."""
        after = self.keys[end : end + 4]
        if len(after) < 4:
            return 0
        if after[0] in {",", "("}:
            if after[1].isdigit() and after[2] == "ans":
                return 3
            return 2 * any(map(self.is_role, after[1:]))
        return 2 * (after[after[0] == "a"] in vocabulary("speech"))
