"""Joining up what may be linked, and parting what contradicts itself.

A link says that two records agree; a chain of links can end at two records that do
not. Where a cluster holds two such, its links are taken up again one by one, the
heaviest first, and none that would bring the two together. A record that fits both
sides about as well is left alone: nobody can say whose it is.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from alongside.care.matching.rules.guards import BORN_OTHER, FIRST_LETTER, SURNAME_OTHER
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.workflows.linking_in_bulk.comparing import COMPARED

LINKED = f"band = '{Band.LINK}'"
# Pairs of one cluster that are not linked themselves, where there can be any.
INSIDE = f"""
    SELECT a.cluster, a.record AS l, b.record AS r
      FROM clusters a JOIN clusters b USING (cluster)
      JOIN (SELECT cluster FROM clusters GROUP BY 1 HAVING count(*) > 2)
        USING (cluster)
     WHERE a.record < b.record
       AND a.record NOT IN (SELECT record FROM doubles)
       AND b.record NOT IN (SELECT record FROM doubles)
       AND NOT EXISTS (SELECT 1 FROM edges e
                        WHERE e.l = a.record AND e.r = b.record AND {LINKED})
"""

# When two records are two people's, whatever else they share.
TWO_PEOPLE = f"""
    SELECT cluster, l, r FROM inside_levels
     WHERE g_born = {BORN_OTHER}
        OR (g_name >= {FIRST_LETTER} AND g_name <> {SURNAME_OTHER}
            AND length(given_l) > 1 AND length(given_r) > 1)
"""


class Link(NamedTuple):
    """Two records that may be linked."""

    weight: float
    one: int
    other: int


def join_up(engine: LinkEngine, *, together: bool) -> int:
    """Fill `clusters` from `edges`; returns how many clusters had to be parted.

    Only where people live `together` do two names or dates speak of two people.
    """
    engine.join_up(LINKED)
    if not together:
        return 0
    engine.make("inside", INSIDE)
    engine.add_levels("inside_levels", "inside", COMPARED)
    engine.make("clashes", TWO_PEOPLE)
    clashes = _clashes(engine)
    changed = [
        (record, cluster)
        for cluster, links in _links(engine).items()
        for record, cluster in _part(links, clashes[cluster]).items()
    ]
    engine.fill("parted", {"record": "BIGINT", "cluster": "BIGINT"}, changed)
    engine.make(
        "clusters",
        "SELECT c.record, coalesce(p.cluster, c.cluster) AS cluster"
        " FROM clusters c LEFT JOIN parted p USING (record)",
    )
    engine.drop("inside", "inside_levels", "clashes", "parted")
    return len(clashes)


def _clashes(engine: LinkEngine) -> dict[int, list[tuple[int, int]]]:
    rows = engine.ask("SELECT cluster, l, r FROM clashes ORDER BY 1, 2, 3")
    return {
        cluster: [(one, other) for _, one, other in group]
        for cluster, group in groupby(rows, key=lambda row: row[0])
    }


def _links(engine: LinkEngine) -> dict[int, list[Link]]:
    rows = engine.ask(
        "SELECT c.cluster, e.weight, e.l, e.r FROM edges e"
        " JOIN clusters c ON c.record = e.l"
        " JOIN (SELECT DISTINCT cluster FROM clashes) USING (cluster)"
        f" WHERE {LINKED} ORDER BY c.cluster, e.weight DESC, e.l, e.r"
    )
    return {
        cluster: [Link(*row[1:]) for row in group]
        for cluster, group in groupby(rows, key=lambda row: row[0])
    }


def _part(links: list[Link], clashes: list[tuple[int, int]]) -> dict[int, int]:
    """The cluster of each record, the least record of it, with no clash inside."""
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in clashes:
        apart[one].add(other)
        apart[other].add(one)
    records = {record for link in links for record in (link.one, link.other)}
    alone = {record for record in records if _torn(record, links, apart)}
    groups = {record: {record} for record in records}
    for link in links:
        here, there = groups[link.one], groups[link.other]
        if here is there or {link.one, link.other} & alone:
            continue
        if not _clash(here, there, apart):
            here |= there
            groups |= dict.fromkeys(there, here)
    return {record: min(group) for record, group in groups.items()}


def _clash(one: set[int], other: set[int], apart: Mapping[int, set[int]]) -> bool:
    return any(apart[record] & other for record in one if record in apart)


def _torn(record: int, links: list[Link], apart: Mapping[int, set[int]]) -> bool:
    """Whether a record is linked with two that contradict each other, about as well."""
    own = [
        (link.other if link.one == record else link.one, link.weight)
        for link in links
        if record in {link.one, link.other}
    ]
    return any(
        abs(weight - other_weight) < LIMITS.clear
        for at, (one, weight) in enumerate(own)
        for other, other_weight in own[at + 1 :]
        if other in apart.get(one, ())
    )
