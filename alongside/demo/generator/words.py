"""Names, streets and postcodes to invent people from, picked as often as they occur."""

import tomllib
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from alongside.foundation.reference.tables import read_postcodes

DATA = Path(__file__).parent / "data"
# How quickly names grow rare: the tenth is about half as frequent as the first.
EVEN = 9
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one origin, each with how often it and those before it occur."""

    girls: Sequence[str]
    boys: Sequence[str]
    surnames: Sequence[str]
    sums: Mapping[str, Sequence[float]]

    def pick(self, random: Random, kind: str) -> str:
        """A name of the kind, the common ones more often."""
        sums = self.sums[kind]
        at = bisect(sums, random.random() * sums[-1])
        names: Sequence[str] = getattr(self, kind)
        return names[at]


class Words:
    """Everything that is read from files, once for each run."""

    def __init__(self) -> None:
        given = _read("names.toml")
        self.names: dict[str, Names] = {
            row["origin"]: _names(row) for row in given["names"]
        }
        self.origins = tuple(self.names)
        self.origin_sums = list(accumulate(row["share"] for row in given["names"]))
        self.tail_share = given["tail"]["share"] / THOUSAND
        self.heads: list[str] = given["tail"]["heads"].split()
        self.ends: list[str] = given["tail"]["ends"].split()
        places = _read("places.toml")
        streets = places["streets"]
        self.streets = _words(streets["names"])
        self.kinds: list[str] = streets["kinds"].split()
        self.houses: list[str] = streets["houses"].split()
        self.towns = _words(streets["towns"])
        self.elsewhere: list[str] = streets["elsewhere"].split()
        self.landlines: tuple[str, ...] = tuple(places["contact"]["landlines"])
        self.providers: list[str] = places["contact"]["providers"].split()
        self.postcodes = [_spaced(row.postcode) for row in read_postcodes()]
        variants = _read("variants.toml")
        self.short = _short(variants["short"])
        self.spellings = _spellings(variants["spellings"])
        self.sounds = tuple(tuple(pair.split()) for pair in variants["sounds"])
        self.shapes = tuple(tuple(pair.split()) for pair in variants["shapes"])

    def origin(self, random: Random) -> str:
        """Where a family's names come from."""
        sums = self.origin_sums
        return self.origins[bisect(sums, random.random() * sums[-1])]

    def surname(self, random: Random, origin: str) -> str:
        """A family's name: for the long tail of English ones, a made-up one."""
        if origin == "british" and random.random() < self.tail_share:
            return random.choice(self.heads) + random.choice(self.ends)
        return self.names[origin].pick(random, "surnames")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def _names(row: dict[str, Any]) -> Names:
    lists = {kind: _words(row[kind]) for kind in ("girls", "boys", "surnames")}
    sums = {
        kind: list(accumulate(1 / (rank + EVEN) for rank in range(len(names))))
        for kind, names in lists.items()
    }
    return Names(lists["girls"], lists["boys"], lists["surnames"], sums)


def _short(lines: Sequence[str]) -> dict[str, Sequence[str]]:
    return {full: forms for full, *forms in (line.split() for line in lines)}


def _spellings(lines: Sequence[str]) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        forms = line.split()
        for form in forms:
            others = [other for other in forms if other != form]
            found.setdefault(form, []).extend(others)
    return dict(found)


def _spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}"
