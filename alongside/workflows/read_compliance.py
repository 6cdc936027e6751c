"""How promises of the Code were kept, for those who answer for the service.

Ready for the joint review that the Victims and Prisoners Act 2024 (section 6, not in
force when this was written) asks of local bodies.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.care.assessment.tables import AGE_BANDS, LIMITS
from alongside.care.journey.queries import compliance
from alongside.care.journey.queries.compliance import RIGHT_OF
from alongside.care.journey.tables import NOT_OWED, RULES
from alongside.care.journey.tables.rights import CODE_RIGHTS
from alongside.care.journey.types.compliance import (
    ComplianceAsked,
    CountBy,
    Keeping,
    Kept,
    WithoutReceipt,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.small_numbers import hide_small
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.organisations.types import AgencyKind
from alongside.foundation.reference.tables import (
    DISTRICTS,
    ETHNICITIES,
    GENDERS,
    OFFENCES,
)

NOT_KNOWN = "Not known"
NO_RECEIPT_CODE = "no_receipt"
NO_RECEIPT = (
    "The news gives one and the same moment for when it happened and when the body that"
    " owes the news received it: when the limit began is not known"
)
LEAST = LIMITS["publish_least"].number
STATES = tuple(Kept)
AGES = [band.from_age for band in AGE_BANDS]


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of promises. A count that is None is too small to be told."""

    code: str
    label: str
    counts: Mapping[Kept, int | None]


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why promises are not owed, or cannot be told, and how many: None where that is
    too small a count to be told. `state` is which of the two."""

    code: str
    label: str
    state: Kept
    promises: int | None


@dataclass(frozen=True, kw_only=True)
class Compliance:
    """How the promises of a time were kept.

    `total` is all of them; `groups` the same by what was asked; `reasons` why some are
    not owed or cannot be told, in words; `without` of how many crimes there is no date
    of receipt; `standing` what is owed with no day set, by the same, since a day of
    the time. None is a count too small to be told.
    """

    total: Mapping[Kept, int | None]
    owed: int | None
    groups: tuple[Group, ...]
    reasons: tuple[Reason, ...]
    crimes: int | None
    without: int | None
    standing: tuple[Group, ...] = ()

    @property
    def hides(self) -> bool:
        """Whether any count was too small to be told."""
        groups = (*self.groups, *self.standing)
        told = [self.total, *(group.counts for group in groups)]
        return any(count is None for counts in told for count in counts.values())


def read_compliance(
    *, actor: Actor, now: datetime, asked: ComplianceAsked, standing: bool = False
) -> Compliance:
    """Counts of a time. Five statements at most, however many promises there are;
    that they were counted is audited, and nobody is named.

    With `standing` what is owed without a deadline is counted too. Nothing of it is
    stored (ADR 0045), so that it takes as long as all the rest again, and more.
    """
    without = compliance.count_without_receipt(since=asked.since, until=asked.until)
    record_counting(actor=actor, now=now, what=asked.by)
    found = count_promises(
        actor=actor,
        asked=asked,
        facts=[asked.by],
        without=without,
        standing=standing,
    )
    return found[asked.by]


def record_counting(*, actor: Actor, now: datetime, what: str) -> None:
    """Say on the trail that promises were counted, and by what."""
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.COMPLIANCE_COUNTED,
        subject=Subject(kind="compliance"),
        purpose=what,
    )


def count_promises(
    *,
    actor: Actor,
    asked: ComplianceAsked,
    facts: Sequence[CountBy],
    without: WithoutReceipt,
    standing: bool,
) -> dict[CountBy, Compliance]:
    """Counts of a time by each of these facts, for an operation that says that they
    were counted; with `standing` also of what is owed without a deadline. Three
    statements at most."""
    kept = compliance.count_kept_by(asked, facts=facts, ages=AGES)
    owed = (
        compliance.count_standing_by(asked, facts=facts, ages=AGES) if standing else {}
    )
    found = {}
    for by in facts:
        names = _names(by, actor)
        told = _count(kept[by], by, names, without)
        found[by] = replace(told, standing=_standing(owed.get(by, {}), by, names))
    return found


def _standing(
    found: Mapping[str, Keeping], by: CountBy, names: Mapping[str, str]
) -> tuple[Group, ...]:
    groups = _in_order(_merged(found, by), names)
    return _groups(groups, _parts([code for code, _, _ in groups], by))


def _count(
    found: Mapping[str, Keeping],
    by: CountBy,
    names: Mapping[str, str],
    without: WithoutReceipt,
) -> Compliance:
    whole = Keeping()
    for keeping in found.values():
        whole.states += keeping.states
        whole.reasons += keeping.reasons
    groups = _in_order(_merged(found, by), names)
    parts = _parts([code for code, _, _ in groups], by)
    return _told(whole, groups, parts, without)


def _told(
    whole: Keeping,
    groups: Sequence[tuple[str, str, Keeping]],
    parts: Sequence[Collection[int]],
    without: WithoutReceipt,
) -> Compliance:
    total = {state: _safe(whole.states[state]) for state in STATES}
    past = (total[Kept.MET], total[Kept.LATE], total[Kept.MISSED])
    return Compliance(
        total=total,
        # The sum would tell the one part that is hidden.
        owed=None if None in past else _safe(whole.owed),
        groups=_groups(groups, parts),
        reasons=_reasons(whole),
        crimes=_safe(without.crimes),
        without=_safe(without.without),
    )


def _groups(
    groups: Sequence[tuple[str, str, Keeping]], parts: Sequence[Collection[int]]
) -> tuple[Group, ...]:
    """Groups with the counts that may be told."""
    told = hide_small(
        [[one.states[state] for state in STATES] for _, _, one in groups],
        least=LEAST,
        parts=parts,
    )
    return tuple(
        Group(code=code, label=label, counts=dict(zip(STATES, row, strict=True)))
        for (code, label, _), row in zip(groups, told, strict=True)
    )


def _parts(codes: Sequence[str], by: CountBy) -> list[list[int]]:
    """Which groups add up to a sum that is told elsewhere: those of a body or right."""
    sums: dict[str, list[int]] = defaultdict(list)
    for place, code in enumerate(codes):
        if by is CountBy.HOLDER_RIGHT:
            holder, right = code.split(".")
            sums[holder].append(place)
            sums[right].append(place)
        elif by is CountBy.RULE:
            sums[str(RIGHT_OF.get(code, 0))].append(place)
    return list(sums.values())


def _safe(number: int) -> int | None:
    return None if 0 < number < LEAST else number


def _reasons(whole: Keeping) -> tuple[Reason, ...]:
    """Why some are not owed, or cannot be told. Those of one state add up to it."""
    reasons = whole.reasons.most_common()
    told = hide_small(
        [
            [0, number] if code == NO_RECEIPT_CODE else [number, 0]
            for code, number in reasons
        ],
        least=LEAST,
    )
    return tuple(
        Reason(
            code=code,
            label=_reason(code),
            state=Kept.CANNOT_SAY if code == NO_RECEIPT_CODE else Kept.NOT_OWED,
            promises=row[1] if code == NO_RECEIPT_CODE else row[0],
        )
        for (code, _), row in zip(reasons, told, strict=True)
    )


def _reason(code: str) -> str:
    if code == NO_RECEIPT_CODE:
        return NO_RECEIPT
    row = NOT_OWED.get(code)
    return row.label if row else code


def _merged(found: Mapping[str, Keeping], by: CountBy) -> dict[str, Keeping]:
    """Groups as they are told: offences by their group, ages by their band."""
    merged: dict[str, Keeping] = {}
    for code, keeping in found.items():
        key = code
        if by is CountBy.CRIME_GROUP:
            offence = OFFENCES.get(code)
            key = offence.group if offence else ""
        elif by is CountBy.AGE_BAND and code:
            key = AGE_BANDS[int(code) - 1].code if int(code) else ""
        elif by is CountBy.ETHNICITY and code:
            row = next((e for e in ETHNICITIES.values() if str(e.code) == code), None)
            key = row.group if row else ""
        # Said to be not known, or said nothing of: one line for both.
        if _NAMES.get(by, {}).get(key, key) == NOT_KNOWN:
            key = ""
        into = merged.setdefault(key, Keeping())
        into.states += keeping.states
    return merged


def _in_order(
    merged: Mapping[str, Keeping], names: Mapping[str, str]
) -> list[tuple[str, str, Keeping]]:
    order = {code: place for place, code in enumerate(names)}
    codes = sorted(
        merged, key=lambda code: (code == "", order.get(code, len(order)), code)
    )
    return [(code, names.get(code, code) or NOT_KNOWN, merged[code]) for code in codes]


def _names(by: CountBy, actor: Actor) -> dict[str, str]:
    """What each group is called, in the order in which groups are told."""
    if by is CountBy.TEAM:
        return {
            str(team.team_id): team.name
            for agency_id in _counted(actor)
            for team in organisations.list_teams(agency_id=agency_id)
        }
    return _NAMES.get(by, {})


def _counted(actor: Actor) -> list[int]:
    """Whose promises are counted: the actor's own service, or those they commission."""
    if actor.has(Permission.STATUS_VIEW):
        return [actor.agency_id]
    services = organisations.list_agencies()
    return [one.agency_id for one in services if one.kind is AgencyKind.SERVICE]


HOLDERS = {
    "police": "Police",
    "cps": "Crown Prosecution Service",
    "wcu": "Witness care unit",
    "hmcts": "Courts",
    "probation": "Probation",
    "service": "This service",
    "any_provider": "Whoever supports them",
}
RIGHTS = {
    str(number): f"{number}. {row.label}" if number else row.label
    for number, row in sorted(CODE_RIGHTS.items(), key=lambda one: one[0] or 99)
}
_NAMES: dict[CountBy, dict[str, str]] = {
    CountBy.ALL: {"": "Every promise"},
    CountBy.RIGHT: RIGHTS,
    CountBy.RULE: {
        rule.code: rule.label for rule in sorted(RULES, key=lambda rule: rule.code)
    },
    CountBy.HOLDER: HOLDERS,
    CountBy.HOLDER_RIGHT: {
        f"{holder}.{right}": f"{body}: {words}"
        for holder, body in HOLDERS.items()
        for right, words in RIGHTS.items()
    },
    CountBy.AGE_BAND: {band.code: band.label for band in AGE_BANDS},
    CountBy.SEX: {row.code: row.label for row in GENDERS.values()},
    CountBy.ADJUSTMENTS: {"yes": "Adjustments asked for", "no": "None on record"},
    CountBy.TIER: {"enhanced": "Enhanced", "standard": "Standard"},
    CountBy.DISTRICT: {row.code: row.name for row in DISTRICTS.values()},
}
