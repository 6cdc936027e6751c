"""Keeping the weights an area has learnt, and saying which count."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connections, transaction

from alongside.care.linking.models import LinkModel, LinkRecord
from alongside.care.matching.rules.weights import Weights
from alongside.care.matching.types import BadModel, Standard
from alongside.foundation.accounts.types import Actor
from alongside.foundation.audit.operations import record_event
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound

OWNER = "owner"
SHIPPED = "shipped"
KIND = "weights"


class CannotCount(DomainError):
    user_message = "These weights cannot be used"


def read_standards(
    *, actor: Actor, now: datetime, piece: int
) -> Iterator[list[Standard]]:
    """The standard form of every record of the area, in pieces, to learn from.

    For the operator at the machine, who works as the database's owner; that they
    were read is on the trail.
    """
    with transaction.atomic(using=OWNER):
        record_event(
            actor=actor,
            now=now,
            action=AuditAction.WEIGHTS_LEARNT,
            subject=Subject(kind=KIND),
            using=OWNER,
        )
        rows = LinkRecord.objects.using(OWNER).filter(area_id=actor.area_id)
        values = rows.order_by("record_id").values_list(*Standard._fields)
        found: list[Standard] = []
        for row in values.iterator(chunk_size=piece):
            found.append(Standard(*row))
            if len(found) == piece:
                yield found
                found = []
        if found:
            yield found
    connections[OWNER].close()


@transaction.atomic
def keep_weights(
    *, actor: Actor, now: datetime, weights: Mapping[str, Any], fingerprint: str
) -> None:
    """Keep weights that were learnt. They do not count until `use_weights`."""
    LinkModel.objects.update_or_create(
        area_id=actor.area_id,
        version=weights["version"],
        defaults={},
        create_defaults={
            "area_id": actor.area_id,
            "version": weights["version"],
            "made_at": now,
            "made_by_id": actor.user_id,
            "fingerprint": fingerprint,
            "records": weights["learnt_from"]["records"],
            "weights": dict(weights),
            "evaluation": weights["evaluation"],
        },
    )


def _check_readable(wanted: LinkModel) -> None:
    try:
        Weights.from_json(wanted.weights)
    except BadModel as error:
        raise CannotCount(str(error).rstrip(".")) from None


@transaction.atomic
def use_weights(*, actor: Actor, now: datetime, version: str) -> None:
    """Let these weights count from now on; "shipped" are those of the product.

    Raises:
        NotFound: the area has no such weights.
        CannotCount: they are damaged, or of a version that is not read any more.
    """
    own = LinkModel.objects.select_for_update().filter(area_id=actor.area_id)
    wanted = None
    if version != SHIPPED:
        wanted = own.filter(version=version).first()
        if wanted is None:
            raise NotFound("There are no weights of that version here")
        _check_readable(wanted)
    for live in own.filter(live_from__isnull=False, retired_at=None):
        if live.version != version:
            live.retired_at = now
            live.save(update_fields=["retired_at"])
    if wanted is not None and (wanted.live_from is None or wanted.retired_at):
        wanted.live_from, wanted.retired_at = now, None
        wanted.save(update_fields=["live_from", "retired_at"])
    record_event(
        actor=actor,
        now=now,
        action=AuditAction.WEIGHTS_CHANGED,
        subject=Subject(kind=KIND),
        purpose=version,
    )
