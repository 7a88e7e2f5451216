"""Organisations: which names are some, and how they are called."""

import pytest

from corpus.article import EntityKind
from corpus.entities.finding import find_entities


def organisations(body: str) -> list[str]:
    found = find_entities("", body)
    return [entity.label for entity in found if entity.kind is EntityKind.ORGANISATION]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        # One label whatever the form
        ("L'ONU et les Nations Unies", ["ONU"]),
        ("L'O.N.U. se réunit.", ["ONU"]),
        ("Daech, l'EI, le groupe État islamique", ["État islamique"]),
        ("Le PSG gagne, le Paris Saint-Germain jubile.", ["Paris Saint-Germain"]),
        ("Les Echos et les Échos", ["Les Échos"]),
        # Ministries, courts, universities, hospitals
        ("Le ministère de l’Intérieur confirme.", ["ministère de l'Intérieur"]),
        ("au ministère de l'Économie et des Finances", ["ministère de l'Économie et des Finances"]),
        ("le ministère de la Transition écologique et solidaire",
         ["ministère de la Transition écologique et solidaire"]),
        ("devant le tribunal correctionnel de Bobigny", ["tribunal correctionnel de Bobigny"]),
        ("La cour d'appel de Douai tranche.", ["cour d'appel de Douai"]),
        ("à l'université de Lille", ["université de Lille"]),
        ("à l'hôpital Georges-Pompidou", ["hôpital Georges-Pompidou"]),
        # Names that a noun with a capital begins
        ("la Fédération nationale des apiculteurs", ["Fédération nationale des apiculteurs"]),
        ("l'Institut polaire français", ["Institut polaire français"]),
        ("le Syndicat des guides de montagne (SGM) proteste", ["Syndicat des guides de montagne"]),
        # Names that a common noun leads to
        ("la société Lumaprod recrute", ["Lumaprod"]),
        ("le quotidien local \"Le Phare de Ré\" raconte", ["Le Phare de Ré"]),
        ("selon la chaîne One Valley News", ["One Valley News"]),
        ("le club belge FC Torhout", ["FC Torhout"]),
        ("l'éditeur Blue Harbour Studios", ["Blue Harbour Studios"]),
        ("le site d'information américain Nuvio", ["Nuvio"]),
        ("le Club des communes habitables", ["Club des communes habitables"]),
        ("l'association Alerte des pharmaciens", ["Alerte des pharmaciens"]),
        ("l'Agence de l'aviation civile australe", ["Agence de l'aviation civile australe"]),
        ("l'association Renards des Dunes", ["Renards des Dunes"]),
        ("l'association Ville et Rivage", ["Ville et Rivage"]),
        ("selon l'association des petites gares de France",
         ["association des petites gares de France"]),
        ("l'Association des entreprises horticoles", ["Association des entreprises horticoles"]),
        ("la militante d'ATD-Quart Monde", ["ATD Quart Monde"]),
        ("la Direction de l'accueil, de la sûreté et de la mobilité", [
            "Direction de l'accueil, de la sûreté et de la mobilité"]),
        ("aux éditions Michel Vasseur", ["Michel Vasseur"]),
        ("la société de production Telarex", ["Telarex"]),
        ("le groupe de travail Covid", []),
        # Names of which somebody is the head, or that end as a company's
        ("le patron de Norsk Varden", ["Norsk Varden"]),
        ("le directeur général de Beltrom", ["Beltrom"]),
        ("le président de Lyon", []),
        ("elle dirige Marelya Consulting", ["Marelya Consulting"]),
        ("avec Delvac Automobili", ["Delvac Automobili"]),
        # Names of people in names
        ("à l'hôpital Joseph Ducuing", ["hôpital Joseph Ducuing"]),
        ("au lycée agricole Simone Weil", ["lycée agricole Simone Weil"]),
        ("le président de la Cour Pierre Moscovici", []),
        # Articles that a preposition took
        ("confie-t-il au Parisien, selon des informations du Point", ["Le Parisien", "Le Point"]),
        ("le chef des Républicains", ["Les Républicains"]),
        ("dans les colonnes de Gala, avant le Gala de la presse", ["Gala"]),
        ("Coupe du Monde", []),
        # No organisation
        ("au départ du Blue Cars Rally", []),
        ("la mosquée Al-Farwa", []),
        ("une association des amis de Lyon", []),
        ("la cour d'honneur du château", []),
        ("un retard de 20 minutes", []),
        ("un essai clinique Orpheus", []),
        ("devant l'Hôtel de Ville", []),
        ("la prime de rentrée des artisans (PRA) augmente, la PRA aussi", []),
        ("l'aide de rentrée scolaire (ARS) augmente, l'ARS aussi", []),
        ("la ministre suédoise des Affaires maritimes", []),
        ("la catégorie Groupe B", []),
        ("pendant l'Aïd el-Fitr", []),
        ("au 12, rue de l'Université", []),
        ("la police, le parquet, la mairie et le gouvernement", []),
        ("le conseil des ministres de mercredi", []),
        ("un Airbus s'est posé, sa Ferrari aussi", []),
        ("en vigilance orange, alerte Orange", []),
        ("la Ligue 1 et la Ligue des champions", []),
        ("le parti de Marine Le Pen", []),
        ("Libération de l'otage : les faits", []),
        ("l'Union soviétique", []),
        ("Parti de Saint-Malo, le skipper a gagné.", []),
        ("Le Kremlin et l'Élysée se taisent, la Maison Blanche et Matignon aussi.", []),
        ("Dassault Systèmes recrute, Serge Dassault est mort.", ["Dassault Systèmes"]),
    ],
)  # fmt: skip
def test_organisations(text: str, labels: list[str]):
    assert organisations(text) == labels


def test_a_short_form_is_the_full_one_of_the_same_article():
    text = "Le Conseil national a voté. Le Conseil national des luthiers est à Mirecourt."
    assert organisations(text) == ["Conseil national des luthiers"]


def test_a_ministry_is_the_only_one_of_its_kind_in_the_article():
    text = "Le ministère de la Santé dément. Le ministère belge de la Santé a vérifié."
    assert organisations(text) == ["ministère belge de la Santé"]
    text += " Le ministère grec de la Santé aussi."
    assert organisations(text) == [
        "ministère de la Santé",
        "ministère belge de la Santé",
        "ministère grec de la Santé",
    ]


def test_an_acronym_is_that_of_the_name_before_it():
    """Whatever it means elsewhere."""
    text = "L'Association des maires de France (AMF) refuse. L'AMF l'a dit."
    assert organisations(text) == ["Association des maires de France"]
    text = "L'Autorité des marchés financiers (AMF) refuse. L'AMF l'a dit."
    assert organisations(text) == ["Autorité des marchés financiers"]


@pytest.mark.parametrize(
    "text",
    [
        "La nouvelle présidente de Géorgie a prêté serment.",
        "Le patron de Matignon a tranché.",
    ],
)
def test_a_country_or_a_seat_of_power_is_no_organisation(text: str):
    found = find_entities("", text)
    assert [one.key for one in found if one.kind is EntityKind.ORGANISATION] == []


def test_france_televisions_in_small_letters():
    found = find_entities("", "La direction de France télévisions a répondu.")
    assert [one.key for one in found] == ["France Télévisions"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Après les révélations du Monde, le ministre se tait.", ["Le Monde"]),
        ("Dans un entretien au Monde, elle nie.", ["Le Monde"]),
        ("Le plus vieux pont du Monde s'effondre.", []),
        (
            "L'Autorité palestinienne et la Monusco protestent.",
            ["Autorité palestinienne", "Monusco"],
        ),
        ("Le magazine auquel Mme Morel s'est confiée", []),
        ("Un manège s'est effondré près d'Orange.", []),
        ("L'opérateur Orange recrute.", ["Orange"]),
    ],
)
def test_newspapers_and_bodies_that_are_words_too(text: str, labels: list[str]):
    assert organisations(text) == labels
