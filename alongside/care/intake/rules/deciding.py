"""What becomes of each row, given what is already held. No database, no clock.

Rows are taken in file order, so that a referral may be sent, changed and taken
back within one file and each row is judged by what stood before it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.care.intake.types import (
    FATE_OF,
    HOLD_ORDER,
    Action,
    Code,
    Fate,
    Identity,
    RawRow,
    ReadRow,
    ReferralState,
    RowFault,
)
from alongside.foundation.lib.hashes import hash_text

STALE_WORDS = "A later extract has already said otherwise about this referral"
UNKNOWN_WORDS = "This referral was never sent, so it cannot be changed or withdrawn"


@dataclass(slots=True)
class KnownReferral:
    """What is held about a referral before this delivery.

    `held_codes` are the reasons it is (or, if returned, was) held;
    `accepted_codes` those that a person has accepted it in spite of.
    """

    referral_id: int
    public_id: UUID
    state: ReferralState
    extracted_at: datetime
    content_hash: UUID
    person_hash: UUID
    held_codes: tuple[Code, ...]
    accepted_codes: frozenset[Code]


@dataclass(slots=True)
class Plan:
    """What the rows of one identity come to together.

    `row` is the newest version and `verdict` its verdict; `person_changed` says
    that the person's details differ from the record held.
    """

    identity_key: UUID
    row: ReadRow
    verdict: "Verdict"
    known: KnownReferral | None
    state: ReferralState
    content_hash: UUID
    person_changed: bool


@dataclass(slots=True)
class Verdict:
    """The fate of one row, and why."""

    raw: RawRow
    code: Code
    codes: tuple[Code, ...] = ()  # reasons to hold
    column: str = ""
    message: str = ""
    plan: Plan | None = None  # what the row changed
    known: KnownReferral | None = None  # what it left as it was

    @property
    def fate(self) -> Fate:
        """Accepted, held or rejected."""
        return FATE_OF[self.code]


def identity_key(identity: Identity) -> UUID:
    """The referral's identity as one value."""
    return hash_text(
        (
            identity.force_code,
            identity.source_system,
            identity.crime_ref,
            identity.person_ref,
        )
    )


def crime_key(force_code: str, source_system: str, crime_ref: str) -> UUID:
    """A crime's or incident's identity as one value."""
    return hash_text((force_code, source_system, crime_ref))


def crime_key_of(identity: Identity) -> UUID:
    """The crime or incident that a referral speaks of."""
    return crime_key(identity.force_code, identity.source_system, identity.crime_ref)


def decide(
    rows: Iterable[tuple[RawRow, ReadRow | RowFault]],
    *,
    known: Mapping[UUID, KnownReferral],
    extracted_at: datetime,
) -> tuple[list[Verdict], dict[UUID, Plan]]:
    """The verdict on each row, and what each referral touched comes to."""
    plans: dict[UUID, Plan] = {}
    verdicts = []
    for raw, read in rows:
        if isinstance(read, RowFault):
            verdicts.append(
                Verdict(raw, Code.BAD_ROW, column=read.column, message=read.reason)
            )
            continue
        key = identity_key(read.identity)
        plan = plans.get(key)
        verdicts.append(
            _after_plan(raw, read, plan)
            if plan is not None
            else _first_of_identity(
                raw, read, key=key, known=known.get(key), extracted_at=extracted_at
            )
        )
        changed = verdicts[-1].plan
        if changed is not None:
            plans[key] = changed
    return verdicts, plans


def _first_of_identity(
    raw: RawRow,
    read: ReadRow,
    *,
    key: UUID,
    known: KnownReferral | None,
    extracted_at: datetime,
) -> Verdict:
    if known is None:
        if read.action is not Action.NEW:
            return Verdict(raw, Code.UNKNOWN_RECORD, message=UNKNOWN_WORDS)
        return _new_version(raw, read, Code.CREATED, key=key, known=None)
    if _says_the_same(read, known.state, known.content_hash):
        return _unchanged(raw, state=known.state, codes=known.held_codes, known=known)
    if extracted_at < known.extracted_at:
        return Verdict(raw, Code.STALE, message=STALE_WORDS, known=known)
    if read.action is Action.WITHDRAW:
        return _withdrawn(raw, read, key=key, known=known)
    return _new_version(raw, read, Code.UPDATED, key=key, known=known)


def _after_plan(raw: RawRow, read: ReadRow, plan: Plan) -> Verdict:
    """A further row of an identity that this file has already changed."""
    if _says_the_same(read, plan.state, plan.content_hash):
        verdict = _unchanged(
            raw, state=plan.state, codes=plan.verdict.codes, known=plan.known
        )
        verdict.plan = plan
        return verdict
    if read.action is Action.WITHDRAW:
        verdict = _withdrawn(raw, read, key=plan.identity_key, known=plan.known)
    else:
        verdict = _new_version(
            raw, read, Code.UPDATED, key=plan.identity_key, known=plan.known
        )
    if verdict.plan is not None:
        verdict.plan.person_changed |= plan.person_changed
    return verdict


def _says_the_same(read: ReadRow, state: ReferralState, content_hash: UUID) -> bool:
    if read.action is Action.WITHDRAW:
        return state is ReferralState.WITHDRAWN
    return state is not ReferralState.WITHDRAWN and read.content_hash == content_hash


def _unchanged(
    raw: RawRow,
    *,
    state: ReferralState,
    codes: tuple[Code, ...],
    known: KnownReferral | None,
) -> Verdict:
    held = state in {ReferralState.HELD, ReferralState.RETURNED} and codes
    if held:
        return Verdict(raw, codes[0], codes=codes, known=known)
    return Verdict(raw, Code.UNCHANGED, known=known)


def _withdrawn(
    raw: RawRow, read: ReadRow, *, key: UUID, known: KnownReferral | None
) -> Verdict:
    verdict = Verdict(raw, Code.WITHDRAWN)
    verdict.plan = Plan(
        identity_key=key,
        row=read,
        verdict=verdict,
        known=known,
        state=ReferralState.WITHDRAWN,
        content_hash=read.content_hash,
        person_changed=False,
    )
    return verdict


def _new_version(
    raw: RawRow, read: ReadRow, code: Code, *, key: UUID, known: KnownReferral | None
) -> Verdict:
    accepted = known.accepted_codes if known else frozenset()
    holds = tuple(hold for hold in read.holds if hold not in accepted)
    verdict = Verdict(raw, holds[0] if holds else code, codes=holds)
    verdict.plan = Plan(
        identity_key=key,
        row=read,
        verdict=verdict,
        known=known,
        state=ReferralState.HELD if holds else ReferralState.LIVE,
        content_hash=read.content_hash,
        person_changed=known is None or known.person_hash != read.person_hash,
    )
    return verdict


def hold_too(plan: Plan, code: Code) -> None:
    """Hold a planned referral for one reason more."""
    accepted = plan.known.accepted_codes if plan.known else frozenset()
    if code in accepted:
        return
    together = {*plan.verdict.codes, code}
    plan.verdict.codes = tuple(hold for hold in HOLD_ORDER if hold in together)
    plan.verdict.code = plan.verdict.codes[0]
    plan.state = ReferralState.HELD


def settle_repeats(verdicts: Iterable[Verdict]) -> None:
    """Give rows that repeat a row of this file the fate that row came to."""
    for verdict in verdicts:
        plan = verdict.plan
        if (
            plan is None
            or plan.verdict is verdict
            or verdict.code is not Code.UNCHANGED
        ):
            continue
        if plan.state is ReferralState.HELD:
            verdict.code = plan.verdict.code
            verdict.codes = plan.verdict.codes
