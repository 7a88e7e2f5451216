"""Whether two things stand in the same articles more often than chance would have it.

The measure is the log-likelihood ratio G² (T. Dunning, "Accurate Methods for the Statistics
of Surprise and Coincidence", Computational Linguistics 19, 1993), which holds for rare
things as well, where mutual information overrates them.
"""

from dataclasses import dataclass
from math import log

# χ² with one degree of freedom: chance alone exceeds it once in a thousand.
SIGNIFICANT = 10.83


@dataclass(frozen=True, slots=True)
class Association:
    """How many articles have both of two things.

    together: how many have both. expected: how many would if they were independent.
    strength: G², 0 where they stand together less often than that.
    """

    together: int
    expected: float
    strength: float


def association(together: int, one: int, other: int, articles: int) -> Association:
    """Measure two things: how many of all articles have both, the one, and the other."""
    expected = one * other / articles if articles else 0.0
    if together <= expected:
        return Association(together, expected, 0.0)
    observed = (together, one - together, other - together, articles - one - other + together)
    without = articles - one, articles - other
    chance = (
        expected,
        one * without[1] / articles,
        without[0] * other / articles,
        without[0] * without[1] / articles,
    )
    terms = (had * log(had / due) for had, due in zip(observed, chance, strict=True) if had)
    return Association(together, expected, max(2 * sum(terms), 0.0))
