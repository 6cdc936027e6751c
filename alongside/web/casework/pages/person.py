"""The person page: what each source said, how to reach them, and their cases."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.urls import reverse

from alongside.care.people.types import (
    ChannelKind,
    ContactDetail,
    ContactKind,
    PersonLabel,
    RecordDetail,
)
from alongside.foundation.accounts.types import Actor, Permission
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.reference.tables import GENDERS
from alongside.web.casework import say
from alongside.web.casework.pages import case, crimes, household, repeats
from alongside.web.components.base import Link
from alongside.web.components.lists import Column, DataTable
from alongside.web.components.person import ProtectedCard, SafeContactStrip
from alongside.web.vault import pages as protected
from alongside.web.words import say_day, say_moment
from alongside.workflows.read_person import OneContact, PersonView

SAFETY_WORDS = {"safe": "Safe", "unsafe": "Not safe", "not_known": "Not known"}


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """Everything we hold about one person."""

    title: str
    name: str
    details: str
    strip: SafeContactStrip
    protected: ProtectedCard
    safety: DataTable
    contacts: DataTable | None
    records: DataTable
    cases: DataTable | None
    crimes: DataTable | None
    joined: Link | None
    repeats: tuple[str, ...]
    household: DataTable | None


@dataclass(frozen=True, kw_only=True)
class SafetyPage:
    """Saying whether one channel is safe."""

    title: str
    heading: str
    caption: str
    form: forms.Form
    back: str
    save: str = "Save"
    own_heading: bool = True


def person(view: PersonView, *, actor: Actor, now: datetime) -> PersonPage:
    """The page of one person for one reader."""
    label = view.person.label
    born = label.date_of_birth
    on = local_day(now)
    return PersonPage(
        title="Person",
        name=label.name,
        details=f"Born {say_day(born)}, age {age_on(on, born=born)}"
        if born
        else "Date of birth not known",
        strip=case.strip(
            view.channels,
            may_work=actor.has(Permission.CASE_WORK),
            held=view.held,
        ),
        protected=protected.card(view.held, person_id=label.public_id, actor=actor),
        safety=_safety(view),
        contacts=_contacts(view, may_work=actor.has(Permission.CASE_WORK)),
        records=_records(view),
        cases=_cases(view),
        crimes=crimes.table(view.crimes),
        joined=Link(
            text="Is this person held twice?",
            href=reverse("linking:joined", args=[label.public_id]),
        )
        if actor.has(Permission.PERSON_MERGE)
        else None,
        repeats=tuple(repeats.every(view.repeats)),
        household=household.table(view.household, label=label, actor=actor),
    )


def safety(label: PersonLabel, form: forms.Form) -> SafetyPage:
    """The form that marks a channel."""
    words = "Is this way of reaching them safe?"
    return SafetyPage(
        title=f"Error: {words}" if form.errors else words,
        heading=words,
        caption=label.name,
        form=form,
        back=reverse("casework:person", args=[label.public_id]),
    )


def confirming(opened: OneContact, form: forms.Form) -> SafetyPage:
    """The form that says that a contact point is theirs."""
    one = opened.contact
    words = f"Is this theirs? {one.kind.label}: {_value(one.kind, one.value)}"
    place = f" {one.postcode}" if one.postcode else ""
    return SafetyPage(
        title=f"Error: {words}" if form.errors else words,
        heading=f"{words}{place}",
        caption=opened.label.name,
        form=form,
        back=reverse("casework:person", args=[opened.label.public_id]),
        save="Confirm",
    )


def _safety(view: PersonView) -> DataTable:
    marks = {mark.channel: mark for mark in view.person.marks}
    return DataTable(
        caption="What we have been told is safe",
        columns=(
            Column(heading="Channel"),
            Column(heading="Is it safe?"),
            Column(heading="Who said so, and when"),
        ),
        rows=tuple(
            (
                channel.label,
                SAFETY_WORDS[marks[channel].state if channel in marks else "not_known"],
                f"{marks[channel].set_by or 'The force'},"
                f" {say_moment(marks[channel].set_at)}"
                if channel in marks
                else "",
            )
            for channel in ChannelKind
        ),
    )


def _contacts(view: PersonView, *, may_work: bool) -> DataTable | None:
    said: dict[tuple[ContactKind, str, str], list[ContactDetail]] = defaultdict(list)
    for detail in view.person.contacts:
        if detail.value or detail.postcode:
            said[detail.kind, detail.value, detail.postcode].append(detail)
    if not said:
        return None
    return DataTable(
        caption="Phones, e-mail addresses and postal addresses, newest first",
        columns=(
            Column(heading="Kind"),
            Column(heading="As given"),
            Column(heading="Postcode"),
            Column(heading="Last said"),
            Column(heading="Is it theirs?"),
        ),
        rows=tuple(
            (
                *(kind.label, _value(kind, value), postcode, _last_said(details)),
                _theirs(details, person_id=view.person.label.public_id, act=may_work),
            )
            for (kind, value, postcode), details in said.items()
        ),
    )


def _theirs(
    details: Sequence[ContactDetail], *, person_id: UUID, act: bool
) -> Link | str:
    """Whether it may be taken for theirs; where not, the way to say so."""
    newest = details[0]
    if any(one.confirmed for one in details):
        names = [one.confirmed_by for one in details if one.confirmed_by]
        return f"Yes, confirmed by {names[0]}" if names else "Yes"
    since = local_day(newest.linked_on) if newest.linked_on else None
    words = "Not confirmed for this person: came with a record linked"
    told = f"{words} on {say_day(since)}" if since else words
    if not act:
        return told
    return Link(
        text=f"{told}. Confirm it",
        href=reverse("casework:confirm_contact", args=[person_id, newest.contact_id]),
    )


def _value(kind: ContactKind, value: str) -> str:
    if kind in {ContactKind.MOBILE, ContactKind.HOME_PHONE}:
        return say.phone(value)
    return ", ".join(value.splitlines())


def _last_said(said: Sequence[ContactDetail | RecordDetail]) -> str:
    times = f", {len(said)} times in all" if len(said) > 1 else ""
    return f"{say_day(local_day(said[0].said_at))}{times}"


def _records(view: PersonView) -> DataTable:
    said: dict[tuple[str, ...], list[RecordDetail]] = defaultdict(list)
    for record in view.person.records:
        said[_told(record)].append(record)
    return DataTable(
        caption="What each source said, newest first",
        columns=(
            Column(heading="Source"),
            Column(heading="Last said"),
            Column(heading="Name"),
            Column(heading="Date of birth"),
            Column(heading="Gender"),
            Column(heading="Also said"),
        ),
        rows=tuple(
            (told[0], _last_said(records), *told[1:]) for told, records in said.items()
        ),
    )


def _told(record: RecordDetail) -> tuple[str, ...]:
    return (
        say.code(record.source),
        f"{record.title} {record.given_names} {record.surname}".strip(),
        say_day(record.date_of_birth) if record.date_of_birth else "Not known",
        _gender(record.gender),
        ". ".join(_also(record)),
    )


def _gender(code: str) -> str:
    return GENDERS[code].label if code in GENDERS else "Not known"


def _also(record: RecordDetail) -> Iterator[str]:
    if record.language:
        yield f"Language: {say.language(record.language)}"
    if record.interpreter_needed:
        yield "Interpreter needed"
    if record.adjustments:
        yield f"Adjustments: {record.adjustments}"
    if record.guardian_name:
        yield f"Parent or guardian: {record.guardian_name} {record.guardian_phone}"
    if record.contact_times:
        yield f"Contact times: {record.contact_times}"
    if record.preferred_method:
        yield f"Prefers: {say.code(record.preferred_method)}"
    if record.do_not_contact:
        yield f"Do not contact. {record.do_not_contact_reason}".strip()


def _cases(view: PersonView) -> DataTable | None:
    rows = tuple(
        (
            Link(
                text=say.reference(one.public_id),
                href=reverse("casework:case", args=[one.public_id]),
            ),
            one.status.capitalize(),
            say_day(local_day(one.opened_at)),
            one.team_name,
            one.worker_name or "Nobody yet",
        )
        for one in view.cases
    )
    if not rows:
        return None
    return DataTable(
        caption="Their cases, newest first",
        columns=(
            Column(heading="Case"),
            Column(heading="Status"),
            Column(heading="Opened"),
            Column(heading="Team"),
            Column(heading="Held by"),
        ),
        rows=rows,
    )
