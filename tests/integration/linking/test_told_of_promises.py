"""Who was told of a promise past its day, where two cases become one and two again."""

from datetime import datetime, time, timedelta

import pytest

from alongside.care.journey.operations.escalation import (
    answer_escalation,
    escalate_missed,
)
from alongside.care.journey.queries.escalation import list_escalations
from alongside.foundation.accounts.queries import get_receiver
from alongside.foundation.lib.local import LONDON
from alongside.walls.context import acting_as
from alongside.workflows.read_case import read_promises
from tests.integration.linking.merging import (
    FIRST,
    SECOND,
    case_of,
    join,
    part,
    supervisor,
    take_in,
)
from tests.integration.rights.people import acts
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db
RUNS = "met_on IS NULL AND not_owed_reason = '' AND holder <> 'victim'"


@pytest.fixture
def told():
    """Two people, and of the second one's first promise its worker's team was told;
    who they are, and when that was."""
    people = take_in(FIRST, SECOND)
    ends, _ = case_of(SECOND)
    ((due,),) = ask(
        f"SELECT min(due_on) FROM journey_clock WHERE case_id = %s AND {RUNS}", ends
    )
    now = datetime.combine(due + timedelta(days=2), time(9), LONDON)
    receiver = get_receiver(agency_id=supervisor().agency_id, now=now)
    with acting_as(receiver):
        assert escalate_missed(actor=receiver, now=now)
    return people, now


def where():
    """Where each escalation is, and in which case its promise runs."""
    return ask(
        "SELECT x.id, x.case_id, k.case_id FROM journey_escalation x"
        " JOIN journey_clock k ON k.id = x.clock_id ORDER BY x.id"
    )


def read(case_id, now):
    """By promise who was told, as the page of a case reads it."""
    with acts(supervisor()) as who:
        return read_promises(actor=who, now=now, case_id=case_id).told


def lines():
    with acts(supervisor()):
        return list_escalations(limit=100)


def test_it_stays_where_it_was_and_is_read_where_the_promise_runs(told):
    (kept, gone), now = told
    (stays, stays_name), (_, ends_name) = case_of(FIRST), case_of(SECOND)
    before, in_first = where(), read(stays_name, now)
    in_second = read(ends_name, now)
    assert in_second

    merge_id = join(kept, gone, now=now)

    assert [row[:2] for row in where()] == [row[:2] for row in before]
    assert {row[2] for row in where()} == {stays}
    assert read(stays_name, now).keys() == in_first.keys() | in_second.keys()
    assert {line.case_id for line in lines()} == {stays_name}

    part(merge_id, now=now)

    assert where() == before
    assert read(stays_name, now) == in_first
    assert read(ends_name, now) == in_second
    assert {line.case_id for line in lines()} >= {ends_name}


def test_what_came_of_it_is_written_in_the_case_that_stays_and_kept(told):
    (kept, gone), now = told
    (_, stays_name), (ends, ends_name) = case_of(FIRST), case_of(SECOND)
    ((name,), *_) = ask(
        "SELECT public_id FROM journey_escalation WHERE case_id = %s ORDER BY id", ends
    )
    merge_id = join(kept, gone, now=now)
    with acts(supervisor()) as who:
        answer_escalation(
            actor=who, now=now, public_id=name, answer="They rang on Tuesday"
        )
    assert "They rang on Tuesday" in answers(stays_name, now)

    part(merge_id, now=now)

    assert "They rang on Tuesday" in answers(ends_name, now)
    assert "They rang on Tuesday" not in answers(stays_name, now)


def answers(case_id, now):
    found = read(case_id, now).values()
    return {line.answer for told_of in found for line in told_of}


def test_joining_tells_nobody_twice(told):
    (kept, gone), now = told
    join(kept, gone, now=now)
    receiver = get_receiver(agency_id=supervisor().agency_id, now=now)
    with acting_as(receiver):
        assert escalate_missed(actor=receiver, now=now) == 0
