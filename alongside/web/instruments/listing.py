"""Every version of every instrument, shipped and the area's own, in one list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from alongside.care.instruments.queries import OwnVersion
from alongside.care.instruments.types import FIRST_OWN, Instrument, InstrumentState
from alongside.web.components.base import Link, Tone
from alongside.web.components.lists import Column, DataTable
from alongside.web.instruments import say
from alongside.web.words import say_count, say_day

FILE_HEAD = ("Title", "Code", "Version", "State", "In force", "Questions", "Used")
Usage = Mapping[tuple[str, int], int]
DRAFT, IN_USE, RETIRED, WAITING = "Draft", "In use", "Retired", "Not used"
TONES = {DRAFT: Tone.INFO, IN_USE: Tone.GOOD}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One version in the list. `instrument` is nothing for a draft with problems."""

    code: str
    number: int
    state: str
    instrument: Instrument | None
    used: int

    @property
    def title(self) -> str:
        """What it is called."""
        return self.instrument.title if self.instrument else self.code


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """Every version there is."""

    title: str
    new: str
    export: str
    table: DataTable


def lines(
    shipped: Sequence[Instrument],
    own: Sequence[OwnVersion],
    in_use: Sequence[Instrument],
    usage: Usage,
) -> list[Line]:
    """Every version, by title, the one in use first."""
    used = {(one.code, one.version) for one in in_use}
    found = [
        Line(
            code=one.code,
            number=one.version,
            state=IN_USE if (one.code, one.version) in used else WAITING,
            instrument=one,
            used=usage.get((one.code, one.version), 0),
        )
        for one in shipped
    ]
    found += [
        Line(
            code=one.code,
            number=one.version,
            state=state_of(one.state),
            instrument=one.instrument,
            used=usage.get((one.code, one.version), 0),
        )
        for one in own
    ]
    return sorted(found, key=lambda x: (x.title, x.code, x.state != IN_USE, -x.number))


def state_of(state: InstrumentState) -> str:
    """The state in a word."""
    words = {
        InstrumentState.DRAFT: DRAFT,
        InstrumentState.LIVE: IN_USE,
        InstrumentState.RETIRED: RETIRED,
    }
    return words[state]


def page_of(found: Sequence[Line]) -> ListPage:
    """The list of instruments."""
    return ListPage(
        title="Instruments",
        new=reverse("instruments:new"),
        export="?format=csv",
        table=DataTable(
            caption=say_count(len(found), "version"),
            columns=(
                Column(heading="Instrument"),
                Column(heading="Version"),
                Column(heading="State"),
                Column(heading="In force from"),
                Column(heading="Questions", numeric=True),
                Column(heading="Completed", numeric=True),
            ),
            rows=tuple(
                (
                    Link(text=one.title, href=address("instrument", one)),
                    say.version(one.number),
                    one.state,
                    say_day(one.instrument.in_force) if one.instrument else "",
                    str(len(one.instrument.questions())) if one.instrument else "",
                    f"{one.used:,}",
                )
                for one in found
            ),
        ),
    )


def file_rows(found: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    """The list as rows of a file."""
    for one in found:
        made = one.instrument
        yield (
            *(one.title, one.code, one.number, one.state),
            made.in_force if made else "",
            len(made.questions()) if made else "",
            one.used,
        )


def address(page: str, line: Line | OwnVersion | Instrument) -> str:
    """Where a page about one version is."""
    number = line.number if isinstance(line, Line) else line.version
    return reverse(f"instruments:{page}", args=[line.code, number])


def is_own(number: int) -> bool:
    """Whether a version is the area's own, by its number."""
    return number >= FIRST_OWN
