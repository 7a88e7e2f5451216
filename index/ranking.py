"""The ranking formula and its parameters, in the one place that every engine reads.

A leaf of the query tree (a word with all its forms, a phrase) is scored as one term by
BM25F: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009, equations 3.15 to 3.18. Field frequencies, divided by the field's length
norm and weighted, are added up before saturation:

    w(d)     = sum over fields f of  weight[f] * tf(f, d) / (1 - b + b * len(f, d) / avg(f))
    score(d) = idf * w(d) * (k1 + 1) / (w(d) + k1)
    idf      = ln(1 + (N - n + 0.5) / (n + 0.5))

with N articles in all and n that hold the leaf. The score of an article is the sum over
the leaves that it matches, rounded to `DECIMALS` so that every engine breaks ties alike:
equal scores, the newer first, then by id.
"""

from types import MappingProxyType

from index.query import TextField

K1 = 1.2
B = 0.75
FIELD_WEIGHTS = MappingProxyType({TextField.TITLE: 2.0, TextField.BODY: 1.0})
DECIMALS = 6

# What an occurrence counts, by how near its form is to the word that was typed.
SAME_SPELLING = 1.0
SAME_LETTERS = 0.9  # other accents, ligatures or case
SAME_STEM = 0.8  # an inflection
NEAR_SPELLING = 0.6  # an edit or two away, where the reader asked for it

# Edits allowed to a fuzzy word of this many letters: none below the first.
FUZZY_EDITS = ((3, 1), (6, 2))


def edits_allowed(folded: str) -> int:
    """Return how many insertions, deletions or substitutions a fuzzy word may suffer."""
    return max((edits for least, edits in FUZZY_EDITS if len(folded) >= least), default=0)
