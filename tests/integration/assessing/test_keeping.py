"""What an assessment keeps, and what nobody may do to it."""

import csv
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.care.assessment import operations
from alongside.care.assessment import queries as assessment
from alongside.care.assessment.models import Answer, Assessment
from alongside.care.assessment.types.filled import GroupBy, OutcomeAsked
from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import CannotMove
from alongside.care.instruments.types import BadAnswers, Moment, Risk
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day
from alongside.walls.context import acting_as
from alongside.workflows import assess, close_case
from alongside.workflows.complete_assessment import complete, judge
from tests.integration.assessing.conftest import YES, dash_answers
from tests.integration.walls.conftest import actor_of
from tests.integration.web.casework.conftest import text_of

ONE_DAY = timedelta(days=1)
OUTSIDE = [by for by in GroupBy if by not in {"team", "agency", "provider"}]


def save(actor, now, made, answers, *, version=1):
    """Keep some answers; the new version."""
    return operations.save_answers(
        actor=actor, now=now, assessment_id=made, version=version, answers=answers
    )


def finished(actor, now, begun, yes):
    """A complete list with so many yes."""
    made = begun("dash")
    version = save(actor, now, made, dash_answers(yes))
    return made, complete(actor=actor, now=now, assessment_id=made, version=version)


def test_whoever_saves_second_overwrites_nothing(worker, now, begun):
    made = begun("dash")
    save(worker, now, made, {"very_frightened": "yes"})
    with pytest.raises(operations.AssessmentChanged):
        save(worker, now, made, {"very_frightened": "no"})
    row = Assessment.objects.get(public_id=made)
    assert assessment.find_answers(assessment_ids=[row.pk])[row.pk] == {
        "very_frightened": "yes"
    }


def test_an_answer_can_be_taken_back_while_it_is_a_draft(worker, now, begun):
    made = begun("dash")
    version = save(worker, now, made, {"very_frightened": "yes"})
    save(worker, now, made, {"very_frightened": None}, version=version)
    assert not Answer.objects.filter(value__isnull=False).exists()


def test_what_the_instrument_does_not_allow_is_refused(worker, now, begun):
    with pytest.raises(BadAnswers):
        save(worker, now, begun("dash"), {"very_frightened": "perhaps"})
    assert not Answer.objects.exists()


def test_an_unfinished_one_is_not_completed(worker, now, begun):
    made = begun("dash")
    version = save(worker, now, made, {"very_frightened": "yes"})
    with pytest.raises(BadAnswers):
        complete(actor=worker, now=now, assessment_id=made, version=version)


def test_beginning_again_goes_on_with_the_draft(begun):
    assert begun("dash") == begun("dash")


def test_judgement_raises_and_never_lowers(worker, now, begun):
    made, done = finished(worker, now, begun, 11)
    assert done.risk is Risk.MEDIUM
    version = done.assessment.version
    words = {"actor": worker, "now": now, "assessment_id": made, "version": version}
    with pytest.raises(operations.CannotJudge):
        judge(**words, judged=Risk.STANDARD, reason="She seems calm")
    with pytest.raises(operations.ReasonNeeded):
        judge(**words, judged=Risk.HIGH, reason=" ")
    judge(**words, judged=Risk.HIGH, reason="He knows where she lives")
    case = casework.get_case(actor=worker, public_id=done.assessment.case.public_id)
    assert case.high_risk
    kinds = {task.kind for task in casework.list_tasks(case_id=case.pk, limit=9)}
    assert "marac_referral" in kinds


@pytest.mark.parametrize(
    "statement",
    [
        (
            "UPDATE assessment_assessment SET judged = 'standard', judged_reason = 'x',"
            " judged_at = now(), judged_by_id = started_by_id"
        ),
        "UPDATE assessment_assessment SET found = 'none'",
        "UPDATE assessment_assessment SET state = 'draft'",
        "UPDATE assessment_answer SET value = '\"no\"'",
        (
            "INSERT INTO assessment_answer (area_id, assessment_id, question, value)"
            " SELECT area_id, id, 'more', '1' FROM assessment_assessment"
        ),
    ],
)
def test_the_database_keeps_what_it_came_to(worker, now, begun, statement):
    finished(worker, now, begun, YES)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_withdrawing_needs_a_reason_and_leaves_it_to_be_read(worker, now, begun):
    made, done = finished(worker, now, begun, 3)
    words = {
        "actor": worker,
        "now": now,
        "assessment_id": made,
        "version": done.assessment.version,
    }
    with pytest.raises(operations.ReasonNeeded):
        operations.withdraw_assessment(**words, reason="")
    operations.withdraw_assessment(**words, reason="The wrong person")
    (line,) = assessment.list_assessments(case_ids=[done.assessment.case_id])
    assert line.withdrawn_reason == "The wrong person"
    assert assessment.last_assessments(case_ids=[line.case_id]) == {}


def test_another_agency_sees_and_does_nothing(worker, now, begun):
    made, _ = finished(worker, now, begun, 3)
    stranger = actor_of("provider@llr.example")
    with acting_as(stranger):
        assert not Assessment.objects.exists() and not Answer.objects.exists()
        with pytest.raises(NotFound):
            assess.read_filled(actor=stranger, now=now, assessment_id=made)


def test_a_supported_case_closes_with_scores_or_a_reason(worker, now, asha):
    case = casework.get_case(actor=worker, public_id=asha)
    words = {"actor": worker, "now": now, "case_id": asha, "version": case.version}
    ending = close_case.Ending(disposition="supported_basic", reason="")
    with pytest.raises(operations.ExitReasonNeeded), transaction.atomic():
        close_case.close(**words, ending=ending)
    ending = close_case.Ending(
        disposition="supported_basic", reason="", no_exit="did_not_want"
    )
    close_case.close(**words, ending=ending)
    assert assessment.find_no_exit(case_id=case.pk) == ("did_not_want", "")


def test_nobody_asks_why_where_nobody_was_supported(worker, now, asha):
    case = casework.get_case(actor=worker, public_id=asha)
    close_case.close(
        actor=worker,
        now=now,
        case_id=asha,
        version=case.version,
        ending=close_case.Ending(disposition="declined", reason="No, thank you"),
    )
    assert assessment.find_no_exit(case_id=case.pk)[0] == "no_support"


def test_a_case_of_open_high_risk_tasks_stays_open(worker, now, begun, asha):
    finished(worker, now, begun, YES)
    case = casework.get_case(actor=worker, public_id=asha)
    with pytest.raises(CannotMove), transaction.atomic():
        close_case.close(
            actor=worker,
            now=now,
            case_id=asha,
            version=case.version,
            ending=close_case.Ending(disposition="declined", reason="No"),
        )


def test_counts_of_better_same_and_worse(worker, now, begun, sarah):
    for place, numbers in enumerate(([3, 5, 5], [7, 5, 2])):
        at = now + timedelta(minutes=place)
        made = begun("needs", Moment.FIRST if not place else Moment.EXIT)
        answers = dict(zip(("n1_health", "n2_home", "n3_family"), numbers, strict=True))
        version = save(worker, at, made, answers)
        complete(actor=worker, now=at, assessment_id=made, version=version)
    file = sarah.get("/outcomes?format=csv").content.decode().splitlines()
    rows = list(csv.DictReader(file))
    counted = ("asked", "answered", "answered_twice", "better", "same", "worse")
    sums = {name: sum(int(row[name]) for row in rows) for name in counted}
    assert sums == dict(zip(counted, (8, 3, 3, 1, 1, 1), strict=True))
    (better,) = (row for row in rows if row["better"] == "1")
    assert better["not_to_publish"] == "asked answered answered_twice better"
    for by in GroupBy:
        assert sarah.get(f"/outcomes?by={by.value}").status_code == 200
    assert f"{now:%B %Y}" in text_of(sarah.get("/outcomes?by=month"))


def test_who_commissions_is_told_no_count_that_may_tell_who_it_is(
    worker, asha, actor_as, client_as
):
    """They are told of months that are over."""
    now = timezone.now() - timedelta(days=local_day(timezone.now()).day)
    made = assess.start(
        actor=worker, now=now, case_id=asha, code="needs", moment=Moment.ANY
    )
    version = save(worker, now, made, {"n1_health": 3, "n2_home": 5})
    complete(actor=worker, now=now, assessment_id=made, version=version)
    commissioner = client_as("commissioner")
    asked = OutcomeAsked(
        since=local_day(now), until=local_day(now) + ONE_DAY, by=GroupBy.AGE_BAND
    )
    with acting_as(actor_as("commissioner")), transaction.atomic():
        theirs = assessment.count_outcomes(asked, commissioned=True)
        assert assessment.count_outcomes(asked) == []
        assert assessment.count_without(since=asked.since, until=asked.until) == []
    with acting_as(actor_as("supervisor")), transaction.atomic():
        assert theirs == assessment.count_outcomes(asked) != []

    for by in OUTSIDE:
        page = text_of(commissioner.get(f"/outcomes?by={by.value}"))
        assert "Lines with a count under 5 are left out" in page
