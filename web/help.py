"""What the help page says of the query language and of the URL parameters."""

from search.request import MAX_PAGE_SIZE, PAGE_SIZE

OPERATORS = (
    ("climat agriculture", "les deux mots, où qu'ils soient (ET est sous-entendu)"),
    ("climat OU météo", "l'un des deux mots au moins"),
    ("climat SAUF sommet", "le premier mot et pas le second ; « -sommet » dit la même chose"),
    ("(grève OU manifestation) lycée", "les parenthèses groupent, comme en calcul"),
    ('"réforme des retraites"', "ces mots côte à côte et dans cet ordre"),
    ('"réforme retraites"~3', "ces mots dans cet ordre, séparés par trois autres au plus"),
    ("=marché", "cette graphie exactement, accents compris : ni « marche » ni « marchés »"),
    ("environnement*", "les mots qui commencent ainsi"),
    ("~Zelenski", "les mots d'orthographe voisine"),
    ("titre:budget", "ce mot dans le titre"),
    ("texte:budget", "ce mot dans le corps de l'article"),
)
PARAMETERS = (
    ("q", "la recherche, telle qu'on l'écrit"),
    ("pays, acteur, source, rubrique, annee", "un filtre ; à répéter pour plusieurs valeurs"),
    ("sauf_pays, sauf_acteur, …", "une valeur à écarter"),
    ("depuis, jusqua", "premier et dernier jour : 2015-11-26, 2015-11 ou 2015"),
    ("tri", "pertinence, recent ou ancien"),
    ("tout", "1 pour montrer aussi les reprises d'un même article"),
    ("page", "à partir de 1"),
    ("par_page", f"articles par page, {PAGE_SIZE} d'ordinaire, {MAX_PAGE_SIZE} au plus"),
)
