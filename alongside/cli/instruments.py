"""`alongside instruments`: look over what workers are asked with."""

import argparse
from pathlib import Path

from alongside.cli.arguments import Subparsers
from alongside.cli.output import complain, say


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "instruments", help="what workers are asked with, and whether a file can be"
    )
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check", help="say what is wrong with an instrument written in a file"
    )
    check.add_argument("file", type=Path, metavar="FILE", help="the file, as TOML")
    check.set_defaults(run=check_file)
    shipped = actions.add_parser("list", help="the instruments that are shipped")
    shipped.set_defaults(run=list_shipped)


def check_file(args: argparse.Namespace) -> int:
    """Say every problem of a file and where it is. 1 where there is one."""
    from alongside.care.instruments.tables.reading import parse_instrument
    from alongside.care.instruments.types import BadInstrument

    try:
        text = args.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        complain(f"{args.file} cannot be read as text")
        return 1
    try:
        made = parse_instrument(text)
    except BadInstrument as bad:
        for problem in bad.problems:
            complain(f"{args.file.name}: {problem}")
        return 1
    asked = len(made.questions())
    say(f"{made.code}, version {made.version}: {asked} questions, nothing wrong")
    return 0


def list_shipped(args: argparse.Namespace) -> int:
    """One line for each version that is shipped."""
    from alongside.care.instruments.tables import INSTRUMENTS

    for one in INSTRUMENTS.values():
        asked = len(one.questions())
        say(f"{one.code:<16} {one.version}  {one.title} ({asked} questions)")
    return 0
