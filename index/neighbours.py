"""Words of the index that are spelt nearly like another: what a misspelt word may have meant."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA, Levenshtein

from corpus.analysis import fold
from index.evaluation.reach import FOLDED
from index.evaluation.view import View
from index.fields import TextField
from index.ranking import edits_allowed
from index.results import Form

MOST_NEIGHBOURS = 10
_SWAPPABLE = 3  # letters


def neighbours(view: View, word: str) -> list[Form]:
    """Return the words nearest to one: the fewest edits first, then the commonest.

    Words of the same letters count as one, in the spelling most articles have. Without
    accents the word itself is at no distance, hence first where the index holds it.
    """
    folded = fold(word)
    counts: dict[str, int] = {}
    for field in (TextField.BODY, TextField.TITLE):
        held: Counter[str] = Counter()
        for segment, name in view.terms(field):
            ranks = segment.terms_near_key(name, FOLDED, folded, _reach(folded))
            for rank in ranks.tolist():
                held[segment.term(name, rank)] += segment.document_frequency(name, rank)
        counts = held | counts
    return nearest(folded, counts)


def nearest(folded: str, counts: Mapping[str, int]) -> list[Form]:
    """Return words in order of nearness.

    counts: how many articles hold each spelling in their bodies; where none does, in their titles.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for text in counts:
        alike[fold(text)].append(text)
    reach, most = _reach(folded), edits_allowed(folded)
    found = [
        (edits, _form(texts, counts))
        for key, texts in alike.items()
        if Levenshtein.distance(folded, key) <= reach
        and (edits := OSA.distance(folded, key)) <= most
    ]
    found.sort(key=lambda one: (one[0], -one[1].articles, one[1].text))
    return [form for _, form in found[:MOST_NEIGHBOURS]]


def _form(texts: Iterable[str], counts: Mapping[str, int]) -> Form:
    spelling = max(texts, key=lambda text: (counts[text], text))
    return Form(spelling, sum(counts[text] for text in texts))


def _reach(folded: str) -> int:
    # Two letters that changed places are two edits to the index, and one slip to the reader.
    return 2 if len(folded) > _SWAPPABLE else edits_allowed(folded)
