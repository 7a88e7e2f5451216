"""What speaks for a run of capitals that no list knows being a person's name."""

import re
from functools import cached_property

from corpus.analysis import fold
from corpus.entities.countries import is_demonym
from corpus.entities.lexicon import Words, vocabulary
from corpus.entities.name_words import ARTICLES, FRENCH_PARTICLES, family_first

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


class Evidence:
    """What a text says of its runs of capitals."""

    def __init__(self, words: Words) -> None:
        self.forms, self.keys = words

    def suffices(self, start: int, end: int) -> bool:
        """Tell whether a run of two words or more is a name for all that speaks for it."""
        return self._weight(start, end) >= _ENOUGH

    def _weight(self, start: int, end: int) -> int:
        run = self.keys[start:end]
        no_names = vocabulary("no names")
        barred = run[0] in vocabulary("no first names") or run[0] in vocabulary(
            "named after people"
        )
        if family_first(run):
            return _ENOUGH
        if barred or any(key in no_names or len(key) < 2 for key in run):
            return -1
        if run[0] in vocabulary("family names first") and len(run) < 4:
            return _ENOUGH
        before = self.forms[start - 1] if start else "\n"
        after = self.forms[end] if end < len(self.forms) else "\n"
        score = 3 * self._role_before(start) + self._told_after(end) - (len(run) > 3)
        score -= 3 * (fold(before) in ARTICLES or self.quoted(start, end))
        score -= 2 * (before in _PLACE_BEFORE)
        score += before in _PERSON_BEFORE or before == after == ","
        score += (after in _PERSON_AFTER) + bool(_TAIL.match(run[-1]))
        score += not vocabulary("particles").isdisjoint(run[1:-1])  # « Nilda da Costa Ramos »
        return score + 2 * self._recurs(start, end)

    def quoted(self, start: int, end: int) -> bool:
        """Tell whether a run is all that stands between quotation marks, as works do."""
        return (
            start > 0
            and end < len(self.forms)
            and self.forms[start - 1] in _QUOTES
            and self.forms[end] in _QUOTES
        )

    def _recurs(self, start: int, end: int) -> bool:
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

    def _role_before(self, start: int) -> bool:
        """Tell whether a word for a person leads to a name: « le Belge », « l'avocat du maire »."""
        if not start or self.keys[start - 1] in ARTICLES | FRENCH_PARTICLES:
            return False
        if is_demonym(self.keys[start - 1]) and self.forms[start - 1][0].isupper():
            return True
        for back in range(start - 1, max(-1, start - 6), -1):
            if not self.forms[back][0].isalpha():
                return False
            if self._is_role(self.keys[back]):
                return True
        return False

    def _is_role(self, key: str) -> bool:
        """Tell whether a word is a word for a person."""
        return key in vocabulary("roles") or key in vocabulary("titles")

    def _told_after(self, end: int) -> int:
        """Weigh what follows a name: an age, a role, a verb of speech."""
        after = self.keys[end : end + 4]
        if len(after) < 4:
            return 0
        if after[0] in {",", "("}:
            if after[1].isdigit() and after[2] == "ans":
                return 3
            return 2 * any(map(self._is_role, after[1:]))
        return 2 * (after[after[0] == "a"] in vocabulary("speech"))
