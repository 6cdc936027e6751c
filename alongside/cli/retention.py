"""`alongside retention`: whose time is over, and erasing them once approved."""

from argparse import Namespace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, day
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json, say_table
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.workflows.retention import DueView

MOST = 100_000


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "retention", help="records whose time is over, by the rules of the area"
    )
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    run = actions.add_parser(
        "run",
        help="erase what another person has approved; else propose it",
        description="Carries out a run that information governance has approved. Where "
        "there is none it proposes one, and erases nobody.",
    )
    run.add_argument("--dry-run", action="store_true", help="only say what would go")
    run.add_argument("--on", type=day, metavar="DATE", help="as of a day (today)")
    add_json(run)
    add_service(run)
    run.set_defaults(run=run_run)


def run_run(args: Namespace) -> int:
    """Say what is due; unless it is a dry run, carry out or propose.

    Raises:
        NothingDue, RunUnderWay: there is nobody, or a run waits for its approval.
    """
    open_site(site_of(args))
    check_up_to_date()
    from alongside.foundation.lib.local import local_day
    from alongside.workflows import erase, retention

    now = datetime.now(tz=UTC)
    on: date = args.on or local_day(now)
    with acting_receiver(area=args.service, now=now) as actor:
        due = retention.read_due(actor=actor, now=now, day=on, limit=MOST)
    answer: dict[str, object] = {"on": on, "rules": _counts(due), "erased": 0}
    if args.dry_run:
        return _say(args, due, answer, "Nothing was erased: this was a dry run")
    from alongside.walls.context import acting_as

    with acting_as(actor), progress("erasing") as report:
        worked = erase.work_approved(actor=actor, now=now, on_progress=report)
    if worked is not None:
        answer |= {"erased": worked.erased, "skipped": worked.skipped}
        words = f"{worked.erased} people erased, {worked.skipped} kept after all"
        return _say(args, due, answer, words)
    with acting_receiver(area=args.service, now=now) as actor:
        run = erase.propose(actor=actor, now=now, day=on)
    answer |= {"proposed": run}
    words = "Proposed. Nobody is erased until information governance approves it"
    return _say(args, due, answer, words)


def _counts(due: "DueView") -> dict[str, dict[str, int]]:
    return {
        rule: {"due": one.due, "kept_by_legal_hold": one.kept_by_law}
        for rule, one in due.by_rule.items()
    }


def _say(args: Namespace, due: "DueView", answer: object, words: str) -> int:
    if args.json:
        say_json(answer if isinstance(answer, dict) else {})
        return 0
    say_table(
        ("rule", "time is over", "kept by a legal hold"),
        ((rule, one.due, one.kept_by_law) for rule, one in due.by_rule.items()),
    )
    say(words)
    return 0
