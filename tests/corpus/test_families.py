"""Which articles tell the same story."""

from datetime import date
from random import Random

import pytest

from corpus.analysis import words
from corpus.dates import Precision, Published
from corpus.families import Fingerprint, same_story
from index.fingerprints import fingerprint
from index.minhash import SIGNATURE

FLOOD = """La Valserine est sortie de son lit dans la nuit de mardi à mercredi, après trois jours
de pluies ininterrompues sur les hauteurs du canton. Quarante habitants du quartier des Tanneries
ont été conduits par les pompiers vers le gymnase municipal, où la Croix-Rouge avait installé des
lits de camp. Le maire, Étienne Rabourdin, a demandé que l'état de catastrophe naturelle soit
reconnu avant la fin de la semaine. Selon les services de la préfecture, le niveau de la rivière
devrait baisser jeudi, mais les routes départementales resteront coupées jusqu'à dimanche."""
STRIKE = """Les conducteurs du tramway cesseront le travail vendredi à l'appel de deux syndicats,
qui réclament l'embauche de trente agents et la réouverture du dépôt des Forges. La direction
propose douze embauches étalées sur deux ans, une offre jugée méprisante par les délégués. La
circulation sera réduite de moitié aux heures de pointe et nulle après vingt heures. Les élus de
l'opposition ont demandé une séance extraordinaire du conseil communautaire."""
TITLE = "La Valserine déborde"
KEPT_TEXT = 12319398291279394700
KEPT_SIGNATURE = [34892, 62842, 35357]


def printed(body: str, title: str = TITLE, day: Published | None = None) -> Fingerprint:
    return fingerprint(words(title), words(body), day)


def edited(text: str, share: float, seed: int) -> str:
    """Return a text of which a share of the words are others."""
    random = Random(seed)
    others = STRIKE.split()
    return " ".join(random.choice(others) if random.random() < share else w for w in text.split())


def test_the_same_text_whatever_its_spaces_case_and_accents():
    shouted = printed(FLOOD.upper().replace("É", "E"))
    assert printed(FLOOD) == shouted
    assert same_story(printed(FLOOD), printed("\n\n".join(FLOOD.split(". ")), "Autre titre"))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_text_of_which_words_were_changed(share):
    found = [same_story(printed(FLOOD), printed(edited(FLOOD, share, seed))) for seed in range(40)]
    assert sum(found) >= 39


def test_a_text_with_a_paragraph_more_or_less():
    paragraph = STRIKE[:200]
    assert same_story(printed(FLOOD), printed(f"{paragraph}\n\n{FLOOD}"))
    assert same_story(printed(FLOOD), printed(FLOOD[: len(FLOOD) // 2]))


def test_other_stories_and_digests_of_many():
    assert not same_story(printed(FLOOD), printed(STRIKE))
    # A review of the press that quotes an article whole is not a copy of it.
    review = f"{STRIKE} {FLOOD} {edited(STRIKE, 0.9, 1)} {STRIKE[::-1]} {FLOOD[::-1]}"
    assert not same_story(printed(FLOOD), printed(review))


def test_the_bulletin_of_the_week_after_is_another():
    first, later = Published(date(2016, 3, 1)), Published(date(2016, 3, 8))
    again = edited(FLOOD, 0.4, 2)
    assert same_story(printed(FLOOD, day=first), printed(again, day=first))
    assert not same_story(printed(FLOOD, day=first), printed(again, day=later))
    vague = Published(date(2016, 1, 1), Precision.YEAR)
    assert same_story(printed(FLOOD, day=vague), printed(again, day=later))
    assert same_story(printed(FLOOD, day=first), printed(FLOOD, day=later))


def test_short_texts_are_the_same_or_not():
    assert same_story(
        printed("Le pont rouvre lundi matin."), printed("Le pont rouvre lundi matin.")
    )
    assert not same_story(printed("Le pont rouvre."), printed("Le pont rouvre lundi."))
    assert not same_story(printed("Lire la suite", "Brève"), printed("Lire la suite", "Brève"))
    assert not same_story(printed("", ""), printed("", ""))
    assert printed("", "") == (0, 0, (0,) * SIGNATURE, b"")


def test_what_is_kept_in_an_index_does_not_change():
    """Fingerprints are kept: were they to change, the schema's version must too."""
    kept = printed("pluie vent grêle " + " ".join(f"{number:04}" for number in range(30)))
    assert kept.text == KEPT_TEXT
    assert list(kept.signature[:3]) == KEPT_SIGNATURE
