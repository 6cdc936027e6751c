"""`alongside feed`: what a force sends, received and accounted for."""

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from alongside.cli.acting import acting_receiver, add_service
from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import complain, progress, say, say_json
from alongside.cli.site import open_site, site_of

if TYPE_CHECKING:
    from alongside.care.intake.types import DeliveryReport
    from alongside.workflows.delivery_fates import FateLine

    Receive = Callable[..., DeliveryReport]

REFUSED = 1
BLOCK_BYTES = 1 << 20
FATE_COLUMNS = ("row", "fate", "code", "message", "person", "case")


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("feed", help="deliveries from a police force")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    for name, run, words in (
        ("receive", run_receive, "receive a file of referrals"),
        ("progress", run_progress, "receive a file of progress messages"),
    ):
        action = actions.add_parser(name, help=words)
        action.add_argument("file", type=existing_file, metavar="FILE")
        add_json(action)
        action.set_defaults(run=run)
    fates = actions.add_parser("fates", help="say what became of each row")
    fates.add_argument("extract_id", metavar="EXTRACT_ID")
    fates.add_argument("--csv", type=Path, metavar="FILE", help="write to a file")
    add_service(fates)
    fates.set_defaults(run=run_fates)


def run_receive(args: Namespace) -> int:
    """Receive referrals. A file refused whole stores nothing and exits 1."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.receive_delivery import receive_file

    return _receive(args, receive_file)


def run_progress(args: Namespace) -> int:
    """Receive progress messages. A file refused whole stores nothing and exits 1."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.receive_progress import receive_progress_file

    return _receive(args, receive_progress_file)


def _receive(args: Namespace, receive: "Receive") -> int:
    with progress("Receiving", total=_about_rows(args.file)) as on_progress:
        report = receive(
            path=args.file,
            now=datetime.now(tz=UTC),
            max_bytes=site_of(args).feed_max_bytes,
            on_progress=on_progress,
        )
    if args.json:
        say_json(asdict(report))
    else:
        _tell(report)
    return 0


def _about_rows(path: Path) -> int:
    """Lines but the heads: right enough for a progress bar, quick to count."""
    lines = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            lines += block.count(b"\n")
    return max(lines - 1, 0)


def _tell(report: "DeliveryReport") -> None:
    if report.already_received:
        say(f"{report.extract_id} was received before: nothing has changed")
    say(
        f"{report.extract_id}: {report.rows} rows, {report.accepted} accepted, "
        f"{report.held} held, {report.rejected} rejected"
    )
    for code, count in sorted(report.codes.items()):
        say(f"  {code}: {count}")


def run_fates(args: Namespace) -> int:
    """Write row, fate, code, message, person and case of each row, as CSV."""
    open_site(site_of(args))
    check_up_to_date()
    from django.db import transaction

    from alongside.workflows.delivery_fates import list_fates

    now = datetime.now(tz=UTC)
    # Row security shows rows only inside a transaction that says who acts.
    with transaction.atomic(), acting_receiver(area=args.service, now=now) as actor:
        rows = list_fates(extract_id=args.extract_id, actor=actor)
        if args.csv is None:
            _write(rows, sys.stdout)
            return 0
        try:
            with args.csv.open("w", encoding="utf-8", newline="") as file:
                written = _write(rows, file)
        except OSError:
            complain("The file cannot be written there")
            return REFUSED
    say(f"{written} rows written")
    return 0


def _write(rows: "Iterable[FateLine]", file: IO[str]) -> int:
    writer = csv.writer(file)
    writer.writerow(FATE_COLUMNS)
    count = 0
    for row in rows:
        writer.writerow([getattr(row, column) for column in FATE_COLUMNS])
        count += 1
    return count
