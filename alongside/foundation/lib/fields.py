"""Model fields that many packages share."""

from enum import StrEnum
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import models


def public_id() -> models.UUIDField[Any, Any]:
    """The only identifier that leaves the service: random, never sequential.

    Made by the database, so that rows inserted in bulk have one too.
    """
    return models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)


def area_key() -> models.ForeignKey[Any, Any]:
    """The area a row belongs to.

    No database constraint: the area wall (row security) already compares it
    with the signed context on every write, and an area is never deleted; the
    constraint would cost one look-up a row in every bulk insert.
    """
    return models.ForeignKey(
        "organisations.Area",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


def away_key(to: str, **options: Any) -> models.ForeignKey[Any, Any]:
    """A key to another package's table: no way back up, never deleted under us."""
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name="+", **options)


def one_of(words: type[StrEnum]) -> list[tuple[str, str]]:
    """The words a field may hold, as Django takes them. Labels are the pages' own."""
    return [(word.value, word.value) for word in words]
