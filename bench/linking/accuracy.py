"""How often one arrival is linked rightly: decided one by one, over keys in memory.

The people are of a seed that nothing was tuned on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from alongside.care.matching.rules.deciding import adds_nothing, decide
from alongside.care.matching.rules.keys import block_keys
from alongside.care.matching.rules.weights import SHIPPED, Weights
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Band, Candidate, Decision, Standard
from alongside.demo.generator.types import Arrival, Truth
from alongside.workflows.linking_in_bulk.loading import as_standard


@dataclass
class Register:
    """Everybody who is known, by key. Their true person is their person here."""

    behind: dict[int, list[Candidate]] = field(
        default_factory=lambda: defaultdict(list)
    )
    known: set[int] = field(default_factory=set)
    records: int = 0

    def find(self, keys: Iterable[int]) -> tuple[list[Candidate], bool]:
        """The records behind keys that are not too common, and whether all were."""
        found: dict[int, Candidate] = {}
        common = asked = 0
        for key in keys:
            asked += 1
            here = self.behind.get(key, ())
            if len(here) > LIMITS.crowd:
                common += 1
                continue
            found.update((one.record, one) for one in here)
        return list(found.values()), bool(asked) and asked == common

    def add(
        self, standard: Standard, person: int, keys: Iterable[int], met: list[Candidate]
    ) -> None:
        """One record more of a person."""
        self.known.add(person)
        self.records += 1
        if adds_nothing(standard, person, met):
            return
        own = Candidate(person, self.records, standard)
        for key in keys:
            self.behind[key].append(own)


@dataclass
class Outcome:
    """What became of the arrivals that were decided."""

    counts: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)

    @property
    def arrivals(self) -> int:
        """How many were decided."""
        return sum(self.counts[name] for name in ("linked", "wrong", "asked", "new"))

    def note(self, decision: Decision, person: int, *, known: bool) -> None:
        """Count one decision against the truth."""
        self.counts["repeats"] += known
        if decision.band is Band.LINK:
            right = decision.person == person
            self.counts["linked" if right else "wrong"] += 1
            if right:
                self.counts["found"] += 1
            elif decision.best is not None:
                self.why[f"wrong: {decision.best.judged.why}"] += 1
        elif decision.band is Band.REVIEW:
            self.counts["asked"] += 1
            shown = any(one.person == person for one in decision.reviews)
            self.counts["found"] += shown
            first = decision.reviews[0].judged.why if decision.reviews else "none"
            self.why[f"asked: {first}"] += 1
        else:
            self.counts["new"] += 1


def decide_last(
    people: Iterator[tuple[Arrival, Truth]],
    *,
    records: int,
    decided: int,
    weights: Weights = SHIPPED,
) -> Outcome:
    """Take all but the last `decided` records as known rightly, and decide those."""
    register, outcome = Register(), Outcome()
    for number, (arrival, truth) in enumerate(people):
        standard = as_standard(arrival[1:])
        keys = block_keys(standard)
        met: list[Candidate] = []
        if number >= records - decided:
            met, all_common = register.find(keys)
            decision = decide(standard, met, weights=weights, all_common=all_common)
            known = truth.person in register.known
            outcome.note(decision, truth.person, known=known)
        register.add(standard, truth.person, keys, met)
    return outcome
