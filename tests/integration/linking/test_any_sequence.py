"""Whatever is joined and parted, in whatever order: every row ends where it started."""

from datetime import timedelta
from typing import Any

import psycopg
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from alongside.foundation.lib.errors import NotFound
from alongside.workflows import merge_people
from tests.integration.linking.merging import (
    everything,
    join,
    part,
    person_of,
    take_in,
)
from tests.integration.rights.people import NOW, bea
from tests.support.receiving import ask

# Alike enough to be taken for each other, and each with something of their own: walls,
# a higher need, a hold, a closed case, somebody barred, notes, hints, reviews, consent.
HOME = {"address_line_1": "12 Elm Row", "postcode": "LE2 7DT", "safe_phone": "y"}
WALLED = {"flags": "sexual", "consent_referral": "given"}
CHILD = {
    "date_of_birth": "2014-05-01",
    "guardian_name": "Jo Moss",
    "guardian_phone": "07700 900222",
}
PEOPLE = (
    {"crime_ref": "26000000201", "given_names": "Asha", **WALLED, **HOME},
    {
        "crime_ref": "26000000202",
        "given_names": "Omar",
        "mobile_phone": "07700 900300",
        "suspect_ref": "S1",
    },
    {"crime_ref": "26000000203", "given_names": "Kit", **CHILD},
    {
        "crime_ref": "26000000204",
        "given_names": "Noor",
        "safe_phone": "n",
        "suspect_ref": "S1",  # joined with Omar, hit twice by one suspect
        **HOME,
    },
    {"crime_ref": "26000000205", "given_names": "Ewa", "gender": "female"},
    {"crime_ref": "26000000206", "given_names": "Lan", "flags": "sexual"},  # held
)
PAIRS = st.tuples(*[st.integers(0, len(PEOPLE) - 1)] * 2)

MORE = """
    INSERT INTO casework_conflict (public_id, area_id, agency_id, person_id, user_id,
                                   kind, found, reason, since)
    SELECT gen_random_uuid(), c.area_id, c.agency_id, c.person_id, u.id, 'related',
           'declared', 'Sister', c.opened_at
      FROM casework_case c, accounts_user u
     WHERE c.person_id = ANY (%(barred)s) AND u.email = 'worker@llr.example';
    INSERT INTO casework_note (area_id, case_id, at, by_id, kind, text)
    SELECT c.area_id, c.id, c.opened_at, u.id, 'shared', 'Rang back'
      FROM casework_case c, accounts_user u WHERE u.email = 'supervisor@llr.example';
    UPDATE casework_case SET worker_id =
           (SELECT u.id FROM accounts_user u WHERE u.email = 'worker@llr.example')
     WHERE person_id = %(held)s;
    UPDATE casework_case SET status = 'closed', closed_at = opened_at,
           disposition = 'declined', next_action = '', next_action_on = NULL
     WHERE person_id = %(closed)s;
    INSERT INTO linking_householdhint (area_id, low_id, high_id, why, since)
    SELECT p.area_id, p.id, q.id, 'one_fact', p.created_at FROM people_person p
      JOIN people_person q ON q.id > p.id AND (p.id + q.id) % 2 = 1;
    INSERT INTO linking_reviewtask
        (public_id, area_id, record_id, other_id, person_id, other_person_id, why,
         weight, levels, model, opened_at)
    SELECT gen_random_uuid(), p.area_id, q.shown_record_id, p.shown_record_id, q.id,
           p.id, 'weak', 3, ARRAY[1, 1, 0, 0, 0, 0], '1', p.created_at
      FROM people_person p JOIN people_person q ON q.id > p.id;
    INSERT INTO consent_consententry
        (public_id, area_id, agency_id, person_id, kind, purpose, fields, basis, way,
         giver, assessed_by, guardian_checked, unsafe_to_ask, said_on, words,
         recorded_by_id, recorded_at)
    SELECT gen_random_uuid(), c.area_id, c.agency_id, c.person_id, 'refused',
           'research', 0, '', 'spoken', '', '', false, false, c.opened_at::date,
           'No', u.id, c.opened_at
      FROM casework_case c, accounts_user u WHERE u.email = 'supervisor@llr.example';
    INSERT INTO people_contactconfirmed
        (area_id, contact_id, person_id, at, by_id, reason)
    SELECT k.area_id, k.id, r.person_id, r.said_at, u.id, 'Rang it'
      FROM people_contactpoint k JOIN people_personrecord r ON r.id = k.record_id,
           accounts_user u WHERE u.email = 'supervisor@llr.example'
"""


def fill(reach):
    """Six people in a database of their own, and much that points at them."""
    names = take_in(*PEOPLE, now=NOW)
    keys = [person_of(row)[0] for row in PEOPLE]
    with psycopg.connect(reach.owner.conninfo()) as owner:
        owner.execute(
            MORE.replace("%(barred)s", f"ARRAY[{keys[1]}, {keys[3]}]::bigint[]")
            .replace("%(held)s", str(keys[1]))
            .replace("%(closed)s", str(keys[4]))
        )
    return names


class Sequences(RuleBasedStateMachine):
    """Joins and parts at random, and knows who must be one with whom."""

    reach: Any = None
    names: tuple[Any, ...] = ()
    start: dict[str, Any] = {}

    def __init__(self):
        super().__init__()
        self.now = NOW + timedelta(days=1)
        self.joined: list[
            tuple[Any, Any, Any]
        ] = []  # (merge, kept, gone), oldest first
        self.actor = bea()

    def known(self, name):
        for _, kept, gone in reversed(self.joined):
            if gone == name:
                return self.known(kept)
        return name

    def tick(self):
        self.now += timedelta(minutes=1)
        return self.now

    @rule(pair=PAIRS)
    def join_two(self, pair):
        kept, gone = (self.names[one] for one in pair)
        possible = (
            kept != gone and kept == self.known(kept) and gone == self.known(gone)
        )
        try:
            merge_id = join(kept, gone, actor=self.actor, now=self.tick())
        except (merge_people.CannotJoin, NotFound):
            assert not possible
        else:
            assert possible
            self.joined.append((merge_id, kept, gone))

    @rule(choice=st.integers(0, 3))
    def part_two(self, choice):
        if not self.joined:
            return
        merge_id, kept, _ = self.joined[choice % len(self.joined)]
        place = choice % len(self.joined)
        newer = self.joined[place + 1 :]
        free = all(kept not in one[1:] for one in newer)
        try:
            part(merge_id, actor=self.actor, now=self.tick())
        except merge_people.CannotPart:
            assert not free
        else:
            assert free
            del self.joined[place]

    @invariant()
    def each_record_is_with_whom_they_are_known_as(self):
        for row, name in zip(PEOPLE, self.names, strict=True):
            assert person_of(row)[1] == self.known(name)
        assert not ask(
            "SELECT v.id FROM casework_victimisation v"
            " JOIN people_personrecord r ON r.id = v.record_id"
            " JOIN casework_case c ON c.id = v.case_id"
            " WHERE c.person_id <> r.person_id"
        )

    def teardown(self):
        for merge_id, _, _ in reversed(self.joined):
            part(merge_id, actor=self.actor, now=self.tick())
        ended = everything(self.reach)
        for table, rows in self.start.items():
            assert ended[table] == rows, table


def test_any_sequence_of_joining_and_parting_ends_where_it_started(fresh_database):
    Sequences.reach = fresh_database
    Sequences.names = fill(fresh_database)
    Sequences.start = everything(fresh_database)
    barred = "SELECT count(*) FROM casework_caseaccess WHERE barred IS NOT NULL"
    assert ask(barred) == [(2,)]
    assert ask("SELECT count(*) FROM casework_case") == [(5,)]
    run_state_machine_as_test(
        Sequences,
        settings=settings(
            max_examples=8,
            stateful_step_count=8,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
