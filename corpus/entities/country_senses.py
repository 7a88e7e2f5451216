"""What a country word means by the rest of the article: which of several countries, or none."""

from collections.abc import Iterator, Sequence

from corpus.entities.lexicon import Words, vocabulary

Found = tuple[int, tuple[str, ...]]  # a place, and the countries that its word may mean

# Brussels as a place, not as a name for the European Union.
_AT = frozenset(
    {"a", "de", "depuis", "pour", "vers", "sur", "pres", "dans", "(", "region", "ville"}
)
_UNION = frozenset({"ue", "union", "europeen", "europeenne", "europeens", "europeennes", "brexit"})


def resolved(words: Words, found: Sequence[Found], names: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the place and the code of each country that a word means by what else is named.

    names: the keys of the words that name persons.
    """
    sure = {codes[0] for _, codes in found if len(codes) == 1}
    for at, codes in found:
        if not _is_no_state(words, at, found, names):
            elsewhere = [code for code in codes if code in sure]
            if words.keys[at] == "georgie" and elsewhere == ["US"]:
                american = not vocabulary("american georgia").isdisjoint(words.keys)
                elsewhere = ["US"] if american else ["GE"]
            yield at, elsewhere[0] if elsewhere else codes[0]


def _is_no_state(words: Words, at: int, found: Sequence[Found], names: set[str]) -> bool:
    """Tell the Union's Brussels, America's Indians or a hall at Bercy from countries."""
    match words.keys[at]:
        case "bruxelles":
            stands = at == 0 or words.keys[at - 1] not in _AT
            beside = not _UNION.isdisjoint(words.keys)
            return stands and beside and not _by_other_words(words, found, "BE", "bruxelles")
        case "bercy":
            hall = not vocabulary("stage").isdisjoint(words.keys)
            return hall and vocabulary("budget").isdisjoint(words.keys)
        case "maison" if words.keys[at + 1 : at + 2] == ["bleue"]:
            return not _by_other_words(words, found, "KR", "maison")
        case "vienne":  # the town on the Rhône
            return "isere" in words.keys and not _by_other_words(words, found, "AT", "vienne")
        case key if key.startswith("indien"):
            beside = not vocabulary("first nations").isdisjoint(words.keys)
            return beside and not _by_other_words(words, found, "IN", "indien")
        case key if key.startswith("hollandais"):  # a president's friends
            beside = "hollande" in names and words.forms[at][0].islower()
            return beside and not _by_other_words(words, found, "NL", "hollandais")
    return False


def _by_other_words(words: Words, found: Sequence[Found], code: str, stem: str) -> bool:
    """Tell whether a country is named by words of another stem too."""
    return any(code in codes and not words.keys[at].startswith(stem) for at, codes in found)
