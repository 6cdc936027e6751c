"""The instruments that are shipped, and what a worker does when one asks for it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from alongside.care.instruments.tables.limits import DATA
from alongside.care.instruments.tables.needs import load_needs
from alongside.care.instruments.tables.procedures import load_procedures
from alongside.care.instruments.tables.reading import parse_instrument
from alongside.care.instruments.types import (
    FIRST_OWN,
    BadInstrument,
    Counting,
    Instrument,
    Need,
)
from alongside.foundation.lib.datafile import BadDataFile

SHIPPED_FILES = tuple(sorted((DATA / "instruments").glob("*.toml")))


def load_instruments(files: Mapping[str, str]) -> dict[tuple[str, int], Instrument]:
    """Read files of instruments, each text under its file's name.

    Raises:
        BadDataFile: one cannot be used; two are the same version; or a file is not
            called after what is in it. Names the file and every problem.
    """
    found: dict[tuple[str, int], Instrument] = {}
    for name, text in files.items():
        try:
            made = parse_instrument(text)
        except BadInstrument as error:
            raise BadDataFile(f"{name}: {error}") from error
        if name != f"{made.code}.{made.version}.toml" or made.version >= FIRST_OWN:
            raise BadDataFile(f"{name}: is not called after its code and version")
        found[made.code, made.version] = made
    return found


def _read(files: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    for file in files:
        yield file.name, file.read_text(encoding="utf-8")


TEXTS: Mapping[str, str] = dict(_read(SHIPPED_FILES))
INSTRUMENTS: Mapping[tuple[str, int], Instrument] = load_instruments(TEXTS)
# Those whose numbers show how far somebody has come ask about the needs.
ABOUT_NEEDS = ("needs", "child_needs")
NEEDS: Mapping[str, Need] = load_needs(
    (DATA / "needs.toml").read_text(encoding="utf-8"),
    asked={
        question
        for one in INSTRUMENTS.values()
        if one.code in ABOUT_NEEDS
        for score in one.scores
        if score.counting is Counting.EACH
        for question in score.questions
    },
)
PROCEDURES = load_procedures(
    (DATA / "procedures.toml").read_text(encoding="utf-8"),
    asked={
        ask
        for one in INSTRUMENTS.values()
        for score in one.scores
        for band in score.bands
        for ask in band.asks
    },
)


def latest(code: str, on: date) -> Instrument | None:
    """The newest version shipped of an instrument that is in force on the day."""
    found = [
        one for one in INSTRUMENTS.values() if one.code == code and one.in_force <= on
    ]
    return max(found, key=lambda one: one.version, default=None)


def shipped_text(code: str, version: int) -> str:
    """What a shipped version is written in. KeyError where there is none."""
    return TEXTS[f"{code}.{version}.toml"]
