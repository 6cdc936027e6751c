"""Who sees that somebody's records were asked for: those who see the case, and IG."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.care.casework.queries import get_case
from alongside.care.casework.types import ConflictKind
from alongside.care.guarding.operations import conflicts
from alongside.care.guarding.operations.compartments import set_compartments
from alongside.care.information_requests import queries
from alongside.care.information_requests.models import (
    InformationRequest,
    RequestPart,
    RequestStep,
)
from alongside.care.information_requests.operations import answering
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.workflows import restrict
from tests.integration.information_requests.asking import (
    NOW,
    acts,
    asker,
    bea,
    decide,
    idris,
    liaison,
    prepare,
    read,
    supervisor,
    whole,
    write_down,
)
from tests.integration.rights.people import ASH, actor_of, somebody
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db
TABLES = (InformationRequest, RequestStep, RequestPart)


def sees(who):
    """How many rows of each table somebody sees."""
    with acts(who):
        return [model.objects.count() for model in TABLES]


@pytest.fixture
def asked():
    """A request whose answer is prepared."""
    made = whole(somebody()[2])
    prepare(made)
    return made


def case_of(asked):
    return read(asked).case_id


def wall(case, *names):
    with acts(idris()) as actor:
        set_compartments(
            actor=actor,
            now=NOW,
            case_id=case,
            version=get_case(actor=actor, public_id=case).version,
            chosen=list(names),
            reason="So that nobody looks who need not",
        )


def test_those_who_see_the_case_see_the_request(asked):
    rows = [1, 8, 2]
    assert sees(supervisor()) == sees(actor_of("worker@llr.example")) == rows
    assert sees(bea()) == rows


@pytest.mark.parametrize(
    "who",
    ["police", "provider", "provider.worker", "commissioner", "analyst", "panel"],
)
def test_nobody_else_sees_a_row(asked, who):
    assert sees(actor_of(f"{who}@llr.example")) == [0, 0, 0]


def test_a_wall_around_the_case_stands_around_the_request(asked):
    wall(case_of(asked), "high_profile")
    assert sees(supervisor()) == [0, 0, 0]
    assert sees(bea())[0] == 1
    with pytest.raises(NotFound):
        write_down(case_of(asked))


def test_whom_a_conflict_bars_neither_sees_nor_decides_it(asked):
    with acts(bea()) as actor:
        conflicts.declare_conflict(
            actor=actor,
            now=datetime.now(tz=UTC),
            reference=ASH["crime_ref"],
            kind=ConflictKind.RELATED,
            reason="My cousin",
        )
    assert sees(bea()) == [0, 0, 0]
    with pytest.raises(NotFound):
        decide(asked, version=1)
    told = "SELECT count(*) FROM accounts_notice WHERE subject_id = %s"
    with acts(bea()), connection.cursor() as cursor:
        cursor.execute(told, [asked])
        assert cursor.fetchone() == (0,)
    with acts(idris()), connection.cursor() as cursor:
        cursor.execute(told, [asked])
        assert cursor.fetchone() == (1,)


def test_the_force_sees_how_its_own_requests_stand_and_nothing_of_the_case(asked):
    other = write_down(case_of(asked), asker_id=None, body_name="Another Police")
    with acts(liaison()) as actor:
        (own,) = queries.list_own(actor=actor, limit=10)
    assert (own.asked_id, own.stands) == (asked, "with_us")
    assert own.their_reference == asker().their_reference
    decide(asked)
    with acts(liaison()) as actor:
        (own,) = queries.list_own(actor=actor, limit=10)
        assert (own.stands, own.sent_on) == ("with_us", None)
        with pytest.raises(NotFound):
            queries.get_request(actor=actor, asked_id=asked)
        with pytest.raises(NotAllowed):
            answering.withdraw(actor=actor, now=NOW, asked_id=other, words="Ours")


@pytest.mark.parametrize("who", ["supervisor", "information", "provider"])
def test_what_a_force_asked_for_is_listed_to_the_force_alone(asked, who):
    with (
        acts(actor_of(f"{who}@llr.example")) as actor,
        pytest.raises(DatabaseError, match="not a police liaison"),
        transaction.atomic(),
    ):
        queries.list_own(actor=actor, limit=10)


def test_what_was_done_is_added_to_and_never_changed(asked):
    for table in ("requeststep", "requestpart"):
        for act in ("UPDATE {} SET words = ''", "DELETE FROM {}"):
            with (
                acts(bea()),
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(act.format(f"information_requests_{table}"))


def test_a_request_about_a_restricted_person_is_for_information_governance(asked):
    ((person,),) = ask(
        "SELECT p.public_id FROM people_person p JOIN casework_case c"
        " ON c.person_id = p.id WHERE c.public_id = %s",
        case_of(asked),
    )
    with acts(idris()) as actor:
        restrict.restrict(
            actor=actor,
            now=NOW,
            person_id=person,
            request_id=None,
            reason="Says that much of it is wrong",
        )
    assert sees(supervisor()) == [0, 0, 0]
    assert sees(bea())[0] == 1
