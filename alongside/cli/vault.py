"""`alongside vault`: the keys of protected details."""

import getpass
import json
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from alongside.cli.arguments import Subparsers, add_json, existing_file
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json
from alongside.cli.passphrase import add_passphrase, read_passphrase
from alongside.cli.site import open_site, site_of
from alongside.foundation.gateways.key_ring import (
    change_ring,
    join_rings,
    read_ring,
    ring_of_text,
    text_of_ring,
)
from alongside.foundation.gateways.sealed_file import NotSealed, open_sealed, sealing
from alongside.foundation.gateways.secrets_file import read_secrets, replace_master_key
from alongside.foundation.lib.errors import DomainError

KIND = "keys"


class NoSuchArea(DomainError):
    """No area has that code. The text says which there are."""


class MasterKeyDiffers(DomainError):
    user_message = (
        "The copy holds another area master key than this installation. Rows that were "
        "received here with its own key could then not be opened: if there are none, "
        "say --replace-master-key"
    )


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("vault", help="the keys of protected details")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    status = actions.add_parser(
        "status", help="say which keys are in use, and how much was shredded"
    )
    add_json(status)
    status.set_defaults(run=run_status)
    _register_rotate(actions)
    replay = actions.add_parser(
        "replay", help="shred again whatever the journal says was shredded"
    )
    replay.set_defaults(run=run_replay)
    export = actions.add_parser(
        "export-keys", help="write a copy of the keys, sealed under a passphrase"
    )
    export.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    add_passphrase(export)
    export.set_defaults(run=run_export)
    bring = actions.add_parser(
        "import-keys", help="add the keys of a copy to those that are here"
    )
    bring.add_argument("file", type=existing_file, metavar="FILE")
    bring.add_argument(
        "--replace-master-key",
        action="store_true",
        help="take over the key of received rows too, in place of the one here",
    )
    add_passphrase(bring)
    bring.set_defaults(run=run_import)


def _register_rotate(actions: Subparsers) -> None:
    rotate = actions.add_parser(
        "rotate", help="change the keys, or finish a change that was begun"
    )
    rotate.add_argument("--area", metavar="CODE", help="only of this area")
    rotate.add_argument(
        "--index", action="store_true", help="the keys of search tokens too"
    )
    rotate.add_argument(
        "--drop-old",
        action="store_true",
        help="take out of the file the keys that nothing needs any more, instead of "
        "making new ones; protected details in older backups are then closed for good",
    )
    add_json(rotate)
    rotate.set_defaults(run=run_rotate)


def run_status(args: Namespace) -> int:
    """Say what wraps what."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.vault_keys import read_status

    found = read_status()
    if args.json:
        say_json(
            {
                "areas": [
                    {"area": one.area_code, "current": one.current, "wraps": one.wraps}
                    for one in found.areas
                ],
                "shredded": found.shredded,
                "unreadable_lines": found.unreadable,
            }
        )
        return 0
    for one in found.areas:
        say(f"Area {one.area_code}: in use {one.current or 'none yet'}")
        for name, count in sorted(one.wraps.items()):
            say(f"  {name} wraps the keys of {count:,} people")
    say(f"Shredded so far: {found.shredded:,} keys")
    return 0


def run_rotate(args: Namespace) -> int:
    """Change the keys area by area."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows import vault_keys

    reports = []
    for code in _areas(args.area):
        with progress("Changing keys") as on_progress:
            reports.append(
                vault_keys.rotate(
                    actor=getpass.getuser(),
                    now=datetime.now(tz=UTC),
                    area_code=code,
                    with_index=args.index,
                    drop_old=args.drop_old,
                    on_step=lambda words, done: on_progress(done),
                )
            )
    if args.json:
        names = ("area_code", "begun_before", "keys", "tokens", "dropped")
        say_json([{n: getattr(one, n) for n in names} for one in reports])
        return 0
    for one in reports:
        if one.begun_before:
            say(f"Area {one.area_code}: a change that was begun is finished")
        say(
            f"Area {one.area_code}: {one.keys:,} persons' keys wrapped anew, "
            f"{one.tokens:,} search tokens made anew, {one.dropped} old keys dropped"
        )
    say("Make a new copy of the keys: alongside vault export-keys FILE")
    return 0


def _areas(given: str | None) -> list[str]:
    from alongside.foundation.organisations.queries import list_areas

    codes = [code for code, _ in list_areas()]
    if given is not None and given not in codes:
        raise NoSuchArea(f"--area is one of: {', '.join(codes) or 'none yet'}")
    return codes if given is None else [given]


def run_replay(args: Namespace) -> int:
    """Shred again, as each restore does."""
    open_site(site_of(args))
    check_up_to_date()
    from alongside.workflows.vault_keys import replay_journal

    done = replay_journal(actor=getpass.getuser(), now=datetime.now(tz=UTC))
    say(f"{done.lines:,} lines of the journal; {done.keys:,} keys shredded again")
    if done.unreadable:
        say(f"{done.unreadable:,} lines of the journal cannot be read: look at it")
    return 1 if done.unreadable else 0


def run_export(args: Namespace) -> int:
    """Write the keys to one sealed file, to be kept apart from every backup."""
    site = site_of(args)
    passphrase = read_passphrase(args.passphrase_file, twice=True)
    open_site(site)
    now = datetime.now(tz=UTC)
    secrets = read_secrets(site.installation.home)
    kept = {
        "keys": text_of_ring(read_ring(site.installation.key_file)),
        "area_master_key": secrets.area_master_key.hex() if secrets else "",
    }
    with sealing(args.file, passphrase=passphrase, kind=KIND, made_at=now) as writer:
        writer.write(json.dumps(kept).encode())
    _note(now)
    say(f"The keys are in {args.file}. Keep it apart from the backups of the database")
    return 0


def _note(now: datetime) -> None:
    from alongside.foundation.audit import operations as audit
    from alongside.foundation.audit.types import AuditAction, Subject

    who = getpass.getuser()
    audit.record_event(
        actor=who,
        now=now,
        action=AuditAction.KEYS_EXPORTED,
        subject=Subject(kind="keys"),
        purpose=f"by {who}",
        using="owner",
    )


def run_import(args: Namespace) -> int:
    """Add what is missing; a key that is here already stays what it is."""
    site = site_of(args)
    passphrase = read_passphrase(args.passphrase_file, twice=False)
    reader = open_sealed(args.file, passphrase=passphrase, kind=KIND)
    kept = _read(b"".join(reader.pieces()))
    open_site(site)
    home = site.installation.home
    secrets = read_secrets(home)
    master = bytes.fromhex(kept["area_master_key"])
    differs = secrets is not None and bool(master) and secrets.area_master_key != master
    if differs and not args.replace_master_key:
        raise MasterKeyDiffers
    theirs = ring_of_text(kept["keys"])
    path = site.installation.key_file
    before = read_ring(path).names()
    after = change_ring(path, lambda ours: join_rings(ours, theirs)).names()
    if differs:
        replace_master_key(home, master)
    say(f"{len(after - before)} keys added to {path.name}, {len(after)} in all")
    if differs:
        say("The area master key was replaced: restart the site and the worker")
    return 0


def _read(data: bytes) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads(data)
        return {"keys": kept["keys"], "area_master_key": kept["area_master_key"]}
    except (ValueError, KeyError, TypeError) as error:
        raise NotSealed from error
