"""How promises of the Victims' Code were kept, in counts, for a joint review."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from django.db import transaction
from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from alongside.api.access import requires
from alongside.api.problems import BodyProblem, Problem
from alongside.api.requests import ApiRequest
from alongside.care.journey.types import DutyHolder
from alongside.care.journey.types.compliance import ComplianceAsked, CountBy, Kept
from alongside.foundation.accounts.types import Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.months import (
    a_year_before,
    is_whole_months,
    last_whole_month,
)
from alongside.walls.context import acting_as
from alongside.workflows.read_compliance import LEAST, Group, read_compliance
from alongside.workflows.review_pack.read import read_pack
from alongside.workflows.review_pack.write import write_pack

REFUSALS = dict.fromkeys((400, 401, 403, 422), Problem)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
ZIP = {
    "responses": {
        200: {
            "description": "OK",
            "content": {
                "application/zip": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    }
}
router = Router(tags=["compliance"])


class NotOver(BodyProblem):
    code = "bad_parameter"
    user_message = (
        "since, until: the time must be of whole months that are over, and end after it"
        " begins"
    )


class Time(Schema):
    """Whole months that are over: from the first day of one until that of another,
    which is excluded. The last twelve, where nothing is said.

    Of two times that differ by a day the difference would be the counts of that day,
    and of a month that is not over, asked for again tomorrow, so it would be: too few
    to be told.
    """

    since: Annotated[date, Field(ge=EARLIEST, le=LATEST)] | None = None
    until: Annotated[date, Field(ge=EARLIEST, le=LATEST)] | None = None

    def days(self, on: date) -> tuple[date, date]:
        """From which day and until which.

        Raises:
            NotOver: those are not whole months that are over on a day.
        """
        until = self.until or last_whole_month(on)
        since = self.since or a_year_before(until)
        if since >= until or not is_whole_months(since, until, on=on):
            raise NotOver
        return since, until


class Wanted(Time):
    """What is counted: promises due from `since` until `until` (excluded), by one
    fact, of one holder or right where those are given. With `standing` also promises
    with no number of days set, which takes some seconds more."""

    by: CountBy = CountBy.RIGHT
    holder: DutyHolder | None = None
    right: Annotated[int, Field(ge=0, le=99)] | None = None
    standing: bool = False


class KeptCounts(Schema):
    """Promises by how they stand. None is a count too small to be told.

    `late` were kept after their day; of `missed` nothing shows that they were kept;
    `cannot_say` lack the date from which their limit runs.
    """

    met: int | None
    late: int | None
    missed: int | None
    not_owed: int | None
    cannot_say: int | None
    due: int | None


class KeptGroup(Schema):
    """One group of promises; `code` is empty where the fact is not held."""

    code: str
    label: str
    counts: KeptCounts


class StandingCounts(Schema):
    """Promises with no number of days set, by how they stand. None is a count too small
    to be told; of `cannot_say` nobody has said that they were kept. None is ever late.
    """

    met: int | None
    not_owed: int | None
    cannot_say: int | None


class StandingGroup(Schema):
    """One group of promises with no number of days set."""

    code: str
    label: str
    counts: StandingCounts


class Why(Schema):
    """Why promises are not owed, or cannot be told, and how many of them."""

    code: str
    reason: str
    promises: int | None


class KeptReport(Schema):
    """Promises whose last day fell from `since` until `until` (excluded); `standing`
    are those with no number of days set, owed since a day of that time: null where they
    were not asked for.

    A count below `least` is not told (null), nor one from which such a count could be
    worked out.
    """

    since: date
    until: date
    by: CountBy
    least: int
    total: KeptCounts
    groups: list[KeptGroup]
    reasons: list[Why]
    standing: list[StandingGroup] | None
    crimes_that_count_from_receipt: int | None
    crimes_without_receipt: int | None


@router.get(
    "",
    response={200: KeptReport, **REFUSALS},
    summary="How promises of the Victims' Code were kept",
)
@requires(Permission.COUNTS_VIEW)
def get_compliance(
    request: ApiRequest, wanted: Annotated[Wanted, Query()]
) -> KeptReport:
    """Counts of a time (the last twelve months that are over where none is given), by
    one fact."""
    actor, on = request.auth, local_day(request.now)
    since, until = wanted.days(on)
    asked = ComplianceAsked(
        since=since,
        until=until,
        on=on,
        by=wanted.by,
        holder=wanted.holder,
        right=wanted.right,
    )
    with acting_as(actor), transaction.atomic():
        found = read_compliance(
            actor=actor, now=request.now, asked=asked, standing=wanted.standing
        )
    return KeptReport(
        since=asked.since,
        until=asked.until,
        by=asked.by,
        least=LEAST,
        total=_counts(found.total),
        groups=[
            KeptGroup(code=one.code, label=one.label, counts=_counts(one.counts))
            for one in found.groups
        ],
        reasons=[
            Why(code=one.code, reason=one.label, promises=one.promises)
            for one in found.reasons
        ],
        standing=[_standing(one) for one in found.standing]
        if wanted.standing
        else None,
        crimes_that_count_from_receipt=found.crimes,
        crimes_without_receipt=found.without,
    )


@router.get(
    "/review.zip",
    response=REFUSALS,
    openapi_extra=ZIP,
    summary="The pack for the joint review, as a ZIP file",
)
@requires(Permission.COUNTS_VIEW)
def get_review(request: ApiRequest, time: Annotated[Time, Query()]) -> HttpResponse:
    """How promises were kept in a time (the last twelve months that are over where none
    is given) and in the one before, with what is owed without a deadline: CSV files,
    the same as JSON, its schema, and what each column means."""
    actor, on = request.auth, local_day(request.now)
    since, until = time.days(on)
    with acting_as(actor), transaction.atomic():
        pack = read_pack(actor=actor, now=request.now, on=on, since=since, until=until)
    return HttpResponse(
        write_pack(pack),
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": 'attachment; filename="joint-review.zip"',
        },
    )


def _standing(group: Group) -> StandingGroup:
    return StandingGroup(
        code=group.code,
        label=group.label,
        counts=StandingCounts(
            met=group.counts[Kept.MET],
            not_owed=group.counts[Kept.NOT_OWED],
            cannot_say=group.counts[Kept.CANNOT_SAY],
        ),
    )


def _counts(counts: Mapping[Kept, int | None]) -> KeptCounts:
    return KeptCounts(**{kept.value: counts[kept] for kept in Kept})
