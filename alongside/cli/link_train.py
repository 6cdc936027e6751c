"""`alongside link train`: the area's own weights."""

import sys
from argparse import Namespace
from dataclasses import asdict
from datetime import UTC, datetime

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, progress, say, say_json
from alongside.cli.site import open_site, site_of


def register(actions: Subparsers) -> None:
    """Add the action to the command."""
    action = actions.add_parser(
        "train",
        help="learn from the area's records how much each agreement says",
        description="What is learnt counts at once, unless it does worse than what"
        " counts now on sets of records whose truth is known.",
    )
    action.add_argument(
        "--file", type=existing_file, metavar="FILE", help="learn from a file instead"
    )
    action.add_argument(
        "--use",
        metavar="VERSION",
        help="learn nothing: go back to weights learnt before, or to those shipped",
    )
    add_json(action)
    add_service(action)
    action.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Learn and let it count; or let other weights count again."""
    open_site(site_of(args))
    check_up_to_date()
    now = datetime.now(tz=UTC)
    return _use(args, now) if args.use else _train(args, now)


def _use(args: Namespace, now: datetime) -> int:
    from alongside.care.linking.operations.learning import use_weights

    with acting_receiver(area=args.service, now=now) as actor:
        use_weights(actor=actor, now=now, version=args.use)
    if args.json:
        say_json({"version": args.use})
    else:
        say(f"The weights {args.use} count now")
    return 0


def _train(args: Namespace, now: datetime) -> int:
    from alongside.workflows.linking_in_bulk.training import describe, train

    with (
        acting_receiver(area=args.service, now=now) as actor,
        progress("reading") as report,
    ):
        found = train(
            actor=actor, now=now, file=args.file, on_progress=report, on_step=_tell
        )
    if args.json:
        say_json(asdict(found))
        return 0
    say(f"The weights {found.version} count now, learnt from {found.records} records")
    say(f"They have {describe(found.quality)}")
    say(f"{found.before} had {describe(found.quality_before)}")
    return 0


def _tell(step: str) -> None:
    if sys.stderr.isatty():
        complain(f"{step} …")
