"""Arguments that several commands take, checked before anything is loaded."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Subparsers = argparse._SubParsersAction

HIGHEST_PORT = 65_535


def add_json(command: argparse.ArgumentParser) -> None:
    """Let the command answer a machine."""
    command.add_argument("--json", action="store_true", help="answer as JSON")


def add_port(command: argparse.ArgumentParser) -> None:
    """Let the command say where the site listens."""
    command.add_argument(
        "--port", type=port, metavar="N", help="port of the site (usually 8000)"
    )


def existing_file(text: str) -> Path:
    """A file that is there; else wrong usage."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return path


def day(text: str) -> date:
    """A day as YYYY-MM-DD; else wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            "give the day as YYYY-MM-DD, like 2026-11-22"
        ) from error


def port(text: str) -> int:
    """A port a program may listen on; else wrong usage."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"give a number from 1 to {HIGHEST_PORT}")
    return int(text)


def whole_days(text: str) -> int:
    """A number of days, at least one; else wrong usage."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError("give a whole number of days, 1 or more")
    return int(text)
