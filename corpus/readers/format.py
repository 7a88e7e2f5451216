"""What a format is called, how it is told and what it gives: for `kiosque formats`."""

from dataclasses import dataclass
from importlib.util import find_spec

from corpus.records import Unreadable

# What our fields are called on a screen, in the order in which they are listed.
LABELS = {
    **{"title": "titre", "body": "texte", "source": "source", "date": "date", "id": "identifiant"},
    **{"url": "adresse", "section": "rubrique", "author": "auteur", "edition": "édition"},
    **{"page": "page", "agency": "agence", "dateline": "lieu", "slug": "mots-clés de l’agence"},
    **{"word_count": "nombre de mots", "copyright": "droits", "language": "langue"},
}


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is read.

    name, told_by: for its users, in French. gives: the fields of `Record` that its files
        can state, besides title and body; what can be found in any text (a dateline, the
        language) is not counted.
    package, extra: the package that reading it needs and the extra of ours that brings it;
        empty where nothing need be added.
    """

    name: str
    told_by: str
    gives: tuple[str, ...] = ()
    package: str = ""
    extra: str = ""

    @property
    def labels(self) -> list[str]:
        """What the format gives, in French and in a fixed order."""
        return [label for field, label in LABELS.items() if field in self.gives]

    @property
    def command(self) -> str:
        """The command that brings what the format needs; empty where nothing is needed."""
        return f"pip install 'kiosque[{self.extra}]'" if self.extra else ""

    @property
    def is_ready(self) -> bool:
        """Whether files of the format can be read as Kiosque is installed."""
        return not self.package or find_spec(self.package) is not None

    def require(self) -> None:
        """Raise Unreadable, with the command that mends it, where the package is missing."""
        if not self.is_ready:
            raise Unreadable(f"{self.name} : il manque de quoi le lire ; {self.command}")
