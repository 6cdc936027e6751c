"""What somebody said of how they read, as an assessment keeps it."""

from alongside.care.assessment.models import Answer, Assessment
from alongside.care.assessment.types.filled import AssessmentState


def assessed(actor, now, *, event, **answers):
    """The person of an event was asked what helps them."""
    made = Assessment.objects.create(
        area_id=actor.area_id,
        agency_id=actor.agency_id,
        team_id=actor.team_id,
        case_id=event.case_key,
        instrument="access_needs",
        instrument_version=1,
        title="Language, access and communication",
        moment="any",
        state=AssessmentState.DRAFT,
        started_at=now,
        started_by_id=actor.user_id,
        saved_at=now,
        saved_by_id=actor.user_id,
    )
    for question, value in answers.items():
        Answer.objects.create(
            area_id=actor.area_id, assessment=made, question=question, value=value
        )
    made.state, made.found, made.result = AssessmentState.COMPLETE, "none", {}
    made.completed_at, made.completed_by_id = now, actor.user_id
    made.save(
        update_fields=["state", "found", "result", "completed_at", "completed_by"]
    )
