"""What a ledger says, and what it is told off for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import EntityKind
from corpus.entities.entity_ledger import EntityLedger, Split


def parsed(*lines: str) -> EntityLedger:
    return EntityLedger.parse("\n".join(lines))


def test_each_statement():
    ledger = parsed(
        "\ufeff# Le registre de la rédaction",
        "",
        "fusionner: Vladimir Poutine = Putin, Wladimir  Putin   # deux graphies",
        "RENOMMER : Front national → Rassemblement national",
        "scinder: Bush -> George H. W. Bush si annee:1989, source:« Le Soir, midi », pays:Irak",
        'masquer: Reuters, "Sport, culture"',
        "genre: Médecins sans frontières = Organisation",
        "fusionner pays: Russie = URSS",
        "renommer pays: Birmanie -> Myanmar",
    )
    assert ledger.faults == ()
    assert ledger.actors == {
        "Putin": "Vladimir Poutine",
        "Wladimir Putin": "Vladimir Poutine",
        "Front national": "Rassemblement national",
        "Reuters": None,
        "Sport, culture": None,
    }
    conditions = (("annee", "1989"), ("source", "Le Soir, midi"), ("pays", "IQ"))
    assert ledger.splits == (Split("Bush", "George H. W. Bush", conditions),)
    assert ledger.kinds == {"Médecins sans frontières": EntityKind.ORGANISATION}
    assert (ledger.countries, ledger.labels) == ({"SU": "RU"}, {"MM": "Myanmar"})
    assert ledger.actor_lines == {
        "Bush": 5, "Médecins sans frontières": 7, "Putin": 3, "Wladimir Putin": 3,
        "Front national": 4, "Reuters": 6, "Sport, culture": 6,
    }  # fmt: skip


def test_chains_lead_to_their_end():
    ledger = parsed("fusionner: B = A", "renommer: B -> C", "fusionner: D = C", "masquer: X")
    assert ledger.actors == {"A": "D", "B": "D", "C": "D", "X": None}
    assert parsed("fusionner: X = A", "masquer: X").actors == {"A": None, "X": None}
    assert not parsed("# rien")
    assert parsed("masquer: X")


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        (["fusionner: A = B", "fusionner: C = B"], 2, "gardez une seule"),
        (["masquer: B", "renommer: B -> C"], 2, "« B » est masqué"),
        (["renommer: A -> B", "renommer: B -> C", "renommer: C -> A"], 3, "cercle"),
        (["genre: A = personne", "genre: A = organisation"], 2, "ligne 1"),
        (["genre: A = personne", "masquer: A"], 1, "son genre ne se verrait pas"),
        (["scinder: A -> B si id:1", "fusionner: A = B"], 1, "les réunit"),
        (["scinder: A -> B si id:1", "scinder: A -> C si annee:2015, id:1"], 2, "même condition"),
        (["fusionner pays: Russie = URSS", "masquer pays: SU"], 2, "« URSS » est masqué"),
        (["masquer pays: Syldavie"], 1, "n'est pas un pays"),
        (["renommer pays: RU -> Rus", "renommer pays: Russie -> Ruscie"], 2, "un seul nom"),
        (["genre pays: Russie = personne"], 1, "aux acteurs"),
        (["genre: A = fleuve"], 1, "genre: NOM = personne"),
        (["scinder: A -> B si humeur:bonne"], 1, "« humeur:bonne » n'est pas une condition"),
        (["scinder: A -> B"], 1, "scinder: NOM -> PARTIE si"),
        (["fusionner: A = B = C"], 1, "fusionner: NOM = ANCIEN"),
        (["fusionner: A, B = C"], 1, "fusionner: NOM = ANCIEN"),
        (["renommer: A, B -> C"], 1, "renommer: ANCIEN -> NOUVEAU"),
        (["masquer:"], 1, "masquer: NOM, NOM"),
        (["Vladimir Poutine = Putin"], 1, "fusionner, renommer, scinder, masquer, genre"),
    ],
)
def test_faults_name_their_line_and_the_remedy(lines, line, words):
    (fault,) = parsed(*lines).faults
    assert fault.line == line
    assert words in fault.text


def test_what_is_sound_is_applied_all_the_same():
    ledger = parsed("fusionner: A = B", "fusionner: C = B", "n'importe quoi", "masquer: X")
    assert ledger.actors == {"B": "A", "X": None}
    assert [fault.line for fault in ledger.faults] == [2, 3]


@given(st.lists(st.one_of(st.text(), st.from_regex(
    r"(fusionner|renommer|scinder|masquer|genre)( pays)?: ?[ABC,«\"»=> si:-]{0,12}", fullmatch=True
))))  # fmt: skip
def test_any_text_is_read(lines):
    text = "\n".join(lines)
    ledger = EntityLedger.parse(text)
    for name, shown in ledger.actors.items():
        assert shown is None or ledger.actors.get(shown, shown) == shown
        assert shown != name
    assert all(1 <= fault.line <= len(text.splitlines()) for fault in ledger.faults)
