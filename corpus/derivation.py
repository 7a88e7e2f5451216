"""Roots of folded words: what verbs, nouns and adjectives of one make have in common.

« réclamer », « réclamait » and « réclamation » meet in "reclam", « russe » and « Russie » in
"russ". Much coarser than stems: « coup » and « coupable » meet too. So a root never decides
what a search finds; it ranks, and widens a search that is said to be wide.
"""

# Four letters tell a root from most others.
LEAST_ROOT = 4

_VERBS = """
    erions eraient erait erais erons eront erent erai eras era erez er ez e es ent ee ees as a
    assent aient ait ais ai ante antes ants ant issaient issait issants issante issantes issant
    issent irent iront irait ir it is i
"""
_NOUNS = """
    ations ation itions ition utions ution tions tion sions sion ateurs ateur atrices atrice
    teurs teur trices trice eurs eur euses euse eux issements issement ements ement ments ment
    ages age ances ance ences ence ites ite ismes isme istes iste ies ie s x
"""
_ADJECTIVES = """
    iques ique ifs if ives ive ables able ibles ible aux ale ales al elles elle els el aires aire
    iennes ienne iens ien aines aine ains ain aises aise ais oises oise ois
"""
_ENDINGS = frozenset(f"{_VERBS}{_NOUNS}{_ADJECTIVES}".split())
_LONGEST = max(map(len, _ENDINGS))


def root_folded(word: str) -> str:
    """Return a folded word without the longest ending that leaves a root."""
    if word.isalpha():
        for length in range(min(_LONGEST, len(word) - LEAST_ROOT), 0, -1):
            if word[-length:] in _ENDINGS:
                return word[:-length]
    return word
