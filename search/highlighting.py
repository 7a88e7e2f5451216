"""Where a query matches in a text: highlighted pieces and snippets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.analysis import Token, tokenize, tokens_between, words
from index.fields import TextField
from index.query import Node
from search.occurrences import sought
from search.page import Piece

SNIPPET_TOKENS = 42
# Tokens shown before the first match, so that it is read in its sentence.
CONTEXT_TOKENS = 8
# Characters of a sentence shown on each side of its first match.
_SENTENCE_REACH = 240
_SENTENCE_ENDS = ".!?…\n"
# « M. Diallo » and « 2.100 » go on.
_SENTENCE_END = re.compile(r"(?<!\b[A-ZÀ-Þ])(?<!\bMM)[.!?…]+(?=[\s»”\"]|$)|\n")
_LINE_ENDS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A token that matches, and which leaf of the query it matches."""

    token: int
    leaf: int


class Highlighter:
    """Finds what a query tree matches; parts of the tree under a NOT are no matches."""

    def __init__(self, tree: Node) -> None:
        self._leaves = sought(tree)
        grammar = {number for number, leaf in enumerate(self._leaves) if leaf.is_grammar}
        # « la » alone is a search for « la ».
        self._grammar = grammar if len(grammar) < len(self._leaves) else frozenset[int]()

    def pieces(self, text: str, field: TextField) -> tuple[Piece, ...]:
        """Return the whole text, cut at its matches; adjacent matches are one piece."""
        tokens = list(tokenize(text))
        marks = self._marks([token.text for token in tokens], field)
        return _cut(text, 0, len(text), tokens, {mark.token for mark in marks})

    def snippet(self, text: str) -> tuple[Piece, ...]:
        """Return the part of a body that shows most of the query, about 42 words long."""
        texts = words(text)
        if not texts:
            return ()
        marks = self._marks(texts, TextField.BODY)
        best = _best_window(len(texts), marks)
        earliest = max(best - CONTEXT_TOKENS, 0)
        # Only the tokens that may be shown are located: of a long text these are few.
        tokens = tokens_between(text, earliest, best + SNIPPET_TOKENS)
        lead = _sentence_start(text, tokens[: best - earliest + 1])
        tokens = tokens[lead : lead + SNIPPET_TOKENS]
        first = earliest + lead
        last = first + len(tokens)
        # What stands before the first and after the last word belongs to the sentence.
        start = tokens[0].start if first else 0
        end = len(text) if last == len(texts) else tokens[-1].end
        shown = {mark.token - first for mark in marks if first <= mark.token < last}
        pieces = _cut(text, start, end, tokens, shown)
        before = (Piece("… "),) if start and not _begins_sentence(text, start) else ()
        after = (Piece(" …"),) if end < len(text) else ()
        joined = (Piece(_LINE_ENDS.sub(" ", piece.text), piece.match) for piece in pieces)
        return (*before, *joined, *after)

    def _marks(self, texts: Sequence[str], field: TextField) -> list[_Mark]:
        marks = []
        for number, leaf in enumerate(self._leaves):
            for occurrence in leaf.occurrences(texts, field):
                marks += [_Mark(token, number) for token in occurrence]
        return self._telling(sorted(marks, key=lambda mark: mark.token))

    def _telling(self, marks: list[_Mark]) -> list[_Mark]:
        """Leave out words of grammar that stand apart from all other words of the query.

        marks: in the order of their tokens.
        """
        if not self._grammar:
            return marks
        runs: list[list[_Mark]] = []
        for mark in marks:
            if runs and mark.token <= runs[-1][-1].token + 1:
                runs[-1].append(mark)
            else:
                runs.append([mark])
        telling = (run for run in runs if any(mark.leaf not in self._grammar for mark in run))
        return [mark for run in telling for mark in run]


def sentence(leaf: Node, text: str, field: TextField) -> tuple[Piece, ...]:
    """Return the first sentence in which a leaf stands, cut at its matches; empty for none.

    A long sentence is cut to what is around its first match.
    """
    tokens = list(tokenize(text))
    texts = [token.text for token in tokens]
    found = [one for seek in sought(leaf) for one in seek.occurrences(texts, field)]
    if not found:
        return ()
    earliest = min(found)
    start, end = tokens[earliest[0]].start, tokens[earliest[-1]].end
    low, high = extent(text, start, end)
    marked = {token for one in found for token in one}
    return broken_off(text, low, high, _cut(text, low, high, tokens, marked))


def broken_off(text: str, low: int, high: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces of a part of a text, with dots where it begins or ends in a sentence."""
    before = () if _begins_sentence(text, low) else (Piece("… "),)
    whole = high == len(text) or text[high - 1] in _SENTENCE_ENDS or text[high] == "\n"
    return (*before, *pieces, *(() if whole else (Piece(" …"),)))


def extent(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around [start, end) begins and ends; a long one is cut."""
    low, high = max(start - _SENTENCE_REACH, 0), min(end + _SENTENCE_REACH, len(text))
    before = [one.end() for one in _SENTENCE_END.finditer(text, 0, start) if one.end() >= low]
    if before:
        low = before[-1]
    elif low:  # not from the middle of a word
        low = text.find(" ", low, start) if " " in text[low:start] else start
    after = _SENTENCE_END.search(text, end)
    if after and after.end() <= high:
        high = after.end()
    elif high < len(text):
        high = max(text.rfind(" ", end, high), end)
    low += len(text[low:start]) - len(text[low:start].lstrip(" \u00a0\u202f\n»”"))
    return low, high


def _best_window(length: int, marks: list[_Mark]) -> int:
    """Return the first match of the window that shows most leaves; the earliest of equals.

    length: how many tokens the text has.
    """
    best, most = 0, (0, 0)
    for place, mark in enumerate(marks):
        inside = _inside(marks, place, mark.token + SNIPPET_TOKENS - CONTEXT_TOKENS)
        shown = (len({one.leaf for one in inside}), len(inside))
        if shown > most:
            best, most = mark.token, shown
    # Near the end of a text the window reaches back, so that it is as full as any other.
    return min(best, max(length - SNIPPET_TOKENS + CONTEXT_TOKENS, 0))


def _sentence_start(text: str, tokens: Sequence[Token]) -> int:
    """Return the last of some tokens that begins a sentence, the first one aside."""
    for place in range(len(tokens) - 1, 0, -1):
        if _begins_sentence(text, tokens[place].start):
            return place
    return 0


def _inside(marks: Sequence[_Mark], place: int, end: int) -> list[_Mark]:
    """Return the marks from `place` on whose token stands before `end`."""
    after = place
    while after < len(marks) and marks[after].token < end:
        after += 1
    return list(marks[place:after])


def _begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence begins at `start`, quotation marks before it or not."""
    before = text[max(start - 6, 0) : start].rstrip(" \u00a0\u202f«“\"'’(")
    return start < 6 if not before else before[-1] in _SENTENCE_ENDS


def _cut(
    text: str, start: int, end: int, tokens: Sequence[Token], marked: Iterable[int]
) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = start
    for number in sorted(marked):
        token = tokens[number]
        if token.start < start or token.end > end:
            continue
        between = text[done : token.start]
        # A space between two matches is shown as part of one.
        if pieces and not between.strip():
            pieces[-1] = Piece(pieces[-1].text + between + text[token.start : token.end], True)
        else:
            if between:
                pieces.append(Piece(between))
            pieces.append(Piece(text[token.start : token.end], True))
        done = token.end
    if done < end:
        pieces.append(Piece(text[done:end]))
    return tuple(pieces)
