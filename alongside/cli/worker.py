"""`alongside worker`: receives the deliveries that came by the API, one at a time."""

import logging
import signal
import traceback
from argparse import Namespace
from datetime import UTC, datetime
from threading import Event
from types import FrameType

from alongside.cli.arguments import Subparsers
from alongside.cli.migrate import check_up_to_date
from alongside.cli.site import open_site, site_of

IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 10.0
FAILED = 1
log = logging.getLogger(__name__)


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "worker", help="receive waiting deliveries until stopped"
    )
    command.add_argument(
        "--once", action="store_true", help="stop when nothing is waiting"
    )
    command.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Work until a termination signal; the delivery under way is finished first."""
    open_site(site_of(args))
    check_up_to_date()
    stop = Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    while not stop.is_set():
        pause = work()
        if pause and args.once:
            return FAILED if pause == TROUBLE_SECONDS else 0
        stop.wait(pause)
    return 0


def work() -> float:
    """Receive one waiting delivery; the seconds to wait before the next look."""
    from django.db import close_old_connections

    from alongside.workflows.receive_waiting import receive_next

    close_old_connections()
    try:
        return 0.0 if receive_next(now=datetime.now(tz=UTC)) else IDLE_SECONDS
    except Exception as error:  # noqa: BLE001 - the site must not stop with a delivery
        # Its kind and place only: an error's own words may quote a row.
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error(
            "Receiving failed and is tried again in %d s: %s in %s, line %s",
            TROUBLE_SECONDS,
            type(error).__name__,
            place.name,
            place.lineno,
        )
        return TROUBLE_SECONDS
