"""Asking for the passphrase of a backup or of a copy of the keys."""

import argparse
import getpass
import sys
from pathlib import Path

from alongside.cli.arguments import existing_file
from alongside.foundation.lib.errors import DomainError


class NotTheSame(DomainError):
    user_message = "The two passphrases are not the same"


def add_passphrase(command: argparse.ArgumentParser) -> None:
    """Let the command read its passphrase from a file."""
    command.add_argument(
        "--passphrase-file",
        type=existing_file,
        metavar="FILE",
        help="take the passphrase from the first line of a file that only you can read",
    )


def read_passphrase(file: Path | None, *, twice: bool) -> str:
    """The passphrase: from the file, from a line of the input, or asked for.

    Raises:
        NotTheSame: it was typed differently the second time.
    """
    if file is not None:
        return file.read_text(encoding="utf-8").partition("\n")[0]
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    passphrase = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Again: ") != passphrase:
        raise NotTheSame
    return passphrase
