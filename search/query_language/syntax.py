"""The words and signs of the query language, and its bounds."""

from types import MappingProxyType

from index.fields import Facet, TextField
from index.query import Dated

# A page repeats the query in some two hundred links.
MOST_CHARACTERS = 8_000
# Words and signs that are read at all, and words that are sought.
MOST_LEXEMES = 2000
MOST_WORDS = 256
MOST_DEPTH = 20

# Letters that a word with jokers must have; one that begins with * is sought in the whole
# vocabulary.
LEAST_LETTERS = 2
LEAST_LETTERS_AFTER_STAR = 3
MOST_STARS = 2
MOST_QUESTION_MARKS = 4

Scope = TextField | Facet | type[Dated] | None

_NAMES: dict[str, TextField | Facet | type[Dated]] = {
    "titre": TextField.TITLE,
    "texte": TextField.BODY,
    "auteur": Facet.AUTHOR,
    "source": Facet.SOURCE,
    "rubrique": Facet.SECTION,
    "pays": Facet.COUNTRY,
    "pays_concerne": Facet.COUNTRY_ABOUT,
    "pays_titre": Facet.COUNTRY_TITLE,
    "acteur": Facet.ACTOR,
    "date": Dated,
}
FIELD_NAMES = MappingProxyType({field: name for name, field in _NAMES.items()})
FIELDS = MappingProxyType(
    {**_NAMES, "annee": Dated, "année": Dated, "pays_concerné": Facet.COUNTRY_ABOUT}
)
OPERATORS = MappingProxyType(
    {
        **dict.fromkeys(("OU", "OR", "|"), "or"),
        **dict.fromkeys(("ET", "AND", "&"), "and"),
        **dict.fromkeys(("SAUF", "NOT"), "not"),
    }
)
# Proximity: in either order, and in one; the number follows a stroke.
NEAR, THEN = "PRES", "ADJ"
PROXIMITY = MappingProxyType({"PRES": NEAR, "PRÈS": NEAR, "NEAR": NEAR, "ADJ": THEN})
MOST_APART = 999
AT_LEAST = "AU MOINS"

QUOTES = '"«»“”„‟‹›＂'
# Signs as keyboards of other scripts and word processors set them.
AS_SIGNS = MappingProxyType(str.maketrans("（）：−", "():-"))
