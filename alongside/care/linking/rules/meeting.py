"""Whom an arrival meets through its keys. No database, no clock.

What a delivery has added already is met as if each of its rows had come alone.
"""

from collections.abc import Sequence

from alongside.care.linking.types import Behind
from alongside.care.matching.types import Candidate, Levels

# What a decision says matched, field by field, where it agrees wholly.
FIELDS = ("name", "date of birth", "sex", "address", "phone number", "e-mail address")


class Meeting:
    """The records that arrivals may meet: those known, and those added since.

    `cap` is how many records may be behind a key before it is passed over.
    """

    def __init__(self, behind: Behind, *, cap: int) -> None:
        self._records = dict(behind.records)
        self._through = {key: list(some) for key, some in behind.through.items()}
        self._common = set(behind.common)
        self._cap = cap

    def candidates(self, keys: Sequence[int]) -> tuple[list[Candidate], bool]:
        """The records behind these keys in the order they came, and whether every
        one of the keys was passed over because too many share it."""
        met: set[int] = set()
        passed = 0
        for key in keys:
            if key in self._common:
                passed += 1
            elif key in self._through:
                met.update(self._through[key])
        found = [self._records[record] for record in sorted(met)]
        return found, bool(keys) and passed == len(keys)

    def add(self, candidate: Candidate, keys: Sequence[int]) -> None:
        """Let those after meet this one."""
        self._records[candidate.record] = candidate
        for key in keys:
            if key in self._common:
                continue
            some = self._through.setdefault(key, [])
            some.append(candidate.record)
            if len(some) > self._cap:
                self._common.add(key)


def describe_match(levels: Levels) -> str:
    """What agreed wholly, in words: "name, date of birth and phone number"."""
    alike = [word for word, level in zip(FIELDS, levels, strict=True) if level == 0]
    if len(alike) < 2:
        return "".join(alike)
    *before, last = alike
    return f"{', '.join(before)} and {last}"
