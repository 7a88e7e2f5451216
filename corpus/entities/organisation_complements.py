"""What follows the noun that begins the name of a body: « Fédération française de tennis »."""

import re
from collections.abc import Mapping

from corpus.entities.lexicon import Words, vocabulary
from corpus.entities.name_words import is_given, is_usual_given
from corpus.entities.organisations import Organisation

_ADJECTIVE = re.compile(
    r"""[a-z]{2,}(?:iques?|aires?|al|ales?|aux|els?|elles?|ifs?|ives?|iens?|iennes?|eens?|eennes?
    |ains?|aines?|ables?|ibles?|iers?|ieres?|euses?|istes?|eurs?|eures?|antes?|oises?|aises?)
    |(?:public|uni|arme|special|delegue|associe|supreme|islamique|arabe|catholique|protestant
    |orthodoxe|maritime|juif|juive|haute?|grande?|solidaire|etranger|etrangere|anti[a-z]+|libre|civil|prive
    |complet|complete|independant|[a-z]+icole|[a-z]+ifere|feminin|masculin)e?s?""",
    re.VERBOSE,
)
# « Chambre de voter ce texte »: no noun, and no part of a name
_INFINITIVE = re.compile(
    r"(?!métier|danger|chantier|dossier|papier|loisir|avenir|immobilier|quartier|foyer|cancer)"
    r"[a-zé]{2,}(?:er|ir|oir)|(?:com|ap)?prendre|(?:dé)?fendre|(?:ré)?pondre|(?:per|re)?mettre"
    r"|(?:re|satis)?faire|(?:inter)?dire|(?:pour)?suivre|(?:pro|con|ré)duire|vivre|vendre|rendre"
)
_LINKS = frozenset({"de", "du", "des", "d'", "pour", "contre"})
_ARTICLES = frozenset({"la", "le", "les", "l'"})
_BEFORE_NOUNS = frozenset(
    {"anciens", "anciennes", "grandes", "grands", "jeunes", "petites", "petits"}
)
_STUDIES = frozenset({"recherche", "recherches", "etude", "etudes", "formation"})  # « en histoire »
_NO_NOUNS = frozenset({"ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"})
_INDEFINITE = frozenset({"un", "une", "des", "deux", "trois", "plusieurs", "cet", "chaque"})


class Complements:
    """What can go on a name in a text.

    known: the places of the words of known names, with the organisation if they are one's.
    adjectives: the places of adjectives of countries.
    """

    def __init__(
        self,
        words: Words,
        known: Mapping[int, Organisation | None],
        adjectives: frozenset[int],
    ) -> None:
        self.words, self.known, self.adjectives = words, known, adjectives
        self.forms, self.keys = words

    def capital(self, at: int) -> bool:
        """Tell whether a word that is nothing known begins with a capital."""
        return at < len(self.forms) and self.forms[at][0].isupper() and at not in self.known

    def adjective(self, at: int) -> bool:
        """Tell whether a word in lower case goes on the noun before it."""
        key = self.keys[at]
        return at in self.adjectives or (
            self.forms[at].islower()
            and bool(_ADJECTIVE.fullmatch(key))
            and key not in vocabulary("no adjectives")
        )

    def person(self, at: int) -> bool:
        """Tell whether a person's name begins at a place."""
        return is_given(self.keys[at]) and self.capital(at + 1)

    def run_end(self, at: int) -> int:
        """Return where a run of capitals and figures ends."""
        while at < len(self.forms) and not self.person(at):
            if not (self.capital(at) or self.forms[at].isdigit()):
                break
            at += 1
        return at

    def complements(self, head: int) -> tuple[int, bool, bool]:
        """Read what follows a head noun.

        Returns where the name ends, whether a proper name is in it, and whether an
        adjective is.
        """
        at = end = head + 1
        proper = qualified = further = False
        while at < len(self.forms) - 1:
            also = self.keys[at] == "et" and self.adjective(at + 1)
            if also or self.adjective(at):
                at = end = at + 1 + also
                qualified = True
                continue
            noun = at if self.capital(at) and not proper else self.linked(at)
            noun = self.listed(at) if noun < 0 and further and not proper else noun
            if noun < 0:
                break
            at = noun + 1
            if self.person(noun) and (further or not self.named_after_people(head)):
                break  # « le président de la Cour Paul Morel »
            further = True
            if self.forms[noun][0].isupper():
                at = end = max(at, self.run_end(at if self.person(noun) else noun))
                proper = True
            elif self.keys[head] == "ministere" and self.keys[noun] in vocabulary("portfolios"):
                end, proper = at, True
            elif self.forms[head][0].isupper():
                end = at
        return end, proper, qualified

    def linked(self, at: int) -> int:
        """Return the place of the noun that « de la » leads to; -1 if none does."""
        noun = at + (self.keys[at] == "et")
        studies = self.keys[noun] == "en" and self.keys[noun - 1] in _STUDIES
        if not (studies or self.keys[noun] in _LINKS) or self.forms[noun] == "dès":
            return -1
        noun += 1
        link = noun
        while noun < len(self.forms) - 1 and (
            self.keys[noun] in _ARTICLES or self.forms[noun] in _BEFORE_NOUNS
        ):
            noun += 1
        if noun == len(self.forms) or not self.forms[noun][0].isalpha():
            return -1
        key = self.keys[noun]
        verb = noun == link or self.keys[link - 1] == "pour"  # « de voter », « pour les aider »
        another = self.keys[at] == "et" and self.forms[noun].istitle()
        barred = (
            (another and key in vocabulary("organisation heads"))  # « et de la Ligue »
            or key in _NO_NOUNS
            or key in _INDEFINITE
            or is_usual_given(key)
            or (verb and _INFINITIVE.fullmatch(self.forms[noun]))
        )
        return -1 if barred else noun

    def listed(self, at: int) -> int:
        """Return the place of the noun after a comma in a list of what a body is for, or -1.

        « Direction de l'évaluation, de la prospective et de la performance »
        """
        noun = self.linked(at + 1) if self.forms[at] == "," else -1
        if noun < 0 or not self.forms[noun].islower():
            return -1
        ends = (end for end in range(noun + 1, noun + 4) if self.keys[end : end + 1] == ["et"])
        return noun if any(self.linked(end) > 0 for end in ends) else -1

    def named_after_people(self, head: int) -> bool:
        """Tell whether what a head noun means often bears a person's name: a school, a hospital."""
        return self.keys[head] in vocabulary("heads named after people")
