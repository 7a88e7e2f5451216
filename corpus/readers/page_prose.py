"""Which blocks of a web page are prose, and which lines are no text of an article."""

import re

from corpus.cleaning import byline
from corpus.readers.markup import Block

HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
# How the lines between and after the paragraphs of an article begin.
_NOISE = re.compile(
    r"""
    [\W\d]* (?:
        (?:à|a)\s+(?:lire|voir|écouter|découvrir)\b | sur\s+le\s+même\s+(?:sujet|thème)
      | (?:re)?(?:lire|voir|écouter)\s*(?:aussi|également|la\s+suite|plus|:)
      | dans\s+la\s+même\s+rubrique | pour\s+aller\s+plus\s+loin | vous\s+aimerez
      | articles?\s+(?:liés|similaires|associés|connexes)
      | (?:inscri|abonne)\w+[-\s](?:vous|moi|toi|à|aux?)\b | s'abonner | newsletter | partage[rz]?\b
      | suivez[-\s] | retrouvez[-\s] | recevez\b | publicité$ | advertisement$ | cliquez\s+ici
      | (?:crédits?|photos?|crédit\s+photo|légende|image|vidéo)\s*: | © | \(c\)\s | copyright\b
      | tous\s+droits\s+réservés | (?:article|contenu)s?\s+(?:réservé|sponsorisé)
      | (?:il\s+vous\s+reste|encore)\s+[\d.,]+\s*%
      | la\s+suite\s+(?:après|sous)\s+(?:cette|la)\s+pub | (?:vous\s+êtes\s+)?déjà\s+abonnée?
      | une\s+publication\s+partagée\s+par | voir\s+cette\s+publication
      | j[’']aime\b\s*(?:ça|:|chargement)
      | (?:temps|durée)\s+de\s+lecture | \d+\s+min\w*\s+de\s+lecture
      | commentaires?\b | réagir\b | imprimer\b | lien\s+copié | lien\s*:
      | (?:mots[-\s]clés?|tags?|thèmes?|étiquettes?)\s*:
    )""",
    re.VERBOSE | re.IGNORECASE,
)
# Headings of what follows an article and may be longer than it: comments, a wall.
_FOLLOWS = re.compile(
    r"""[\W\d]* (?: (?:vos\s+)?commentaires?\b | vos\s+(?:réactions|avis)\b
      | (?<=\d\s)(?:réactions?|réponses?|avis)\W*$ | (?:déposer|laisser|poster)\s+un\s+commentaire
      | (?:la\s+suite|cet\s+article|ce\s+contenu)\s+est\s+réservée?
      | pour\s+lire\s+(?:la\s+suite|cet\s+article|l[’'](?:article|intégralité)) )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NOISE = 200  # characters; a paragraph may begin "Suivez..." too
_TEASING = re.compile(r"\b(?:lire|voir|écouter)\s+aussi\b", re.IGNORECASE)  # glued to a label
# The title of a video or a gallery, which is no sentence: "VIDÉO. La mairie évacuée"
_MEDIA = re.compile(
    r"(?:VID[ÉE]OS?|PHOTOS?|DIAPORAMA|EN\s+IMAGES|CARTES?|PODCAST|AUDIO)\s*[.:!|–-]"
)
_CREDITED = re.compile(r"[.!?]\s*(?:\([^()]{2,60}\)|©.{2,60})\s*$")  # how captions end
_STAMP = re.compile(
    r"\b(?:publié|posté|modifié)e?s?\s+(?:le|à|il)\b|\bmis\s+à\s+jour\b", re.IGNORECASE
)
_LONGEST_STAMP = 120
_MOMENT_ALONE = re.compile(
    r"(?:le\s+)?(?:(?:[a-zé]+di|dimanche),?\s+)?"
    r"(?:\d{1,2}(?:er)?\s+[a-zéû]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4})"
    r"(?:\s*(?:[,–|·-]|à)?\s*\d{1,2}\s?[h:]\s?\d{2})?|\d{1,2}\s?[h:]\s?\d{2}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:;»\"”)\]]\s*$")
_LINE = 60  # characters of the longest line that may do without a full stop and be no sentence
_PROSE = 80  # characters from which a paragraph weighs; teasers seldom have more


def weights(blocks: list[Block]) -> list[int]:
    """Return how much each block counts as prose, nought beside the text."""
    return [0 if block.beside else weight(block) for block in blocks]


def weight(block: Block) -> int:
    """Return how much a block counts as prose."""
    if block.links > 0.4 * len(block.text):
        return 0
    return max(1, len(block.text) - _PROSE)


def is_lead(block: Block) -> bool:
    """Tell whether a block between the title and the text is the lead."""
    text = block.text
    ended = _SENTENCE_END.search(text) is not None  # the captions of agencies are not
    long = len(text) > _LINE and weight(block) > 0 and not _CREDITED.search(text)
    return ended and long and not block.beside and not is_noise(block)


def is_noise(block: Block) -> bool:
    """Tell what is no text of an article, in each of its lines."""
    text = block.text
    if block.links > 0.8 * len(text):
        return True
    teasing = len(text) < _LONGEST_NOISE and block.links > 0.4 * len(text)
    if teasing and _TEASING.search(text):
        return True
    return all(_is_noisy(line, block.tag) for line in text.split("\n"))


def _is_noisy(line: str, tag: str) -> bool:
    if len(line) < _LONGEST_NOISE and (_NOISE.match(line) or _FOLLOWS.match(line)):
        return True
    if len(line) < _LONGEST_STAMP and _STAMP.search(line):
        return True
    if _MEDIA.match(line) and not _SENTENCE_END.search(line):
        return True
    return tag not in HEADINGS and bool(byline(line) or _MOMENT_ALONE.fullmatch(line))


def is_sentence(block: Block) -> bool:
    """Tell what is no heading and no label."""
    ended = len(block.text) > _LINE or _SENTENCE_END.search(block.text) is not None
    return ended and block.tag not in HEADINGS


def follows(text: str) -> bool:
    """Tell whether a line is the heading of what follows an article: comments, a wall."""
    return _FOLLOWS.match(text) is not None
