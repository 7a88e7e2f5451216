"""From lists cut short to the commonest values: right, or said to be perhaps not."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.entities.entity_ledger import EntityLedger
from index.fields import Facet
from index.opensearch.naming import Naming
from index.opensearch.tallying import MOST_RECOUNTED, Listed, Tally, Told
from index.renaming import Renaming
from tests.articles import person

NAMES = [f"nom{number}" for number in range(12)]
names = st.sampled_from(NAMES)
lines = st.one_of(
    st.builds("fusionner: {} = {}, {}".format, names, names, names),
    st.builds("renommer: {} -> {}".format, names, names),
    st.builds("masquer: {}".format, names),
    st.builds("scinder: {} -> {} si id:a1, id:a2".format, names, names),
)
ledgers = st.lists(lines, max_size=4).map("\n".join)
shards = st.lists(
    st.lists(st.sets(names, max_size=5), max_size=12), min_size=1, max_size=3
)  # each article's actors, shard by shard


def told_by(counts: list[Counter[str]], wanted: int, each: int) -> Listed:
    """Return what a cluster tells whose shards tell of `each` values."""
    errors, known = 0, Counter[str]()
    heard: list[tuple[set[str], int]] = []
    for one in counts:
        first = sorted(one.items(), key=lambda pair: (-pair[1], pair[0]))[:each]
        error = first[-1][1] if len(one) > each else 0
        errors += error
        heard.append(({name for name, _ in first}, error))
        known.update(dict(first))
    listed = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))[:wanted]
    told = [
        Told(name, count, sum(error for names, error in heard if name not in names))
        for name, count in listed
    ]
    last = told[-1].least if len(told) == wanted else 0
    return Listed(told, last + errors, errors > 0)


@settings(max_examples=1000)
@given(ledgers, shards, st.integers(1, 4), st.integers(1, 14), st.integers(1, 14))
def test_the_commonest_values_are_those_of_all_articles(text, held, most, wanted, each):
    naming = Naming(Renaming(EntityLedger.parse(text)))
    indexed, shown = [], Counter[str]()
    number = 0
    for shard in held:
        counts = Counter[str]()
        for actors in shard:
            article = Article(f"a{number}", "", "", entities=tuple(map(person, sorted(actors))))
            number += 1
            counts.update(actors)
            shown.update({one.key for one in naming.renaming.applied(article).entities})
        indexed.append(counts)
    tally = Tally(naming, Facet.ACTOR, told_by(indexed, wanted, each), most)
    again = {value: shown[value] for value in tally.doubtful[:MOST_RECOUNTED]}
    found, missing = tally.commonest(again)
    right = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    if wanted > len(NAMES) and each >= len(NAMES):
        assert not missing
    assert missing or [*found.items()] == right
    assert all(shown[value] == count for value, count in found.items())
