"""`alongside backup` and `alongside restore`: the database as one sealed file."""

import getpass
import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.audit import DAMAGED, say_report, vars_of_report, verify
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json
from alongside.cli.passphrase import add_passphrase, read_passphrase
from alongside.cli.restoring import Restored, restore
from alongside.cli.site import Site, open_site, site_of
from alongside.foundation.gateways import database_copy
from alongside.foundation.gateways.database_setup import administrator_of
from alongside.foundation.gateways.sealed_file import open_sealed, sealing
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.foundation.audit.types import TrailReport

KIND = "backup"
LENGTH_BYTES = 4
KIBIBYTE = 1024


def register(subparsers: Subparsers) -> None:
    """Add the commands to the command line."""
    backup = subparsers.add_parser(
        "backup",
        help="write the whole database to one file, sealed under a passphrase",
        description="The keys of the vault are not in it: keep a copy of them "
        "somewhere else, with alongside vault export-keys.",
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    add_passphrase(backup)
    add_json(backup)
    backup.set_defaults(run=run_backup)
    command = subparsers.add_parser(
        "restore",
        help="read a backup into an empty database, or in place of this one",
        description="The site must be stopped. Until the last step the database that "
        "is there is not touched; a restore that was stopped is simply run again.",
    )
    command.add_argument("file", type=existing_file, metavar="FILE")
    command.add_argument(
        "--replace",
        action="store_true",
        help="put it in place of a database that holds people: what is there is lost",
    )
    add_passphrase(command)
    add_json(command)
    command.set_defaults(run=run_restore)


def run_backup(args: Namespace) -> int:
    """Copy the database as it is at one moment, and read the copy through again."""
    site = site_of(args)
    passphrase = read_passphrase(args.passphrase_file, twice=True)
    open_site(site)
    check_up_to_date()
    now = datetime.now(tz=UTC)
    with sealing(args.file, passphrase=passphrase, kind=KIND, made_at=now) as writer:
        rows = 0
        for known, piece in _copy(site, now):
            rows = known
            writer.write(piece)
    for _ in open_sealed(args.file, passphrase=passphrase, kind=KIND).pieces():
        pass  # each piece is checked as it is read
    _note(now, "BACKUP_MADE", f"{rows} rows")
    size = args.file.stat().st_size
    if args.json:
        say_json({"file": str(args.file), "made_at": now, "rows": rows, "bytes": size})
        return 0
    say(f"Backed up {rows:,} rows to {args.file} ({size // KIBIBYTE:,} KiB)")
    say("The keys are not in it: alongside vault export-keys keeps a copy of them")
    return 0


def _copy(site: Site, now: datetime) -> Iterator[tuple[int, bytes]]:
    """(rows in all, bytes) of what goes into the file: first what there is in it."""
    administrator = administrator_of(site.installation)
    copying = database_copy.whole_copy(administrator, site.installation.pg_bin)
    with copying as (counts, pieces), progress("Copying") as on_progress:
        rows = sum(counts.values())
        manifest = json.dumps({"made_at": now.isoformat(), "rows": counts}).encode()
        yield rows, len(manifest).to_bytes(LENGTH_BYTES, "big") + manifest
        done = 0
        for piece in pieces:
            yield rows, piece
            done += len(piece)
            on_progress(done // KIBIBYTE)


def run_restore(args: Namespace) -> int:
    """Restore beside the database that is there, see that it is whole, then swap.

    The audit trail goes on from what was restored, and is verified. Exit 1 where it
    is damaged or could not go on; the restored database is in place all the same.
    """
    site = site_of(args)
    passphrase = read_passphrase(args.passphrase_file, twice=False)
    reader = open_sealed(args.file, passphrase=passphrase, kind=KIND)
    open_site(site)
    with _told(reader.pieces()) as pieces:
        counts, copy = _split(pieces)
        restored = restore(
            site,
            counts=counts,
            pieces=copy,
            made_at=reader.header.made_at,
            may_replace=args.replace,
            now=datetime.now(tz=UTC),
        )
    if not args.json:
        _say(restored)
    try:
        trail = _go_on(site, restored)
    except DomainError as error:
        return _say_stuck(args, restored, error)
    if args.json:
        say_json({**vars_of(restored), "trail": vars_of_report(trail)})
    else:
        say_report(trail)
    return 0 if trail.is_whole else DAMAGED


def _go_on(site: Site, restored: Restored) -> "TrailReport":
    """Let the trail go on from what was restored, note why, and verify it."""
    from django.conf import settings

    from alongside.workflows.seal_trail import go_on_from_restored

    go_on_from_restored(
        home=site.installation.home,
        folder=settings.ANCHORS,
        now=datetime.now(tz=UTC),
        why=f"restored from a backup of {moment_of(restored)}",
    )
    return verify(site)


def _say_stuck(args: Namespace, restored: Restored, error: DomainError) -> int:
    """Say what keeps the trail from going on, and what to do once it is put right."""
    words = (
        f"The database is restored, but its audit trail does not go on yet: "
        f"{error.user_message}. Then run alongside audit restored --why TEXT"
    )
    if args.json:
        say_json({**vars_of(restored), "trail": None, "trail_error": words})
    else:
        say(words)
    return DAMAGED


@contextmanager
def _told(pieces: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    with progress("Restoring") as on_progress:

        def counted() -> Iterator[bytes]:
            done = 0
            for piece in pieces:
                yield piece
                done += len(piece)
                on_progress(done // KIBIBYTE)

        yield counted()


def _split(pieces: Iterator[bytes]) -> tuple[dict[str, int], Iterator[bytes]]:
    """How many rows each table had, and the copy itself."""
    waiting = b""
    length: int | None = None
    while length is None or len(waiting) < LENGTH_BYTES + length:
        waiting += next(pieces)
        length = int.from_bytes(waiting[:LENGTH_BYTES], "big")
    end = LENGTH_BYTES + length
    manifest = json.loads(waiting[LENGTH_BYTES:end])

    def rest() -> Iterator[bytes]:
        yield waiting[end:]
        yield from pieces

    return manifest["rows"], rest()


def vars_of(restored: Restored) -> dict[str, Any]:
    """The report for a machine."""
    return {name: getattr(restored, name) for name in restored.__dataclass_fields__}


def moment_of(restored: Restored) -> str:
    """When the backup was made, as one says it."""
    return f"{restored.made_at:%-d %B %Y at %H:%M} UTC"


def _say(restored: Restored) -> None:
    if restored.cleared:
        say("A restore that was not finished was cleared away first")
    say(f"Restored {restored.rows:,} rows in {restored.tables} tables, all counted")
    say(f"  as they were on {moment_of(restored)}")
    say("The walls are up and the catalogue was checked")
    say(f"Keys shredded again from the journal: {restored.shredded_again}")
    say(f"People erased again from the journal: {restored.erased_again}")
    if restored.unreadable_lines:
        say(
            f"Look at the journal of what was shredded: {restored.unreadable_lines} "
            "of its lines cannot be read"
        )
    for code in restored.areas_without_keys:
        say(
            f"The file of keys lacks keys of area {code}: its protected details open "
            "once you have run alongside vault import-keys"
        )
    say("Everybody has to sign in again")


def _note(now: datetime, action: str, what: str) -> None:
    from alongside.foundation.audit import operations as audit
    from alongside.foundation.audit.types import AuditAction, Subject

    who = getpass.getuser()
    audit.record_event(
        actor=who,
        now=now,
        action=AuditAction[action],
        subject=Subject(kind="database"),
        purpose=f"{what}, by {who}",
        using="owner",
    )
