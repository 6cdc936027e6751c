"""Progress messages: what the police and the courts say has happened."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from alongside.care.intake.types import DeliveryKind, DeliveryReport
from alongside.foundation.accounts.types import Actor
from alongside.workflows.receive_delivery import receive_file


def receive_progress_file(
    *,
    path: Path,
    now: datetime,
    max_bytes: int,
    on_progress: Callable[[int], None] | None = None,
    actor: Actor | None = None,
) -> DeliveryReport:
    """Receive one file of progress messages, as `receive_file` does referrals.

    Raises:
        FileRefused, UnknownForce, NotAllowed: as `receive_file`.
    """
    return receive_file(
        path=path,
        now=now,
        max_bytes=max_bytes,
        on_progress=on_progress,
        actor=actor,
        kind=DeliveryKind.PROGRESS,
    )
