"""Names are found in labels as word by word comparison finds them."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.analysis import fold, words
from index.evaluation.labels import Labels

PIECES = st.sampled_from(["Le", "monde", "Monde", "d'Été", "été", "-", "\n", ""])
NAMES = st.lists(PIECES, max_size=4)


@given(st.lists(NAMES.map(" ".join), max_size=6), NAMES.map(" ".join), st.booleans())
def test_a_name_is_found_where_its_words_stand_side_by_side(labels, name, whole):
    wanted = [fold(word) for word in words(name)]
    right = []
    for place, label in enumerate(labels):
        have = [fold(word) for word in words(label)]
        starts = range(len(have) - len(wanted) + 1)
        inside = any(have[start : start + len(wanted)] == wanted for start in starts)
        if wanted and (have == wanted if whole else inside):
            right.append(place)
    assert list(Labels.of(labels).holding(name, whole)) == right
