"""`alongside journey`: how far each matter has come."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.workflows.settle_matters import Settled


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("journey", help="how far each matter has come")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    settle = actions.add_parser(
        "settle",
        help="bring every matter to where its events take it",
        description="For when the table of moves has changed, and for what was kept"
        " before there were matters. It may be stopped and run again.",
    )
    settle.add_argument(
        "--dry-run", action="store_true", help="say what would change and keep nothing"
    )
    add_json(settle)
    add_service(settle)
    settle.set_defaults(run=run_settle)


def run_settle(args: Namespace) -> int:
    """Settle the matters of an area, and say how many were not where they should be."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.settle_matters import settle_area

    now = datetime.now(tz=UTC)
    with acting_receiver(area=args.service, now=now) as actor:
        pass
    with progress("Crimes") as report:

        def tell(done: "Settled") -> None:
            report(done.looked)

        done = settle_area(
            actor=actor,
            now=now,
            why="command",
            dry_run=args.dry_run,
            on_progress=tell,
        )
    if args.json:
        say_json({"looked_at": done.looked, "changed": done.changed})
        return 0
    would = "would be" if args.dry_run else "were"
    say(
        f"{done.looked:,} crimes of somebody looked at,"
        f" {done.changed:,} matters {would} brought to where their events take them"
    )
    return 0
