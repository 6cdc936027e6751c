"""Learning an area's own weights, and refusing those that are worse."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from alongside.care.linking.operations import learning as keeping
from alongside.care.linking.queries.candidates import find_live_model, get_weights
from alongside.care.matching.tables import LIMITS, START
from alongside.foundation.accounts.types import Actor
from alongside.foundation.gateways.splink_engine import LinkEngine
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.local import local_day
from alongside.workflows.linking_in_bulk.comparing import compare
from alongside.workflows.linking_in_bulk.frozen import Quality, is_worse, measure
from alongside.workflows.linking_in_bulk.learning import learn
from alongside.workflows.linking_in_bulk.linking import OnStep
from alongside.workflows.linking_in_bulk.loading import (
    OnProgress,
    load_file,
    open_engine,
)
from alongside.workflows.linking_in_bulk.reading import PIECE
from alongside.workflows.live_weights import weights_in_use


class Worse(DomainError):
    """What was learnt is worse than what counts now; the sentence has the figures."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights that were learnt and how good they are beside those they follow."""

    version: str
    records: int
    quality: Quality
    before: str
    quality_before: Quality


def train(
    *,
    actor: Actor,
    now: datetime,
    file: Path | None,
    on_progress: OnProgress,
    on_step: OnStep,
) -> Trained:
    """Learn weights from the area's records, or a file, and let them count.

    Raises:
        NothingToLearn: there are too few records, or too little agrees.
        Worse: on the frozen sets they do worse than those that count now.
        BadFile: the file cannot be read as people.
    """
    with closing(open_engine()) as engine:
        if file is None:
            _load_area(engine, actor, now, on_progress)
        else:
            load_file(engine, file, on_progress)
        on_step("learning weights")
        model = learn(engine, today=local_day(now), lasting=True)
        on_step("comparing")
        model = compare(engine, model, settle=True)
    on_step("measuring")
    return _put_in_place(actor, now, model)


def _load_area(
    engine: LinkEngine, actor: Actor, now: datetime, on_progress: OnProgress
) -> None:
    done = 0
    for standards in keeping.read_standards(actor=actor, now=now, piece=PIECE):
        engine.add(standards)
        done += len(standards)
        on_progress(done)
    engine.finish(crowd=LIMITS.crowd)


def _put_in_place(actor: Actor, now: datetime, model: dict[str, Any]) -> Trained:
    live = find_live_model()
    unusable = weights_in_use().unusable
    before = START if live is None or unusable else get_weights(model_id=live)
    old, new = measure(before), measure(model)
    model = {**model, "evaluation": {"frozen": new.as_json()}}
    if is_worse(new, old):
        raise Worse(
            "What was learnt is worse on the frozen sets and does not count:"
            f" {_figures(new)}, against {_figures(old)} of {before['version']}"
        )
    fingerprint = sha256(repr(sorted(model["comparisons"].items())).encode())
    keeping.keep_weights(
        actor=actor, now=now, weights=model, fingerprint=fingerprint.hexdigest()
    )
    keeping.use_weights(actor=actor, now=now, version=model["version"])
    return Trained(
        version=model["version"],
        records=model["learnt_from"]["records"],
        quality=new,
        before=str(before["version"]),
        quality_before=old,
    )


def _figures(quality: Quality) -> str:
    return (
        f"{quality.wrong} wrong links in 10,000 records,"
        f" {quality.found:.1%} of pairs linked, {quality.shown:.1%} linked or shown"
    )


def describe(quality: Quality) -> str:
    """The figures of weights in words."""
    return _figures(quality)
