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
        self._through = dict(behind.through)
        self._common = set(behind.common)
        self._cap = cap

    def candidates(self, keys: Sequence[int]) -> tuple[list[Candidate], bool]:
        """The records behind these keys in the order they came, and whether every
        one of the keys was passed over because too many share it."""
        met: set[int] = set()
        for some in map(self._through.get, keys):
            if some is not None:
                met.update(some)
        known = self._records
        found = [known[record] for record in sorted(met)] if met else []
        all_common = bool(keys) and self._common.issuperset(keys)
        return found, all_common

    def add(self, candidate: Candidate, keys: Sequence[int]) -> None:
        """Let those after meet this one."""
        record = candidate.record
        self._records[record] = candidate
        through, common = self._through, self._common
        for key in keys:
            some = through.get(key)
            if some is None:
                if key not in common:
                    through[key] = (record,)
            elif len(some) < self._cap:
                through[key] = (*some, record)
            else:
                common.add(key)
                del through[key]


def describe_match(levels: Levels) -> str:
    """What agreed wholly, in words: "name, date of birth and phone number"."""
    alike = [word for word, level in zip(FIELDS, levels, strict=True) if level == 0]
    if len(alike) < 2:
        return "".join(alike)
    *before, last = alike
    return f"{', '.join(before)} and {last}"
