"""`alongside audit`: seal the audit trail, note seals outside, and verify it."""

from argparse import Namespace
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from alongside.cli.arguments import Subparsers, add_json, day, existing_file
from alongside.cli.migrate import check_up_to_date
from alongside.cli.output import progress, say, say_json
from alongside.cli.site import Site, open_site, site_of
from alongside.foundation.lib.errors import DomainError

if TYPE_CHECKING:
    from alongside.foundation.audit.types import Anchor, TrailReport

DAMAGED = 1


class NoKeys(DomainError):
    """There is nothing to check signatures with."""

    user_message = (
        "There is no list of public keys yet: run alongside audit seal first, or name "
        "the list with --keys FILE"
    )


def register(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    command = subparsers.add_parser("audit", help="the audit trail: seal, verify it")
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify", help="see whether the trail is whole (exit 1 when it is not)"
    )
    verify.add_argument(
        "--from",
        dest="since",
        type=day,
        metavar="DAY",
        help="only what was sealed since",
    )
    verify.add_argument(
        "--keys", type=existing_file, metavar="FILE", help="your own copy of the keys"
    )
    verify.add_argument(
        "--anchors", type=Path, metavar="FOLDER", help="your own copy of the anchors"
    )
    add_json(verify)
    verify.set_defaults(run=run_verify)
    anchor = actions.add_parser(
        "anchor", help="note the newest seal outside the database, and print it"
    )
    anchor.set_defaults(run=run_anchor)
    restored = actions.add_parser(
        "restored", help="let the trail go on after the database was restored"
    )
    restored.add_argument(
        "--why", required=True, metavar="TEXT", help="what happened; it is kept"
    )
    restored.set_defaults(run=run_restored)
    seal = actions.add_parser("seal", help="seal what is not sealed yet")
    seal.set_defaults(run=run_seal)


def run_seal(args: Namespace) -> int:
    """Seal now, as the worker does each minute."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from alongside.workflows.seal_trail import seal_now

    seal = seal_now(home=site.installation.home, now=datetime.now(tz=UTC))
    say(f"{seal.total:,} entries are sealed" if seal else "There is nothing to seal")
    return 0


def run_anchor(args: Namespace) -> int:
    """Note the newest seal in the year's file, and print it for mailing."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from django.conf import settings

    from alongside.workflows.seal_trail import anchor_now

    anchor = anchor_now(
        home=site.installation.home,
        folder=settings.ANCHORS,
        now=datetime.now(tz=UTC),
    )
    if anchor is None:
        say("There is nothing new since the last anchor")
        return 0
    _say_anchor(anchor)
    return 0


def run_restored(args: Namespace) -> int:
    """Go on from the restored trail; verifying says so from now on."""
    site = site_of(args)
    open_site(site)
    check_up_to_date()
    from django.conf import settings

    from alongside.workflows.seal_trail import go_on_from_restored

    anchor = go_on_from_restored(
        home=site.installation.home,
        folder=settings.ANCHORS,
        now=datetime.now(tz=UTC),
        why=args.why,
    )
    if anchor is None:
        say("There is nothing on the trail to go on from")
        return 0
    _say_anchor(anchor)
    return 0


def _say_anchor(anchor: "Anchor") -> None:
    from alongside.foundation.audit.rules.checking import words_of_moment

    seal = anchor.seal
    say(f"Audit trail of Alongside, {words_of_moment(anchor.anchored_at)}")
    say(f"Entries sealed: {seal.total:,}, up to {words_of_moment(seal.last_at)}")
    say(f"Seal {seal.n:,}: {seal.chain.hex()}")
    for name, signature in seal.signatures:
        say(f"Signed by key {name}: {signature.hex()}")
    say("Keep this where the service's own computers cannot change it.")


def run_verify(args: Namespace) -> int:
    """Work every hash out anew and compare; name what is wrong."""
    report = verify(
        site_of(args), since=args.since, keys=args.keys, anchors=args.anchors
    )
    if args.json:
        say_json(vars_of_report(report))
    else:
        say_report(report)
    return 0 if report.is_whole else DAMAGED


def vars_of_report(report: "TrailReport") -> dict[str, Any]:
    """What came of verifying, for a machine."""
    return {
        "whole": report.is_whole,
        "entries": report.entries,
        "seals": report.seals,
        "unsealed": report.unsealed,
        "anchors": report.anchors,
        "sealed_until": report.sealed_until,
        "damage": [one.words for one in report.damage],
        "warnings": [one.words for one in report.warnings],
    }


def say_report(report: "TrailReport") -> None:
    """What came of verifying, for whoever asked."""
    for warning in report.warnings:
        say(f"Look at this: {warning.words}")
    for damage in report.damage:
        say(f"Damaged: {damage.words}")
    checked = (
        f"{report.entries:,} entries under {report.seals:,} seals, {report.anchors:,} "
        f"anchors; {report.unsealed:,} entries not sealed yet"
    )
    say(f"{'The trail is whole' if report.is_whole else 'Checked'}: {checked}")


def verify(
    site: Site,
    *,
    since: date | None = None,
    keys: Path | None = None,
    anchors: Path | None = None,
) -> "TrailReport":
    """Verify the trail of a site, by its own keys and anchors or by copies of them.

    Raises:
        NoKeys: there are no public keys to check signatures with.
        DomainError: the database, keys or anchors cannot be read.
    """
    reach = open_site(site)
    check_up_to_date()
    import psycopg
    from django.conf import settings

    from alongside.foundation.audit.queries import count_sealed, verify_trail
    from alongside.foundation.gateways.seal_key import PUBLIC, read_public_keys
    from alongside.workflows.seal_trail import read_outside

    home = site.installation.home
    known = read_public_keys(keys or home / PUBLIC)
    if not known:
        raise NoKeys
    outside = read_outside(anchors or settings.ANCHORS, home=home)
    zone = ZoneInfo(settings.TIME_ZONE)
    begin = datetime.combine(since, time.min, zone) if since else None
    auditor = psycopg.connect(reach.auditor.conninfo(), autocommit=True)
    with closing(auditor) as connection:
        total = count_sealed(connection=connection)
        with progress("Verifying", total=None if begin else total) as on_progress:
            return verify_trail(
                connection=connection,
                keys=known,
                outside=outside,
                now=datetime.now(tz=UTC),
                since=begin,
                on_progress=on_progress,
            )
