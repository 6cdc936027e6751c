"""What is to be done in a case, as its page shows it."""

from datetime import date

from django.urls import reverse

from alongside.care.casework.queries import TaskLine
from alongside.care.casework.types import TaskKind
from alongside.foundation.accounts.types import Actor, Permission
from alongside.web.casework import say
from alongside.web.casework.pages.clocks import SOON
from alongside.web.components import casefile
from alongside.web.components.base import Link
from alongside.workflows.read_case import CaseView

SHOWN = 6
KINDS = {
    TaskKind.MARAC_REFERRAL: "Refer to MARAC",
    TaskKind.IDVA_REFERRAL: "Refer to an IDVA",
    TaskKind.TELL_SUPERVISOR: "Tell a supervisor",
    TaskKind.SAFETY_PROCEDURE: "Follow the safety procedure",
    TaskKind.SAFEGUARDING: "Safeguarding referral",
    TaskKind.SPECIAL_MEASURES: "Special measures",
    TaskKind.REASSESS: "Assess again",
    TaskKind.PLAN_APPROVAL: "Approve the support plan",
    TaskKind.PLAN_ACTION: "From the support plan",
    TaskKind.REVIEW_WARNING: "Review a warning",
    TaskKind.FOLLOW_UP: "Follow up",
    TaskKind.OTHER: "Something else",
}
# What a worker writes down by hand; the rest makes itself.
BY_HAND = (
    TaskKind.FOLLOW_UP,
    TaskKind.REASSESS,
    TaskKind.SAFEGUARDING,
    TaskKind.SPECIAL_MEASURES,
    TaskKind.IDVA_REFERRAL,
    TaskKind.MARAC_REFERRAL,
    TaskKind.OTHER,
)


def to_do(view: CaseView, *, actor: Actor, on: date) -> casefile.TaskList | None:
    """The open tasks of a case; nothing where there are none."""
    if not view.tasks:
        return None
    may_work = actor.has(Permission.CASE_WORK)
    add = reverse("casework:add_task", args=[view.case.public_id])
    more = len(view.tasks) - SHOWN
    return casefile.TaskList(
        tasks=tuple(
            casefile.Clock(
                what=task.words,
                detail=detail(task, on),
                state=_state(task, on),
                href=reverse(
                    "casework:task", args=[view.case.public_id, task.public_id]
                )
                if may_work
                else "",
            )
            for task in view.tasks[:SHOWN]
        ),
        more=f"And {more:,} more, due later" if more > 0 else "",
        add=Link(text="Add a task", href=add) if may_work else None,
    )


def detail(task: TaskLine, on: date) -> str:
    """By when, and whose: "By Tue 24 Nov: in 2 days, for a supervisor"."""
    who = f", by {task.owner}" if task.owner else ""
    who = ", for a supervisor" if task.needs_supervisor else who
    day = say.short_day(task.due_on, on)
    return f"By {day}: {say.how_far(task.due_on, on)}{who}"


def _state(task: TaskLine, on: date) -> casefile.ClockState:
    if task.due_on < on:
        return casefile.ClockState.OVERDUE
    soon = task.due_on <= on + SOON
    return casefile.ClockState.SOON if soon else casefile.ClockState.DUE
