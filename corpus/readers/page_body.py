"""Which paragraphs of a web page are its article: rules for all sites, none for one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from corpus.readers.class_names import is_laid_out
from corpus.readers.markup import Block, Container, Stretch, Text
from corpus.readers.page_prose import (
    HEADINGS,
    follows,
    is_lead,
    is_noise,
    is_sentence,
    weight,
    weights,
)

_MARKED = "articleBody"
_WHOLE = frozenset(("article", "body", "main"))  # elements that hold an article each
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
    blocks = text.blocks
    besides = [*text.besides, *_lists_of_others(text)]
    untitled = _without_the_title(besides, blocks)
    surely = [one for one in untitled if one.surely]
    body = PageBody([], [])
    for stretches, others in ((besides, []), (untitled, surely), (surely, surely), ([], [])):
        _mark(blocks, others)
        enough = _LEAST * sum(weights(blocks))  # of the prose that may be the article
        _mark(blocks, _without_the_text(stretches, [weight(block) for block in blocks]))
        if sum(weights(blocks)) >= enough:
            body = _body(text, title, signed)
            if body.paragraphs:
                break
    return body


def _body(text: Text, title: str, signed: Callable[[str], bool]) -> PageBody:
    """Find the article among the blocks that are not marked as beside it."""
    blocks = text.blocks
    chosen = _marked_or_deepest(text)
    if chosen is None:
        return PageBody([], [])
    start, inside = _after_title(blocks, chosen, title)
    lead = [block for block in blocks[start:inside] if is_lead(block)]
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
    first = next((block for block in own if is_sentence(block)), None)
    before = takewhile(lambda block: block is not first, after_title)
    return sum(weight(block) for block in before if block.beside) > sum(weights(own))


def _lists_of_others(text: Text) -> list[Stretch]:
    """Return the elements that begin with a heading as "Commentaires", or "À lire aussi".

    Those of the second kind hold little prose.
    """
    sums = list(accumulate(weights(text.blocks), initial=0))
    headed = (
        (text.blocks[part.start], part.start, part.end)
        for part in text.containers
        if part.end - part.start > 1 and text.blocks[part.start].tag in HEADINGS
    )
    return [
        Stretch(start, end)
        for heading, start, end in headed
        if follows(heading.text)
        or (sums[end] - sums[start] < _LEAST * sums[-1] and is_noise(heading))
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
    sentences = [at for at in range(chosen.start, chosen.end) if is_sentence(blocks[at])]
    above = [
        (not (block.tag == "h1" and block.text == title), block.text != title, at)
        for at, block in enumerate(blocks[: max(sentences, default=0)])
        if (block.tag == "h1" or block.text == title) and not block.beside
    ]
    if not above:
        return chosen.start, chosen.start
    start = min(above)[-1] + 1  # the heading that is the title, else the title, else a heading
    return start, max(start, chosen.start)


def _marked_or_deepest(text: Text) -> Container | None:
    """Choose the element that holds the article, or, of a text in several parts, their stretch."""
    sums = list(accumulate(weights(text.blocks), initial=0))
    parts = [part for part in text.containers if sums[part.end] > sums[part.start]]
    marked = [part for part in parts if part.itemprop == _MARKED]
    if marked:
        chosen = max(marked, key=lambda part: sums[part.end] - sums[part.start])
    else:
        enough = max(1, _MOST * sums[-1])
        holding = (part for part in parts if sums[part.end] - sums[part.start] >= enough)
        deepest = max(
            (part for part in holding if part.tag != "p"), key=lambda one: one.depth, default=None
        )
        if deepest is None:
            return None
        chosen = deepest
    return _with_its_like(chosen, parts, text.blocks)


def _with_its_like(chosen: Container, parts: list[Container], blocks: list[Block]) -> Container:
    """Return the stretch from the first to the last of the elements like one, beside it.

    Those are of the same parent, name and classes. One of several articles in a list has a
    heading that is a link.
    """
    named = bool(chosen.classes) and not is_laid_out(chosen.classes)
    if not (named or chosen.itemprop == _MARKED) or chosen.tag in _WHOLE or chosen.parent is None:
        return chosen
    like = [
        part
        for part in parts
        if part.parent is chosen.parent
        and (part.tag, part.classes, part.itemprop) == (chosen.tag, chosen.classes, chosen.itemprop)
        and (part is chosen or not _heads_another(blocks[part.start : part.end]))
    ]
    return replace(chosen, start=like[0].start, end=like[-1].end)


def _heads_another(blocks: list[Block]) -> bool:
    """Tell whether blocks have the heading of another article, or of what follows one."""
    headings = [block for block in blocks if block.tag == "h1" or block.tag in HEADINGS]
    return any(
        block.tag == "h1" or block.links > 0.4 * len(block.text) or follows(block.text)
        for block in headings
    )


def _trimmed(blocks: list[Block], title: str, led: bool) -> list[str]:
    """Take away the noise, and the lines before the first and after the last sentence.

    led: whether a lead comes before: a heading above the first sentence is an intertitle.
    """
    kept = [block for block in blocks if not is_noise(block) and block.text != title]
    sentences = [at for at, block in enumerate(kept) if is_sentence(block)]
    if not sentences:
        return []
    first = sentences[0]
    first -= led and first > 0 and kept[first - 1].tag in HEADINGS
    return [block.text for block in kept[first : sentences[-1] + 1]]
