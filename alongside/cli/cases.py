"""`alongside cases`: no case without a known status."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, whole_days
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import say, say_json, say_table
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.workflows.read_status import StatusView

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
        metavar="N",
        help="list cases in which nothing happened for N days (the service's limit)",
    )
    add_json(status)
    add_service(status)
    status.set_defaults(run=run_status)


def run_status(args: Namespace) -> int:
    """Count and list. A stray case is an answer, not a failure: exit 0."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from django.db import transaction

    from alongside.workflows.read_status import read_status

    now = datetime.now(tz=UTC)
    with transaction.atomic(), acting_receiver(area=args.service, now=now) as actor:
        view = read_status(actor=actor, now=now, days=args.days, limit=MOST)
    if args.json:
        say_json(_for_machines(view))
    else:
        _for_people(view)
    return 0


def _for_machines(view: "StatusView") -> dict[str, object]:
    return {
        "cases": view.total,
        "standing": [
            {
                "status": one.status,
                "tier": one.tier,
                "disposition": one.disposition,
                "cases": one.cases,
                "unowned": one.unowned,
            }
            for one in view.standing
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
            for one in view.strays
        ],
    }


def _for_people(view: "StatusView") -> None:
    say_table(
        ("status", "tier", "disposition", "cases", "in a queue"),
        (
            (one.status.value, one.tier, one.disposition, one.cases, one.unowned)
            for one in view.standing
        ),
    )
    say(f"{view.total} cases in all")
    say()
    if not view.strays:
        say("Every open case has an owner, a next action and a recent event")
        return
    say_table(
        ("case", "team", "worker", "what is missing"),
        (
            (one.public_id, one.team_name, one.worker_name, one.words)
            for one in view.strays
        ),
    )
    if view.stray_total > len(view.strays):
        say(f"{view.stray_total} in all: the first {len(view.strays)} are listed")
