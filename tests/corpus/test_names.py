"""Names of people: which capitals are some, and whom they mean."""

import pytest

from corpus.article import EntityKind
from corpus.entities.finding import find_entities
from corpus.entities.lexicon import cut, keys, lines, table
from corpus.entities.name_words import is_given
from corpus.entities.transliteration import sound


def persons(text: str) -> list[str]:
    return [entity.label for entity in find_entities("", text) if entity.kind is EntityKind.PERSON]


def test_given_names():
    assert all(map(is_given, ["jean", "jean-luc", "marie-lou", "vladimir", "mohammed"]))
    assert not any(map(is_given, ["paris", "ministre", "porte-avions", ""]))


def test_given_names_are_listed_once():
    names = [name for line in lines("given_names.txt") for name in line.split()]
    assert len(names) == len(set(names))
    assert len(keys(names)) > 2500


def test_no_two_figures_share_a_name():
    forms = [
        " ".join(cut(form).keys)
        for label, others in table("figures.tsv")
        for form in {label, *others.split(", ")} - {""}
    ]
    labels = [row[0] for row in table("figures.tsv")]
    assert len(labels) == len(set(labels))
    twice = {form for form in forms if forms.count(form) > 1}
    owners = {
        form: {
            label
            for label, others in table("figures.tsv")
            if form in {" ".join(cut(one).keys) for one in {label, *others.split(", ")} - {""}}
        }
        for form in twice
    }
    assert {form: who for form, who in owners.items() if len(who) > 1} == {}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        # Given names, particles, initials, accents
        ("Tamika Harrow, d'abord, puis Breonna Keller", ["Tamika Harrow", "Breonna Keller"]),
        ("Pourquoi Maïwenn Lecoz a-t-elle quitté le plateau ?", ["Maïwenn Lecoz"]),
        ("De Shakira à Madonna, elles chantent.", ["Shakira", "Madonna"]),
        ("La Franco-Iranienne Shirin Vaziri reste en prison.", ["Shirin Vaziri"]),
        ("M. Mali, le notaire, et Mme Chine", ["Mali", "Chine"]),
        ("Paris Hilton lance un parfum.", ["Paris Hilton"]),
        ("Il y avait un Luc Morel déchaîné.", ["Luc Morel"]),
        ("Cédric O répond, Malcolm X aussi.", ["Cédric O", "Malcolm X"]),
        ("le film de Bérénice Aubanel", ["Bérénice Aubanel"]),
        ("le président de l'Assemblée Richard Ferrand", ["Richard Ferrand"]),
        ("Hélène Vasseur arrive.", ["Hélène Vasseur"]),
        ("On attend Jean-Baptiste Morel demain.", ["Jean-Baptiste Morel"]),
        ("Marie de Kersaint et Luc du Plessis", ["Marie de Kersaint", "Luc du Plessis"]),
        ("Hans von der Aue a gagné.", ["Hans von der Aue"]),
        ("selon Ahmed ben Saleh", ["Ahmed ben Saleh"]),
        ("selon Nabil al-Khoury", ["Nabil al-Khoury"]),
        ("Inès d'Armont est là.", ["Inès d'Armont"]),
        ("George W. Lindell", ["George W. Lindell"]),
        ("N’Golo Sissako marque.", ["N'Golo Sissako"]),
        ("Claire MARTINEAU (divers)", ["Claire Martineau"]),
        # Two names that a hyphen joins, and one that is misspelt
        ("le sommet Macron-Xi Jinping. Xi Jinping écoute.", ["Emmanuel Macron", "Xi Jinping"]),
        ("Le duo Macron-Merkel", ["Emmanuel Macron", "Angela Merkel"]),
        ("Ève Lindell et Norbert Hauser, puis Nobert Hauser", ["Ève Lindell", "Norbert Hauser"]),
        # Storms, places, cars
        ("La tempête Ciara arrive, dit Météo-France. Ciara faiblira.", []),
        ("sur Radio Drôme Ardèche", []),
        ("une Vantage GT4 et une Mustang Blue Angels", []),
        ("La Brannock Cars expose la Quorin. Une Quorin Vesta, de Kevin Quorin.", ["Kevin Quorin"]),
        ("le prototype Brannock MkII de 1956", []),
        ("Louis XIV règne.", ["Louis XIV"]),
        # What begins a sentence
        ("Selon Hélène Vasseur, rien ne presse.", ["Hélène Vasseur"]),
        ("Interrogé Luc Morel a souri.", ["Luc Morel"]),
        ("Hier Luc Morel a souri.", ["Luc Morel"]),
        ("Park Geun-seo, la présidente, et Ahn Do-hyun", ["Park Geun-seo", "Ahn Do-hyun"]),
        ("rendre visite à Nilda da Costa Ramos, 90 ans", ["Nilda da Costa Ramos"]),
        ("Édith et Marcel de Paul Vasseur", ["Paul Vasseur"]),
        # Titles and roles
        ("M. Vasseur a voté.", ["Vasseur"]),
        ("Me Vasseur plaide.", ["Vasseur"]),
        ("le général Vasseur", ["Vasseur"]),
        ("M. Houston a voté, selon le Pr Ferguson.", ["Houston", "Ferguson"]),
        ("la ministre belge Vandeputte", ["Vandeputte"]),
        ("l'attaquant Keylor Umtobu", ["Keylor Umtobu"]),
        ("l'Ougandaise Nakitende Obwolo est première", ["Nakitende Obwolo"]),
        ("Keylor Umtobu, 31 ans, a été élu.", ["Keylor Umtobu"]),
        ("Keylor Umtobu a déclaré forfait.", ["Keylor Umtobu"]),
        ("Zhou Meiling est arrivée.", ["Zhou Meiling"]),
        ("le ministre de l'Intérieur Luc Morel", ["Luc Morel"]),
        ("la maire de New York Hélène Vasseur", ["Hélène Vasseur"]),
        # Everyone once
        ("Luc Morel parle. Morel insiste, M. Morel aussi.", ["Luc Morel"]),
        ("Morel parle. Le président Luc Morel insiste.", ["Luc Morel"]),
        ("Poutine attend. M. Poutine, le président Vladimir Poutine.", ["Vladimir Poutine"]),
        ("Bachar el-Assad et Assad", ["Bachar al-Assad"]),
        ("Philippe de Brécy parle, puis de Brécy sort, Brécy aussi.", ["Philippe de Brécy"]),
        ("P. Morel parle. Le président Paul Morel insiste.", ["Paul Morel"]),
        ("la politique d'E. Macron", ["Emmanuel Macron"]),
        # Well-known figures
        ("Macron rencontre Merkel.", ["Emmanuel Macron", "Angela Merkel"]),
        ("Edouard Philippe s'exprime.", ["Édouard Philippe"]),
        ("le pape François", ["pape François"]),
        ("L'affaire Benalla rebondit.", ["Alexandre Benalla"]),
        ("Brigitte Macron lit. Macron sort.", ["Brigitte Macron"]),
        ("Henri Giscard d'Estaing témoigne.", ["Henri Giscard d'Estaing"]),
        # A country's or a company's name can be a person's
        ("Henry Ford et Denzel Washington", ["Henry Ford", "Denzel Washington"]),
    ],
)
def test_persons(text: str, labels: list[str]):
    assert persons(text) == labels


@pytest.mark.parametrize(
    "text",
    [
        "le porte-avions Charles-de-Gaulle",
        "le porte-avions Charles de Gaulle",
        "le porte-avion Charles de Gaulle",
        "boulevard Jean-Jaurès",
        "au 4, rue Victor Hugo",
        "place du Général Leclerc",
        "le lycée Marie Curie",
        "l'université Jean Moulin",
        "Christian N. a été mis en examen, Lucie B. aussi.",
        "le collectif belge Captain Boomer",
        "France-Allemagne Séville 1982",
        "malade d'Alzheimer, de la maladie de Parkinson aussi",
        "Astérix et Peter Pan à Pearl Harbor",
        "un article de Lorraine Actu",
        "l'ouragan Maria Elena",
        "Sa fille Emma dort.",
        "Lucas a huit ans.",
        "un film, « Jean Lebrave »",
        "le Père Noël",
        "Il a visité Los Angeles et New York.",
        "le Grand Palais et le Stade Vélodrome",
        "la Première Guerre mondiale",
        "Ces derniers jours, le Black Friday",
        "une soirée à Kuala Terang",
        "l'Agence Bluestone",
        "l'épave du Dmitri Sorokine, un croiseur",
        "le Jasper National Park et le Barlow Wildlife Trust",
        "le plan B. Cette fois, il fait 40°C. Cette chaleur retombe.",
        "le député Insoumis",
        "une livrée Verde Rosa et une boîte Steptronic",
        "un pack M Sport, avec la plateforme Terza Nova",
    ],
)
def test_no_person(text: str):
    assert persons(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La contestation est partie de Sidi Bouzid. Sidi Bouzid est bouclée.",
        "Kuala Lumpur et Tel Aviv négocient à Charm el-Cheikh.",
        "entre Bobo Dioulasso et Al Hoceima",
        "L'Aston Martin Vantage arrive, comme la Porsche Taycan Turbo.",
        "La Renault Mégane et la Ford Mustang Shelby plaisent.",
    ],
)
def test_places_and_cars_are_no_people(text: str):
    assert persons(text) == []


def test_a_name_of_several_given_names_is_kept_whole():
    text = "Le général Min Aung Hlaing a pris le pouvoir. Aung Hlaing promet des élections."
    assert persons(text) == ["Min Aung Hlaing"]


def test_spellings_of_one_name_are_one_person():
    text = "Valeri Guerassimov parle. Gerasimov insiste. Vladimir Putin écoute, Poutine aussi."
    assert persons(text) == ["Valeri Guerassimov", "Vladimir Poutine"]
    assert sound("Wladimir Sorokin") == sound("Vladimir Sorokine")


def test_families_stay_apart():
    text = "Marine Le Pen et Jean-Marie Le Pen ; George W. Bush et Jeb Bush ; Brigitte Macron"
    assert persons(text) == [
        *("Marine Le Pen", "Jean-Marie Le Pen", "George W. Bush", "Jeb Bush", "Brigitte Macron"),
    ]


def test_a_given_name_is_no_country():
    text = "Le départ de France Gall a surpris. Sans France, rien ne va, même en Belgique."
    countries = [e.key for e in find_entities("", text) if e.kind is EntityKind.COUNTRY]
    assert countries == ["BE"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Anne Morel a répondu à Jean-Marie Morel. M. Morel a ri, puis Mme Morel aussi.",
            {"Anne Morel": 2, "Jean-Marie Morel": 2},
        ),
        (
            "Emmanuel Macron et Brigitte Macron sont là. Mme Macron sourit. Macron repart.",
            {"Emmanuel Macron": 2, "Brigitte Macron": 2},
        ),
        # With one bearer, or several of one sex, it is the first in full
        ("Luc Morel est là. Mme Morel aussi.", {"Luc Morel": 2}),
        ("Luc Garnier et Paul Garnier. M. Garnier parle.", {"Luc Garnier": 2, "Paul Garnier": 1}),
        (
            "Donald Trump Jr, Melania Trump et Donald Trump dînent. M. Roy salue Trump.",
            {"Donald Trump Jr": 1, "Melania Trump": 1, "Donald Trump": 2, "Roy": 1},
        ),
        ("L'émir Tamim ben Hamad Al Thani atterrit.", {"Tamim ben Hamad Al Thani": 1}),
        ("L’annonce de Monsieur Bernard Lemaître surprend.", {"Bernard Lemaître": 1}),
        ("Il a tranché.\n\nIncertitudes\n\nRien n'est sûr.", {}),
        # Family names that come first, initials, several after one title
        ("Kim Jong-un a parlé. M. Kim a souri.", {"Kim Jong-un": 2}),
        ("Nathalie Kosciusko-Morizet arrive. NKM repart.", {"Nathalie Kosciusko-Morizet": 2}),
        ("DSK a témoigné.", {"Dominique Strauss-Kahn": 1}),
        (
            "MM. Durand, Petit et Vasseur ont signé. Il a vu Lyon et Petit Bateau.",
            {"Durand": 1, "Petit": 1, "Vasseur": 1},
        ),
        ("La maison des Dupont est vendue.", {}),
        ("L'adjoint aux sports de la ville Luc Morel a réagi.", {"Luc Morel": 1}),
    ],
)
def test_whom_a_family_name_means(text: str, counts: dict[str, int]):
    found = find_entities("", text)
    people = [entity for entity in found if entity.kind is EntityKind.PERSON]
    assert {entity.key: len(entity.mentions) for entity in people} == counts
    assert "DuPont" not in {entity.key for entity in found}
