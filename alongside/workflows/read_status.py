"""No case without a known status: how every case stands, and which are astray."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from alongside.care.casework import queries as casework
from alongside.care.casework.queries import Standing, StrayCase
from alongside.care.casework.tables import LIMITS
from alongside.care.guarding import queries as guarding
from alongside.care.people import queries as people
from alongside.care.telling import queries as telling
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.workflows.live_weights import weights_in_use

QUIET = LIMITS["quiet_days"]
PURPOSE = "Cases without a known status"


@dataclass(frozen=True, kw_only=True)
class StatusView:
    """How the agency's cases stand. `strays` is one page of `stray_total`.

    `names` are those of the people on the page, for an actor who may open cases.
    """

    days: int
    standing: tuple[Standing, ...]
    strays: tuple[StrayCase, ...]
    stray_total: int
    names: dict[int, str]
    hidden: int = 0  # cases behind walls that the reader is not cleared for
    warning: str = ""  # what an administrator has to mend
    unread: int = 0  # texts that wait for the reader to read them over

    @property
    def total(self) -> int:
        """Every case there is."""
        return sum(one.cases for one in self.standing)


def read_status(
    *,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
    days: int | None = None,
    with_names: bool = False,
    request_id: UUID | None = None,
) -> StatusView:
    """Count the agency's cases and list those astray, longest untouched first.

    A case is astray when it is not closed and has no next action, was taken by
    nobody before its day passed, or saw nothing happen for `days` days (the
    service's own limit where none is given). At most nine statements.
    """
    quiet_days = QUIET.number if days is None else days
    quiet_before = now - timedelta(days=quiet_days)
    today = local_day(now)
    strays = casework.list_strays(
        actor=actor,
        quiet_before=quiet_before,
        overdue_before=today,
        limit=limit,
        offset=offset,
    )
    names = {}
    if with_names and actor.has(Permission.CASE_VIEW):
        labels = people.open_labels(
            person_ids=[stray.person_id for stray in strays],
            purpose=PURPOSE,
            now=now,
            request_id=request_id,
        )
        names = {person_id: label.name for person_id, label in labels.items()}
    return StatusView(
        days=quiet_days,
        standing=tuple(casework.count_standing(actor=actor)),
        strays=tuple(strays),
        stray_total=casework.count_strays(
            actor=actor, quiet_before=quiet_before, overdue_before=today
        ),
        names=names,
        hidden=sum(one.cases for one in guarding.count_hidden(actor=actor)),
        warning=weights_in_use().unusable,
        unread=_unread(actor),
    )


def _unread(actor: Actor) -> int:
    """How many texts wait to be read over, for whoever reads them. Two statements."""
    if not actor.has(Permission.WORDS_READ_OVER):
        return 0
    return sum(telling.read_library(area_id=actor.area_id).count_unread().values())
