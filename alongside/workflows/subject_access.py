"""Everything held about somebody, gone through by a person, as a copy for them.

Gathered anew each time it is looked at: what has changed since it was gone through
must be gone through again before anything leaves.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import transaction

from alongside.care.information_rights import queries
from alongside.care.information_rights.operations import packs
from alongside.care.information_rights.permissions import check_ready, refusals_in_words
from alongside.care.information_rights.queries import RequestLine
from alongside.care.information_rights.tables import BLACKOUTS
from alongside.care.information_rights.types import Blackout, Decision
from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.sealing import Sealer, derive_area_key
from alongside.foundation.organisations import queries as organisations
from alongside.foundation.vault import queries as vault
from alongside.workflows.access_pack.passages import Passage, Section, sections_of
from alongside.workflows.vault_keys import key_service

SCHEMA = "alongside-subject-access/1"
PURPOSE = "subject access pack"


class NoPerson(DomainError):
    user_message = "First record how we are sure who asks, and who it is that they are"


@dataclass(frozen=True, kw_only=True)
class PackView:
    """A pack as it stands: what is held, what is decided, what is still to decide."""

    request: RequestLine
    sections: tuple[Section, ...]
    seen: tuple[tuple[str, str, str], ...]
    trail: Mapping[str, Any]
    what: str  # stands for all of it: changes with any passage or decision

    @property
    def undecided(self) -> tuple[Passage, ...]:
        """The passages that somebody must decide about, in the order shown."""
        return tuple(p for p in self.passages if p.needs_decision and not p.decision)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage, in the order shown."""
        return tuple(
            passage
            for section in self.sections
            for entry in section.entries
            for passage in entry
        )


Draw = Callable[[PackView, datetime], str]


@transaction.atomic
def read_pack(*, actor: Actor, now: datetime, request_id: UUID) -> PackView:
    """Gather the pack of a request as it stands. The look is on the trail.

    Raises:
        NotAllowed, NotFound: the actor may not, or there is no such request.
        NoPerson: we are not sure yet who asks, or hold nothing on them.
        StaleFactor: a second factor must be given again.
    """
    permissions.check_has(actor, Permission.RIGHTS_WORK)
    row = queries.get_request(actor=actor, request_id=request_id)
    request = queries.request_line(row)
    if request.person_id is None or request.identity_on is None or not request.is_open:
        raise NoPerson
    with refusals_in_words():
        found = queries.gather(actor=actor, now=now, request_id=request_id)
    decisions = queries.list_decisions(actor=actor, request_id=request_id)
    code = organisations.get_area_code(area_id=actor.area_id)
    sealer = Sealer(derive_area_key(settings.AREA_MASTER_KEY, area_code=code))
    sections = sections_of(
        found, decisions=decisions, sealer=sealer, details=_details(actor, now, found)
    )
    return PackView(
        request=request,
        sections=sections,
        seen=_seen(found),
        trail=queries.newest_seal(),
        what=_fingerprint(sections),
    )


def _details(actor: Actor, now: datetime, found: Mapping[str, Any]) -> dict[str, str]:
    """The protected details by their ids, opened for this purpose alone."""
    ids = [UUID(row["public_id"]) for row in found["held"].get("vault_sealedvalue", [])]
    if not ids:
        return {}
    # Information governance opens them for a pack and in no other way.
    opener = replace(actor, permissions=actor.permissions | {Permission.PROTECTED_OPEN})
    opened = vault.open_details(
        actor=opener, now=now, keys=key_service(), detail_ids=ids, purpose=PURPOSE
    )
    return {str(one.detail_id): one.text for one in opened}


def _seen(found: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    staff = found.get("staff") or {}
    return tuple(
        (
            look["at"],
            staff.get(str(look["who"]), "the system"),
            look["why"] or look["what"].replace(".", " ").replace("_", " "),
        )
        for look in found.get("seen") or []
    )


def _fingerprint(sections: tuple[Section, ...]) -> str:
    digest = sha256()
    for section in sections:
        if section.changes_by_reviewing:
            continue
        for entry in section.entries:
            for passage in entry:
                said = passage.decision
                digest.update(passage.key.encode())
                if said:
                    parts = (said.action, said.words, said.reason)
                    digest.update(json.dumps(parts).encode())
    return digest.hexdigest()


def find_passage(view: PackView, key: str) -> Passage:
    """One passage of the pack.

    Raises:
        NotFound: there is none of that key: what it said has changed.
    """
    for passage in view.passages:
        if passage.key == key:
            return passage
    raise NotFound("We could not find that: it has changed since you opened the page")


def decide(
    *, actor: Actor, now: datetime, request_id: UUID, key: str, decision: Decision
) -> None:
    """Keep a passage or black it out.

    Raises:
        NotReady, ReasonNeeded, WordsToBlackOut, NotAllowed, NotFound: as the operation.
    """
    packs.decide_passage(
        actor=actor, now=now, request_id=request_id, item=key, decision=decision
    )


@transaction.atomic
def finish(*, actor: Actor, now: datetime, request_id: UUID) -> None:
    """Say that the pack was gone through as it stands.

    Raises:
        NotReady: something is still to be decided.
    """
    view = read_pack(actor=actor, now=now, request_id=request_id)
    packs.finish_review(
        actor=actor,
        now=now,
        request_id=request_id,
        what=view.what,
        undecided=len(view.undecided),
    )


@transaction.atomic
def check(*, actor: Actor, now: datetime, request_id: UUID) -> None:
    """Say, as a second person, that the pack may leave as it stands.

    Raises:
        NotReady: it has changed since, or the actor went through it themself.
    """
    view = read_pack(actor=actor, now=now, request_id=request_id)
    packs.check_review(actor=actor, now=now, request_id=request_id, what=view.what)


@transaction.atomic
def make(*, actor: Actor, now: datetime, request_id: UUID, draw: Draw) -> UUID:
    """Make the copy: a page to read, a file for machines, and their hashes, in one.

    Raises:
        NotReady: it was not gone through and checked as it stands.
    """
    view = read_pack(actor=actor, now=now, request_id=request_id)
    check_ready(queries.get_request(actor=actor, request_id=request_id), what=view.what)
    plain = _zip(
        {
            "what-we-hold.html": draw(view, now).encode(),
            "what-we-hold.json": _document(view, now),
        }
    )
    pack_id = uuid4()
    packs.keep_pack(
        actor=actor,
        now=now,
        request_id=request_id,
        pack_id=pack_id,
        what=view.what,
        sealed=_sealer(actor).seal(plain, label=_label(pack_id)),
        size=len(plain),
        sha256=sha256(plain).hexdigest(),
    )
    return pack_id


@transaction.atomic
def fetch(*, actor: Actor, now: datetime, request_id: UUID, pack_id: UUID) -> bytes:
    """The finished copy, opened. Noted, and on the trail.

    Raises:
        NotAllowed, NotFound: the actor may not, or it has been deleted.
        Tampered: it is not what was kept.
    """
    packs.note_fetched(actor=actor, now=now, request_id=request_id, pack_id=pack_id)
    sealed, _ = queries.get_pack(actor=actor, request_id=request_id, pack_id=pack_id)
    return _sealer(actor).open(sealed, label=_label(pack_id))


def _sealer(actor: Actor) -> Sealer:
    code = organisations.get_area_code(area_id=actor.area_id)
    return Sealer(derive_area_key(settings.AREA_MASTER_KEY, area_code=code))


def _label(pack_id: UUID) -> bytes:
    return f"subject access pack {pack_id}".encode()


def _zip(files: Mapping[str, bytes]) -> bytes:
    hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
    manifest = json.dumps({"schema": SCHEMA, "sha256": hashes}, indent=2)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, data in {**files, "manifest.json": manifest.encode()}.items():
            packed.writestr(name, data)
    return out.getvalue()


def _document(view: PackView, now: datetime) -> bytes:
    """The file for machines; docs/subject-access-pack.md says what its fields mean."""
    answer = {
        "schema": SCHEMA,
        "made_at": now.isoformat(),
        "request": str(view.request.request_id),
        "person": str(view.request.person_id),
        "sections": [
            {
                "heading": section.heading,
                "table": section.table,
                "entries": [
                    [{"name": p.label, "value": p.leaving} for p in entry]
                    for entry in section.entries
                ],
            }
            for section in view.sections
        ],
        "seen_by": [{"at": at, "who": who, "why": why} for at, who, why in view.seen],
        "blacked_out": [
            {"name": p.label, "why": BLACKOUTS[p.decision.reason].words}
            for p in view.passages
            if p.decision and p.decision.action is not Blackout.KEEP
        ],
        "trail": dict(view.trail),
    }
    return json.dumps(answer, indent=2, ensure_ascii=False, default=str).encode()
