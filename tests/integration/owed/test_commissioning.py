"""Who commissions a service sees counts of it, and nobody's record."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from alongside.care.journey.queries import compliance
from alongside.care.journey.types.compliance import ComplianceAsked, CountBy
from alongside.foundation.accounts.models import Membership
from alongside.foundation.accounts.operations import make_token
from alongside.foundation.accounts.permissions import EndNeeded
from alongside.walls.context import acting_as
from alongside.workflows.give_token import WhichBody, give_counts_token
from tests.integration.cli.conftest import run, site  # noqa: F401
from tests.integration.web.casework.conftest import text_of

COMMISSIONERS = ("commissioner", "analyst")
COUNTING = ("/compliance", "/outcomes")
API = ("/api/v1/compliance", "/api/v1/outcomes", "/api/v1/outcomes.csv")
# Whoever holds a person's facts: tables that a reader of counts must find empty.
PERSONAL = (
    *("people_person", "people_personrecord", "people_contactpoint", "casework_case"),
    *("casework_victimisation", "journey_clock", "journey_journeyevent"),
    *("assessment_assessment", "intake_referral", "journey_waitingmessage"),
)


def counted(world, by=CountBy.ALL):
    return compliance.count_kept(
        ComplianceAsked(
            since=world.today - timedelta(days=400),
            until=world.today + timedelta(days=400),
            on=world.today,
            by=by,
        ),
        ages=[0, 18, 65],
    )


@pytest.mark.parametrize("who", COMMISSIONERS)
def test_they_count_what_the_service_counts(who, world, received, actor_as):
    with acting_as(actor_as("supervisor")):
        ours = counted(world, CountBy.HOLDER)
    with acting_as(actor_as(who)), transaction.atomic():
        theirs = counted(world, CountBy.HOLDER)

    assert ours
    assert theirs == ours


@pytest.mark.parametrize("who", COMMISSIONERS)
def test_and_read_no_row_about_anybody(who, received, actor_as):
    with acting_as(actor_as(who)), transaction.atomic(), connection.cursor() as cursor:
        for table in PERSONAL:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
        cursor.execute(
            "SELECT count(*) FROM journey_owed_by_force(%s, %s, 10, 0)",
            [
                datetime(2020, 1, 1, tzinfo=UTC).date(),
                datetime(2030, 1, 1, tzinfo=UTC).date(),
            ],
        )
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("who", ["finance", "panel", "worker", "police"])
def test_nobody_else_counts(who, world, received, actor_as):
    with acting_as(actor_as(who)), transaction.atomic():
        assert counted(world) == {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM assessment_outcomes_commissioned("
                "ARRAY['star'], %s, %s, 'nothing', ARRAY[0])",
                [world.now - timedelta(days=999), world.now],
            )
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("who", COMMISSIONERS)
@pytest.mark.parametrize("address", COUNTING)
def test_their_pages_and_files(who, address, received, client_as):
    client = client_as(who)

    assert client.get("/", follow=True).status_code == 200
    page = client.get(address)
    assert page.status_code == 200
    text = text_of(page)
    assert "Team queue" not in text
    assert "Promises kept" in text
    assert client.get(f"{address}?format=csv").status_code == 200
    assert client.get("/status").status_code == 403


def test_a_commissioner_is_told_no_team_and_no_helper(received, client_as):
    page = client_as("commissioner").get("/outcomes").content.decode()

    assert 'name="team"' not in page
    assert 'value="provider"' not in page


def test_a_report_for_outside_leaves_out_lines_that_may_tell_who(world):
    from alongside.care.assessment.tables import OUTCOMES
    from alongside.care.assessment.types.filled import OutcomeCount
    from alongside.workflows.read_outcomes import (
        Counted,
        Outcomes,
        Part,
        for_outside,
    )

    def line(group, question, asked, better):
        counts = OutcomeCount(
            group=group,
            instrument="needs",
            question=question,
            asked=asked,
            answered=asked,
            again=better,
            better=better,
            same=0,
            worse=0,
        )
        return Counted(group=group, words=question, counts=counts)

    row = next(iter(OUTCOMES.values()))
    lines = (
        *(line("a", "home", 20, 3), line("b", "home", 30, 9)),
        *(line("c", "home", 40, 20), line("a", "work", 9, 9)),
    )
    found = Outcomes(
        parts=(Part(row=row, lines=lines),),
        without=(("Moved away", 2), ("Said no", 9), ("Other", 30)),
        teams=(),
        team=None,
        in_house=False,
    )

    told = for_outside(found)

    assert [(one.group, one.words) for one in told.parts[0].lines] == [
        *(("c", "home"), ("a", "work"))
    ]
    assert told.parts[0].hidden == 2
    assert told.without == (("Other", 30),)


@pytest.fixture
def far():
    return datetime.now(tz=UTC) + timedelta(days=90)


@pytest.mark.usefixtures("fresh_database")
class TestTokens:
    def test_a_machine_reads_counts_and_nothing_else(self, far):
        token = give_counts_token(
            actor="test", now=datetime.now(tz=UTC), label="review", until=far
        )
        headers = {"Authorization": f"Bearer {token}"}

        for address in API:
            assert Client().get(address, headers=headers).status_code == 200, address
        for address in API[1:]:
            odd = Client().get(address, {"since": "2026-04-02"}, headers=headers)
            assert odd.status_code == 400
            assert "first day of a month" in odd.json()["message"]
        for address in ("/api/v1/deliveries", "/api/v1/people/" + "0" * 32):
            assert Client().get(address, headers=headers).status_code in {403, 404}
        found = Client().post(
            "/api/v1/people/search",
            data={"q": "Nobody"},
            content_type="application/json",
            headers=headers,
        )
        assert found.status_code == 403

    def test_it_must_end_and_soon(self, far):
        now = datetime.now(tz=UTC)
        membership = Membership.objects.using("owner").get(
            user__email="commissioner@llr.example"
        )
        for until in (None, now + timedelta(days=400)):
            with pytest.raises(EndNeeded, match="366 days at most"):
                make_token(
                    actor="test",
                    now=now,
                    membership=membership,
                    label="x",
                    until=until,
                )

    def test_the_command(self, run, capsys):  # noqa: F811
        until = f"{datetime.now(tz=UTC) + timedelta(days=30):%Y-%m-%d}"
        assert run("createcountstoken", "--label", "review", "--until", until) == 0
        token = capsys.readouterr().out.strip()
        headers = {"Authorization": f"Bearer {token}"}
        assert Client().get(API[0], headers=headers).status_code == 200
        assert run("createcountstoken", "--label", "x", "--until", "2020-01-01") == 1
        assert run("createcountstoken", "--label", "x", "--until", "2099-01-01") == 1
        assert "366 days" in capsys.readouterr().err

    def test_an_area_without_a_commissioning_body_is_told_so(self, far):
        with pytest.raises(WhichBody, match="no commissioning body"):
            give_counts_token(
                actor="test",
                now=datetime.now(tz=UTC),
                label="x",
                until=far,
                area_code="nowhere",
            )
