"""Promises counted by how they were kept, against counts made by hand."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.journey.models import JourneyEvent
from alongside.care.journey.queries import compliance
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.compliance import (
    ComplianceAsked,
    CountBy,
    Keeping,
    Kept,
)
from alongside.workflows.read_compliance import read_compliance
from tests.integration.web.casework.conftest import text_of

FAR = timedelta(days=300)


@pytest.fixture
def supervisor(received, actor_as):
    from alongside.walls.context import acting_as

    actor = actor_as("supervisor")
    with acting_as(actor):
        yield actor


@pytest.fixture
def kept(world, no_promises):
    """What happened to nine promises that were due long ago, told by hand:

    police: one met on its day, one met a day late, two of which nothing shows;
    witness care: one met, one not owed, one that nobody can say, one still to come
    and one that was planned anew and does not count."""
    on = world.today

    def due(case, rule, days, met=None, **more):
        facts = {} if met is None else {"met_on": on + timedelta(met), "evidence": "x"}
        return world.promise(case, rule, -200 + days, **facts, **more)

    due(world.asha, "R06-ARREST", 0, met=-200)
    due(world.asha, "R06-ARREST", 1, met=-198)
    due(world.omar, "R06-ARREST", 2)
    due(world.omar, "R06-BAIL", 3)
    newer = due(world.asha, "R08-HEARDATE", 4, met=-197)
    due(world.omar, "R08-HEARDATE", 5, not_owed_reason="uncontactable")
    matter = world.victimisation(world.omar)
    event = JourneyEvent.objects.create(
        area_id=matter.area_id,
        victimisation=matter,
        event="sentenced",
        suspect_ref="S1",
        occurred_at=world.now,
        received_at=world.now,
        detail={},
        source="test",
        content_hash="00000000-0000-0000-0000-000000000001",
        recorded_at=world.now,
    )
    due(world.omar, "R09-SENTENCE", 6, event=event, victimisation=matter)
    world.promise(world.omar, "R09-SENTENCE", 0)
    from alongside.care.journey.models import Clock

    older = due(world.asha, "R08-HEARDATE", 4)
    Clock.objects.filter(pk=older.pk).update(replaced_by=newer)


def asked(world, by=CountBy.ALL, **more):
    return ComplianceAsked(
        since=world.today - timedelta(days=201),
        until=world.today + timedelta(days=1),
        on=world.today,
        by=by,
        **more,
    )


def counts(world, by=CountBy.ALL, **more):
    """{group: counts in the order of `Kept`} of what was due; the far past apart."""
    found = compliance.count_kept(asked(world, by, **more), ages=[0, 18, 65])
    return {
        group: [keeping.states[state] for state in Kept]
        for group, keeping in found.items()
    }


#                      met late missed not owed cannot say due
POLICE, WITNESS = [1, 1, 2, 0, 0, 0], [1, 0, 0, 1, 1, 1]
EVERYTHING = [2, 1, 2, 1, 1, 1]


@pytest.fixture
def alone(kept):
    """The promises of the reports themselves are out of the counted time or settled."""
    from alongside.care.journey.models import Clock

    Clock.objects.filter(rule__in=["R02-RECORD", "R03-ACK", "R04-REFER"]).update(
        replaced_by=Clock.objects.order_by("pk").last()
    )
    Clock.objects.filter(not_owed_reason="told_by_another").update(
        replaced_by=Clock.objects.order_by("pk").last()
    )


@pytest.mark.usefixtures("alone")
class TestCounts:
    def test_all_together(self, world, supervisor):
        assert counts(world) == {"": EVERYTHING}

    def test_by_who_owed_it(self, world, supervisor):
        assert counts(world, CountBy.HOLDER) == {"police": POLICE, "wcu": WITNESS}

    def test_by_right(self, world, supervisor):
        assert counts(world, CountBy.RIGHT) == {
            "6": POLICE,
            "8": [1, 0, 0, 1, 0, 0],
            "9": [0, 0, 0, 0, 1, 1],
        }

    def test_by_tier(self, world, supervisor):
        assert counts(world, CountBy.TIER) == {
            "enhanced": [2, 1, 0, 0, 0, 0],
            "standard": [0, 0, 2, 1, 1, 1],
        }

    def test_by_age_sex_and_what_is_not_held(self, world, supervisor):
        """Asha is 34 and Omar 66; neither said anything of ethnicity."""
        assert counts(world, CountBy.AGE_BAND) == {
            "2": [2, 1, 0, 0, 0, 0],
            "3": [0, 0, 2, 1, 1, 1],
        }
        assert list(counts(world, CountBy.ETHNICITY)) == [""]
        for by in (CountBy.SEX, CountBy.ADJUSTMENTS, CountBy.DISTRICT, CountBy.TEAM):
            found = counts(world, by)
            assert [sum(one) for one in zip(*found.values(), strict=True)] == EVERYTHING

    def test_of_one_holder_or_right(self, world, supervisor):
        assert counts(world, holder=DutyHolder.POLICE) == {"": POLICE}
        assert counts(world, right=8) == {"": [1, 0, 0, 1, 0, 0]}

    def test_a_time_holds_what_fell_due_in_it(self, world, supervisor):
        day = world.today - timedelta(days=198)
        found = compliance.count_kept(
            ComplianceAsked(
                since=day,
                until=day + timedelta(days=1),
                on=world.today,
                by=CountBy.ALL,
            )
        )
        assert found[""].states == {Kept.MISSED: 1}

    def test_reasons_are_told(self, world, supervisor):
        found = compliance.count_kept(asked(world))
        assert found[""].reasons == {"uncontactable": 1, "no_receipt": 1}

    def test_how_many_crimes_have_no_date_of_receipt(self, world, supervisor):
        found = compliance.count_without_receipt(
            since=world.today - timedelta(days=201),
            until=world.today + timedelta(days=1),
        )
        assert (found.crimes, found.without) == (1, 1)

    def test_a_wall_does_not_make_the_counts_wrong(self, world, supervisor):
        from alongside.care.casework.models import Case

        Case.objects.filter(public_id=world.asha).update(compartments=16)
        assert counts(world) == {"": EVERYTHING}


@pytest.mark.usefixtures("kept")
def test_a_worker_counts_nothing(world):
    assert counts(world) == {}


@pytest.mark.usefixtures("kept")
def test_small_counts_are_not_told(world, supervisor):
    found = read_compliance(
        actor=supervisor, now=world.now, asked=asked(world, CountBy.HOLDER)
    )
    assert found.hides
    assert all(
        count is None or count == 0 or count >= 5
        for group in found.groups
        for count in group.counts.values()
    )


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("by", list(CountBy))
def test_statements_are_few_whatever_is_counted(world, supervisor, by):
    with CaptureQueriesContext(connection) as captured:
        found = read_compliance(actor=supervisor, now=world.now, asked=asked(world, by))
    assert len(captured) <= 5
    assert found.groups


@pytest.mark.usefixtures("kept")
def test_every_fact_is_counted_in_one_reading_as_by_itself(world, supervisor):
    facts, ages = list(CountBy), [0, 18, 65]
    with CaptureQueriesContext(connection) as captured:
        kept = compliance.count_kept_by(asked(world), facts=facts, ages=ages)
        owed = compliance.count_standing_by(asked(world), facts=facts, ages=ages)
    assert len(captured) == 2
    for by in facts:
        assert kept[by] == compliance.count_kept(asked(world, by), ages=ages), by
        alone = compliance.count_standing_kept(asked(world, by), ages=ages)
        assert owed[by] == alone, by


def test_a_fact_that_nobody_knows_is_not_counted_by(world, supervisor):
    days = [world.today - FAR, world.today, world.today]
    with connection.cursor() as cursor:
        for facts in (["sex", "surname"], ["''; DROP TABLE x"]):
            cursor.execute(compliance.COUNTS, [*days, facts, [], [0]])
            assert cursor.fetchall() == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("address", ["/compliance", "/compliance/review"])
def test_what_is_owed_without_a_deadline_is_counted_where_it_is_asked_for(
    sarah, address
):
    def working_out(query):
        with CaptureQueriesContext(connection) as captured:
            page = sarah.get(f"{address}{query}").content.decode()
        return page, sum("journey_standing_kept" in one["sql"] for one in captured)

    page, asked_for = working_out("?period=&by=rule")
    assert asked_for == 0
    assert "Count also what is owed without a deadline" in page
    assert "standing=yes" in page
    page, asked_for = working_out("?period=&by=rule&standing=yes")
    assert asked_for == (1 if address == "/compliance" else 2)
    assert "Count also what is owed" not in page
    assert '<option value="yes" selected>' in page


@pytest.mark.usefixtures("kept")
def test_two_looks_a_day_apart_count_the_same_days(world, sarah):
    """What falls due this month is not counted until the month is over: between today's
    and tomorrow's counts would be one person."""
    first = world.today.replace(day=1)
    before = sarah.get("/compliance?by=all&format=csv").content
    for days in range(9):
        world.promise(world.asha, "R06-ARREST", (first - world.today).days + days)
    assert sarah.get("/compliance?by=all&format=csv").content == before
    world.promise(world.asha, "R06-ARREST", (first - world.today).days - 1)
    page = text_of(sarah.get("/compliance"))
    assert "Only whole months that are over are counted" in page


@pytest.mark.usefixtures("kept")
def test_the_page_begins_with_a_sentence(sarah, tom):
    page = text_of(sarah.get("/compliance?by=holder"))
    assert "that fell due from" in page
    assert "Witness care unit" in page
    assert "Counts under 5 are not told" in page
    assert tom.get("/compliance").status_code == 403


@pytest.mark.usefixtures("kept")
def test_the_file_holds_what_the_page_tells(sarah):
    rows = list(
        csv.DictReader(
            io.StringIO(text_of(sarah.get("/compliance?by=tier&format=csv")))
        )
    )
    assert [row["group"] for row in rows] == ["Enhanced", "Standard", "All"]
    assert set(rows[0]) == {"group", *(kept.value for kept in Kept)}


def test_an_empty_time_says_so(sarah):
    page = text_of(sarah.get("/compliance?period=&right=7"))
    assert "No promise was due" in page


def test_a_keeping_tells_what_was_owed():
    keeping = Keeping()
    keeping.states.update({Kept.MET: 2, Kept.LATE: 1, Kept.MISSED: 4, Kept.DUE: 9})
    assert keeping.owed == 7
