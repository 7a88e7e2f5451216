"""What a generation of an index folder is made of."""

import json
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

# Raise it whenever the files of a segment, or what they hold of an article, change.
SCHEMA_VERSION = 6
# The file with the name of the current generation's manifest.
CURRENT = "CURRENT"


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """A segment of a generation.

    segment: the file that holds it. removed: the file with the bits of the articles
    removed from it since, empty for none. articles: how many it holds without those.
    topics: the file of what its articles are about, empty for none.
    """

    segment: str
    removed: str
    articles: int
    topics: str = ""

    @property
    def prints(self) -> str:
        """Return the file of the fingerprints of its articles, removed or not."""
        return prints_name(self.segment)


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation: what was built, when, by which version.

    families: the file with the families of the articles, empty without any; rows are
    numbered from the first segment's first article to the last one's last, removed or not.
    journal: the file of what was kept beside the articles, empty for none. links: that of the
    names of actors that mean others (`index.embedded.linking`), topics: of what words are about
    (`index.topics`), empty for none.
    """

    number: int
    segments: tuple[SegmentFiles, ...]
    built: str
    version: str
    schema: int
    analysis: int
    families: str = ""
    journal: str = ""
    links: str = ""
    topics: str = ""

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Return the manifest of the current generation of a folder, of whatever version.

        Raises OSError, and ValueError, TypeError or KeyError for what is no manifest.
        """
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
        fields = json.loads((folder / name).read_text(encoding="utf-8"))
        segments = tuple(SegmentFiles(**segment) for segment in fields.pop("segments"))
        return cls(segments=segments, **fields)

    @property
    def name(self) -> str:
        """Return the file of the manifest."""
        return f"generation-{self.number}.json"

    @property
    def articles(self) -> int:
        """Return how many articles the generation holds."""
        return sum(segment.articles for segment in self.segments)

    def files(self) -> frozenset[str]:
        """Return the files that the generation needs."""
        own = (self.name, self.families, self.journal, self.links, self.topics)
        held = ((one.segment, one.removed, one.prints, one.topics) for one in self.segments)
        return frozenset(chain(own, *held))


def prints_name(segment: str) -> str:
    """Return the file of the fingerprints of a segment's articles."""
    return segment.removesuffix(".segment") + ".prints"
