"""What the query languages of Europresse and Factiva have that ours has not.

Sources: help.europresse.com, "What are Boolean operators and search keys?"; Factiva
Developer's Kit 3.8, "Search Statement Operators", "Field-Qualified Searches" and "Range
Searches"; ProQuest, "Custom Search Fields in Factiva.com".
"""

from types import MappingProxyType

# Field names as pasted, with ours; "" is every field.
EUROPRESSE_FIELDS = MappingProxyType(
    {"TIT_HEAD": "titre:", "TEXT": "texte:", "LEAD": "texte:", "AUT_BY": "auteur:"}
)
FACTIVA_FIELDS = MappingProxyType(
    {
        "hd": "titre:",
        "hl": "titre:",
        "hlp": "",
        "lp": "texte:",
        "td": "texte:",
        "by": "auteur:",
        "sn": "source:",
        "sc": "source:",
        "rst": "source:",
        "pub": "source:",
        "se": "rubrique:",
        "clm": "rubrique:",
        "re": "pays:",
    }
)
# Fields whose codes mean nothing here: what is asked of them is left out.
LEFT_OUT = frozenset(
    {"la", "in", "ns", "co", "fds", "de", "an", "art", "cr", "ct", "cx", "ed", "pg", "ric", "rf",
     "vol", "pd", "upd", "pe", "ipd"}
)  # fmt: skip
APPROXIMATE = MappingProxyType(
    {
        "LEAD": "le chapô n'est pas à part : il est cherché dans tout le texte",
        "hl": "seul le titre est cherché",
        "hlp": "le premier paragraphe n'est pas à part : titre et texte entiers sont cherchés",
        "lp": "le premier paragraphe n'est pas à part : il est cherché dans tout le texte",
        "td": "le texte est cherché en entier, premier paragraphe compris",
        "sc": "les codes de Factiva ne sont pas connus : le nom de la source est cherché",
        "rst": "les codes de Factiva ne sont pas connus : le nom de la source est cherché",
    }
)
# Regions of Factiva whose code is not the one that everybody knows.
REGIONS = MappingProxyType(
    {"fra": "FR", "gfr": "DE", "uk": "GB", "usa": "US", "russ": "RU", "spain": "ES",
     "italy": "IT", "jap": "JP", "ukrn": "UA", "belg": "BE", "switz": "CH", "turk": "TR",
     "syria": "SY", "china": "CN"}
)  # fmt: skip

# "Same paragraph" and "same sentence" as distances, in words.
SAME_PARAGRAPH, SAME_SENTENCE = 50, 15
