"""What the tagger sees of each word: its form, its neighbours, what is known, the article.

Features are strings, as CRFsuite takes them.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from corpus.analysis import fold
from corpus.entities.figures import figure_words
from corpus.entities.lexicon import Words, cut, table, vocabulary
from corpus.entities.name_words import ARTICLES, is_common, is_given

Features = list[str]

_SECTIONS = (
    *("titles", "roles", "speech", "family names first", "no first names", "no names"),
    *("organisation heads", "plain organisation heads", "introductions", "english endings"),
    *("particles", "portfolios", "clubs", "addresses", "forms of address"),
    *("named after people", "sentence openers", "english words"),
)
_PLACE_BEFORE = frozenset({"a", "en", "vers", "depuis"})
_SPEAKER_BEFORE = frozenset({"par", "selon"})
_REACH = 4
_STEPS = (-3, -2, -1, 1, 2, 3)
_FAR = ["far"]  # all that is said of a word that no capital is near
_OPENING, _CLOSING = frozenset('«"“('), frozenset('»"”)')


def paragraphs(words: Words) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph begins and ends: the sequences that are tagged."""
    start, count = 0, len(words.forms)
    for at in range(count + 1):
        if at == count or words.forms[at][0] == "\n":
            if at > start:
                yield start, at
            start = at + 1


def features(words: Words, marks: Sequence[str]) -> list[Features]:
    """Return the features of each word of a text.

    marks: for each word, what gazetteers and rules take it for; empty for nothing.
    """
    forms = words.forms
    found: list[Features] = [_FAR for _ in forms]
    habits = _habits(words)
    near = _near_capitals(forms)
    for start, end in paragraphs(words):
        quoted = False
        for at in range(start, end):
            form = forms[at]
            if near[at]:
                found[at] = own = _context(words, marks, at, start, end)
                if form[0].isupper():
                    own += habits[words.keys[at]]
                    if start == 0:
                        own.append("title")
                if quoted:
                    own.append("quoted")
            quoted = form in _OPENING or (quoted and form not in _CLOSING)
    return found


def _near_capitals(forms: Sequence[str]) -> list[bool]:
    """Tell for each word whether a capital is four words away or less: half of them are."""
    near = [False] * len(forms)
    for at, form in enumerate(forms):
        if form[0].isupper():
            first = max(at - _REACH, 0)
            near[first : at + _REACH + 1] = [True] * (min(at + _REACH + 1, len(forms)) - first)
    return near


def _context(words: Words, marks: Sequence[str], at: int, start: int, end: int) -> Features:
    """Return the features of a word by itself and its neighbours in its paragraph."""
    forms, keys = words
    own = [*_own(forms[at], keys[at])]
    for step in _STEPS:
        if start <= at + step < end:
            own += _beside(forms[at + step], keys[at + step], step)
    for step in (-1, 0, 1):
        if start <= at + step < end and marks[at + step]:
            own.append(f"{step}{marks[at + step]}")
    if at == start or at == end - 1:
        own.append("first" if at == start else "last")
    if forms[at][0].isupper() and words.starts_sentence(at):
        own.append("opens " + _usual_case(forms[at].lower()))
    own += _phrases(words, at, start, end)
    return own


def _phrases(words: Words, at: int, start: int, end: int) -> Iterator[str]:
    """Yield features in which the words beside a word have a part."""
    keys, forms = words.keys, words.forms
    if at > start:
        yield f"{keys[at - 1]} {keys[at]}"
    if at < end - 1:
        yield f"{keys[at]} {keys[at + 1]} +"
    if start < at < end - 1:
        yield f"<{keys[at - 1]} {keys[at + 1]}>"
        yield f"s {_shape(forms[at - 1])} {_shape(forms[at])} {_shape(forms[at + 1])}"


@lru_cache(maxsize=1 << 16)
def _own(form: str, key: str) -> tuple[str, ...]:
    """Return the features of a word by itself."""
    own = [f"w {form.lower()}", f"s {_shape(form)}", *_kinds(key)]
    if form[0].isalpha():
        own += [f"a3 {key[:3]}", f"a4 {key[:4]}", f"z2 {key[-2:]}", f"z3 {key[-3:]}"]
        own += [f"z4 {key[-4:]}", _usual_case(form.lower())]
        if len(form) > 1 and form.isupper():
            own.append("UP")
    return tuple(own)


@lru_cache(maxsize=1 << 17)
def _beside(form: str, key: str, step: int) -> tuple[str, ...]:
    """Return the features that a word gives to the one `step` before or after it."""
    beside = [f"w {form.lower()}", *_kinds(key)]
    if -3 < step < 3:
        beside.append(f"s {_shape(form)}")
    if step in {-1, 1} and form[0].isalpha():
        beside.append(f"z3 {key[-3:]}")
        if form[0].isupper():
            beside.append(_usual_case(form.lower()))
    return tuple(f"{step}{feature}" for feature in beside)


@lru_cache(maxsize=1 << 16)
def _kinds(key: str) -> tuple[str, ...]:
    """Return what the word lists say of a word."""
    kinds = [f"v{at}" for at, section in enumerate(_SECTIONS) if key in vocabulary(section)]
    if is_given(key):
        kinds.append("given")
    if key in figure_words():
        kinds.append("figure")
    if key in _cities():
        kinds.append("city")
    return tuple(kinds)


@lru_cache(maxsize=1 << 16)
def _shape(form: str) -> str:
    """Return a form with its letters and figures made alike: « McCabe » is XxXxx."""
    shape = ""
    for sign in form:
        sign = "X" if sign.isupper() else "x" if sign.islower() else "0" if sign.isdigit() else sign
        if shape[-2:] != sign * 2:
            shape += sign
    return shape


def is_place(key: str) -> bool:
    """Tell whether words are the name of a city or a region, with hyphens or blanks."""
    return key in _cities() or key.replace("-", " ") in _places()


@cache
def _places() -> frozenset[str]:
    names = [row[0] for row in table("places.tsv")]
    names += [name for row in table("clues.tsv") for name in row[1].split(", ")]
    return frozenset(" ".join(cut(name).keys).replace("-", " ") for name in names if name)


@cache
def _cities() -> frozenset[str]:
    """Return the keys of the cities whose name is one word, however joined."""
    return frozenset(fold(row[0]) for row in table("places.tsv") if " " not in row[0])


def _usual_case(word: str) -> str:
    return "lower" if is_common(word) else "upper"


def _roles(keys: Sequence[str], at: int) -> Iterator[str]:
    """Yield what the words beside a word, wherever it stands in the article, say of it."""
    before, after = keys[at - 1], keys[at + 1 : at + 3]
    if before in ARTICLES:
        yield "after article"
    elif before in {"de", "d'"}:
        yield "after de"
    elif before in vocabulary("roles"):
        yield "after role"
    elif before in vocabulary("introductions"):
        yield "after introduction"
    if any(key in vocabulary("speech") for key in after):
        yield "before speech"


def _habits(words: Words) -> dict[str, tuple[str, ...]]:
    """Return how an article uses each of its capitalised words, by their keys."""
    forms, keys = words
    capitals = {keys[at] for at, form in enumerate(forms) if form[0].isupper()}
    found: dict[str, set[str]] = {key: set() for key in capitals}
    for at, (form, key) in enumerate(zip(forms, keys, strict=True)):
        if key not in capitals:
            continue
        if form.islower():
            found[key].add("lower here")
        elif form[0].isupper() and at:
            before = keys[at - 1]
            if not words.starts_sentence(at):
                found[key].add("capital here")
            if forms[at - 1][0].isupper() and is_given(before):
                found[key].add("after given")
            if before in vocabulary("titles"):
                found[key].add("after title")
            if before in _PLACE_BEFORE:
                found[key].add("after place")
            if before in _SPEAKER_BEFORE:
                found[key].add("after speaker")
            found[key].update(_roles(keys, at))
    return {key: tuple(sorted(habits)) for key, habits in found.items()}
