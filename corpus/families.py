"""Which articles tell the same story: those of the same text, and those of nearly the same.

An article is known by its fingerprint. Two fingerprints tell the same story when their
MinHash signatures meet (Broder, "On the resemblance and containment of documents", 1997)
and enough of the shorter text stands, in the same order, in the longer one. What that
finds, and what it costs, is in docs/decisions/0004-families.md.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from math import ceil
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq

from corpus.analysis import fold
from corpus.dates import Precision, Published

# Raise `index.embedded.manifest.SCHEMA_VERSION` with any of these: fingerprints are kept.
LEAST_SHARED = 2  # numbers that the signatures of near duplicates have in common
LEAST_COMMON = 0.5  # of the shorter text, in the longer one
LEAST_COVERED = 0.3  # of the longer text, so that a digest is no copy of its briefs
LEAST_COMMON_LATER = 0.8  # of the longer text: the weekly bulletin is no copy of last week's
LATER = 6  # days apart, from which on that is asked
LEAST_WORDS = 20  # of weight, for a text to be compared
_LEAST_EXACT = 5  # words of weight, for the same text to be no accident: "Lire la suite"
MOST_WORDS = 2000  # of weight that are compared, from the beginning
_GRAMMAR = 3  # letters of a word that carries no weight; any two texts share these
_CODES = 0xFFFF


class Fingerprint(NamedTuple):
    """What is kept of an article to compare it by.

    text: 64 bits of the hash of its words, 0 where they are too few.
    day: the ordinal of the day of publication, 0 where it is not known to the day.
    signature: the MinHash of its pairs of words; all 0 where there are too few.
    words: a byte for each word of weight, in order; empty where there are too few.
    """

    text: int
    day: int
    signature: Sequence[int]
    words: bytes


def known_day(published: Published | None) -> int:
    """Return the ordinal of a day of publication, 0 where it is not known to the day."""
    known = published is not None and published.precision not in _VAGUE
    return published.day.toordinal() if published and known else 0


def coded_text(coded: bytes) -> int:
    """Return what tells a text from others, given the `code` of each of its words of weight."""
    digest = blake2b(coded, digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def short_text(title: Sequence[str], body: Sequence[str]) -> int:
    """Return what tells a text of few words from others; 0 where they are too few."""
    weighty = sum(1 for word in (*title, *body) if code(word))
    text = f"{_folded(title)} / {_folded(body)}"
    return coded_text(text.encode("utf-8", "surrogatepass")) if weighty >= _LEAST_EXACT else 0


@lru_cache(maxsize=1 << 18)
def code(word: str) -> int:
    """Return the number that stands for a word, 0 for a word of grammar.

    Its low byte tells words apart well enough to compare texts.
    """
    folded = fold(word)
    if len(folded) <= _GRAMMAR and not folded.isdigit():
        return 0
    return 1 + crc32(folded.encode("utf-8", "surrogatepass")) % _CODES


def same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two articles are copies of each other, exact or near."""
    if one.text and one.text == other.text:
        return True
    shared = sum(a == b for a, b in zip(one.signature, other.signature, strict=True))
    days = one.day and other.day and abs(one.day - other.day)
    return shared >= LEAST_SHARED and nearly_same(one.words, other.words, days)


def nearly_same(one: bytes, other: bytes, days: int = 0) -> bool:
    """Tell whether the words of two fingerprints are in good part the same, in the same order.

    The measure is their longest common subsequence, against both lengths.
    days: how far apart they were published, 0 where that is not known.
    """
    shorter, longer = sorted((len(one), len(other)))
    if not shorter:
        return False
    least = max(LEAST_COMMON * shorter, LEAST_COVERED * longer)
    if days >= LATER:
        least = LEAST_COMMON_LATER * longer
    # Below the cutoff it stops early: half the time.
    return LCSseq.similarity(one, other, score_cutoff=ceil(least)) >= least


_VAGUE = (Precision.MONTH, Precision.YEAR)


def _folded(words: Sequence[str]) -> str:
    return " ".join(map(fold, words))
