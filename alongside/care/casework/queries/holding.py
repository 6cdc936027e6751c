"""Who may not hold a case."""

from dataclasses import dataclass

from alongside.care.casework.models import CaseAccess
from alongside.care.casework.types import AccessReason


@dataclass(frozen=True, slots=True)
class Bars:
    """The walls a case stands behind, and the members of staff in conflict with it."""

    compartments: int = 0
    barred: frozenset[int] = frozenset()

    def lets_hold(self, *, user_id: int, clearance: int) -> bool:
        """Whether somebody cleared for these walls may hold the case."""
        return user_id not in self.barred and not self.compartments & ~clearance


def find_bars(*, case_id: int) -> Bars:
    """What keeps staff of the agency that holds a case from holding it."""
    rows = CaseAccess.objects.filter(case_id=case_id, why=AccessReason.OWNER)
    found = rows.values_list("compartments", "barred").first()
    return Bars(found[0], frozenset(found[1] or ())) if found else Bars()
