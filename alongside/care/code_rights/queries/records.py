"""Questions about rights and their steps. Nothing here writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.care.code_rights.models import RightRecord, RightStep
from alongside.care.code_rights.tables import kind_at
from alongside.care.code_rights.types import RightKind, Step
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.errors import NotFound

if TYPE_CHECKING:
    from alongside.care.casework.models import Case


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A right that somebody uses. `case_id` and `person_key` lead to whose it is."""

    record_id: UUID
    key: int
    case_id: UUID
    person_key: int
    victimisation_id: int
    suspect_ref: str
    kind: RightKind
    state: Step | None  # none where every step was taken back
    state_on: date
    ended_on: date | None
    version: int
    team: str
    worker: str


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """A step as it was written down. `corrected_why` says that it does not count."""

    step_id: UUID
    key: int
    record_key: int
    record_id: UUID
    kind: RightKind
    step: Step | None  # none: the word that another step never was
    on: date
    by: str
    fields: dict[str, Any]
    words: str
    recorded_at: datetime
    recorded_by: str
    corrects: int | None
    why: str
    corrected: bool
    corrected_why: str
    started: tuple[int, ...]
    met: tuple[int, ...]

    @property
    def counts(self) -> bool:
        """Whether it is a step that was taken, as far as we know."""
        return self.step is not None and not self.corrected


@dataclass(frozen=True, kw_only=True)
class RegisterFilter:
    """Which rights of all cases are listed."""

    kind: str = ""
    state: str = ""
    is_open: bool | None = None
    team: UUID | None = None


def lock_record(case: "Case", record_id: UUID) -> RightRecord:
    """A right of the case, held until the end of the transaction.

    Raises:
        NotFound: there is none.
    """
    rows = RightRecord.objects.filter(case=case, public_id=record_id)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound("We could not find that right")
    return found


def list_records(*, case_id: int) -> list[RecordLine]:
    """The rights that are used in a case: those open first, the newest first."""
    rows = _records(RightRecord.objects.filter(case_id=case_id))
    return sorted(
        _lines(rows.order_by("-state_on", "-pk")),
        key=lambda line: line.ended_on is not None,
    )


def get_record(*, case_id: int, record_id: UUID) -> RecordLine:
    """One right of a case.

    Raises:
        NotFound: there is none that the actor may know of.
    """
    rows = _records(RightRecord.objects.filter(case_id=case_id, public_id=record_id))
    for line in _lines(rows):
        return line
    raise NotFound("We could not find that right")


def has_record(*, victimisation_id: int, kind: str, suspect_ref: str) -> bool:
    """Whether the right is used already in that crime. One statement."""
    rows = RightRecord.objects.filter(victimisation_id=victimisation_id, kind=kind)
    return rows.filter(suspect_ref=suspect_ref).exclude(state="").exists()


def list_register(
    *, actor: Actor, chosen: RegisterFilter, start: int = 0, limit: int
) -> list[RecordLine]:
    """Rights across the cases that the actor's agency holds, the newest step first.
    One statement."""
    rows = _records(RightRecord.objects.filter(case__agency_id=actor.agency_id))
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.is_open is not None:
        rows = rows.filter(ended_on__isnull=chosen.is_open)
    if chosen.team:
        rows = rows.filter(case__team__public_id=chosen.team)
    return _lines(rows.order_by("-state_on", "-pk")[start : start + limit])


def list_steps(
    *, case_id: int, record_key: int | None = None, limit: int | None = None
) -> list[StepLine]:
    """What was written down about rights in a case, or about one of them, the newest
    first. One statement."""
    rows = RightStep.objects.filter(case_id=case_id)
    if record_key is not None:
        rows = rows.filter(record_id=record_key)
    return _step_lines(_steps(rows).order_by("-recorded_at", "-pk")[:limit])


def find_live_steps(*, record_key: int) -> list[StepLine]:
    """The steps of a right that count, in the order in which they follow."""
    rows = RightStep.objects.filter(record_id=record_key)
    corrected = rows.filter(corrects__isnull=False).values("corrects")
    lines = _step_lines(_steps(rows.exclude(step="").exclude(pk__in=corrected)))
    places = _places(record_key)
    return sorted(lines, key=lambda line: places[line.key])


def _steps(rows: QuerySet[RightStep]) -> QuerySet[RightStep]:
    """Steps with why each does not count, where another corrects it."""
    corrections = RightStep.objects.filter(corrects=OuterRef("pk"))
    return rows.select_related("record", "recorded_by").annotate(
        corrected_why=Subquery(corrections.values("why"))
    )


def _places(record_key: int) -> dict[int, int]:
    """Of each step, the key of the one it stands for: where it is in the order."""
    rows = RightStep.objects.filter(record_id=record_key).order_by("pk")
    places: dict[int, int] = {}
    for pk, corrects in rows.values_list("pk", "corrects"):
        places[pk] = places[corrects] if corrects else pk
    return places


def _records(rows: QuerySet[RightRecord]) -> QuerySet[RightRecord]:
    return rows.select_related("case__team", "case__worker")


def _lines(rows: Iterable[RightRecord]) -> list[RecordLine]:
    return [
        RecordLine(
            record_id=row.public_id,
            key=row.pk,
            case_id=row.case.public_id,
            person_key=row.case.person_id,
            victimisation_id=row.victimisation_id,
            suspect_ref=row.suspect_ref,
            kind=kind_at(row.kind, row.kind_version),
            state=kind_at(row.kind, row.kind_version).steps.get(row.state),
            state_on=row.state_on,
            ended_on=row.ended_on,
            version=row.version,
            team=row.case.team.name,
            worker=row.case.worker.name if row.case.worker else "",
        )
        for row in rows
    ]


def _step_lines(rows: Iterable[RightStep]) -> list[StepLine]:
    found = []
    for row in rows:
        kind = kind_at(row.record.kind, row.record.kind_version)
        corrected_why: str | None = getattr(row, "corrected_why", None)
        found.append(
            StepLine(
                step_id=row.public_id,
                key=row.pk,
                record_key=row.record_id,
                record_id=row.record.public_id,
                kind=kind,
                step=kind.steps.get(row.step),
                on=row.on,
                by=row.by,
                fields=row.fields,
                words=row.words,
                recorded_at=row.recorded_at,
                recorded_by=row.recorded_by.name,
                corrects=row.corrects_id,
                why=row.why,
                corrected=corrected_why is not None,
                corrected_why=corrected_why or "",
                started=tuple(row.started),
                met=tuple(row.met),
            )
        )
    return found


def keys_of(lines: Sequence[StepLine]) -> list[int]:
    """Every clock that hangs on these steps."""
    return sorted({key for line in lines for key in (*line.started, *line.met)})


def newest_live(lines: Sequence[StepLine]) -> UUID | None:
    """The newest step that counts, of a right's whole history."""
    stands_for = {line.key: line.corrects for line in lines}

    def place(line: StepLine) -> int:
        key = line.key
        while (before := stands_for.get(key)) is not None:
            key = before
        return key

    live = sorted((line for line in lines if line.counts), key=place)
    return live[-1].step_id if live else None
