"""Records in their standard form, ready to be compared."""

from collections.abc import Callable, Sequence
from pathlib import Path

from alongside.care.matching.rules.standard import standardise
from alongside.care.matching.tables import LIMITS
from alongside.care.matching.types import Standard
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.workflows.linking_in_bulk.comparing import COLUMNS, DERIVED
from alongside.workflows.linking_in_bulk.habits import Habits, find_habits
from alongside.workflows.linking_in_bulk.reading import read_people

# Told how many records are read so far.
OnProgress = Callable[[int], None]


def open_engine(name: str = "duckdb") -> LinkEngine:
    """An engine without records, for their standard forms.

    Raises:
        NoSpark: it was to be "spark", which is not installed.
    """
    return LinkEngine(COLUMNS, derived=DERIVED, compare_in=name)


def load_file(engine: LinkEngine, path: Path, on_progress: OnProgress) -> list[str]:
    """Load a file of people; their ids, in the order of the engine's numbers.

    Raises:
        BadFile: it cannot be read as people.
    """
    ids: list[str] = []
    habits: Habits | None = None
    for names, rows in read_people(path):
        habits = habits or find_habits(rows)
        engine.add([as_standard(habits.read(row)) for row in rows])
        ids += names
        on_progress(len(ids))
    engine.finish(crowd=LIMITS.crowd)
    return ids


def as_standard(row: Sequence[str]) -> Standard:
    """The standard form of one line of a file: the values of `reading.FIELDS`."""
    given, surname, born, gender, postcode, address, phone, email = row
    return standardise(
        given_names=given,
        surname=surname,
        date_of_birth=born,
        gender=gender,
        postcode=postcode,
        address=address,
        phones=(phone,),
        email=email,
    )
