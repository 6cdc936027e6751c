"""People to be joined and parted, who may do it, and what the tables then say."""

import json
from datetime import timedelta

import psycopg

from alongside.walls.tables import WALLED
from alongside.workflows import merge_people
from tests.factories.feeds import receive
from tests.integration.rights.people import NOW, actor_of, acts
from tests.support.receiving import ask

FIRST = {"crime_ref": "26000000101", "given_names": "Asha", "surname": "Reed"}
SECOND = {"crime_ref": "26000000102", "given_names": "Omar", "surname": "Bell"}
THIRD = {"crime_ref": "26000000103", "given_names": "Kit", "surname": "Moss"}
WHY = "They told us: same person, married name"
LATER = NOW + timedelta(hours=1)

# What joining adds and parting does not take away: history, what people were told, when
# something last happened, and a counter that only goes up, so that no page of before
# saves over what came after. Grounds and promises count while they stand.
HISTORY = frozenset(
    {"linking_merge", "linking_mergemove", "linking_linkdecision", "accounts_notice"}
)


def supervisor(**options):
    """The supervisor of the service."""
    return actor_of("supervisor@llr.example", **options)


def person_of(row):
    """(key, public id) of whoever the record of a crime belongs to."""
    ((key, name),) = ask(
        "SELECT p.id, p.public_id FROM casework_victimisation v"
        " JOIN people_personrecord r ON r.id = v.record_id"
        " JOIN people_person p ON p.id = r.person_id WHERE v.crime_ref = %s",
        row["crime_ref"],
    )
    return key, name


def case_of(row):
    """(key, public id) of the case that a crime is in."""
    ((key, name),) = ask(
        "SELECT c.id, c.public_id FROM casework_victimisation v"
        " JOIN casework_case c ON c.id = v.case_id WHERE v.crime_ref = %s",
        row["crime_ref"],
    )
    return key, name


def take_in(*rows, now=NOW):
    """Receive these people; their public ids."""
    receive(rows, now=now)
    return [person_of(row)[1] for row in rows]


def join(kept, gone, *, actor=None, now=LATER, why=WHY):
    """Join two people; the id of the merge."""
    with acts(actor or supervisor()) as who:
        return merge_people.merge(actor=who, now=now, kept=kept, gone=gone, reason=why)


def part(merge_id, *, actor=None, now=LATER, why="Two sisters", **options):
    """Part two people again, without barring that they be joined anew."""
    with acts(actor or supervisor()) as who:
        merge_people.unmerge(
            actor=who,
            now=now,
            merge_id=merge_id,
            reason=why,
            **{"never_again": False, **options},
        )


def everything(reach):
    """Every row of every walled table as the owner sees it, but for history."""
    with psycopg.connect(reach.owner.conninfo()) as owner:
        return {
            table: sorted(_rows(owner, table))
            for table in WALLED
            if table not in HISTORY
        }


TAKEN = {"casework_case": ["version", "touched_at"], "journey_clock": ["id"]}
ONLY = {
    "casework_casechange": "WHERE kind NOT IN ('joined', 'parted', 'tier_changed')",
    "assessment_caseground": "WHERE ended_at IS NULL",
    "journey_clock": "WHERE replaced_by_id IS NULL"
    " AND not_owed_reason <> 'not_their_matter'",
}


def _rows(owner, table):
    found = owner.execute(
        f"SELECT to_jsonb(t) - %s::text[] FROM public.{table} t {ONLY.get(table, '')}",
        [TAKEN.get(table, [])],
    )
    return [json.dumps(row, sort_keys=True) for (row,) in found]
