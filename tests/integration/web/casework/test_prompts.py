"""What a case asks for by itself, on its page and in the list of work."""

from datetime import timedelta

import pytest

from alongside.care.assessment.models import PromptAnswer
from alongside.care.casework.models import Case
from alongside.care.casework.operations.errors import ReasonNeeded
from alongside.foundation.lib.errors import NotFound
from alongside.workflows import prompts
from alongside.workflows.read_case import read_case
from tests.integration.web.casework.conftest import text_of


def asked(actor, now, case_id):
    return read_case(actor=actor, now=now, case_id=case_id, limit=25).prompts


def name_of(actor, now, case_id):
    return prompts.prompt_name(case_id=case_id, prompt=asked(actor, now, case_id)[0])


def test_a_case_of_high_risk_that_nobody_assessed_asks_for_it(worker, tom, asha, now):
    (prompt,) = asked(worker, now, asha)
    assert prompt.asks == "Assess the risk today"

    page = text_of(tom.get(f"/cases/{asha}"))

    assert "Assess the risk today" in page
    assert "High risk, and not assessed yet" in page


def test_it_is_why_it_matters_in_the_list_of_work(held_by_tom, tom):
    assert "High risk, and not assessed yet" in text_of(tom.get("/work"))


def test_not_needed_is_kept_with_its_reason_and_the_prompt_goes(worker, tom, asha, now):
    here = f"/cases/{asha}/asked/{name_of(worker, now, asha)}"
    assert "Say why" in text_of(tom.post(here, {"reason": ""}))

    page = text_of(tom.post(here, {"reason": "Assessed by another service"}, follow=1))

    assert "Not needed: High risk, and not assessed yet" in page
    assert "Assess the risk today" not in page
    assert asked(worker, now, asha) == ()
    assert PromptAnswer.objects.get().by.name == "Tom Hollis"
    assert tom.get(here).status_code == 404


def test_a_reason_is_needed_and_a_prompt_that_is_none_is_not_found(worker, asha, now):
    with pytest.raises(ReasonNeeded):
        prompts.not_needed(
            actor=worker,
            now=now,
            case_id=asha,
            name=name_of(worker, now, asha),
            reason=" ",
        )
    with pytest.raises(NotFound):
        prompts.not_needed(
            actor=worker, now=now, case_id=asha, name=asha, reason="None"
        )


def test_a_closed_case_asks_for_nothing(worker, asha, now):
    Case.objects.filter(public_id=asha).update(
        status="closed", closed_at=now - timedelta(days=1), disposition="declined"
    )

    assert asked(worker, now, asha) == ()
