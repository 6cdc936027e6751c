"""Closing a case, with what changed for the person or why nobody asked; reopening it.

A case closes with a last set of scores, or with a reason from the list why there is
none. Where nobody was supported the reason is put down by itself. The support plan
closes with the case, and is offered again with it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.assessment import operations as assessing
from alongside.care.assessment import queries as assessment
from alongside.care.assessment.rules.filled import reasons_for
from alongside.care.assessment.tables import EXITS
from alongside.care.assessment.types.filled import NoExitReason
from alongside.care.casework.operations import working
from alongside.care.casework.tables import DISPOSITIONS
from alongside.care.planning.operations import closing
from alongside.care.planning.queries.plans import PlanSum, sum_up_plan
from alongside.foundation.accounts.types import Actor
from alongside.workflows.out_of_reach import case_closed, case_reopened
from alongside.workflows.read_case import CaseBrief


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a case is closed. `no_exit` is the code of a reason, with words if needed."""

    disposition: str
    reason: str
    no_exit: str = ""
    no_exit_words: str = ""


@transaction.atomic
def close(
    *, actor: Actor, now: datetime, case_id: UUID, version: int, ending: Ending
) -> None:
    """Close a case.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of it.
        CaseChanged, CannotMove, ReasonNeeded: as for `working.close_case`.
        ExitReasonNeeded: there are no last scores, and no reason was chosen.
    """
    case = working.close_case(
        actor=actor,
        now=now,
        case_id=case_id,
        version=version,
        disposition=ending.disposition,
        reason=ending.reason,
    )
    case_closed(actor=actor, now=now, case=case, disposition=ending.disposition)
    closing.close_with_case(actor=actor, now=now, case=case)
    row = DISPOSITIONS[ending.disposition]
    if not assessment.has_exit_scores(case_id=case.pk):
        assessing.note_no_exit(
            actor=actor,
            now=now,
            case_id=case_id,
            ending=row.counts_as,
            reason=ending.no_exit,
            words=ending.no_exit_words,
        )


@transaction.atomic
def reopen(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    words: str,
    on: date,
    reason: str,
    with_plan: bool,
) -> None:
    """Open a closed case again; `with_plan`, its newest plan too, as a draft.

    Raises:
        As `working.reopen_case`.
    """
    case = working.reopen_case(
        actor=actor, now=now, case_id=case_id, words=words, on=on, reason=reason
    )
    case_reopened(actor=actor, now=now, case=case)
    if with_plan:
        closing.reopen_with_case(actor=actor, now=now, case=case)


def find_plan(*, brief: CaseBrief) -> PlanSum | None:
    """The plan that closing a case would close, or that reopening could open."""
    return sum_up_plan(case_id=brief.case.case_id)


def exit_choices(*, brief: CaseBrief) -> tuple[NoExitReason, ...]:
    """The reasons to choose from where there are no last scores; none where there are.

    One statement.
    """
    if assessment.has_exit_scores(case_id=brief.case.case_id):
        return ()
    return tuple(row for row in EXITS.values() if not row.by_itself)


def needs_reason(disposition: str) -> bool:
    """Whether a case that ends so is asked why it has no last scores."""
    row = DISPOSITIONS.get(disposition)
    if row is None:
        return False
    return not any(one.by_itself for one in reasons_for(row.counts_as, EXITS))
