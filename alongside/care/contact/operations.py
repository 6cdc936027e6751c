"""Writing down attempts to reach a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.care.casework import queries as casework
from alongside.care.casework.operations.working import touch
from alongside.care.contact import rules
from alongside.care.contact.models import ContactAttempt
from alongside.care.contact.tables import ATTEMPT_RESULTS, CHANNELS
from alongside.care.contact.types import (
    AttemptResult,
    Channel,
    ChannelFacts,
    OfferedChannels,
)
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError


class ChannelRefused(DomainError):
    """The channel may not be used for this person; the sentence says why."""


class ResultDoesNotFit(DomainError):
    user_message = "Choose what came of it"


class TimeImpossible(DomainError):
    user_message = "An attempt cannot be in the future"


def _result(code: str, channel: Channel) -> AttemptResult:
    row = ATTEMPT_RESULTS.get(code)
    if row is None or channel not in row.channels:
        raise ResultDoesNotFit
    return row


def _check_offered(channel: Channel, answer: OfferedChannels) -> None:
    for refused in answer.refused:
        if refused.channel is channel:
            raise ChannelRefused(f"{refused.label}: {refused.words}")


@transaction.atomic
def log_attempt(
    *,
    actor: Actor,
    now: datetime,
    case_id: UUID,
    at: datetime,
    channel: Channel,
    result: str,
    words: str,
    channels: Sequence[ChannelFacts],
    high_risk: bool,
    do_not_contact: bool,
) -> AttemptResult:
    """Write down one attempt and what came of it.

    `channels` is what is known of each channel of the person, read in the same
    transaction: a channel that may not be offered may not be used.

    Raises:
        NotAllowed, NotFound: the actor may not, or may not know of the case.
        ChannelRefused: the channel is not safe for this person.
        ResultDoesNotFit, TimeImpossible: what was typed cannot be.
    """
    permissions.check_has(actor, Permission.CASE_WORK)
    case = casework.get_case(actor=actor, public_id=case_id, lock=True)
    if at > now:
        raise TimeImpossible
    row = _result(result, channel)
    answer = rules.offered_channels(
        channels, high_risk, rows=CHANNELS, do_not_contact=do_not_contact
    )
    _check_offered(channel, answer)
    facts = next((one for one in channels if one.channel is channel), None)
    ContactAttempt.objects.create(
        area_id=case.area_id,
        case=case,
        at=at,
        by_id=actor.user_id,
        channel=channel,
        safety=str(facts.safety) if facts else "",
        result=result,
        words=words.strip(),
        recorded_at=now,
    )
    touch(actor=actor, now=now, case=case)
    subject = Subject(kind="case", public_id=case.public_id)
    audit.record_event(
        actor=actor, now=now, action=AuditAction.CONTACT_LOGGED, subject=subject
    )
    return row
