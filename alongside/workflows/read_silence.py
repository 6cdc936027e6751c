"""Cases in which nothing was heard for too long, for those who see to it."""

from dataclasses import dataclass
from datetime import date, datetime

from alongside.care.journey.queries import silence
from alongside.care.journey.tables.silence import silence_on
from alongside.care.journey.types.silence import SilenceRule, SilentCase
from alongside.care.people import queries as people
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import NotFound
from alongside.foundation.lib.local import local_day

PURPOSE = "list of silent cases"


@dataclass(frozen=True, kw_only=True)
class SilencePage:
    """One page of the cases that a rule finds."""

    rule: SilenceRule
    cases: tuple[SilentCase, ...]
    names: dict[int, str]
    has_more: bool
    on: date


def count_silence(*, now: datetime) -> list[tuple[SilenceRule, int]]:
    """Every rule, and how many cases open to the actor it finds. One statement."""
    on = local_day(now)
    counts = silence.count_silent(on=on)
    return [(rule, counts.get(rule.code, 0)) for rule in silence_on(on)]


def read_silence(*, now: datetime, code: str, start: int, size: int) -> SilencePage:
    """The cases that a rule finds, the longest silent first, with names. Two
    statements.

    Raises:
        NotFound: no such rule is in force.
    """
    on = local_day(now)
    rule = _rule(code, on)
    cases = silence.list_silent(rule=rule, on=on, limit=size + 1, skip=start)
    shown = cases[:size]
    labels = people.open_labels(
        person_ids=[one.person_id for one in shown], purpose=PURPOSE, now=now
    )
    return SilencePage(
        rule=rule,
        cases=tuple(shown),
        names={key: label.name for key, label in labels.items()},
        has_more=len(cases) > size,
        on=on,
    )


def export_silence(
    *, actor: Actor, now: datetime, code: str, limit: int
) -> list[SilentCase]:
    """The same as rows of a file, without names; that it was saved is audited.

    Raises:
        NotFound: no such rule is in force.
    """
    on = local_day(now)
    cases = silence.list_silent(rule=_rule(code, on), on=on, limit=limit)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.OWED_EXPORTED,
        subject=Subject(kind="case"),
        purpose=f"silent cases: {code}",
    )
    return cases


def _rule(code: str, on: date) -> SilenceRule:
    for rule in silence_on(on):
        if rule.code == code:
            return rule
    raise NotFound("There is no such list")
