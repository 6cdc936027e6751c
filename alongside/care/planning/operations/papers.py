"""Writing a safety plan or an exit plan: each time a new version."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.planning.models import ExitPlan, SafetyPlan
from alongside.care.planning.operations.noting import note
from alongside.care.planning.permissions import (
    PlanningChanged,
    PlanWordsNeeded,
    begin,
    check_day,
)
from alongside.care.planning.tables import sections_of
from alongside.care.planning.types import PaperKind, PlanChangeKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit.types import AuditAction

WORDS = {PaperKind.SAFETY: "Safety plan", PaperKind.EXIT: "Exit plan"}
ACTIONS = {
    PaperKind.SAFETY: AuditAction.SAFETY_PLAN_WRITTEN,
    PaperKind.EXIT: AuditAction.PLAN_CHANGED,
}


@transaction.atomic
def write_paper(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    paper: PaperKind,
    number: int,
    sections: Mapping[str, str],
    with_person: bool,
    review_on: date | None,
) -> int:
    """Write the next version of a paper; its number. `number` is the one it follows.

    Versions before it stay. Sections that nobody filled in are left out.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        PlanningChanged: another version has been written since.
        PlanWordsNeeded, PlanDayNeeded: it says nothing, or its review is past.
    """
    case = begin(actor=actor, permission=Permission.CASE_WORK, case_id=case_id)
    said = _said(paper, sections)
    if review_on is not None:
        check_day(review_on, now=now)
    model = SafetyPlan if paper is PaperKind.SAFETY else ExitPlan
    newest = model.objects.filter(case=case).order_by("-number").first()
    if (newest.number if newest else 0) != number:
        raise PlanningChanged
    model.objects.create(
        area_id=case.area_id,
        case=case,
        number=number + 1,
        sections=said,
        with_person=with_person,
        review_on=review_on,
        made_at=now,
        made_by_id=actor.user_id,
    )
    # What it says stays in the paper, which fewer may see than the history.
    note(
        case=case,
        actor=actor,
        now=now,
        kind=PlanChangeKind.PAPER,
        words=f"{WORDS[paper]} {'changed' if number else 'written'}",
        action=ACTIONS[paper],
    )
    return number + 1


def _said(paper: PaperKind, sections: Mapping[str, str]) -> dict[str, str]:
    known = (row.code for row in sections_of(paper))
    said = {code: sections.get(code, "").strip() for code in known}
    if not any(said.values()):
        raise PlanWordsNeeded("Write something in at least one section")
    return {code: words for code, words in said.items() if words}
