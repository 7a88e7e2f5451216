"""How first_names.txt was made: the given names of Faker that given_names.txt has not.

    pip download --no-deps faker && unzip faker-*.whl
    python -m corpus.entities.first_names_making . > corpus/entities/first_names.txt

Faker (https://github.com/joke2k/faker) is under the MIT licence. Left out is what French news
writes more often as something else: common words, family names, places, countries, bodies.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from textwrap import fill

from corpus.analysis import fold
from corpus.entities.countries import country_words, decoys
from corpus.entities.figures import figures
from corpus.entities.lexicon import cut, keys, lines, table
from corpus.entities.organisations import organisations

_NAME = re.compile(r"[a-z]{3,}")
# A given name is in so many times more countries a given name than a family name.
_MOSTLY = 4
# Words, brands, heroes and family names, as read among those that French news writes in lower
# case or mostly alone.
_NO_GIVEN_NAMES = keys(
    """aimable alpha america anar ane ante ants apollo ara artis baby beat beckett beckham benjamine
    beta blanchie boss brandie bruni cale calogero cam candi candy canyon caprice carter cash
    charity cheri chimere christ ciara collie comfort cord cristal darwin dax demonte desiree destin
    deviner diamond dion dis dodo dot douglass ecrin edite era feline ferre finis florida foch fonda
    franc gage gale gna gogo grazia hasta hema hung ibis ide indy innocent ion irma ise jalon
    january jenifer jet jolie jure karma kora lasse leva liga lige lio lone lorie lotte lue magnolia
    magret malle maman mamie manie manuelle mardis mare maree mat matous maxi meta mia mie miel
    mille murit muslim nanny nazi nenni neva nil novi olive opal osa paca pacifica panini parlee
    patience peace pearl pelle per pesent peta philo piper presley rahma ray rein rembrandt rihanna
    rua sage saire sari savon scarlet senna seve sia sien signa sil sincere sine siri tal talon tari
    tex tiare til tiny toi tord tory tre ture urban venice ver versa vessie vicie vif viking violet
    vit vita yoga zaz zizi""".splitlines()
)


def main(folder: Path) -> None:
    """Print the given names of a copy of Faker."""
    sys.path.insert(0, str(folder))
    given, family = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for place in sorted((folder / "faker/providers/person").glob("*/__init__.py")):
        provider = import_module(f"faker.providers.person.{place.parent.name}").Provider
        for attribute in dir(provider):
            found = given if attribute.startswith("first_name") else family
            if attribute.startswith(("first_name", "last_name")):
                for name in _names(getattr(provider, attribute)):
                    found[name].add(place.parent.name)
    barred = _NO_GIVEN_NAMES | _known()
    kept = (
        name
        for name, places in given.items()
        if not (name in barred or len(places) < _MOSTLY * len(family[name]))
    )
    print("# Given names of the world, made by first_names_making.py from Faker; see NOTICE.")
    print(fill(" ".join(sorted(kept)), 100))


def _names(found: object) -> Iterator[str]:
    """Yield the keys of the names in Latin letters of a list, or of one with their chances."""
    for name in found if isinstance(found, (tuple, list, dict)) else ():
        name = name[0] if isinstance(name, tuple) else name
        if isinstance(name, str) and name[:1].isupper() and name[0] < "\u0250":
            key = fold(name)
            if _NAME.fullmatch(key):
                yield key


def _known() -> frozenset[str]:
    """Return the words of the other lists."""
    rows = [row for row in lines("vocabulary.txt") if row[0] != "["]
    phrases = [form for form, _ in (*organisations(), *country_words(), *decoys())]
    phrases += [form.partition(" ")[2] for form, _ in figures()]
    phrases += [row[0] for row in table("places.tsv")]
    phrases += [name for row in table("clues.tsv") for name in row[1].split(", ")]
    words = {key for phrase in phrases for key in cut(phrase).keys}
    return keys([*rows, *lines("given_names.txt"), *words, *lines("tagger_words.txt")])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
