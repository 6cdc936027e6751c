"""The two sides of a crime: who arrives is never taken for whoever is on the other.

By the references of a force, and by the pairs that are kept apart. Rows of one delivery
meet each other as if each had come alone.
"""

from collections import defaultdict
from collections.abc import Iterable

from alongside.care.casework.queries import Part, SideRow
from alongside.care.matching.rules.deciding import NOBODY

Ref = tuple[str, str]


class Sides:
    """Whom each reference of a force stands for, and who is on its other side."""

    def __init__(self, known: Iterable[SideRow] = ()) -> None:
        self._sent: defaultdict[Ref, set[int]] = defaultdict(set)
        self._against: defaultdict[Ref, set[int]] = defaultdict(set)
        for row in known:
            side = self._against if row.opposite else self._sent
            side[row.force, row.ref].add(row.person)

    def opposite(self, part: Part) -> frozenset[int]:
        """People who are not to be taken for whoever has this part.

        Nobody who was sent under the very reference: that they are one was said.
        """
        found = self._against.get((part.force, part.ref), NOBODY)
        if part.suspect:
            found = found | self._sent.get((part.force, part.suspect), NOBODY)
        if not found:
            return NOBODY
        own = self._sent.get((part.force, part.ref), NOBODY)
        return frozenset(found - own) or NOBODY

    def add(self, part: Part, person: int) -> None:
        """Let those after meet who this turned out to be."""
        if part.ref:
            self._sent[part.force, part.ref].add(person)
        if part.suspect and part.suspect != part.ref:
            self._against[part.force, part.suspect].add(person)
