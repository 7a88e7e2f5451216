"""Which names of actors are probably one actor's, judged by the names and their frequency.

Names are compared only inside blocks that a key brings together (the sound of a family
name, initials, the words that say something), so that the work grows with their number.
A given name that is another one's tells two people apart: no two Le Pen, no two Macron.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rapidfuzz.distance import OSA

from corpus.analysis import fold
from corpus.entities.name_words import is_given
from corpus.entities.transliteration import sound

_PARTS = re.compile(r"[^\W_]+\+?")  # « Canal+ » is not « Canal »
_SAY_NOTHING = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur"}
)
# Of the names that an initial or a misspelt given name may stand for, one must be so many
# times as frequent as all the others together.
_DOMINANT = 20
# A misspelling is so many times rarer, at the least, than what it should be.
_RARER = 5
_LONG_ENOUGH = 5  # letters of a given name that may be misspelt
_WORDS_THAT_SAY = 3
_FEMININE = frozenset({"e", "le", "ne", "te", "a"})
_KNOWN = 2  # times as frequent as the family name alone
_INITIAL = re.compile(r"[^\W\d_]\.")
_ACRONYM = re.compile(r"[A-Z]{2,7}")


class Reason(StrEnum):
    """Why two names are probably one actor's."""

    SPELLING = "graphies d'un même nom"
    WORDS = "mêmes mots"
    INITIAL = "initiale du prénom"
    MISSPELLING = "prénom mal écrit"
    SURNAME = "nom de famille seul"
    ACRONYM = "sigle"


@dataclass(frozen=True, slots=True)
class Likely:
    """Two names that are probably one actor's; `kept` is the one to show."""

    kept: str
    other: str
    reason: Reason


@dataclass(frozen=True)
class _Name:
    """A name, cut up. articles: how many it is in."""

    text: str
    articles: int

    @cached_property
    def parts(self) -> tuple[str, ...]:
        return tuple(filter(None, map(fold, _PARTS.findall(self.text))))

    @property
    def first(self) -> str:
        return self.parts[0]

    @cached_property
    def heard(self) -> tuple[str, ...]:
        """The sound of each part."""
        return tuple(sound(" ".join(self.parts)).split(" "))

    @cached_property
    def saying(self) -> tuple[str, ...]:
        """The words that say something, without the s of a plural."""
        return tuple(
            part.removesuffix("s") or part for part in self.parts if part not in _SAY_NOTHING
        )


def likely_merges(counts: Mapping[str, int]) -> Iterator[Likely]:
    """Yield pairs of names that are probably one actor's, each rarer name once.

    counts: in how many articles each name is.
    """
    names = [_Name(text, articles) for text, articles in sorted(counts.items())]
    names = [name for name in names if name.parts]
    taken: set[str] = set()
    for found in (
        *_same(names, Reason.SPELLING),
        *_same(names, Reason.WORDS),
        *_people(names),
        *_surnames(names),
        *_acronyms(names),
    ):
        if found.other not in taken and found.kept not in taken:
            taken.add(found.other)
            yield found


def _blocks(pairs: Iterable[tuple[object, _Name]]) -> Iterator[list[_Name]]:
    """Yield the names that share a key, the most frequent first, where there are several."""
    blocks: defaultdict[object, list[_Name]] = defaultdict(list)
    for key, name in pairs:
        blocks[key].append(name)
    for block in blocks.values():
        if len(block) > 1:
            yield sorted(block, key=lambda one: (-one.articles, one.text))


def _same(names: Iterable[_Name], reason: Reason) -> Iterator[Likely]:
    """Yield names that sound the same, or say the same in as many words."""
    for kept, *others in _blocks(_same_keys(names, reason)):
        for other in others:
            if not _man_and_woman(kept, other):
                yield Likely(kept.text, other.text, reason)


def _same_keys(names: Iterable[_Name], reason: Reason) -> Iterator[tuple[object, _Name]]:
    for name in names:
        several = len(name.saying) >= _WORDS_THAT_SAY and not is_given(name.first)
        if reason is Reason.WORDS and several:
            yield name.saying, name
        # Of a single word, one letter may make another name: « Siba », « Chiba ».
        if reason is Reason.SPELLING:
            yield (name.heard if len(name.parts) > 1 else name.parts), name


def _people(names: Iterable[_Name]) -> Iterator[Likely]:
    """Yield people of one family name whose given names are one, shortened or misspelt."""
    people = (name for name in names if len(name.parts) > 1)
    for block in _blocks((name.heard[1:], name) for name in people):
        full = [name for name in block if is_given(name.first)]
        for name in block:
            if _INITIAL.match(name.text) and len(name.parts[-1]) > 2:
                kept = _dominant(one for one in full if one.first[0] == name.first)
                if kept and kept.articles >= name.articles:
                    yield Likely(kept.text, name.text, Reason.INITIAL)
            elif len(name.first) >= _LONG_ENOUGH and not is_given(name.first):
                near = (one for one in full if _misspelt(name, one))
                if kept := _dominant(near):
                    yield Likely(kept.text, name.text, Reason.MISSPELLING)


def _misspelt(name: _Name, meant: _Name) -> bool:
    return (
        meant.articles >= _RARER * name.articles
        and not _man_and_woman(name, meant)
        and OSA.distance(name.first, meant.first, score_cutoff=1) <= 1
    )


def _man_and_woman(one: _Name, other: _Name) -> bool:
    """Tell whether given names differ as « Emmanuel » and « Emmanuelle » do."""
    short, long = sorted((one.first, other.first), key=len)
    return long.startswith(short) and long[len(short) :] in _FEMININE


def _dominant(names: Iterable[_Name]) -> _Name | None:
    """Return the one of some names that nearly all articles mean, or None."""
    ranked = sorted(names, key=lambda one: (-one.articles, one.text))
    others = sum(one.articles for one in ranked[1:])
    return ranked[0] if ranked and ranked[0].articles >= _DOMINANT * others else None


def _surnames(names: Iterable[_Name]) -> Iterator[Likely]:
    """Yield family names that stand alone and are borne by one person only."""
    alone = {name.parts: name for name in names}
    bearers: defaultdict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in names:
        if is_given(name.first):
            for start in range(1, len(name.parts)):
                if name.parts[start:] in alone:
                    bearers[name.parts[start:]].append(name)
    for parts, (first, *others) in bearers.items():
        bare = alone[parts]
        known = first.articles >= _KNOWN * bare.articles and not bare.text.isupper()
        # « Paul Alduy » is no family name of Jean-Paul's.
        if known and not others and not (len(parts) > 1 and is_given(bare.first)):
            yield Likely(first.text, bare.text, Reason.SURNAME)


def _acronyms(names: Iterable[_Name]) -> Iterator[Likely]:
    """Yield acronyms with the one name of which they are the initials."""
    acronyms = {name.text: name for name in names if _ACRONYM.fullmatch(name.text)}
    spelt: defaultdict[str, list[_Name]] = defaultdict(list)
    for name in names:
        if len(name.parts) > 1 and not is_given(name.first):
            for initials in {_initials(name.parts), _initials(name.saying)}:
                if initials in acronyms:
                    spelt[initials].append(name)
    for initials, full in spelt.items():
        if best := _dominant(full):
            pair = sorted((acronyms[initials], best), key=lambda one: (-one.articles, one.text))
            yield Likely(pair[0].text, pair[1].text, Reason.ACRONYM)


def _initials(parts: Iterable[str]) -> str:
    return "".join(part[0] for part in parts).upper()
