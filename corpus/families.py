"""Which articles tell the same story: those of the same text, and those of nearly the same.

An article is known by its fingerprint. Two fingerprints tell the same story when their
MinHash signatures meet (Broder, "On the resemblance and containment of documents", 1997)
and enough of the shorter text stands, in the same order, in the longer one. What that
finds, and what it costs, is in docs/decisions/0004-families.md.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import ceil
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import LCSseq
from rensa import RMinHash

from corpus.analysis import fold
from corpus.dates import Precision, Published

# Raise `index.generations.SCHEMA_VERSION` with any of these: fingerprints are kept.
SIGNATURE = 32  # numbers of a MinHash signature
_NUMBER = 0xFFFF  # what is kept of each
_SEED = 2016
LEAST_SHARED = 2  # numbers that the signatures of near duplicates have in common
LEAST_COMMON = 0.5  # of the shorter text, in the longer one
LEAST_COVERED = 0.3  # of the longer text, so that a digest is no copy of its briefs
LEAST_COMMON_LATER = 0.8  # of the longer text: the weekly bulletin is no copy of last week's
LATER = 6  # days apart, from which on that is asked
LEAST_WORDS = 20  # of weight, for a text to be compared
_LEAST_EXACT = 5  # words of weight, for the same text to be no accident: "Lire la suite"
_MOST_WORDS = 2000  # of weight that are compared, from the beginning
_GRAMMAR = 3  # letters of a word that carries no weight; any two texts share these
_CODES = 0xD7FF  # characters below the surrogates


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


def fingerprint(
    title: Sequence[str], body: Sequence[str], published: Published | None = None
) -> Fingerprint:
    """Return the fingerprint of an article, given the words of its title and body."""
    coded = "".join(map(character, body))
    return coded_fingerprint(coded, lambda: (title, body), published)


def coded_fingerprint(
    coded: str,
    words: Callable[[], tuple[Sequence[str], Sequence[str]]],
    published: Published | None,
) -> Fingerprint:
    """Return the fingerprint of an article.

    coded: the `character` of each word of its body. words: those of its title and body,
    asked for where the body is short.
    """
    known = published is not None and published.precision not in _VAGUE
    day = published.day.toordinal() if published and known else 0
    if len(coded) >= LEAST_WORDS:
        # The low byte of each character tells words apart well enough.
        words_of_weight = coded[:_MOST_WORDS].encode("utf-16-le")[::2]
        return Fingerprint(_hashed(coded), day, _signature(coded), words_of_weight)
    title, body = words()
    enough = len(coded) + len("".join(map(character, title))) >= _LEAST_EXACT
    text = _hashed(f"{_folded(title)} / {_folded(body)}") if enough else 0
    return Fingerprint(text, day, _NO_SIGNATURE, b"")


@lru_cache(maxsize=1 << 18)
def character(word: str) -> str:
    """Return the character that stands for a word, none for a word of grammar."""
    folded = fold(word)
    if len(folded) <= _GRAMMAR and not folded.isdigit():
        return ""
    return chr(1 + crc32(folded.encode("utf-8", "surrogatepass")) % _CODES)


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


_NO_SIGNATURE = (0,) * SIGNATURE
_VAGUE = (Precision.MONTH, Precision.YEAR)


def _signature(coded: str) -> list[int]:
    """Return the MinHash of a text's shingles: two words side by side."""
    minhash = RMinHash(SIGNATURE, _SEED)
    minhash.update([coded[place : place + 2] for place in range(len(coded) - 1)])
    return [number & _NUMBER for number in minhash.digest()]


def _folded(words: Sequence[str]) -> str:
    return " ".join(map(fold, words))


def _hashed(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1
