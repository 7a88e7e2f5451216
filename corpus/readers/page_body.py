"""Which paragraphs of a web page are its article: rules for all sites, none for one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, takewhile

from corpus.cleaning import byline
from corpus.readers.markup import Block, Container, Stretch, Text

_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
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
_ABOVE = 3  # lines with the title: where old pages put the date
_MOST = 0.6  # of the prose of a page, what its article holds at least
_LEAST = 0.3  # what is not beside it


@dataclass(frozen=True, slots=True)
class PageBody:
    """The paragraphs of an article, and all lines from just before its title on."""

    paragraphs: list[str]
    lines: list[str]


def page_body(text: Text, title: str, signed: Callable[[str], bool]) -> PageBody:
    """Find the article in the text of a page; without paragraphs where nothing reads as one.

    It is in the element marked as articleBody, where there is one with text; else in the
    deepest element that holds most of the prose of the page. A lead may stand between
    the title and that element.

    signed: tells a line that holds the names of the authors and nothing else.
    """
    blocks, weights = text.blocks, [_weight(block) for block in text.blocks]
    besides = [*text.besides, *_lists_of_others(text)]
    untitled = _without_the_title(besides, blocks)
    surely = [one for one in untitled if one.surely]
    body = PageBody([], [])
    for stretches, others in ((besides, []), (untitled, surely), (surely, surely), ([], [])):
        _mark(blocks, others)
        enough = _LEAST * sum(_weights(blocks))  # of the prose that may be the article
        _mark(blocks, _without_the_text(stretches, weights))
        if sum(_weights(blocks)) >= enough:
            body = _body(text, title, signed)
            if body.paragraphs:
                break
    return body


def _body(text: Text, title: str, signed: Callable[[str], bool]) -> PageBody:
    """Find the article among the blocks that are not marked as beside it."""
    blocks = text.blocks
    chosen = _marked_or_deepest(text.containers, list(accumulate(_weights(blocks), initial=0)))
    if chosen is None:
        return PageBody([], [])
    start, inside = _after_title(blocks, chosen, title)
    lead = [block for block in blocks[start:inside] if _is_lead(block)]
    own = [block for block in blocks[inside : chosen.end] if not block.beside]
    if _is_behind_more(own, blocks[start:]):
        return PageBody([], [])
    own = [block for block in own if not signed(block.text)]
    paragraphs = [block.text for block in lead] + _trimmed(own, title, bool(lead))
    lines = [block.text for block in blocks[max(0, start - _ABOVE) : chosen.end]]
    return PageBody(paragraphs, [line for text in lines for line in text.split("\n")])


def _is_behind_more(own: list[Block], after_title: list[Block]) -> bool:
    """Tell whether more prose is taken for beside before the first sentence than follows it.

    Comments come after an article: what stands before it and is longer is the article.
    """
    first = next((block for block in own if _is_sentence(block)), None)
    before = takewhile(lambda block: block is not first, after_title)
    return sum(_weight(block) for block in before if block.beside) > sum(_weights(own))


def _lists_of_others(text: Text) -> list[Stretch]:
    """Return the elements that begin with a heading as "Commentaires", or "À lire aussi".

    Those of the second kind hold little prose.
    """
    sums = list(accumulate(_weights(text.blocks), initial=0))
    headed = (
        (text.blocks[part.start], part.start, part.end)
        for part in text.containers
        if part.end - part.start > 1 and text.blocks[part.start].tag in _HEADINGS
    )
    return [
        Stretch(start, end)
        for heading, start, end in headed
        if _FOLLOWS.match(heading.text)
        or (sums[end] - sums[start] < _LEAST * sums[-1] and _is_noise(heading))
    ]


def _without_the_title(besides: list[Stretch], blocks: list[Block]) -> list[Stretch]:
    """Return the stretches that hold no heading of the page: with it goes its article."""
    heads = list(accumulate((block.tag == "h1" for block in blocks), initial=0))
    return [one for one in besides if heads[one.start] == heads[one.end]]


def _without_the_text(besides: list[Stretch], weights: list[int]) -> list[Stretch]:
    """Return the stretches but for those perhaps beside that hold most of the other prose."""
    depths = _depths([one for one in besides if one.surely], len(weights))
    other = (0 if depth else weight for weight, depth in zip(weights, depths, strict=True))
    sums = list(accumulate(other, initial=0))
    most = max(1, _MOST * sums[-1])
    return [one for one in besides if one.surely or sums[one.end] - sums[one.start] < most]


def _mark(blocks: list[Block], besides: list[Stretch]) -> None:
    """Set `beside` of the blocks within the stretches, and of no others."""
    for block, depth in zip(blocks, _depths(besides, len(blocks)), strict=True):
        block.beside = depth > 0


def _depths(stretches: list[Stretch], length: int) -> list[int]:
    """Return in how many stretches each block is."""
    steps = [0] * (length + 1)
    for one in stretches:
        steps[one.start] += 1
        steps[one.end] -= 1
    return list(accumulate(steps[:length]))


def _after_title(blocks: list[Block], chosen: Container, title: str) -> tuple[int, int]:
    """Return where the text after the title begins, and where it is in the element."""
    sentences = [at for at in range(chosen.start, chosen.end) if _is_sentence(blocks[at])]
    above = [
        (not (block.tag == "h1" and block.text == title), block.text != title, at)
        for at, block in enumerate(blocks[: max(sentences, default=0)])
        if (block.tag == "h1" or block.text == title) and not block.beside
    ]
    if not above:
        return chosen.start, chosen.start
    start = min(above)[-1] + 1  # the heading that is the title, else the title, else a heading
    return start, max(start, chosen.start)


def _marked_or_deepest(parts: list[Container], sums: list[int]) -> Container | None:
    """Choose an element; `sums` are the weights of the blocks before each one, added up."""
    held = {id(part): sums[part.end] - sums[part.start] for part in parts}
    marked = [part for part in parts if part.itemprop == "articleBody" and held[id(part)]]
    if marked:
        return max(marked, key=lambda part: held[id(part)])
    enough = max(1, _MOST * sums[-1])
    holding = [part for part in parts if held[id(part)] >= enough and part.tag != "p"]
    return max(holding, key=lambda part: part.depth, default=None)


def _weights(blocks: list[Block]) -> list[int]:
    return [0 if block.beside else _weight(block) for block in blocks]


def _weight(block: Block) -> int:
    """Return how much a block counts as prose."""
    if block.links > 0.4 * len(block.text):
        return 0
    return max(1, len(block.text) - _PROSE)


def _trimmed(blocks: list[Block], title: str, led: bool) -> list[str]:
    """Take away the noise, and the lines before the first and after the last sentence.

    led: whether a lead comes before: a heading above the first sentence is an intertitle.
    """
    kept = [block for block in blocks if not _is_noise(block) and block.text != title]
    sentences = [at for at, block in enumerate(kept) if _is_sentence(block)]
    if not sentences:
        return []
    first = sentences[0]
    first -= led and first > 0 and kept[first - 1].tag in _HEADINGS
    return [block.text for block in kept[first : sentences[-1] + 1]]


def _is_lead(block: Block) -> bool:
    text = block.text
    ended = _SENTENCE_END.search(text) is not None  # the captions of agencies are not
    long = len(text) > _LINE and _weight(block) > 0 and not _CREDITED.search(text)
    return ended and long and not block.beside and not _is_noise(block)


def _is_noise(block: Block) -> bool:
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
    return tag not in _HEADINGS and bool(byline(line) or _MOMENT_ALONE.fullmatch(line))


def _is_sentence(block: Block) -> bool:
    ended = len(block.text) > _LINE or _SENTENCE_END.search(block.text) is not None
    return ended and block.tag not in _HEADINGS
