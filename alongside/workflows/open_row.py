"""Opening what a force said: a row that was kept sealed, read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from alongside.care.intake import queries as intake
from alongside.care.intake.rules.reading import read_again
from alongside.care.intake.types import DeliveryKind, RawRow
from alongside.foundation.lib.sealing import Sealer, derive_area_key
from alongside.workflows.receiving.take_in import row_label

if TYPE_CHECKING:
    from alongside.care.intake.models import Delivery


def open_current_row(*, referral_id: int, area_code: str) -> tuple[RawRow, Delivery]:
    """The row that holds a referral's current version, and the delivery it came in.

    The caller puts the look on the audit trail.

    Raises:
        Tampered: the row is not what was stored.
    """
    row, delivery = intake.get_current_row(referral_id=referral_id)
    sealer = Sealer(derive_area_key(settings.AREA_MASTER_KEY, area_code=area_code))
    text = sealer.open(bytes(row.sealed), label=row_label(row.pk)).decode("utf-8")
    header = None if delivery.header is None else tuple(delivery.header)
    raw = read_again(text, kind=DeliveryKind(delivery.kind), header=header)
    return raw, delivery


def open_rejected(*, delivery_id: int, area_code: str) -> list[tuple[str, str, str]]:
    """The rejected rows of a delivery: the text, the column at fault, and why.

    The caller puts the look on the audit trail.

    Raises:
        Tampered: a row is not what was stored.
    """
    sealer = Sealer(derive_area_key(settings.AREA_MASTER_KEY, area_code=area_code))
    return [
        (
            sealer.open(row.sealed, label=row_label(row.row_id)).decode(
                "utf-8", "replace"
            ),
            row.fault_column,
            row.message,
        )
        for row in intake.list_rejected(delivery_id=delivery_id)
    ]
