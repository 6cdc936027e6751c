"""`alongside cases`: no case without a known status."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, whole_days
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import say, say_json, say_table
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.care.casework.queries.standing import Standing, StrayCase

QUIET_DAYS = 28
MOST = 10_000


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("cases", help="how the cases stand")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    status = actions.add_parser(
        "status", help="count cases by status and list those something is missing from"
    )
    status.add_argument(
        "--days",
        type=whole_days,
        default=QUIET_DAYS,
        metavar="N",
        help=f"list cases in which nothing happened for N days ({QUIET_DAYS})",
    )
    add_json(status)
    add_service(status)
    status.set_defaults(run=run_status)


def run_status(args: Namespace) -> int:
    """Count and list. A stray case is an answer, not a failure: exit 0."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from django.conf import settings
    from django.db import transaction

    from alongside.care.casework.queries.standing import count_standing, list_strays

    now = datetime.now(tz=UTC)
    with transaction.atomic(), acting_receiver(area=args.service, now=now) as actor:
        counts = count_standing(actor=actor)
        strays = list_strays(
            actor=actor,
            quiet_before=now - timedelta(days=args.days),
            overdue_before=now.astimezone(ZoneInfo(settings.TIME_ZONE)).date(),
            limit=MOST,
        )
    if args.json:
        say_json(_for_machines(counts, strays))
    else:
        _for_people(counts, strays)
    return 0


def _for_machines(
    counts: "list[Standing]", strays: "list[StrayCase]"
) -> dict[str, object]:
    return {
        "cases": sum(one.cases for one in counts),
        "standing": [
            {
                "status": one.status,
                "tier": one.tier,
                "disposition": one.disposition,
                "cases": one.cases,
                "unowned": one.unowned,
            }
            for one in counts
        ],
        "strays": [
            {
                "case": one.public_id,
                "status": one.status,
                "team": one.team_name,
                "worker": one.worker_name,
                "no_next_action": one.no_next_action,
                "no_owner": one.no_owner,
                "quiet": one.quiet,
                "touched_at": one.touched_at,
            }
            for one in strays
        ],
    }


def _for_people(counts: "list[Standing]", strays: "list[StrayCase]") -> None:
    say_table(
        ("status", "tier", "disposition", "cases", "in a queue"),
        (
            (one.status.value, one.tier, one.disposition, one.cases, one.unowned)
            for one in counts
        ),
    )
    say()
    if not strays:
        say("Every open case has a next action, an owner and a recent event")
        return
    say_table(
        ("case", "team", "worker", "what is missing"),
        ((one.public_id, one.team_name, one.worker_name, one.words) for one in strays),
    )
