"""Who is on the other side of a crime from whoever arrives. Nothing here writes.

Only who receives for a service is told: to anybody else it would tell of a pair.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

NOBODY: frozenset[int] = frozenset()
SIDES = "SELECT * FROM casework_other_sides(%s::text[], %s::text[], %s::text[])"


class Part(NamedTuple):
    """Somebody's part in a crime as a force refers to it: who they are, and whom it
    suspects. Empty where it does not say."""

    force: str
    ref: str
    suspect: str


class SideRow(NamedTuple):
    """A person met by a reference of a force: on the other side from whoever has it
    (`opposite`), else sent under it."""

    force: str
    ref: str
    person: int
    opposite: bool


def find_sides(*, parts: Sequence[Part]) -> list[SideRow]:
    """What is known of these references, as far as it keeps people from being taken
    for each other. One statement."""
    if not parts:
        return []
    forces, refs, suspects = zip(*sorted(set(parts)), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(SIDES, [list(forces), list(refs), list(suspects)])
        return [SideRow(*row) for row in cursor.fetchall()]


def find_suspects(*, crime_ref: str) -> frozenset[int]:
    """People whom a force suspects of a crime, and who were not harmed in it. None
    where the crime has no reference."""
    if not crime_ref:
        return NOBODY
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_suspects_of(%s)", [crime_ref])
        return frozenset(person for (person,) in cursor.fetchall())
