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
NOBODY: frozenset[int] = frozenset()
FAR_BORN = frozenset({4, 5, 6})


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
    found = _compare_all(arrival, candidates, weights, limits)
    people = [_best_of(likenesses) for likenesses in found.values()]
    if never is not NOBODY or opposite is not NOBODY:
        people = [_forbid(best, never, opposite) for best in people]
    people.sort(key=_order)
    household = tuple(sorted(p.person for p in people if p.judged.why is Why.HOUSEHOLD))
    fitting = [p for p in people if p.judged.band is Band.LINK]
    if fitting and _is_clear(fitting, limits):
        return Decision(Band.LINK, fitting[0].person, fitting[0], (), household)
    reviews = tuple(_for_review(people, fitting)[: limits.reviews])
    if reviews or (all_common and not people):
        return Decision(Band.REVIEW, None, None, reviews, household)
    return Decision(Band.NEW, None, _forbidden(people), (), household)


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
) -> dict[int, list[Likeness]]:
    compare = weights.compare
    found: dict[int, list[Likeness]] = {}
    for person, record, standard in candidates:
        compared = compare(arrival, standard)
        judged = judge(arrival, standard, compared, limits)
        likeness = Likeness(person, record, compared, judged)
        found.setdefault(person, []).append(likeness)
    return found


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
    told = {Why.NEVER_LINK, Why.OTHER_SIDE}
    found = [p for p in people if p.judged.why in told]
    return min(found, key=_order, default=None)
