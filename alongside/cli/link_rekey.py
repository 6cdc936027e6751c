"""`alongside link rekey`: every record in its standard form and under its keys anew."""

from argparse import Namespace
from datetime import UTC, datetime

from alongside.cli.arguments import Subparsers
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say
from alongside.cli.site import open_site, site_of


def register(actions: Subparsers) -> None:
    """Add the action to the command."""
    action = actions.add_parser(
        "rekey",
        help="bring every record to its standard form anew",
        description="For when the way records are compared has changed. While a piece"
        " is worked nobody is added; between pieces everything goes on.",
    )
    action.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="RECORD",
        help="go on after a record, where an earlier run was stopped",
    )
    action.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Work every record, and say how far it came."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.rekey import count_to_do, rekey

    now = datetime.now(tz=UTC)
    total = count_to_do(actor=None, now=now, after=args.after)
    with progress("Records", total=total) as on_progress:
        done = rekey(actor=None, now=now, after=args.after, on_progress=on_progress)
    say(f"{done.records} records are in their standard form. The last is {done.last}")
    return 0
