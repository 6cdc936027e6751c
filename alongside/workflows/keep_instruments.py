"""An area's own instruments, held to what the service knows to do with a result."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from alongside.care.assessment.tables import ASKS, GROUNDS
from alongside.care.instruments import operations, queries
from alongside.care.instruments.queries import OwnVersion
from alongside.care.instruments.rules.keeping import check_kept
from alongside.care.instruments.tables import latest
from alongside.care.instruments.types import BadInstrument, Instrument, Problem
from alongside.foundation.accounts.types import Actor
from alongside.foundation.lib.local import local_day

# What a band may ask for, by its code.
ASKED: Mapping[str, str] = {
    **{code: row.words for code, row in ASKS.items()},
    **{
        f"ground:{code}": f"Propose a ground of enhanced support: {row.label.lower()}"
        for code, row in GROUNDS.items()
    },
}


def problems_of(version: OwnVersion, *, now: datetime) -> tuple[Problem, ...]:
    """Everything that keeps a draft from use, in the order in which it is told."""
    made = version.instrument
    if made is None:
        return version.problems
    today = local_day(now)
    return (
        *check_kept(
            made,
            code=version.code,
            version=version.version,
            shipped=latest(version.code, today),
            today=today,
        ),
        *_unknown(made),
    )


@transaction.atomic
def publish(*, actor: Actor, now: datetime, code: str, version: int) -> Instrument:
    """Put a draft in use, unless it asks for what nobody would do.

    Raises:
        NotAllowed, NotFound, CannotMove: the actor may not, or it is no draft.
        BadInstrument: it cannot be used; every problem says where.
    """
    found = queries.get_own(area_id=actor.area_id, code=code, version=version)
    problems = problems_of(found, now=now)
    if problems:
        raise BadInstrument(problems)
    return operations.publish(actor=actor, now=now, code=code, version=version)


def _unknown(made: Instrument) -> Iterator[Problem]:
    for score in made.scores:
        for band in score.bands:
            for ask in band.asks:
                if ask not in ASKED:
                    yield Problem(
                        f"score {score.code}, band {band.code}",
                        f"asks for {ask}, and nobody knows what that is",
                    )
