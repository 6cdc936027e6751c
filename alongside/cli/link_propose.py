"""`alongside link propose`: people of the register who may be held twice."""

from argparse import Namespace
from datetime import UTC, datetime

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json
from alongside.cli.site import open_site, site_of


def register(actions: Subparsers) -> None:
    """Add the action to the command."""
    action = actions.add_parser(
        "propose",
        help="put people who may be held twice before a reviewer",
        description="Compares every record of an area with those of other people."
        " Nobody is joined or parted by it: what is found waits at the review desk.",
    )
    action.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="RECORD",
        help="go on after a record, where an earlier run stopped",
    )
    add_json(action)
    add_service(action)
    action.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Compare every record, and say how many pairs wait."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.relink import count_to_do, propose

    now = datetime.now(tz=UTC)
    with acting_receiver(area=args.service, now=now) as actor:
        total = count_to_do(actor=actor, now=now, after=args.after)
        with progress("Records", total=total) as on_progress:
            done = propose(
                actor=actor, now=now, after=args.after, on_progress=on_progress
            )
    if args.json:
        say_json({"records": done.records, "pairs": done.pairs, "last": done.last})
        return 0
    say(f"{done.records} records compared, {done.pairs} pairs for somebody to look at")
    if done.full:
        say(f"That is enough for now. Go on later with --after {done.last}")
    return 0
