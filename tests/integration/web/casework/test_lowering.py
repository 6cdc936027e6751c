"""Owing standard support where no ground is left, and where a prompt leads."""

from datetime import UTC, datetime, time, timedelta

import pytest

from alongside.care.assessment.models import CaseGround
from alongside.care.casework.models import Case, CaseChange
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.care.casework.types import Tier
from alongside.care.instruments.types import Moment
from alongside.care.journey.models import Clock
from alongside.workflows import assess, case_grounds
from tests.integration.web.casework.conftest import text_of

WHY = "Spoke with them: it is over, and they feel safe"


@pytest.fixture
def left(worker, now, asha):
    """A case owed enhanced support of which the ground has ended by itself."""
    CaseGround.objects.filter(case__public_id=asha).update(ended_at=now)
    return asha


def tier(case_id):
    return Case.objects.get(public_id=case_id).tier


def running(case_id, **which):
    rows = Clock.objects.filter(case__public_id=case_id, replaced_by=None, **which)
    return rows.filter(met_on=None, not_owed_reason="")


def test_a_case_without_a_ground_asks_what_is_owed_and_leads_there(tom, left):
    page = text_of(tom.get(f"/cases/{left}"))
    assert "Say what is owed" in page
    assert f"/cases/{left}/grounds/lower" in page


def test_it_comes_down_with_a_reason(tom, left):
    where = f"/cases/{left}/grounds/lower"
    assert "Say why" in text_of(tom.post(where, {"reason": " "}))
    page = text_of(tom.post(where, {"reason": WHY}, follow=True))
    assert "Standard support is owed from now on" in page
    assert tier(left) == Tier.STANDARD
    change = CaseChange.objects.filter(case__public_id=left).latest("pk")
    assert change.reason == WHY


def test_promises_that_still_run_are_planned_anew(worker, left):
    first = running(left).order_by("due_on").first()
    then = datetime.combine(first.due_on, time(9), tzinfo=UTC)
    many = running(left).count()
    case_grounds.lower_tier(actor=worker, now=then, case_id=left, reason=WHY)
    assert many == running(left, enhanced=False).count() > 0


def test_where_a_ground_counts_there_is_nothing_to_lower(tom, asha, worker, now):
    page = text_of(tom.get(f"/cases/{asha}/grounds/lower", follow=True))
    assert "There is nothing to lower" in page
    assert "grounds/lower" not in page
    with pytest.raises(case_grounds.GroundsCount):
        case_grounds.lower_tier(actor=worker, now=now, case_id=asha, reason=WHY)


def test_a_reason_is_asked_and_once_is_enough(worker, now, left):
    with pytest.raises(ReasonNeeded):
        case_grounds.lower_tier(actor=worker, now=now, case_id=left, reason=" ")
    case_grounds.lower_tier(actor=worker, now=now, case_id=left, reason=WHY)
    with pytest.raises(case_grounds.StandardAlready):
        case_grounds.lower_tier(actor=worker, now=now, case_id=left, reason=WHY)


def test_the_next_assessment_is_the_one_that_fits_what_happened(tom, asha):
    where = f"/cases/{asha}/assessments/next"
    assert tom.get(where).url == f"/cases/{asha}/assessments/dash/start"
    page = text_of(tom.get(f"/cases/{asha}/assessments"))
    assert page.index("Domestic abuse risk list") < page.index("Needs assessment")
    assert "Fits this case" in page


def test_what_was_begun_comes_before_what_fits(tom, worker, now, asha):
    assess.start(
        actor=worker, now=now, case_id=asha, code="outcomes", moment=Moment.FIRST
    )
    where = f"/cases/{asha}/assessments/next"
    assert tom.get(where).url == f"/cases/{asha}/assessments/outcomes/start"


def test_a_draft_of_long_ago_is_said_to_be_left(tom, worker, now, asha):
    then = now - timedelta(days=8)
    assess.start(
        actor=worker, now=then, case_id=asha, code="outcomes", moment=Moment.FIRST
    )
    assert "Left unfinished" in text_of(tom.get(f"/cases/{asha}/assessments"))
    assert "left unfinished since" in text_of(tom.get("/work"))
