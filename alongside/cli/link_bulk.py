"""`alongside link bulk` and `pairs`: linking a whole file, apart from the register."""

import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.output import complain, progress, say, say_json

if TYPE_CHECKING:
    from alongside.workflows.linking_in_bulk.linking import Linked

    Work = Callable[..., Linked]

COLUMNS = (
    "FILE is CSV in UTF-8 with the columns id, given_names, surname, date_of_birth,"
    " gender, postcode, address, phone and email; all but id may be left out."
)
CLUSTERS = (
    "The answer has the columns id and cluster. Whoever might be linked only by"
    " a person's look stays apart."
)
PAIRS = (
    "The answer has the columns id_a, id_b and probability. What would be looked at"
    " first is below 0.99, what must not be linked below 0.05."
)


def register(actions: Subparsers) -> None:
    """Add the actions to the command."""
    for name, run, words, answer in (
        (
            "bulk",
            run_bulk,
            "say which records of a file are one person's",
            CLUSTERS,
        ),
        (
            "pairs",
            run_pairs,
            "say which pairs of a file may be one person's",
            PAIRS,
        ),
    ):
        action = actions.add_parser(name, help=words, description=f"{COLUMNS} {answer}")
        action.add_argument("file", type=existing_file, metavar="FILE")
        action.add_argument("--out", type=Path, required=True, metavar="FILE")
        action.add_argument(
            "--engine",
            choices=("duckdb", "spark"),
            default="duckdb",
            help="what does the comparing (duckdb)",
        )
        action.add_argument(
            "--model",
            type=existing_file,
            metavar="FILE",
            help="weights to use; else they are learnt from the file",
        )
        add_json(action)
        action.set_defaults(run=run)


def run_bulk(args: Namespace) -> int:
    """Write the cluster of each record."""
    from alongside.workflows.linking_in_bulk.linking import link_file

    found = _work(args, link_file)
    return _say(args, found, f"{found.records} records, {found.people} people")


def run_pairs(args: Namespace) -> int:
    """Write pairs of records with how likely they are one person's."""
    from alongside.workflows.linking_in_bulk.linking import pair_file

    found = _work(args, pair_file)
    return _say(args, found, f"{found.records} records compared")


def _work(args: Namespace, work: "Work") -> "Linked":
    from alongside.workflows.linking_in_bulk.weights_file import read_model

    model = read_model(args.model) if args.model else None
    with progress("reading") as report:
        return work(
            args.file,
            args.out,
            engine=args.engine,
            today=datetime.now(tz=UTC).date(),
            model=model,
            on_progress=report,
            on_step=_tell,
        )


def _tell(step: str) -> None:
    if sys.stderr.isatty():
        complain(f"{step} …")


def _say(args: Namespace, found: "Linked", words: str) -> int:
    answer: dict[str, Any] = {
        "records": found.records,
        "people": found.people,
        "links": found.links,
        "review": found.review,
        "model": found.model,
        "learnt": found.learnt,
    }
    if args.json:
        say_json(answer)
        return 0
    say(f"{words}: {found.links} pairs linked, {found.review} for somebody to look at")
    if not args.model and not found.learnt:
        say("Too few records to learn from: the weights that are shipped were used")
    return 0
