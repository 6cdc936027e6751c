"""Where nothing was heard for too long: each rule, found and not found."""

import csv
import io
from datetime import datetime, time, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.care.casework.models import Case, Victimisation
from alongside.care.journey.models import JourneyEvent, Telling, Wish
from alongside.care.journey.queries.silence import count_silent, find_silent
from alongside.care.journey.tables.silence import SILENCE
from alongside.foundation.lib.local import LONDON
from alongside.workflows.read_silence import count_silence, read_silence
from tests.integration.web.casework.conftest import text_of

NUMBERS = count(1)


@pytest.fixture
def heard(world, no_promises):
    """Writes down what happened in Omar's crime (standard support), reported so many
    days ago: (event, days ago, detail, suspect)."""

    Victimisation.objects.update(reported_at=world.now)

    def write(reported, *events, of="omar"):
        case_id = getattr(world, of)
        matter = world.victimisation(case_id)
        Victimisation.objects.filter(pk=matter.pk).update(
            reported_at=noon(world.today, reported), outcome_type=""
        )
        for event, days, *more in events:
            detail = more[0] if more else {}
            JourneyEvent.objects.create(
                area_id=matter.area_id,
                victimisation=matter,
                event=event,
                suspect_ref=more[1] if len(more) > 1 else "S1",
                occurred_at=noon(world.today, days),
                received_at=noon(world.today, days),
                detail={
                    name: str(world.today - timedelta(value))
                    if isinstance(value, int)
                    else value
                    for name, value in detail.items()
                },
                source="test",
                content_hash=UUID(int=next(NUMBERS)),
                recorded_at=world.now,
            )
        return case_id

    return write


def noon(day, days_ago):
    return datetime.combine(day - timedelta(days=days_ago), time(12), tzinfo=LONDON)


def found(world, case_id):
    """The codes of the rules that find a case."""
    key = Case.objects.get(public_id=case_id).pk
    lines = find_silent(case_ids=[key], on=world.today).get(key, ())
    return {rule.code for rule, _ in lines}


CUSTODY = {"sentence": "custody"}
TABLE = [
    # rule, reported so many days ago, what happened since, whether it is found
    ("no_news", 28, [], False),
    ("no_news", 29, [], True),
    ("no_news", 29, [("no_further_action", 1)], False),
    ("no_news", 29, [("suspect_arrested", 1)], True),
    ("no_progress", 60, [], False),
    ("no_progress", 61, [], True),
    ("no_progress", 90, [("suspect_interviewed", 60)], False),
    ("no_progress", 90, [("suspect_interviewed", 61)], True),
    ("no_progress", 90, [("suspect_interviewed", 61), ("charged", 60)], False),
    ("bail_ended", 90, [("suspect_bailed", 30, {"until": 1})], False),
    ("bail_ended", 90, [("suspect_bailed", 30, {"until": 2})], True),
    ("bail_ended", 90, [("suspect_bailed", 30, {"until": "soon"})], False),
    ("bail_ended", 90, [("suspect_bailed", 30, {"until": "2026-02-31"})], False),
    ("bail_ended", 90, [("suspect_bailed", 30)], False),
    ("bail_ended", 90, [("suspect_bailed", 30, {"until": 2}), ("charged", 3)], False),
    (
        "bail_ended",
        90,
        [("suspect_bailed", 30, {"until": 2}), ("suspect_bailed", 3, {"until": -20})],
        False,
    ),
    ("no_hearing", 90, [("charged", 28)], False),
    ("no_hearing", 90, [("charged", 29)], True),
    ("no_hearing", 90, [("charged", 29), ("first_hearing_listed", 2)], False),
    ("no_hearing", 90, [("charged", 29), ("charge_altered", 2)], True),
    ("no_result", 90, [("first_hearing_listed", 40, {"on": 8})], False),
    ("no_result", 90, [("first_hearing_listed", 40, {"on": 9})], True),
    (
        "no_result",
        90,
        [("hearing_listed", 40, {"on": 9}), ("hearing_changed", 10, {"on": -5})],
        False,
    ),
    (
        "no_result",
        90,
        [("hearing_listed", 40, {"on": 30}), ("plea_entered", 30, {"plea": "guilty"})],
        False,
    ),
    ("no_sentence", 200, [("trial_verdict", 56, {"verdict": "guilty"})], False),
    ("no_sentence", 200, [("trial_verdict", 57, {"verdict": "guilty"})], True),
    ("no_sentence", 200, [("trial_verdict", 57, {"verdict": "not_guilty"})], False),
    (
        "no_sentence",
        200,
        [("trial_verdict", 57, {"verdict": "guilty"}), ("sentenced", 3)],
        False,
    ),
    ("no_release_news", 400, [("sentenced", 180, CUSTODY)], False),
    ("no_release_news", 400, [("sentenced", 181, CUSTODY)], True),
    ("no_release_news", 400, [("sentenced", 181, {"sentence": "fine"})], False),
    (
        "no_release_news",
        400,
        [("sentenced", 181, CUSTODY), ("custody_release_planned", 5)],
        False,
    ),
]


@pytest.mark.parametrize("line", TABLE)
def test_the_table_of_truth(world, heard, line):
    rule, reported, events, is_found = line
    assert (rule in found(world, heard(reported, *events))) is is_found


def test_every_rule_has_a_line_that_finds_and_one_that_does_not():
    for rule in SILENCE:
        said = {is_found for code, _, _, is_found in TABLE if code == rule.code}
        assert said == {True, False}, rule.code


def test_enhanced_support_hears_sooner(world, heard):
    assert "no_news" not in found(world, heard(14, of="asha"))
    assert "no_news" in found(world, heard(15, of="asha"))


def test_what_happened_to_one_suspect_ends_no_silence_about_another(world, heard):
    case_id = heard(
        *(90, ("charged", 40, {}, "S1"), ("charged", 40, {}, "S2")),
        ("sentenced", 5, {}, "S2"),
    )
    assert "no_hearing" in found(world, case_id)
    heard(90, ("hearing_listed", 4, {}, ""))
    assert "no_hearing" not in found(world, case_id)


def test_a_corrected_event_neither_begins_nor_ends_a_silence(world, heard):
    case_id = heard(90, ("charged", 40), ("charged", 2))
    old, new = JourneyEvent.objects.order_by("occurred_at")
    assert "no_hearing" in found(world, case_id)
    JourneyEvent.objects.filter(pk=old.pk).update(
        superseded_by=new, superseded_why="Another day"
    )
    assert "no_hearing" not in found(world, case_id)


def test_news_that_reached_them_ends_the_silence(world, heard):
    case_id = heard(40, ("suspect_arrested", 39))
    event = JourneyEvent.objects.get()
    Telling.objects.create(
        area_id=event.area_id,
        victimisation_id=event.victimisation_id,
        event=event,
        told_at=noon(world.today, 28),
        told_by="police",
        how="phone",
        evidence="They rang",
        recorded_at=world.now,
    )
    assert "no_news" not in found(world, case_id)


def test_a_promise_kept_by_telling_is_news(world, heard):
    case_id = heard(40)
    world.promise(
        case_id, "R06-ARREST", -20, met_on=world.today - timedelta(20), evidence="Told"
    )
    assert "no_news" not in found(world, case_id)


@pytest.mark.parametrize(
    "line", [("every", 60, False), ("every", 7, True), ("nothing", None, False)]
)
def test_what_they_asked_for_stands_before_the_days_of_the_rule(world, heard, line):
    asks, every, is_silent = line
    case = Case.objects.get(public_id=heard(29))
    Wish.objects.create(
        area_id=case.area_id,
        case=case,
        asks=asks,
        every_days=every,
        channel="",
        words="",
        since=world.now,
    )
    assert ("no_news" in found(world, case.public_id)) is is_silent


def test_an_outcome_ends_the_wait_for_progress(world, heard):
    case_id = heard(61)
    Victimisation.objects.filter(pk=world.victimisation(case_id).pk).update(
        outcome_type="18"
    )
    assert "no_progress" not in found(world, case_id)


def test_closed_cases_and_cases_behind_a_wall_are_not_counted(world, heard):
    heard(61, of="asha")
    heard(61)
    assert count_silent(on=world.today)["no_progress"] == 2
    Case.objects.filter(public_id=world.asha).update(compartments=16)
    assert count_silent(on=world.today)["no_progress"] == 1
    Case.objects.filter(public_id=world.omar).update(
        status="closed", closed_at=world.now, disposition="completed"
    )
    assert "no_progress" not in count_silent(on=world.today)


def test_counts_are_those_of_the_lists_in_two_statements(world, heard):
    heard(61, ("charged", 40))
    heard(62, of="asha")
    for rule, number in count_silence(now=world.now):
        with CaptureQueriesContext(connection) as captured:
            page = read_silence(now=world.now, code=rule.code, start=0, size=50)
        assert len(page.cases) == number
        assert len(captured) <= 2


def test_the_longest_silent_come_first_page_by_page(world, heard):
    heard(70, of="asha")
    heard(80)
    pages = [
        read_silence(now=world.now, code="no_progress", start=start, size=1)
        for start in (0, 1)
    ]
    assert [page.cases[0].case_id for page in pages] == [world.omar, world.asha]
    assert [page.has_more for page in pages] == [True, False]


def test_pages_and_file(tom, heard):
    heard(61)
    assert "Under investigation, and nothing" in text_of(tom.get("/owed/silent"))
    page = text_of(tom.get("/owed/silent/no_progress"))
    assert "Omar Bell" in page
    assert "61 days" in page
    text = text_of(tom.get("/owed/silent/no_progress?format=csv"))
    assert len(list(csv.DictReader(io.StringIO(text)))) == 1
    assert "Omar" not in text
    assert tom.get("/owed/silent/no_such").status_code == 404


def test_the_case_and_the_work_list_ask_for_it(tom, world, heard, held_by_tom):
    case_id = heard(61)
    words = "Under investigation, and nothing has happened for too long"
    page = text_of(tom.get(f"/cases/{case_id}"))
    assert words in page
    assert "Ask the police what is happening" in page
    assert words in text_of(tom.get("/work"))
