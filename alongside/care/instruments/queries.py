"""Which instruments there are, shipped and the area's own."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from alongside.care.instruments.models import InstrumentVersion
from alongside.care.instruments.tables import INSTRUMENTS, latest
from alongside.care.instruments.tables.reading import parse_instrument
from alongside.care.instruments.types import (
    FIRST_OWN,
    BadInstrument,
    Instrument,
    InstrumentState,
    Problem,
)
from alongside.foundation.lib.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class OwnVersion:
    """One version that an area made itself. `problems` are what keeps it from use."""

    public_id: UUID
    code: str
    version: int
    text: str
    state: InstrumentState
    saves: int
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    retired_by: str
    retired_at: datetime | None
    instrument: Instrument | None
    problems: tuple[Problem, ...]


def get_instrument(
    *, area_id: int, code: str, on: date, version: int | None = None
) -> Instrument:
    """The instrument in use on the day: the area's own live version, else the newest
    shipped. With `version` that very one, also where it is retired, but never a draft.

    One statement; none for a version that is shipped.

    Raises:
        NotFound: there is none.
    """
    if version is not None and version < FIRST_OWN:
        found = INSTRUMENTS.get((code, version))
    else:
        found = _own(area_id, code, version) or (
            latest(code, on) if version is None else None
        )
    if found is None:
        raise NotFound
    return found


def list_in_use(*, area_id: int, on: date) -> tuple[Instrument, ...]:
    """Every instrument a worker may be asked to complete on the day, by title.

    One statement.
    """
    live = InstrumentVersion.objects.filter(area_id=area_id, state=InstrumentState.LIVE)
    own = [_parsed(text) for text in live.values_list("text", flat=True)]
    mine = {one.code: one for one in own if one is not None}
    codes = {code for code, _ in INSTRUMENTS} | mine.keys()
    found = (mine.get(code) or latest(code, on) for code in codes)
    return tuple(sorted((one for one in found if one), key=lambda one: one.title))


def list_own(*, area_id: int) -> tuple[OwnVersion, ...]:
    """Every version the area made, the newest of each code first. One statement."""
    rows = _rows(area_id).order_by("code", "-version")
    return tuple(_line(row) for row in rows)


def get_own(*, area_id: int, code: str, version: int) -> OwnVersion:
    """One version the area made, a draft too.

    Raises:
        NotFound: there is none.
    """
    row = _rows(area_id).filter(code=code, version=version).first()
    if row is None:
        raise NotFound
    return _line(row)


def count_used() -> dict[tuple[str, int], int]:
    """How often each version was completed in the actor's area, for administrators;
    nobody else is told. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, version, times FROM instruments_used()")
        return {(code, version): times for code, version, times in cursor.fetchall()}


def problems_of(text: str) -> tuple[Problem, ...]:
    """What keeps a text from use as an instrument; nothing where it can be used."""
    try:
        _checked(text)
    except BadInstrument as bad:
        return bad.problems
    return ()


def _own(area_id: int, code: str, version: int | None) -> Instrument | None:
    rows = InstrumentVersion.objects.filter(area_id=area_id, code=code)
    if version is None:
        rows = rows.filter(state=InstrumentState.LIVE)
    else:
        rows = rows.filter(version=version, published_at__isnull=False)
    text = rows.values_list("text", flat=True).first()
    return None if text is None else _parsed(text)


def _rows(area_id: int) -> QuerySet[InstrumentVersion]:
    return InstrumentVersion.objects.filter(area_id=area_id).select_related(
        "made_by", "published_by", "retired_by"
    )


def _line(row: InstrumentVersion) -> OwnVersion:
    return OwnVersion(
        public_id=row.public_id,
        code=row.code,
        version=row.version,
        text=row.text,
        state=InstrumentState(row.state),
        saves=row.saves,
        made_by=row.made_by.name,
        made_at=row.made_at,
        published_by=row.published_by.name if row.published_by else "",
        published_at=row.published_at,
        retired_by=row.retired_by.name if row.retired_by else "",
        retired_at=row.retired_at,
        instrument=_parsed(row.text),
        problems=problems_of(row.text),
    )


def _parsed(text: str) -> Instrument | None:
    try:
        return _checked(text)
    except BadInstrument:
        return None


@lru_cache(maxsize=256)
def _checked(text: str) -> Instrument:
    return parse_instrument(text)
