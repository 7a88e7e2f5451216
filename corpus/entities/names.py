"""Persons: which runs of capitals are the names of people."""

import re
from typing import NamedTuple

from corpus.entities.lexicon import Words, vocabulary
from corpus.entities.name_evidence import Evidence
from corpus.entities.name_words import (
    ARTICLES,
    FRENCH_PARTICLES,
    is_common,
    is_given,
    is_usual_given,
    named_after,
)

_ARABIC_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|at|ach|ash|ez|ben|bin)-[A-ZÀ-Þ]")
_ROMAN = re.compile(r"[IVX]+(?:er)?")


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
        self.evidence = Evidence(words)

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
            titled = at > start + 1 and self.title(at - 2) and is_given(self.keys[at - 1])
            first_after = titled or (given and at == start + 1)
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
        if french and is_usual_given(self.keys[end]) and self.capital(end + 1):
            return at  # « Marcel de Paul Morel », a film and who made it
        return end if leads and self.capital(end) else at

    def person(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the part of a run that is a person's name, or None."""
        start = self.trimmed(start, end)
        titled = False
        while start < end and self.title(start):
            titled, start = True, start + 1
        length = end - start
        if not 0 < length < 7 or (length == 1 and _ROMAN.fullmatch(self.forms[start])):
            return None
        if titled or (length == 1 and self.introduced(start)):
            return start, end
        if length == 1 or named_after(self.words, start):
            return None
        if (
            length == 2
            and is_common(self.forms[start + 1].lower())
            and not titled
            and self.forms[start][-1] == "."
        ):
            return None  # « le plan B. Cette fois », « 40 °C. Cette »
        if self.given(start):
            before = self.keys[start - 1] if start else ""
            one = before == "un" and is_usual_given(self.keys[start])  # « un Luc Morel déchaîné »
            barred = (before in ARTICLES and not one) or self.evidence.quoted(start, end)
            return None if barred else (start, end)
        if start and self.keys[start - 1] in vocabulary("titles"):
            return start, end  # « le général Min Aung Hlaing »
        for at in range(start + 1, end - 1):
            if is_usual_given(self.keys[at]) and self.forms[at][0].isupper():
                return at, end  # « l'Intérieur Luc Morel », « New York Hélène Vasseur »
        return (start, end) if self.evidence.suffices(start, end) else None

    def given(self, at: int) -> bool:
        """Tell whether a capital is that of a given name or an initial."""
        form = self.forms[at]
        return (is_given(self.keys[at]) or form[-1] == ".") and form[0].isupper()

    def title(self, at: int) -> bool:
        """Tell whether a capital is that of a title: « Mme », « Me », « Président »."""
        title = self.keys[at] in vocabulary("titles") or self.forms[at] == "Me"
        return title and self.forms[at] != "M"  # « un pack M Sport »

    def trimmed(self, start: int, end: int) -> int:
        """Return where a run begins without the word that only begins the sentence."""
        key = self.keys[start]
        if end - start < 2 or is_given(key) or self.title(start):
            return start
        if not self.words.starts_sentence(start):
            return start
        form = self.forms[start].lower()
        common = key in vocabulary("sentence openers") or is_common(form)
        lower = common or form in self.evidence.places
        return start + 1 if lower or is_given(self.keys[start + 1]) else start

    def introduced(self, at: int) -> bool:
        """Tell whether a title makes one word a name: « le président russe Poutine »."""
        if self.listed(at):
            return True
        if is_given(self.keys[at]) or self.words.starts_sentence(at) or self.forms[at].isupper():
            return False
        if self.keys[at] in vocabulary("no names"):
            return False  # « le député Insoumis »
        back = at - 1
        if back in self.closed and self.forms[back].islower():
            back -= 1
        return back >= 0 and self.keys[back] in vocabulary("titles") and self.forms[back] != "M"

    def listed(self, at: int) -> bool:
        """Tell whether a name is one of several after one title: « MM. Durand et Petit »."""
        back = at - 1
        while back > 1 and self.keys[back] in {"et", ","} and self.forms[back - 1][0].isupper():
            back -= 2
        return back < at - 1 and self.keys[back] in {"mm", "mmes"}
