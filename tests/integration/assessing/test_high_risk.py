"""A high-risk result, and what it makes at once."""

from alongside.care.assessment import operations
from alongside.care.assessment import queries as assessment
from alongside.care.casework import queries as casework
from alongside.care.instruments.types import Risk
from alongside.workflows.complete_assessment import complete
from alongside.workflows.marac_form import as_data, read_form
from tests.integration.assessing.conftest import YES, dash_answers


def filled(actor, now, begun, yes):
    """A filled in list, ready to be completed; and its version."""
    made = begun("dash")
    version = operations.save_answers(
        actor=actor, now=now, assessment_id=made, version=1, answers=dash_answers(yes)
    )
    return made, version


def test_fourteen_yes_make_tasks_a_mark_and_a_notice(worker, asha, now, begun):
    made, version = filled(worker, now, begun, YES)
    done = complete(actor=worker, now=now, assessment_id=made, version=version)

    assert done.risk is Risk.HIGH
    case = casework.get_case(actor=worker, public_id=asha)
    assert case.high_risk
    kinds = {task.kind for task in casework.list_tasks(case_id=case.pk, limit=20)}
    assert {"marac_referral", "idva_referral", "tell_supervisor"} <= kinds
    (line,) = assessment.list_assessments(case_ids=[case.pk])
    assert line.found is Risk.HIGH and line.judged is None
    form = as_data(read_form(actor=worker, now=now, assessment_id=made))
    assert form["name"] == "Asha Reed"
    said = {one["question"]: one["answer"] for one in form["answers"]}
    assert said["very_frightened"] == "Yes" and said["criminal_history"] == "No"
    assert len(form["criteria"]) == 1
