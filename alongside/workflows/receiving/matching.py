"""Whose records those who arrive are: looked for, weighed and decided, in order.

One by one or thousands of them, the answers are the same: whoever arrives meets those
known already, and those who arrived before them.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from alongside.care.casework.queries import Part
from alongside.care.linking.operations import arriving as linking
from alongside.care.linking.queries import candidates as known
from alongside.care.linking.rules.meeting import Meeting, describe_match
from alongside.care.linking.types import Behind, DecisionRow, NewStandard, ReviewRow
from alongside.care.matching.rules.deciding import NOBODY, adds_nothing, decide
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Candidate, Decision, Standard, Why
from alongside.workflows.receiving.piece import Reception
from alongside.workflows.receiving.sides import Sides

SAME_HOME = "Shares an address or a phone number"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A record that arrives. `known` is whose it is, where that is known already;
    `fresh` is who it will be, where nobody is.

    `never` are people it is not, as somebody said; `opposite` people on the other side
    of what happened, and `part` the references by which more of those are found.
    """

    record: int
    standard: Standard
    keys: Sequence[int]
    known: int | None
    fresh: int
    never: Container[int] = NOBODY
    opposite: frozenset[int] = NOBODY
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Whose record it is. No decision where that was known already. `keys` are those
    by which later records find it: none where they find one just like it."""

    arrival: Arrival
    person: int
    decision: Decision | None
    keys: Sequence[int]

    @property
    def is_new(self) -> bool:
        """Whether it is somebody of whom nothing was known."""
        return self.decision is not None and self.decision.person is None


def decide_all(
    arrivals: Iterable[Arrival],
    behind: Behind,
    *,
    weights: Weights,
    sides: Sides | None = None,
) -> list[Arrived]:
    """Whose each record is, in the order they arrive."""
    meeting = Meeting(behind, cap=LIMITS.crowd)
    sides = sides or Sides()
    arrived = []
    for one in arrivals:
        candidates, all_common = meeting.candidates(one.keys)
        decision, person, is_new = None, one.known, False
        if person is None:
            decision = decide(
                one.standard,
                candidates,
                weights=weights,
                never=one.never,
                opposite=_opposite(one, sides),
                all_common=all_common,
            )
            is_new = decision.person is None
            person = one.fresh if decision.person is None else decision.person
        if one.part is not None:
            sides.add(one.part, person)
        repeats = not is_new and adds_nothing(one.standard, person, candidates)
        keys = () if repeats else one.keys
        meeting.add(Candidate(person, one.record, one.standard), keys)
        arrived.append(Arrived(one, person, decision, keys))
    return arrived


def _opposite(one: Arrival, sides: Sides) -> frozenset[int]:
    found = sides.opposite(one.part) if one.part is not None else NOBODY
    # NOBODY itself for nearly everybody: nothing is looked through for them.
    return found | one.opposite if found else one.opposite


def look_instead(decision: Decision) -> Decision:
    """The same as somebody new, for somebody to compare with who they may be."""
    best = () if decision.best is None else (decision.best,)
    return replace(
        decision,
        band=Band.REVIEW,
        person=None,
        best=None,
        reviews=(*best, *decision.reviews),
    )


def keep_all(
    reception: Reception,
    arrived: Sequence[Arrived],
    *,
    weights: Weights,
    reviews: Sequence[ReviewRow] | None = None,
) -> None:
    """Keep the standard forms, what was decided and why, and what is to be asked:
    `reviews`, where they were found before anything was written."""
    actor, now = reception.actor, reception.now
    linking.add_standards(
        actor=actor,
        now=now,
        area_id=actor.area_id,
        records=[
            NewStandard(one.arrival.record, one.person, one.arrival.standard, one.keys)
            for one in arrived
        ],
    )
    linking.add_decisions(
        actor=actor,
        now=now,
        model=weights.version,
        decisions=[_decision_row(one, one.decision) for one in arrived if one.decision],
    )
    linking.open_reviews(
        actor=actor,
        now=now,
        model=weights.version,
        reviews=find_reviews(arrived) if reviews is None else reviews,
    )
    linking.add_households(
        actor=actor,
        now=now,
        pairs=[
            (one.person, other)
            for one in arrived
            if one.decision
            for other in one.decision.household
            if other != one.person
        ],
        why=SAME_HOME,
    )


def _decision_row(one: Arrived, decision: Decision) -> DecisionRow:
    best = decision.best or (decision.reviews[0] if decision.reviews else None)
    if best and best.judged.why is Why.OTHER_SIDE:
        best = None  # decisions are read by many, and the pair by those who govern
    is_link = decision.band is Band.LINK
    common = Why.TOO_COMMON if decision.band is Band.REVIEW else None
    return DecisionRow(
        record=one.arrival.record,
        person=one.person,
        band=decision.band,
        why=best.judged.why if best else common,
        against=best.record if best else None,
        compared=best.compared if best else None,
        matched_on=describe_match(best.compared.levels) if best and is_link else "",
    )


def find_reviews(arrived: Sequence[Arrived]) -> list[ReviewRow]:
    """What somebody is to look at: each two people once, and never those about whom
    somebody has said already that they are two."""
    asked: dict[tuple[int, int], ReviewRow] = {}
    for one in arrived:
        for likeness in one.decision.reviews if one.decision else ():
            pair = (
                min(one.person, likeness.person),
                max(one.person, likeness.person),
            )
            if pair[0] == pair[1] or pair in asked:
                continue
            asked[pair] = ReviewRow(
                record=one.arrival.record,
                person=one.person,
                other=likeness.record,
                other_person=likeness.person,
                why=likeness.judged.why,
                compared=likeness.compared,
            )
    # About somebody new, nothing can have been said before.
    linked = [one.person for one in arrived if one.decision and not one.is_new]
    old = {pair for pair in asked if not {*pair}.isdisjoint(linked)}
    if old:
        people = {person for pair in old for person in pair}
        said = known.find_never(person_ids=people) | known.find_compared(
            person_ids=people
        )
        return [row for pair, row in asked.items() if pair not in said]
    return list(asked.values())
