"""Reads a command line and runs one command.

Exit codes: 0 done, 1 refused in words, 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from alongside.cli import (
    accounts,
    audit,
    backup,
    cases,
    check,
    clocks,
    database,
    demo,
    erase,
    feed,
    instruments,
    journey,
    link,
    migrate,
    retention,
    serve,
    tokens,
    vault,
    words,
    worker,
)
from alongside.cli.output import complain
from alongside.cli.site import Site
from alongside.foundation.lib.errors import DomainError

DONE, REFUSED, INTERRUPTED = 0, 1, 130
COMMANDS = (
    demo,
    serve,
    worker,
    database,
    migrate,
    check,
    audit,
    feed,
    instruments,
    link,
    clocks,
    journey,
    words,
    cases,
    accounts,
    tokens,
    vault,
    backup,
    retention,
    erase,
)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line. Loads nothing heavy: `--help` answers at once."""
    parser = argparse.ArgumentParser(
        prog="alongside",
        description="The integrated victim and witness service of an area.",
        epilog="Exit codes: 0 done, 1 refused in words, 2 wrong usage.",
    )
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    subparsers.required = True
    for command in COMMANDS:
        command.register(subparsers)
    return parser


def main(argv: Sequence[str], *, site: Site) -> int:
    """Run one command and return its exit code."""
    args = build_parser().parse_args(argv)
    args.site = site
    try:
        code: int = args.run(args)
    except DomainError as error:
        complain(error.user_message)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python's last flush must not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if site.debug or not _is_of_database(error):
            raise
        # Only its kind and place: the database's own words may quote a row.
        complain(f"The database refused this: {_kind(error)}")
        return REFUSED
    return code


def _is_of_database(error: Exception) -> bool:
    from django.db import Error

    return isinstance(error, Error)


def _kind(error: Exception) -> str:
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    names = (
        type(cause or error).__name__,
        getattr(diagnosis, "table_name", None),
        getattr(diagnosis, "constraint_name", None)
        or getattr(diagnosis, "column_name", None),
    )
    return " ".join(name for name in names if name)
