"""`alongside clocks`: what is promised, and by when."""

from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alongside.care.journey.types import DutyHolder
from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, day
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import say, say_json, say_table
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.care.journey.operations.planning import Planned


class UnknownLimit(DomainError):
    """No limit has that code."""


# Enough for any day's work; a longer list is the statistics' business.
MOST = 10_000


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("clocks", help="promises and when they are due")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    due = actions.add_parser("due", help="running clocks due by a day, soonest first")
    due.add_argument("--on", type=day, metavar="DATE", help="the day (today)")
    due.add_argument(
        "--holder",
        choices=[one.value for one in DutyHolder if one is not DutyHolder.VICTIM],
        help="only what this body owes",
    )
    due.add_argument("--missed", action="store_true", help="only what is past its day")
    add_json(due)
    add_service(due)
    due.set_defaults(run=run_due)
    replan = actions.add_parser(
        "replan",
        help="plan running promises anew, and begin those nobody has written down",
    )
    replan.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="CODE",
        help="only this limit (may be given several times)",
    )
    replan.add_argument(
        "--dry-run", action="store_true", help="say what would change and keep nothing"
    )
    add_service(replan)
    replan.set_defaults(run=run_replan)


def run_due(args: Namespace) -> int:
    """List every running clock that is due by the day, and those already late.

    A promise whose last day is the day asked about is due, and not missed.
    """
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from django.conf import settings
    from django.db import transaction

    from alongside.care.journey.queries import list_due

    now = datetime.now(tz=UTC)
    by: date = args.on or now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    last = by - timedelta(days=1) if args.missed else by
    holder = DutyHolder(args.holder) if args.holder else None
    with transaction.atomic(), acting_receiver(area=args.service, now=now) as actor:
        clocks = list_due(actor=actor, by=last, holder=holder, limit=MOST)
    lines = [
        {
            "due_on": clock.due_on,
            "rule": clock.rule,
            "label": clock.label,
            "holder": clock.holder,
            "case": clock.case_id,
            "team": clock.team_name,
            "worker": clock.worker_name,
        }
        for clock in clocks
    ]
    if args.json:
        say_json({"by": by, "clocks": lines})
    elif lines:
        heads = ("due_on", "label", "holder", "case", "team", "worker")
        say_table(heads, ([line[head] for head in heads] for line in lines))
    else:
        say("No clock is due")
    return 0


def run_replan(args: Namespace) -> int:
    """Plan anew what runs in the area; exit 1 where no limit has the code given."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from alongside.care.journey.tables import RULES
    from alongside.workflows.replan_clocks import replan

    unknown = sorted(set(args.rule) - {rule.code for rule in RULES})
    if unknown:
        raise UnknownLimit(f"No limit is called {unknown[0]}")
    now = datetime.now(tz=UTC)
    with acting_receiver(area=args.service, now=now) as actor:
        pass
    done = replan(
        actor=actor,
        now=now,
        why="command",
        codes=args.rule,
        dry_run=args.dry_run,
        on_progress=_say_progress,
    )
    would = "would be " if args.dry_run else ""
    say(f"{done.begun:,} promises {would}begun, {done.changed:,} {would}planned anew")
    return 0


def _say_progress(cases: int, of: int, done: "Planned") -> None:
    say(f"{cases:,} of {of:,} cases: {done.begun:,} begun, {done.changed:,} anew")
