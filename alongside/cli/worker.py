"""`alongside worker`: receives the deliveries that came by the API, one at a time.

Beside them, on a thread of its own, it goes its rounds (`alongside.jobs`): neither
waits for the other.
"""

import logging
import signal
import traceback
from argparse import Namespace
from datetime import UTC, datetime
from threading import Event, Thread
from types import FrameType
from typing import TYPE_CHECKING

from alongside.cli.arguments import Subparsers
from alongside.cli.migrate import check_up_to_date
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.workflows.receive_waiting import Troubles

IDLE_SECONDS = 1.0
ROUND_SECONDS = 5.0
TROUBLE_SECONDS = 10.0
FAILED = 1
log = logging.getLogger(__name__)


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "worker", help="receive waiting deliveries and go the rounds until stopped"
    )
    command.add_argument(
        "--once",
        action="store_true",
        help="stop when nothing is waiting and no round is due",
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
    if args.once:
        return _work_once(stop)
    rounds = Thread(target=_go_rounds, args=(stop,), name="rounds")
    rounds.start()
    _work_on(stop)
    rounds.join()
    return 0


def _work_on(stop: Event) -> None:
    from alongside.workflows.receive_waiting import Troubles

    troubles = Troubles()
    while not stop.is_set():
        stop.wait(work(troubles))


def _work_once(stop: Event) -> int:
    from alongside.workflows.receive_waiting import Troubles

    troubles, pause = Troubles(), 0.0
    while not stop.is_set() and pause != IDLE_SECONDS:
        known = len(troubles)
        pause = work(troubles)
        if pause == TROUBLE_SECONDS and len(troubles) == known:
            return FAILED
    go_rounds_once()
    return FAILED if troubles else 0


def _go_rounds(stop: Event) -> None:
    while not stop.is_set():
        go_rounds_once()
        stop.wait(ROUND_SECONDS)


def go_rounds_once() -> None:
    """Run the rounds that are due. What fails is logged and tried again later."""
    from django.db import close_old_connections

    from alongside.jobs.running import run_due

    close_old_connections()
    try:
        run_due()
    except Exception as error:  # noqa: BLE001 - deliveries must not stop with a round
        log.error("Rounds are tried again soon: %s", type(error).__name__)


def work(troubles: "Troubles | None" = None) -> float:
    """Receive one waiting delivery; the seconds to wait before the next look.

    A delivery that failed is left until its turn comes again, later each time, and
    those behind it go on.
    """
    from django.db import close_old_connections

    from alongside.foundation.lib.request_id import one_request
    from alongside.workflows.receive_waiting import receive_next

    close_old_connections()
    now = datetime.now(tz=UTC)
    try:
        with one_request():
            received = receive_next(now=now, troubles=troubles)
        return 0.0 if received else IDLE_SECONDS
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
