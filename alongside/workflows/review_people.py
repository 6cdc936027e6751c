"""Is it the same person? What a reviewer is shown, and what comes of an answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from alongside.care.linking.operations import reviews
from alongside.care.linking.queries import reviews as linking
from alongside.care.linking.types import (
    AskedOf,
    Backlog,
    LastAnswer,
    LinkMonth,
    LiveWeights,
    OpenedReview,
    ReviewList,
    ReviewSide,
    Settled,
)
from alongside.care.matching.rules.explaining import explain
from alongside.care.matching.rules.guards import judge
from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.tables import GUARDS
from alongside.care.matching.types import Part, Standard, Why
from alongside.care.people.types import ContactKind
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.operations import record_refusal
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.workflows import merge_people
from alongside.workflows.live_weights import live_weights, weights_in_use

REASON = "Said to be one person at the review desk"
UNDONE = "Taken back at the review desk"
MONTHS_SHOWN = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """One task as the desk shows it.

    `parts` are what each field adds to the weight of the evidence, by the weights of
    `version`; `reasons` say in words what agrees and what does not. Both are empty
    where contact points are not shown to the reviewer.
    """

    review: OpenedReview
    question: str
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]
    version: str
    waiting: int
    last: LastAnswer | None


@dataclass(frozen=True, kw_only=True)
class ListView:
    """The tasks that wait, and what the reviewer answered last."""

    tasks: ReviewList
    last: LastAnswer | None


@dataclass(frozen=True, kw_only=True)
class QualityView:
    """How linking goes. `weights` is None where the shipped ones (`version`) count;
    `unusable` says why those that were learnt do not, where they cannot be used."""

    months: tuple[LinkMonth, ...]
    backlog: Backlog
    weights: LiveWeights | None
    version: str
    unusable: str = ""


def read_reviews(
    *,
    actor: Actor,
    now: datetime,
    asked: bool = False,
    why: Why | None = None,
    start: int = 0,
    size: int,
) -> ListView:
    """Tasks of people the actor may see, heaviest first. Two statements.

    Raises:
        NotAllowed: the actor does not review.
    """
    tasks = linking.list_reviews(
        actor=actor, now=now, asked=asked, why=why, start=start, size=size
    )
    return ListView(tasks=tasks, last=linking.find_last_answer(actor=actor, now=now))


def read_desk(
    *, actor: Actor, now: datetime, review_id: UUID, most: int = 100
) -> DeskView:
    """One task, its evidence weighed and said in words. Four statements.

    Raises:
        NotAllowed, NotFound: the actor does not review, or may not see both people.
    """
    review = linking.open_review(actor=actor, now=now, review_id=review_id)
    weights = live_weights()
    parts, reasons = _weigh(review, weights) if review.reach else ((), ())
    return DeskView(
        review=review,
        question=GUARDS[review.why].words,
        parts=parts,
        reasons=reasons,
        version=weights.version,
        waiting=linking.count_reviews(actor=actor, now=now, most=most),
        last=linking.find_last_answer(actor=actor, now=now),
    )


def _weigh(
    review: OpenedReview, weights: Weights
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    first, second = _standard(review.first), _standard(review.second)
    compared = weights.compare(first, second)
    judged = judge(first, second, compared)._replace(why=review.why)
    others = _shared_with_others(review)
    reasons = explain(
        first,
        second,
        compared,
        judged,
        phone_others=others["phone"],
        email_others=others["email"],
    )
    return weights.parts(first, second, compared), reasons


def _shared_with_others(review: OpenedReview) -> dict[str, int]:
    """How many others use the phone, or the e-mail address, that both sides have."""
    found = {"phone": 0, "email": 0}
    theirs = {point.value for point in review.second.contacts}
    for point in review.first.contacts:
        if point.value in theirs and point.kind != ContactKind.ADDRESS:
            kind = "email" if point.kind == ContactKind.EMAIL else "phone"
            found[kind] = max(found[kind], point.others)
    return found


def _standard(side: ReviewSide) -> Standard:
    """What was compared; made anew for a record that came before it was kept."""
    if side.standard is not None:
        return side.standard
    points = {point.kind: point for point in side.contacts}
    home = points.get(ContactKind.ADDRESS)
    email = points.get(ContactKind.EMAIL)
    return standardise(
        given_names=side.given_names,
        surname=side.surname,
        date_of_birth=side.date_of_birth,
        gender=side.gender,
        postcode=home.postcode if home else "",
        address=home.value if home else "",
        phones=[
            point.value
            for point in side.contacts
            if point.kind in {ContactKind.MOBILE, ContactKind.HOME_PHONE}
        ],
        email=email.value if email else "",
    )


def answer(
    *, actor: Actor, now: datetime, review_id: UUID, same: bool, reason: str = ""
) -> Settled:
    """Keep an answer. "Same" joins the two people; "not the same" is remembered.

    Raises:
        NotAllowed: the actor does not review.
        merge_people.SecondFactorNeeded: "same" needs one given anew.
        merge_people.CannotJoin: something stands against joining them. Nothing is kept
            but that it was refused.
    """
    with _refusals_stay(actor, now, review_id), transaction.atomic():
        return _answer(actor, now, review_id, same=same, reason=reason)


@contextmanager
def _refusals_stay(actor: Actor, now: datetime, review_id: UUID) -> Iterator[None]:
    """What is refused in here is undone with all it did, its own entry on the trail
    too: it is written beside."""
    try:
        yield
    except merge_people.Refused as refused:
        record_refusal(
            actor=actor,
            now=now,
            action=AuditAction.PERSON_MERGE_REFUSED,
            subject=Subject(kind="review", public_id=review_id),
            purpose=refused.code,
        )
        raise


def _answer(
    actor: Actor, now: datetime, review_id: UUID, *, same: bool, reason: str
) -> Settled:
    answered = reviews.answer_review(
        actor=actor, now=now, review_id=review_id, same=same, reason=reason
    )
    if answered.kept is not None and answered.gone is not None:
        merge_people.merge(
            actor=actor,
            now=now,
            kept=answered.kept,
            gone=answered.gone,
            reason=reason.strip() or REASON,
        )
    if answered.outcome is Settled.DONE:
        reviews.ask_again(actor=actor, now=now, review_id=review_id)
    return answered.outcome


def ask(
    *, actor: Actor, now: datetime, review_id: UUID, whom: AskedOf, words: str
) -> Settled:
    """Put a task aside with a question.

    Raises:
        NotAllowed, reviews.QuestionNeeded: the actor does not review; nothing is asked.
    """
    return reviews.ask_somebody(
        actor=actor, now=now, review_id=review_id, whom=whom, words=words
    )


def undo(*, actor: Actor, now: datetime, review_id: UUID) -> bool:
    """Take back the actor's own answer: people who were joined are parted again.

    False where there is nothing of theirs to take back any more.

    Raises:
        NotAllowed: the actor does not review.
        merge_people.SecondFactorNeeded: parting needs one given anew.
        merge_people.CannotPart, merge_people.ChangedSince: why they stay joined.
    """
    with _refusals_stay(actor, now, review_id), transaction.atomic():
        joined = linking.find_merge_of(actor=actor, review_id=review_id)
        if joined is not None:
            merge_people.unmerge(
                actor=actor, now=now, merge_id=joined, reason=UNDONE, never_again=False
            )
        return reviews.undo_review(actor=actor, now=now, review_id=review_id)


def read_quality(*, actor: Actor, now: datetime) -> QualityView:
    """How linking went in the last months, and what waits. At most five statements.

    Raises:
        NotAllowed: the actor does not watch over it.
    """
    months = linking.count_months(actor=actor, since=now - MONTHS_SHOWN)
    in_use = weights_in_use()
    learnt = None if in_use.unusable else linking.find_live_weights(actor=actor)
    return QualityView(
        months=months,
        backlog=linking.count_backlog(actor=actor, now=now),
        weights=learnt,
        version=in_use.weights.version,
        unusable=in_use.unusable,
    )
