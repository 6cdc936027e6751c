"""Preparing an answer, deciding it, sending it, and what comes after."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from alongside.care.information_requests import queries, rules
from alongside.care.information_requests.models import InformationRequest, RequestPart
from alongside.care.information_requests.operations.steps import keep
from alongside.care.information_requests.permissions import (
    AnotherPersonNeeded,
    CannotGive,
    ChooseFate,
    ChooseReason,
    DayImpossible,
    NotNow,
    RequestChanged,
    begin,
    check_words,
    own_days,
    restate,
)
from alongside.care.information_requests.tables import KINDS, REASONS
from alongside.care.information_requests.types import (
    ComplaintBy,
    Fate,
    Outcome,
    Part,
    RequestState,
    StepKind,
)
from alongside.care.information_rights.permissions import refusals_in_words
from alongside.foundation.accounts.operations.notices import send_notice
from alongside.foundation.accounts.types import Actor, NoticeKind, Role
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.local import local_day


@transaction.atomic
def prepare(
    *,
    actor: Actor,
    now: datetime,
    asked_id: UUID,
    parts: Sequence[Part],
    words: str,
    refuse: str = "",
) -> Outcome:
    """Propose an answer: what is given of each kind asked for, what not, and why.

    Where nothing is given at all, `refuse` says why. Somebody else decides.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or not any more.
        ChooseFate: a kind asked for has no answer, or one that was not has.
        ChooseReason: something is withheld for no reason that there is.
        CannotGive: something is missing without which it cannot be given.
        WordsNeeded: it does not say what is given, or why so.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.PREPARED)
    said = check_words(words, ask="Say why you propose this")
    _check_parts(row, parts, refuse=refuse)
    row.proposed = rules.outcome_of(parts)
    row.state, row.prepared_at = RequestState.PREPARED, now
    row.prepared_by_id = actor.user_id
    step = keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.PREPARED,
        words=said,
        facts={"refuse": refuse} if refuse else {},
        fields=("state", "prepared_at", "prepared_by", "proposed"),
    )
    RequestPart.objects.bulk_create(
        RequestPart(
            area_id=row.area_id,
            request=row,
            step=step,
            kind=part.kind,
            fate=part.fate,
            words=part.words.strip(),
            reason=part.reason if part.fate is Fate.WITHHOLD else "",
        )
        for part in parts
    )
    _tell(row, actor=actor, now=now, words="An answer to the police waits for you")
    return Outcome(row.proposed)


def _check_parts(
    row: InformationRequest, parts: Sequence[Part], *, refuse: str
) -> None:
    if sorted(part.kind for part in parts) != sorted(row.kinds):
        raise ChooseFate
    if not parts and refuse not in REASONS:
        raise ChooseReason
    lacks = rules.lacking(queries.said_in(row))
    for part in parts:
        if part.fate is Fate.WITHHOLD and part.reason not in REASONS:
            raise ChooseReason
        if part.fate is not Fate.GIVE:
            continue
        check_words(part.words, ask="List what is given, without copying it")
        against = rules.against_giving(part.kind, lacks)
        if against:
            missing = "; ".join(lack.label.lower() for lack in against)
            raise CannotGive(
                f"{KINDS[part.kind].label} cannot be given yet. Missing: {missing}"
            )


def _tell(
    row: InformationRequest,
    *,
    actor: Actor,
    now: datetime,
    words: str,
    to: int | None = None,
) -> None:
    """Tell who has to act next. Whom the case is barred to does not see it."""
    send_notice(
        actor=actor,
        now=now,
        kind=NoticeKind.RIGHTS,
        words=words,
        subject=Subject(kind="information_request", public_id=row.public_id),
        to_user_id=to,
        to_role=None if to else Role.INFORMATION_GOVERNANCE,
    )


@transaction.atomic
def decide(
    *, actor: Actor, now: datetime, asked_id: UUID, version: int, words: str
) -> Outcome:
    """Agree, as a second person, to the answer as it was prepared.

    The database asks besides for a second factor just given.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or not any more.
        RequestChanged: it is not what the actor looked at.
        AnotherPersonNeeded: the actor prepared it themself.
        StaleFactor: no second factor was given lately.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.DECIDED)
    if row.version != version:
        raise RequestChanged
    if row.prepared_by_id == actor.user_id:
        raise AnotherPersonNeeded
    row.state, row.outcome = RequestState.DECIDED, row.proposed
    row.decided_at, row.decided_by_id = now, actor.user_id
    with refusals_in_words():
        keep(
            row=row,
            actor=actor,
            now=now,
            step=StepKind.DECIDED,
            words=words,
            fields=("state", "outcome", "decided_at", "decided_by"),
            action=AuditAction.INFORMATION_REQUEST_DECIDED,
        )
    return Outcome(row.outcome)


@transaction.atomic
def send_back(*, actor: Actor, now: datetime, asked_id: UUID, words: str) -> None:
    """Have the answer prepared again, saying what is to change.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or not any more.
        WordsNeeded: it does not say what is to change.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.RETURNED)
    said = check_words(words, ask="Say what is to change")
    preparer = row.prepared_by_id
    _undo_preparing(row, actor=actor, now=now, step=StepKind.RETURNED, words=said)
    words = "An answer to the police that you prepared is to be prepared again"
    _tell(row, actor=actor, now=now, words=words, to=preparer)


@transaction.atomic
def reconsider(*, actor: Actor, now: datetime, asked_id: UUID, words: str) -> None:
    """Take a decision back before the answer is sent.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or it has been sent.
        WordsNeeded: it does not say why.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.RECONSIDERED)
    said = check_words(words, ask="Say why the decision is taken back")
    _undo_preparing(row, actor=actor, now=now, step=StepKind.RECONSIDERED, words=said)


def _undo_preparing(
    row: InformationRequest, *, actor: Actor, now: datetime, step: StepKind, words: str
) -> None:
    row.prepared_at = row.prepared_by_id = row.decided_at = row.decided_by_id = None
    row.proposed = row.outcome = Outcome.NONE
    changed = restate(row, now=now)
    keep(
        row=row,
        actor=actor,
        now=now,
        step=step,
        words=words,
        fields=(
            *("prepared_at", "prepared_by", "proposed", "decided_at", "decided_by"),
            *("outcome", *changed),
        ),
    )


@transaction.atomic
def note_sent(
    *, actor: Actor, now: datetime, asked_id: UUID, on: date, how: str
) -> RequestState:
    """Note that the decided answer was sent, when and how. The request ends.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or not any more.
        DayImpossible: the day lies before the decision or in the future.
        WordsNeeded: it does not say how.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.SENT)
    decided = local_day(row.decided_at) if row.decided_at else on
    if not decided <= on <= local_day(now):
        raise DayImpossible("Enter a day between the decision and today")
    row.sent_on, row.sent_how = on, check_words(how, ask="Say how it was sent")
    refused = row.outcome == Outcome.REFUSED
    row.state = RequestState.REFUSED if refused else RequestState.ANSWERED
    row.ended_at = now
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.SENT,
        words=how,
        fields=("sent_on", "sent_how", "state", "ended_at"),
        action=AuditAction.INFORMATION_REQUEST_ENDED,
    )
    return RequestState(row.state)


@transaction.atomic
def withdraw(*, actor: Actor, now: datetime, asked_id: UUID, words: str) -> None:
    """Note that who asked has taken the request back, and why.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or it has ended.
        WordsNeeded: it does not say what they said.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.WITHDRAWN)
    said = check_words(words, ask="Say what they said")
    row.state, row.ended_at = RequestState.WITHDRAWN, now
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.WITHDRAWN,
        words=said,
        fields=("state", "ended_at"),
        action=AuditAction.INFORMATION_REQUEST_ENDED,
    )


@transaction.atomic
def note_complaint(
    *,
    actor: Actor,
    now: datetime,
    asked_id: UUID,
    on: date,
    by: ComplaintBy,
    words: str,
) -> date:
    """Write down a complaint about a request or its answer; when ours is due.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not; one waits for its answer.
        DayImpossible: it is to have come on a day that is still to come.
        WordsNeeded: it does not say what about.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.COMPLAINED)
    if row.complaint_on is not None and row.complaint_answered_on is None:
        raise NotNow("A complaint waits for its answer already. Add a note to it")
    if on > local_day(now):
        raise DayImpossible
    row.complaint_on, row.complaint_from = on, by
    row.complaint_due_on = rules.complaint_by(on, closed=own_days())
    row.complaint_answered_on = None
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.COMPLAINED,
        words=check_words(words, ask="Say what the complaint is about"),
        fields=(
            *("complaint_on", "complaint_from", "complaint_due_on"),
            "complaint_answered_on",
        ),
    )
    _tell(row, actor=actor, now=now, words="A complaint about an answer has come")
    return row.complaint_due_on


@transaction.atomic
def answer_complaint(
    *, actor: Actor, now: datetime, asked_id: UUID, words: str
) -> None:
    """Write down how a complaint was answered.

    Raises:
        NotAllowed, NotFound, NotNow: the actor may not, or there is none to answer.
        WordsNeeded: it does not say what was answered.
    """
    row = begin(actor=actor, asked_id=asked_id, step=StepKind.COMPLAINT_ANSWERED)
    if row.complaint_on is None or row.complaint_answered_on is not None:
        raise NotNow("There is no complaint to answer")
    row.complaint_answered_on = local_day(now)
    keep(
        row=row,
        actor=actor,
        now=now,
        step=StepKind.COMPLAINT_ANSWERED,
        words=check_words(words, ask="Say what was answered"),
        fields=("complaint_answered_on",),
    )
