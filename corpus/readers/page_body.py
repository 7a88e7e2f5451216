"""Which paragraphs of a web page are its article: rules for all sites, none for one."""

import re
from dataclasses import dataclass
from itertools import accumulate

from corpus.cleaning import byline
from corpus.readers.markup import Block, Container, Text

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
      | tous\s+droits\s+réservés | (?:temps|durée)\s+de\s+lecture | \d+\s+min\w*\s+de\s+lecture
      | commentaires?\b | réagir\b | imprimer\b | lien\s+copié | lien\s*:
      | (?:mots[-\s]clés?|tags?|thèmes?|étiquettes?)\s*:
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NOISE = 200  # characters; a paragraph may begin "Suivez..." too
_STAMP = re.compile(
    r"\b(?:publié|posté|modifié)e?s?\s+(?:le|à|il)\b|\bmis\s+à\s+jour\b", re.IGNORECASE
)
_LONGEST_STAMP = 120
_DAY_ALONE = re.compile(
    r"(?:le\s+)?(?:(?:[a-zé]+di|dimanche),?\s+)?"
    r"(?:\d{1,2}(?:er)?\s+[a-zéû]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}/\d{4})"
    r"(?:\s*(?:[,–|·-]|à)?\s*\d{1,2}\s?[h:]\s?\d{2})?",
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


def page_body(text: Text, title: str) -> PageBody:
    """Find the article in the text of a page; without paragraphs where nothing reads as one.

    It is in the element marked as articleBody, where there is one with text; else in the
    deepest element that holds most of the prose of the page. A lead may stand between
    the title and that element.
    """
    besides = [*text.besides, *_lists_of_others(text)]
    body = _body_outside(text, besides, title)
    if sum(_weights(text.blocks)) < _LEAST * sum(map(_weight, text.blocks)):
        heads = list(accumulate((block.tag == "h1" for block in text.blocks), initial=0))
        besides = [(start, end) for start, end in besides if heads[start] == heads[end]]
        body = _body_outside(text, besides, title)  # what holds the title is not beside
    return body if body.paragraphs else _body_outside(text, [], title)


def _body_outside(text: Text, besides: list[tuple[int, int]], title: str) -> PageBody:
    """Find the article among the blocks that are not beside it."""
    blocks = text.blocks
    _mark(blocks, besides)
    chosen = _marked_or_deepest(text.containers, list(accumulate(_weights(blocks), initial=0)))
    if chosen is None:
        return PageBody([], [])
    start, inside = _after_title(blocks, chosen, title)
    lead = [block for block in blocks[start:inside] if _is_lead(block)]
    own = [block for block in blocks[inside : chosen.end] if not block.beside]
    paragraphs = [block.text for block in lead] + _trimmed(own, title, bool(lead))
    lines = [block.text for block in blocks[max(0, start - _ABOVE) : chosen.end]]
    return PageBody(paragraphs, lines)


def _lists_of_others(text: Text) -> list[tuple[int, int]]:
    """Return the elements that begin with a heading as "À lire aussi" and hold little prose."""
    sums = list(accumulate(_weights(text.blocks), initial=0))
    headed = [
        (part.start, part.end)
        for part in text.containers
        if part.end - part.start > 1 and text.blocks[part.start].tag in _HEADINGS
    ]
    return [
        (start, end)
        for start, end in headed
        if sums[end] - sums[start] < _LEAST * sums[-1] and _is_noise(text.blocks[start])
    ]


def _mark(blocks: list[Block], besides: list[tuple[int, int]]) -> None:
    """Set `beside` of the blocks within the stretches, and of no others."""
    steps = [0] * (len(blocks) + 1)
    for start, end in besides:
        steps[start] += 1
        steps[end] -= 1
    for block, depth in zip(blocks, accumulate(steps), strict=False):
        block.beside = depth > 0


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
    ended = _SENTENCE_END.search(block.text) is not None  # the captions of agencies are not
    long = len(block.text) > _LINE and _weight(block) > 0
    return ended and long and not block.beside and not _is_noise(block)


def _is_noise(block: Block) -> bool:
    text = block.text
    if len(text) < _LONGEST_NOISE and _NOISE.match(text):
        return True
    if len(text) < _LONGEST_STAMP and _STAMP.search(text):
        return True
    if block.tag not in _HEADINGS and (byline(text) or _DAY_ALONE.fullmatch(text)):
        return True
    return block.links > 0.8 * len(text)


def _is_sentence(block: Block) -> bool:
    ended = len(block.text) > _LINE or _SENTENCE_END.search(block.text) is not None
    return ended and block.tag not in _HEADINGS
