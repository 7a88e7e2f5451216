"""What the help page says of the query language and of the URL parameters."""

from search.request import MAX_PAGE_SIZE, PAGE_SIZE

OPERATORS = (
    ("climat agriculture", "les deux mots, où qu'ils soient (ET est sous-entendu)"),
    ("climat OU météo", "l'un des deux mots au moins"),
    ("climat SAUF sommet", "le premier mot et pas le second ; « -sommet » dit la même chose"),
    ("(grève OU manifestation) lycée", "les parenthèses groupent, comme en calcul"),
    ('"réforme des retraites"', "ces mots côte à côte et dans cet ordre"),
    ('"réforme retraites"~3', "ces mots dans cet ordre, séparés par trois autres au plus"),
    (
        "réforme PRES/5 retraites",
        "ces mots à cinq mots au plus l'un de l'autre, dans les deux sens",
    ),
    ("réforme ADJ/5 retraites", "de même, mais dans cet ordre"),
    ("AU MOINS 3 grève", "ce mot trois fois au moins, titre et texte ensemble"),
    ("=marché", "cette graphie exactement, accents compris : ni « marche » ni « marchés »"),
    ("environnement*", "les mots qui commencent ainsi"),
    ("él?ct*ion", "? vaut une lettre ou aucune, * autant qu'on veut, aussi au début du mot"),
    ("~Zelenski", "les mots d'orthographe voisine"),
    ("titre:budget", "ce mot dans le titre"),
    ("texte:budget", "ce mot dans le corps de l'article"),
    ("pays:russie", "un pays cité, par son code ou son nom ; pays_concerne: et pays_titre: aussi"),
    ("acteur:poutine", "une personne ou une organisation dont le nom contient ce mot"),
    ("source:monde rubrique:sport", "de même pour la source, la rubrique et auteur:"),
    (
        'source:="Le Monde"',
        "cette source, et non toutes celles dont le nom contient ces mots",
    ),
    (
        "date:2015-11..2016-02",
        "paru dans cette période ; date:2015, date:2015-2016 ou date:..2016-02-29 aussi",
    ),
)
PARAMETERS = (
    ("q", "la recherche, telle qu'on l'écrit"),
    ("acteur, source, rubrique, auteur, annee", "un filtre ; à répéter pour plusieurs valeurs"),
    ("pays", "de même : un pays cité, par son code (RU) ou son nom (Russie)"),
    ("pays_concerne", "de même : le pays où cela se passe, ou dont il s'agit surtout"),
    ("pays_titre", "de même : un pays cité dans le titre"),
    ("sauf_pays, sauf_acteur, …", "une valeur à écarter"),
    ("depuis, jusqua", "premier et dernier jour : 2015-11-26, 2015-11 ou 2015"),
    ("tri", "pertinence, actualite (les récents parmi les meilleurs), recent ou ancien"),
    ("cite", "pour un article : ce qu'il faut y marquer, acteur:Nom ou pays:RU"),
    ("tout", "1 pour montrer aussi les reprises d'un même article"),
    ("page", "à partir de 1"),
    ("par_page", f"articles par page, {PAGE_SIZE} d'ordinaire, {MAX_PAGE_SIZE} au plus"),
)
