"""Taking in one piece of a delivery, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import uuid4

from alongside.care.casework import queries as casework
from alongside.care.casework.operations import arrivals
from alongside.care.intake import queries as intake
from alongside.care.intake.operations import referrals
from alongside.care.intake.rules.deciding import (
    Verdict,
    crime_key_of,
    decide,
    identity_key,
    settle_repeats,
)
from alongside.care.intake.tables import HOLDS
from alongside.care.intake.types import Code, RawRow, ReadRow, RowFault
from alongside.care.journey import operations as journey
from alongside.workflows.receiving import (
    cases,
    clocks,
    conflicts,
    doubles,
    journeys,
    who,
)
from alongside.workflows.receiving.erased import hold_erased
from alongside.workflows.receiving.piece import Incoming, Piece, Receiving
from alongside.workflows.receiving.reaching import follow_arrivals


def take_in(
    receiving: Receiving,
    rows: Sequence[tuple[RawRow, ReadRow | RowFault]],
    forms: Mapping[int, who.Form],
) -> None:
    """Decide and keep some rows of a delivery, in the delivery's transaction.

    Everything is asked before anything is written: nothing waits for the writing.
    """
    piece = _decide(receiving, rows)
    incoming = piece.incoming
    people = piece.with_person()
    hold_erased(receiving, people)
    linked = who.find_people(receiving, people, forms)
    doubles.hold_possible_duplicates(people)
    settle_repeats(piece.verdicts)
    _take_victimisation_ids(receiving, incoming)
    doubles.find_same_parts(people)
    cases.find_cases(receiving, incoming)
    joins = cases.find_joins(receiving, incoming)
    barred = conflicts.find_barred(receiving, people)
    news = journeys.find_news(receiving, incoming)

    _keep_rows(receiving, piece)
    who.keep_people(receiving, people, linked)
    cases.keep_cases(receiving, incoming, joins)
    cases.keep_matters(receiving, [one for one in incoming if _has_matter(one)])
    conflicts.bar_found(receiving, barred)
    conflicts.return_uncleared(receiving, joins.cases)
    enhanced = cases.enhanced_cases(incoming)
    clocks.start_first_clocks(receiving, incoming, enhanced_cases=enhanced)
    journeys.keep_journeys(receiving, incoming, news, enhanced_cases=enhanced)
    clocks.end_withdrawn(receiving, incoming)
    journey.replace_clocks(
        actor=receiving.actor, now=receiving.now, replacements=joins.replacements
    )
    follow_arrivals(receiving, incoming)
    # A verdict and its plan name each other: parted, they are gone at once.
    for verdict in piece.verdicts:
        verdict.plan = None


def _has_matter(one: Incoming) -> bool:
    return one.matter is not None or one.new_matter


def _decide(
    receiving: Receiving, rows: Sequence[tuple[RawRow, ReadRow | RowFault]]
) -> Piece:
    keys = {identity_key(r.identity) for _, r in rows if isinstance(r, ReadRow)}
    verdicts, plans = decide(
        rows,
        known=intake.find_known_referrals(identity_keys=list(keys)),
        extracted_at=receiving.extracted_at,
    )
    actor, now = receiving.actor, receiving.now
    row_ids = referrals.take_row_ids(actor=actor, now=now, count=len(verdicts))
    row_of = {id(v): row_id for v, row_id in zip(verdicts, row_ids, strict=True)}
    new_ids = iter(
        referrals.take_referral_ids(
            actor=actor,
            now=now,
            count=sum(plan.known is None for plan in plans.values()),
        )
    )
    piece = Piece(verdicts=verdicts, row_ids=row_ids)
    for plan in plans.values():
        known = plan.known
        piece.incoming.append(
            Incoming(
                plan=plan,
                crime_key=crime_key_of(plan.row.identity),
                referral_id=known.referral_id if known else next(new_ids),
                public_id=known.public_id if known else uuid4(),
                row_id=row_of[id(plan.verdict)],
            )
        )
    _attach_matters(piece.incoming)
    return piece


def _attach_matters(incoming: Sequence[Incoming]) -> None:
    known = [one.referral_id for one in incoming if one.plan.known is not None]
    matters = casework.find_matters(referral_ids=known)
    for one in incoming:
        matter = matters.get(one.referral_id)
        if matter is None:
            continue
        one.matter = matter
        one.person_id = matter.person_id
        one.record_id = matter.record_id
        one.victimisation_id = matter.victimisation_id
        one.same_as_id = matter.same_as_id
        one.case_id = matter.case_id


def _take_victimisation_ids(receiving: Receiving, incoming: Sequence[Incoming]) -> None:
    new = [one for one in incoming if one.new_matter]
    ids = arrivals.take_victimisation_ids(
        actor=receiving.actor, now=receiving.now, count=len(new)
    )
    for one, victimisation_id in zip(new, ids, strict=True):
        one.victimisation_id = victimisation_id


def _keep_rows(receiving: Receiving, piece: Piece) -> None:
    actor, now, delivery = receiving.actor, receiving.now, receiving.delivery
    by_identity = {one.plan.identity_key: one.referral_id for one in piece.incoming}
    versions = [
        referrals.ReferralVersion(
            referral_id=one.referral_id,
            public_id=one.public_id,
            row_id=one.row_id,
            plan=one.plan,
        )
        for one in piece.incoming
    ]

    def referral_id(verdict: Verdict) -> int | None:
        if verdict.plan is not None:
            return by_identity[verdict.plan.identity_key]
        return verdict.known.referral_id if verdict.known else None

    referrals.put_versions(
        actor=actor,
        now=now,
        delivery=delivery,
        extracted_at=receiving.extracted_at,
        versions=versions,
    )
    referrals.keep_rows(
        actor=actor,
        now=now,
        delivery=delivery,
        rows=(
            _row(receiving, verdict, row_id, referral_id(verdict))
            for verdict, row_id in zip(piece.verdicts, piece.row_ids, strict=True)
        ),
    )
    referrals.put_holds(
        actor=actor,
        now=now,
        delivery=delivery,
        owner_team_id=receiving.feed.desk_team_id,
        versions=versions,
    )


def _row(
    receiving: Receiving, verdict: Verdict, row_id: int, referral_id: int | None
) -> referrals.NewRow:
    text = verdict.raw.text.encode("utf-8", "surrogatepass")
    return referrals.NewRow(
        row_id=row_id,
        number=verdict.raw.number,
        sealed=receiving.sealer.seal(text, label=row_label(row_id)),
        sha256=sha256(text).digest(),
        fate=verdict.fate,
        code=verdict.code,
        codes=verdict.codes,
        fault_column=verdict.column,
        message=_words(verdict),
        referral_id=referral_id,
    )


def row_label(row_id: int) -> bytes:
    """What a row's sealed text is bound to."""
    return f"feed row {row_id}".encode()


def _words(verdict: Verdict) -> str:
    if verdict.code is Code.BAD_ROW:
        return f"{verdict.column}: {verdict.message}"
    if verdict.codes:
        return HOLDS[verdict.codes[0]].words
    return verdict.message
