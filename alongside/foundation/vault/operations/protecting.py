"""Putting a detail under the person's own key, and saying that one is out of date."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from alongside.foundation.accounts import permissions
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.audit import operations as audit
from alongside.foundation.audit.types import AuditAction, Subject
from alongside.foundation.lib.errors import DomainError, NotFound
from alongside.foundation.lib.sealing import DataKey
from alongside.foundation.vault import queries, rules
from alongside.foundation.vault.models import BlindToken, PersonKey, SealedValue
from alongside.foundation.vault.types import DetailKind, KeyService


class AlreadyEnded(DomainError):
    user_message = "Somebody has already said that this is out of date"


@transaction.atomic
def protect_detail(
    *,
    actor: Actor,
    now: datetime,
    keys: KeyService,
    area_code: str,
    person_id: UUID,
    kind: DetailKind,
    text: str,
    case_id: UUID | None = None,
    replaces: UUID | None = None,
) -> UUID:
    """Keep a detail sealed under the person's own key; the detail's id.

    `replaces` is a detail of the same person that this one takes the place of.

    Raises:
        NotAllowed: the actor's role does not open protected details.
        NotFound: there is no such person whose protected details the actor may see.
        WordsNeeded, TooLong, NotANumber, NotAnAddress: the text is not of the kind.
        AlreadyEnded: what it replaces had ended.
        KeyMissing: the file of keys lacks a key.
    """
    permissions.check_has(actor, Permission.PROTECTED_OPEN)
    standard = rules.standard_text(kind, text)
    if not queries.may_see(person_id=person_id):
        raise NotFound("We could not find that person")
    kept = _person_key(actor, now, keys=keys, area_code=area_code, person_id=person_id)
    detail_id = uuid4()
    value = SealedValue(
        area_id=actor.area_id,
        public_id=detail_id,
        person=person_id,
        kind=kind,
        about_case=case_id,
        key=kept.public_id,
        made_at=now,
        made_by_id=actor.user_id,
    )
    _seal(keys, kept, value, standard)
    _index(keys, value, standard, area_code=area_code)
    if replaces is not None:
        _end(actor, now, person_id=person_id, detail_id=replaces, replaced_by=detail_id)
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DETAIL_ADDED,
        subject=_subject(kind, person_id, detail_id),
    )
    return detail_id


@transaction.atomic
def end_detail(
    *, actor: Actor, now: datetime, person_id: UUID, detail_id: UUID
) -> None:
    """Say that a detail is out of date. It stays sealed, and can still be opened.

    Raises:
        NotAllowed: the actor's role does not open protected details.
        NotFound: there is no such detail that the actor may know of.
        AlreadyEnded: it had ended.
    """
    permissions.check_has(actor, Permission.PROTECTED_OPEN)
    _end(actor, now, person_id=person_id, detail_id=detail_id)


def _end(
    actor: Actor,
    now: datetime,
    *,
    person_id: UUID,
    detail_id: UUID,
    replaced_by: UUID | None = None,
) -> None:
    line = queries.get_detail(person_id=person_id, detail_id=detail_id)
    ended = SealedValue.objects.filter(public_id=detail_id, ended_at=None).update(
        ended_at=now, ended_by_id=actor.user_id, replaced_by=replaced_by
    )
    if not ended:
        raise AlreadyEnded
    audit.record_event(
        actor=actor,
        now=now,
        action=AuditAction.DETAIL_ENDED,
        subject=_subject(line.kind, person_id, detail_id),
    )


def _person_key(
    actor: Actor, now: datetime, *, keys: KeyService, area_code: str, person_id: UUID
) -> PersonKey:
    """The person's key, made on first use. Two at once end with one key."""
    kept = PersonKey.objects.filter(person=person_id).first()
    if kept is not None:
        return kept
    key_id, name = uuid4(), keys.current(area_code)
    label = rules.key_label(person_id, key_id, name)
    fresh = PersonKey(
        area_id=actor.area_id,
        public_id=key_id,
        person=person_id,
        wrapped=keys.wrap(name, rules.make_data_key().key, label=label),
        wrapped_by=name,
        made_at=now,
    )
    PersonKey.objects.bulk_create([fresh], ignore_conflicts=True)
    return PersonKey.objects.get(person=person_id)


def _unwrap(keys: KeyService, kept: PersonKey) -> DataKey:
    label = rules.key_label(kept.person, kept.public_id, kept.wrapped_by)
    return DataKey(keys.unwrap(kept.wrapped_by, bytes(kept.wrapped), label=label))


def _seal(keys: KeyService, kept: PersonKey, value: SealedValue, standard: str) -> None:
    kind = DetailKind(value.kind)
    label = rules.detail_label(value.person, kind, value.public_id)
    value.sealed = rules.seal_text(_unwrap(keys, kept), standard, label=label)
    value.save(force_insert=True)


def _index(
    keys: KeyService, value: SealedValue, standard: str, *, area_code: str
) -> None:
    field = rules.index_field(DetailKind(value.kind))
    if field is None:
        return
    name = keys.index_names(area_code)[0]
    BlindToken.objects.create(
        area_id=value.area_id,
        value=value,
        field=field,
        made_with=name,
        token=keys.index_token(name, field=field.value, text=standard),
    )


def _subject(kind: DetailKind, person_id: UUID, detail_id: UUID) -> Subject:
    return Subject(kind=kind.value, public_id=detail_id, person_ids=(person_id,))
