"""Questions about protected details. What opens one is on the audit trail first.

Lists never open anything: they say what is held, by whom it was put in, and when.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count

from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.sealing import DataKey
from alongside.foundation.vault import rules
from alongside.foundation.vault.models import BlindToken, PersonKey, SealedValue
from alongside.foundation.vault.rules.standard import standard_index
from alongside.foundation.vault.types import (
    DetailKind,
    DetailLine,
    HeldDetails,
    IndexedField,
    KeyService,
    OpenedDetail,
)


class SecondFactorNeeded(DomainError):
    """A second factor must be given anew before this is opened."""

    user_message = "Confirm that it is you before opening this: nothing was shown"


def get_held(*, person_id: UUID) -> HeldDetails:
    """What a page may say of a person's protected details. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT may_open, kinds FROM vault_held(%s)", [person_id])
        found = cursor.fetchone()
    if found is None:
        return HeldDetails()
    may_open, kinds = found
    return HeldDetails(
        may_open=may_open,
        any=bool(kinds),
        kinds=tuple(kind for kind in DetailKind if kind in kinds) if may_open else (),
    )


def may_see(*, person_id: UUID) -> bool:
    """Whether the actor may know what is held of the person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_may_see(%s)", [person_id])
        return bool(cursor.fetchone()[0])


def list_details(*, person_id: UUID) -> list[DetailLine]:
    """Everything held of a person that the actor may know of, newest first.

    With what is held of whoever was joined into them: that stays under its own name.
    """
    rows = (
        SealedValue.objects.filter(person__in=_names_of(person_id))
        .select_related("made_by", "ended_by")
        .defer("sealed")
        .order_by("-made_at", "-pk")
    )
    return [_line(row) for row in rows]


def _names_of(person_id: UUID) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT linking_names_of(%s)", [person_id])
        return list(cursor.fetchone()[0])


def get_detail(*, person_id: UUID, detail_id: UUID) -> DetailLine:
    """That one detail is held, and nothing of what it says.

    Raises:
        NotFound: the person has no such detail that the actor may know of.
    """
    for line in list_details(person_id=person_id):
        if line.detail_id == detail_id:
            return line
    raise NotFound("We could not find that protected detail")


def _line(row: SealedValue) -> DetailLine:
    return DetailLine(
        detail_id=row.public_id,
        kind=DetailKind(row.kind),
        made_at=row.made_at,
        made_by=row.made_by.name,
        ended_at=row.ended_at,
        ended_by=row.ended_by.name if row.ended_by else "",
    )


def open_details(
    *,
    actor: Actor,
    now: datetime,
    keys: KeyService,
    detail_ids: Sequence[UUID],
    purpose: str,
    request_id: UUID | None = None,
) -> list[OpenedDetail]:
    """Open some details, each look on the trail. Those the actor may not see are left
    out (and the attempt is on the trail). One statement.

    Whoever calls this from a page answers a refusal rather than letting it through:
    an error that ends the transaction takes the entry with it.

    Raises:
        NotAllowed: the actor's role opens none.
        SecondFactorNeeded: one needs a second factor given more recently.
        KeyShredded, KeyMissing, Tampered: one cannot be opened by anybody.
    """
    permissions.check_has(actor, Permission.PROTECTED_OPEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM vault_open(%s::uuid[], %s, %s::uuid, %s)",
            [list(detail_ids), purpose, request_id, now],
        )
        found = cursor.fetchall()
    if any(row[1] == "stale" for row in found):
        raise SecondFactorNeeded
    opened: dict[UUID, DataKey] = {}
    return [_open(keys, row, opened) for row in found]


def open_detail(
    *,
    actor: Actor,
    now: datetime,
    keys: KeyService,
    detail_id: UUID,
    purpose: str,
    request_id: UUID | None = None,
) -> OpenedDetail:
    """Open one detail. As `open_details`.

    Raises:
        NotFound: there is no such detail that the actor may know of.
        NotAllowed, SecondFactorNeeded, KeyShredded, KeyMissing, Tampered: as above.
    """
    found = open_details(
        actor=actor,
        now=now,
        keys=keys,
        detail_ids=[detail_id],
        purpose=purpose,
        request_id=request_id,
    )
    if not found:
        raise NotFound("We could not find that protected detail")
    return found[0]


def _open(
    keys: KeyService, row: Sequence[object], opened: dict[UUID, DataKey]
) -> OpenedDetail:
    """One row of `vault_open`. `opened` are the persons' keys unwrapped so far."""
    detail, _, person, word, key_id, sealed, wrapped, wrapped_by = row
    kind = DetailKind(str(word))
    if not isinstance(detail, UUID) or not isinstance(person, UUID):
        raise NotFound
    if not isinstance(key_id, UUID) or wrapped is None:
        raise rules.KeyShredded
    if key_id not in opened:
        name = str(wrapped_by)
        label = rules.key_label(person, key_id, name)
        opened[key_id] = DataKey(keys.unwrap(name, _bytes(wrapped), label=label))
    text = rules.open_text(
        opened[key_id],
        _bytes(sealed),
        label=rules.detail_label(person, kind, detail),
    )
    return OpenedDetail(detail_id=detail, person_id=person, kind=kind, text=text)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


def find_people(
    *,
    actor: Actor,
    now: datetime,
    keys: KeyService,
    area_code: str,
    field: IndexedField,
    typed: str,
    purpose: str,
    request_id: UUID | None = None,
) -> list[UUID]:
    """Whose protected phone or e-mail address this is: their ids, and nothing else.

    Only people whose protected details the actor may see. The search is on the trail,
    and what was looked for is not. One statement.

    Raises:
        NotAllowed: the actor's role opens none.
        NotANumber, NotAnAddress: what was typed is not one.
    """
    permissions.check_has(actor, Permission.PROTECTED_OPEN)
    text = standard_index(field, typed)
    tokens = [
        keys.index_token(name, field=field.value, text=text)
        for name in keys.index_names(area_code)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM vault_find(%s, %s::bytea[], %s, %s::uuid, %s)",
            [field.value, tokens, purpose, request_id, now],
        )
        return [row[0] for row in cursor.fetchall()]


def count_by_wrapping(*, area_id: int) -> dict[str, int]:
    """How many persons' keys each key of an area wraps, as the owner sees them."""
    rows = PersonKey.objects.using("owner").filter(area_id=area_id)
    return dict(rows.values_list("wrapped_by").annotate(count=Count("pk")))


def count_by_index(*, area_id: int) -> dict[str, int]:
    """How many tokens each index key of an area made, as the owner sees them."""
    rows = BlindToken.objects.using("owner").filter(area_id=area_id)
    return dict(rows.values_list("made_with").annotate(count=Count("pk")))
