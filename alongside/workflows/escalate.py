"""Telling of promises past their day, for every service, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from alongside.care.journey.operations.escalation import MOST, escalate_missed
from alongside.care.journey.queries.escalation import list_escalations
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.escalation import EscalationLine
from alongside.foundation.accounts import queries as accounts
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.walls.context import acting_as

MOST_IN_LETTER = 500


@dataclass(frozen=True, kw_only=True)
class Escalated:
    """One page of who was told of what."""

    lines: tuple[EscalationLine, ...]
    has_more: bool
    on: date


def escalate_everywhere(*, now: datetime, piece: int = MOST) -> int:
    """Tell of promises past their day, as each service's receiver; of how many.

    Piece by piece, each its own transaction: stopped in the middle, the next run goes
    on where this one was, and nobody is told twice.
    """
    done = 0
    for agency in organisations.list_agencies():
        if agency.kind is not AgencyKind.SERVICE:
            continue
        actor = accounts.get_receiver(agency_id=agency.agency_id, now=now)
        told = piece
        while told == piece:
            with acting_as(actor), transaction.atomic():
                told = escalate_missed(actor=actor, now=now, most=piece)
            done += told
    return done


def read_escalated(
    *, now: datetime, rung: str, unanswered: bool, start: int, size: int
) -> Escalated:
    """Who was told of what, newest first. One statement."""
    lines = list_escalations(
        rung=rung, unanswered=unanswered, limit=size + 1, skip=start
    )
    return Escalated(
        lines=tuple(lines[:size]), has_more=len(lines) > size, on=local_day(now)
    )


def draft_letter(
    *, actor: Actor, now: datetime, holder: DutyHolder
) -> list[EscalationLine]:
    """What a body is to be asked about, by crime number: promises of which it is to be
    told, that still run and have no answer. That it was drafted is audited."""
    lines = list_escalations(
        rung="holder", holder=holder, unanswered=True, limit=MOST_IN_LETTER
    )
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.OWED_EXPORTED,
        subject=Subject(kind="clock"),
        purpose=f"letter to {holder}",
    )
    return lines
