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

A search adds wishes (`index.query.Preferring`), each scored by itself, multiplied by its weight,
and added; they are looked at in the `LOOKS` best articles:

- words that follow one another in the query, as a leaf whose idf is the mean of the words', in
  the manner of the sequential dependence model: D. Metzler, W. B. Croft, "A Markov Random Field
  Model for Term Dependencies", SIGIR 2005;
- the words that one passage of the body has, `PASSAGE` words long, of the best passage: the sum
  of their idfs;
- each word in the lead of the body, its first `LEAD` words: the idf of the word;
- what the words are about together (`index.topics`): the cosine of query and article, times the
  sum of the words' rarities.

`docs/relevance.md` tells what each part brings.
"""

from types import MappingProxyType

from index.fields import TextField

K1 = 0.5
B = 0.75
FIELD_WEIGHTS = MappingProxyType({TextField.TITLE: 1.5, TextField.BODY: 1.0})
DECIMALS = 6

# What an occurrence counts, by how near its form is to the word that was typed.
SAME_SPELLING = 1.0
SAME_LETTERS = 0.9  # other accents, ligatures or case
SAME_STEM = 0.4  # an inflection
SAME_ROOT = 0.3  # another word of the same make or verb, where any of the words is sought
NEAR_SPELLING = 0.3  # an edit or two away, where the reader asked for it

# What a wish counts, of the score of what is wished for.
SIDE_BY_SIDE = 0.3  # two words of the query that stand so in the article, in their order
LEAD = 60  # two or three sentences, where news say what happened
TOPIC = 0.5  # being about what the words of the query are about together
PASSAGE = 30  # a sentence or two
TOGETHER = 0.2  # the words of the query that the best passage of the body has
EARLY = 0.1  # a word in the lead of the body, however often it stands there
FUNCTION_WORD = 0.35  # a word of grammar, where any of the words is searched for
# As many of the best articles are looked at for wishes, and for freshness.
LOOKS = 100

# What being new adds where the reader asks for it: this part of its score to the newest article,
# half of that to one that is `FRESH` days older.
FRESHNESS = 0.5
FRESH = 365

# Edits allowed to a fuzzy word of this many letters: none below the first.
FUZZY_EDITS = ((3, 1), (6, 2))


def edits_allowed(folded: str) -> int:
    """Return how many insertions, deletions or substitutions a fuzzy word may suffer."""
    return max((edits for least, edits in FUZZY_EDITS if len(folded) >= least), default=0)
