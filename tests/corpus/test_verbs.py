"""Forms of verbs that only a list joins to their infinitive."""

import pytest

from corpus.analysis import fold, root, stem
from corpus.function_words import is_function_word
from corpus.verbs import forms, verb


@pytest.mark.parametrize(
    ("infinitive", "several"),
    [
        ("mourir", "meurt meurent mort morte mourut mourra"),
        ("prendre", "pris prise prennent prenait prit"),
        ("apprendre", "apprend appris apprennent"),
        ("devenir", "devient devenu devinrent deviendra"),
        ("élire", "élu élue élisent élira"),
        ("réélire", "réélu réélue"),
        ("vouloir", "veut veulent voulu voudrait"),
        ("juger", "juge jugé jugée jugeait jugent"),
        ("réclamer", "réclame réclament réclamait"),
        ("rappeler", "rappelle rappellent"),
        ("naître", "naît né née naquit naissent"),
    ],
)
def test_forms_of_a_verb_meet(infinitive, several):
    found = {verb(form) for form in several.split() if not is_function_word(form)}
    assert found == {verb(infinitive)} == {fold(infinitive)}
    assert {fold(form) for form in several.split()} - {"ne"} <= set(forms(fold(infinitive)))


@pytest.mark.parametrize(
    "word", ["part", "cours", "nuit", "lit", "entreprise", "devant", "maintenant", "est", "a", ""]
)
def test_what_is_commoner_as_another_word_is_no_verb(word):
    assert verb(word) == ""
    assert forms(verb(word)) == ()


def test_a_list_is_needed_for_each_verb_in_it():
    """By stem and root alone, the forms of each would be several words."""
    verbs = {verb(form) for form in ("meurt", "pris", "juge", "réclament", "rappelle", "élu")}
    for one in verbs:
        assert len({(stem(form), root(form)) for form in forms(one)}) > 1
