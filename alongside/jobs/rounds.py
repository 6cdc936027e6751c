"""The rounds there are. To add one: a function of the time, and a line in REGISTRY.

A round is at most fifteen lines that call a workflow or an operation. It says itself
as whom it acts (`acting_as`), opens its own transactions, and may be run again at any
time: after a failure, or where the machine died in the middle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from alongside.workflows.escalate import escalate_everywhere
from alongside.workflows.follow_history import watch_targeting
from alongside.workflows.information_requests import remind_everywhere
from alongside.workflows.keep_agreements import chase_everywhere
from alongside.workflows.out_of_reach import look_everywhere
from alongside.workflows.replan_clocks import count_closed_days
from alongside.workflows.retention import watch_rights
from alongside.workflows.seal_trail import anchor_now, seal_now
from alongside.workflows.send_updates import send_everywhere
from alongside.workflows.tell_by_itself import ask_everywhere
from alongside.workflows.waiting_messages import tell_everywhere
from alongside.workflows.watch_access import watch_access


@dataclass(frozen=True, kw_only=True)
class Round:
    """Something done each `every`, counted from the start of the last run."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


def seal(now: datetime) -> None:
    """Seal and sign what was put on the audit trail."""
    seal_now(home=settings.INSTALLATION.home, now=now)


def anchor(now: datetime) -> None:
    """Note the newest seal outside the database."""
    anchor_now(home=settings.INSTALLATION.home, folder=settings.ANCHORS, now=now)


def rights(now: datetime) -> None:
    """Remind of requests and holds, delete old packs, erase what was approved."""
    watch_rights(now=now)


def access(now: datetime) -> None:
    """Chase reviews of emergency access; give back cases held past a wall."""
    watch_access(now=now)


def agreements(now: datetime) -> None:
    """Chase agreements that end or need a review; end those whose last day passed."""
    chase_everywhere(now=now)


def targeting(now: datetime) -> None:
    """Count crimes anew against those of whom something came lately."""
    watch_targeting(now=now)


def closed_days(now: datetime) -> None:
    """Count closed days that were added or taken back into running promises."""
    count_closed_days(now=now)


def promises(now: datetime) -> None:
    """Tell of promises past their day: workers, supervisors, whoever owes them."""
    escalate_everywhere(now=now)


def messages(now: datetime) -> None:
    """Tell supervisors of messages that have waited long for their referral."""
    tell_everywhere(now=now)


def records_asked(now: datetime) -> None:
    """Tell of requests for records whose day of answer comes near or is past."""
    remind_everywhere(now=now)


def out_of_reach(now: datetime) -> None:
    """Have owed again what nobody looked at again in time."""
    look_everywhere(now=now)


def by_itself(now: datetime) -> None:
    """Have leave by itself what may. Each look opens somebody's details and is on the
    trail, so that what may not leave is not looked at each minute."""
    ask_everywhere(now=now, senders=settings.MESSAGE_SENDERS)


def updates(now: datetime) -> None:
    """Hand over what is due; ask what arrived."""
    send_everywhere(now=now, senders=settings.MESSAGE_SENDERS)


REGISTRY: list[Round] = [
    Round(name="seal", every=timedelta(minutes=1), run=seal),
    Round(name="anchor", every=timedelta(days=1), run=anchor),
    Round(name="rights", every=timedelta(hours=1), run=rights),
    Round(name="agreements", every=timedelta(days=1), run=agreements),
    Round(name="promises", every=timedelta(days=1), run=promises),
    Round(name="by_itself", every=timedelta(minutes=15), run=by_itself),
    Round(name="messages", every=timedelta(days=1), run=messages),
    Round(name="records_asked", every=timedelta(days=1), run=records_asked),
    Round(name="out_of_reach", every=timedelta(days=1), run=out_of_reach),
    Round(name="updates", every=timedelta(minutes=1), run=updates),
    Round(name="access", every=timedelta(hours=1), run=access),
    Round(name="closed_days", every=timedelta(minutes=1), run=closed_days),
    Round(name="targeting", every=timedelta(hours=1), run=targeting),
]
