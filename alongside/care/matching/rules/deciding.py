"""Who an arrival is, of everybody who is known already. No database, no clock."""

from collections.abc import Container, Iterable, Sequence

from alongside.care.matching.rules.guards import judge
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import (
    Band,
    Candidate,
    Decision,
    Judged,
    Likeness,
    Limits,
    Standard,
    Why,
)

RANKS = {Band.LINK: 0, Band.REVIEW: 1, Band.NEW: 2}
# What says that a person's own record is another person's.
AGAINST = frozenset({Why.NAMESAKE, Why.HOUSEHOLD})
FORBIDDEN = frozenset({Why.NEVER_LINK, Why.OTHER_SIDE})
NOBODY: frozenset[int] = frozenset()
FAR_BORN = frozenset({4, 5, 6})
STRANGER = Decision(Band.NEW, None, None, (), ())
TOO_COMMON = Decision(Band.REVIEW, None, None, (), ())


def decide(
    arrival: Standard,
    candidates: Sequence[Candidate],
    *,
    weights: Weights,
    never: Container[int] = NOBODY,
    opposite: Container[int] = NOBODY,
    all_common: bool = False,
    limits: Limits = LIMITS,
) -> Decision:
    """Who the arrival is, whatever the order of the candidates.

    `never` are people somebody has said it is not; `opposite` people who stand on
    the other side, a suspect for a victim: neither is ever linked. `all_common` says
    that each of its keys is shared by too many records to look at: then the arrival
    is somebody new, and for review though there is nobody to put beside it.
    """
    if not candidates:
        return TOO_COMMON if all_common else STRANGER
    people = _compare_all(arrival, candidates, weights, limits)
    if never is not NOBODY or opposite is not NOBODY:
        people = [_forbid(best, never, opposite) for best in people]
    household, likely = _sorted_out(people)
    if not likely:
        return Decision(Band.NEW, None, _forbidden(people), (), household)
    fitting = [p for p in likely if p.judged.band is Band.LINK]
    if fitting and _is_clear(fitting, limits):
        return Decision(Band.LINK, fitting[0].person, fitting[0], (), household)
    reviews = tuple(_for_review(likely, fitting)[: limits.reviews])
    return Decision(Band.REVIEW, None, None, reviews, household)


def adds_nothing(
    standard: Standard, person: int, candidates: Iterable[Candidate]
) -> bool:
    """Whether a person has a record with this very form already.

    Such a record needs no keys of its own: it would be found where that one is. So
    somebody who comes very often never makes their own keys too common.
    """
    return any(c.person == person and c.standard == standard for c in candidates)


def _compare_all(
    arrival: Standard,
    candidates: Sequence[Candidate],
    weights: Weights,
    limits: Limits,
    /,
) -> list[Likeness]:
    """How alike each person is: by the record of theirs that is most so."""
    compare, new = weights.compare, tuple.__new__
    likenesses: list[Likeness] = []
    for person, record, standard in candidates:
        compared = compare(arrival, standard)
        judged = judge(arrival, standard, compared, limits)
        likenesses.append(new(Likeness, (person, record, compared, judged)))
    if len({one.person for one in likenesses}) == len(likenesses):
        return likenesses
    of: dict[int, list[Likeness]] = {}
    for one in likenesses:
        of.setdefault(one.person, []).append(one)
    return [_best_of(of_one) for of_one in of.values()]


def _sorted_out(people: Sequence[Likeness]) -> tuple[tuple[int, ...], list[Likeness]]:
    """Those who seem to live with the arrival, and those it may be, best first."""
    household, likely = [], []
    for one in people:
        band, why = one.judged
        if why is Why.HOUSEHOLD:
            household.append(one.person)
        if band is not Band.NEW:
            likely.append(one)
    household.sort()
    likely.sort(key=_order)
    return tuple(household), likely


def _order(likeness: Likeness) -> tuple[int, float, int, int]:
    rank = RANKS[likeness.judged.band]
    return (rank, -likeness.compared.weight, likeness.person, likeness.record)


def _best_of(likenesses: list[Likeness]) -> Likeness:
    if len(likenesses) == 1:
        return likenesses[0]
    best = min(likenesses, key=_order)
    if best.judged.band is Band.LINK and any(map(_speaks_against, likenesses)):
        return best._replace(judged=Judged(Band.REVIEW, Why.CONTRADICTED))
    return best


def _speaks_against(likeness: Likeness) -> bool:
    judged = likeness.judged
    if judged.band is not Band.NEW or judged.why not in AGAINST:
        return False
    return likeness.compared.levels.born in FAR_BORN


def _forbid(
    best: Likeness, never: Container[int], opposite: Container[int]
) -> Likeness:
    if best.judged.band is Band.NEW:
        return best
    if best.person in opposite:
        return best._replace(judged=Judged(Band.NEW, Why.OTHER_SIDE))
    if best.person in never:
        return best._replace(judged=Judged(Band.NEW, Why.NEVER_LINK))
    return best


def _is_clear(fitting: list[Likeness], limits: Limits) -> bool:
    if len(fitting) == 1:
        return True
    first, second = fitting[0].compared.weight, fitting[1].compared.weight
    return first - second >= limits.clear


def _for_review(people: list[Likeness], fitting: list[Likeness]) -> list[Likeness]:
    two_fit = Judged(Band.REVIEW, Why.TWO_FIT)
    asked = [p for p in people if p.judged.band is Band.REVIEW]
    return [*(p._replace(judged=two_fit) for p in fitting), *asked]


def _forbidden(people: list[Likeness]) -> Likeness | None:
    # Those who might have been linked, had nobody forbidden it.
    found = [p for p in people if p.judged.why in FORBIDDEN]
    return min(found, key=_order, default=None)
