"""`alongside words`: how far words are read over, and files for translators.

Reading over itself stays with two people on the pages: no command says that words may
be sent.
"""

import csv
import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, say, say_json, say_table
from alongside.cli.site import open_site, site_of
from alongside.foundation.lib.errors import DomainError
from alongside.foundation.lib.sheets import harmless

if TYPE_CHECKING:
    from alongside.care.telling.rules import Library
    from alongside.care.telling.rules.translating import Translated

# A spreadsheet opens a file that begins with this as UTF-8.
ENCODING = "utf-8-sig"
HEAD = ("Code", "Language", "Words", "Read over", "Waiting", "Missing")


class CannotTakeWords(DomainError):
    """The file cannot be read, or holds nothing to take over."""


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser(
        "words", help="what people are told, and files for translators"
    )
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list", help="how many texts each language has, and how many were read over"
    )
    add_json(listing)
    listing.set_defaults(run=run_list)
    export = actions.add_parser(
        "export", help="write the file that a translator works in, as CSV"
    )
    export.add_argument("--out", type=Path, metavar="FILE", help="else to the terminal")
    export.set_defaults(run=run_export)
    check = actions.add_parser(
        "check", help="say what is wrong with a translator's file, row by row"
    )
    check.set_defaults(run=run_check)
    take = actions.add_parser(
        "import",
        help="take a translator's file over: all of it, or nothing",
        description="It is done in the name of an administrator, as on the pages."
        " Workers are given the words at once. Nothing leaves by itself in"
        " them until two people have read them over on the pages.",
    )
    take.add_argument(
        "--by", required=True, metavar="EMAIL", help="the administrator who does it"
    )
    take.set_defaults(run=run_import)
    for action in (export, check, take):
        action.add_argument(
            "language", type=_language, metavar="LANGUAGE", help="its code, like pl"
        )
    for action in (check, take):
        action.add_argument("file", type=existing_file, metavar="FILE")
    for action in (listing, export, check):
        add_service(action)


def _language(text: str) -> str:
    from alongside.care.telling.tables import ENGLISH, LANGUAGES

    codes = [code for code in LANGUAGES if code != ENGLISH]
    if text not in codes:
        raise ArgumentTypeError(f"choose one of: {', '.join(codes)}")
    return text


@contextmanager
def _words(args: Namespace) -> Iterator["Library"]:
    """The words of the area."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.care.telling.queries import read_library

    with acting_receiver(area=args.service, now=datetime.now(tz=UTC)) as receiver:
        yield read_library(area_id=receiver.area_id)


def run_list(args: Namespace) -> int:
    """Say of each language how many texts there are, and how many may be sent."""
    from alongside.care.telling.rules.translating import list_keys
    from alongside.care.telling.tables import LANGUAGES

    with _words(args) as library:
        every, unread = len(list_keys(library)), library.count_unread()
        held = dict.fromkeys(LANGUAGES, 0)
        for key in library.texts:
            held[key.language] += 1
    found = [
        {
            "code": code,
            "language": row.label,
            "words": held[code],
            "read_over": held[code] - unread.get(code, 0),
            "waiting": unread.get(code, 0),
            "missing": every - held[code],
        }
        for code, row in LANGUAGES.items()
    ]
    if args.json:
        say_json(found)
    else:
        say_table(HEAD, [tuple(one.values()) for one in found])
    return 0


def run_export(args: Namespace) -> int:
    """Write every text with its English, and the translations there are."""
    from alongside.care.telling.rules.translating import HEAD as COLUMNS
    from alongside.care.telling.rules.translating import write_rows
    from alongside.care.telling.tables.naming import FORMS, NAMES

    with _words(args) as library:
        texts = write_rows(library, args.language, names=NAMES, forms=FORMS)
        rows = [[harmless(cell) for cell in row] for row in texts]
    if args.out is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows([COLUMNS, *rows])
        return 0
    with args.out.open("w", encoding=ENCODING, newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    say(f"{len(rows)} texts are in {args.out}")
    return 0


def run_check(args: Namespace) -> int:
    """Say every fault of a file by its row. 1 where there is one."""
    with _words(args) as library:
        found = _read(args, library)
    if found.faults:
        return _complain(args, found)
    say(f"{_counted(found)}. Nothing is wrong")
    return 0


def run_import(args: Namespace) -> int:
    """Take a file over, or say every fault by its row and keep nothing. 1 then."""
    open_site(site_of(args))
    check_up_to_date()
    from django.db import transaction

    from alongside.care.telling.operations.words import import_words
    from alongside.care.telling.queries import read_library
    from alongside.foundation.accounts.queries import get_actor_by_email
    from alongside.walls.context import acting_as

    now = datetime.now(tz=UTC)
    actor = get_actor_by_email(email=args.by, now=now)
    with acting_as(actor), transaction.atomic():
        found = _read(args, read_library(area_id=actor.area_id))
        if found.faults:
            return _complain(args, found)
        changed = import_words(actor=actor, now=now, words=found.words)
    say(f"{_counted(found)}. {changed:,} are new and in use")
    say("Nothing leaves by itself in them until two people have read them over")
    return 0


def _read(args: Namespace, library: "Library") -> "Translated":
    from alongside.care.telling.rules.translating import read_rows
    from alongside.care.telling.tables import limit
    from alongside.care.telling.types import LimitCode

    most = limit(LimitCode.FILE_KILOBYTES)
    if args.file.stat().st_size > most * 1000:
        raise CannotTakeWords(f"The file is larger than {most} kB")
    try:
        text = args.file.read_text(encoding=ENCODING)
    except (OSError, UnicodeDecodeError):
        raise CannotTakeWords("The file cannot be read: save it as CSV UTF-8") from None
    found = read_rows(text, library=library, language=args.language)
    if not (found.words or found.faults):
        raise CannotTakeWords("There is no translation in the file yet")
    return found


def _complain(args: Namespace, found: "Translated") -> int:
    for fault in found.faults:
        key = f" {fault.key}:" if fault.key else ""
        complain(f"{args.file.name}: row {fault.row}:{key} {fault.words}")
    complain("Nothing was kept")
    return 1


def _counted(found: "Translated") -> str:
    words = f"{len(found.words):,} translations"
    return f"{words}, {found.empty:,} rows without one" if found.empty else words
