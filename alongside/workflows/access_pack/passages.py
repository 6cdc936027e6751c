"""What is held, as passages: each a name, its words, and what was decided about it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.care.consent.tables import facets_of
from alongside.care.information_rights import rules
from alongside.care.information_rights.tables import HELD
from alongside.care.information_rights.types import (
    Decision,
    HeldTable,
    OtherPeople,
    Span,
)
from alongside.care.intake.rules.reading import read_again
from alongside.care.intake.tables import COLUMNS
from alongside.care.intake.types import DeliveryKind
from alongside.foundation.lib.local import LONDON
from alongside.foundation.lib.phones import read_phone
from alongside.foundation.lib.sealing import Sealer
from alongside.workflows.receiving.take_in import row_label

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
# The parts of a case that were shown, in the words of whoever they are about.
_PARTS = {
    "identity": "who you are",
    "contact": "how to reach you",
    "crime": "what happened",
    "risk": "why you need more support",
    "support": "your case with us",
    "notes": "notes",
    "journey": "what you are owed",
    "protected": "protected details",
}
_PLACES = {
    **dict.fromkeys(("agency_id", "sender_id", "recipient_id"), "agency"),
    "team_id": "team",
}
# Tables that going through a pack itself adds to.
_OF_REVIEW = frozenset(
    {"rights_requestentry", "rights_packdecision", "rights_rightsrequest"}
    | {"accounts_notice", "rights_accesspack"}
)
_RECORD, _CRIME = HELD["people_personrecord"], HELD["casework_victimisation"]


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One named value. `leaving` is what the person who asked will read."""

    key: str
    heading: str
    label: str
    text: str = field(repr=False)
    spans: tuple[Span, ...] = field(repr=False)
    from_other: bool
    decision: Decision | None

    @property
    def needs_decision(self) -> bool:
        """Whether somebody must decide before it may leave."""
        return rules.needs_decision(spans=self.spans, from_other=self.from_other)

    @property
    def leaving(self) -> str:
        """The text as it leaves; nothing undecided does."""
        if self.decision:
            return rules.black_out(self.text, decision=self.decision, spans=self.spans)
        return rules.BLACK if self.needs_decision else self.text


Entry = tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One kind of thing that is held, and every one of them."""

    table: str
    heading: str
    entries: tuple[Entry, ...]

    @property
    def changes_by_reviewing(self) -> bool:
        """Whether going through the pack itself adds to it."""
        return self.table in _OF_REVIEW


@dataclass(frozen=True, kw_only=True)
class _Making:
    found: Mapping[str, Any]
    decisions: Mapping[str, Decision]
    others: OtherPeople
    sealer: Sealer
    details: Mapping[str, str]


def sections_of(
    found: Mapping[str, Any],
    *,
    decisions: Mapping[str, Decision],
    sealer: Sealer,
    details: Mapping[str, str],
) -> tuple[Section, ...]:
    """Everything that was gathered, in the order of the table of what is held."""
    making = _Making(
        found=found,
        decisions=decisions,
        others=_others(found),
        sealer=sealer,
        details=details,
    )
    return tuple(
        Section(
            table=held.table,
            heading=held.heading,
            entries=tuple(_entry(held, row, making) for row in rows),
        )
        for held in HELD.values()
        if (rows := found["held"].get(held.table))
    )


def _others(found: Mapping[str, Any]) -> OtherPeople:
    records = found["held"].get("people_personrecord", [])
    contacts = found["held"].get("people_contactpoint", [])
    own = {name for row in records for name in (row["given_names"], row["surname"])}
    values = {row["value"].casefold() for row in contacts}
    guardians = {row["guardian_name"] for row in records}
    return OtherPeople(
        names=frozenset({*(found.get("others") or ()), *guardians} - {""}),
        own_names=frozenset(own),
        own_contacts=frozenset(values | {read_phone(v) or v for v in values}),
    )


def _entry(held: HeldTable, row: Mapping[str, Any], making: _Making) -> Entry:
    passages = [
        _passage(held, row, (column, label), making)
        for column, label in held.fields.items()
        if row.get(column) not in (None, "", [], {})
    ]
    if held.table == "intake_feedrow":
        passages += _as_sent(held, row, making)
    if held.table == "vault_sealedvalue":
        text = making.details.get(row["public_id"], "Erased for good")
        passages.append(_made(held, row, ("detail", "Detail", text, True), making))
    return tuple(passages)


def _passage(
    held: HeldTable, row: Mapping[str, Any], named: tuple[str, str], making: _Making
) -> Passage:
    column, label = named
    text = _say(column, row[column], making.found)
    return _made(held, row, (column, label, text, column in held.free), making)


def _made(
    held: HeldTable,
    row: Mapping[str, Any],
    said: tuple[str, str, str, bool],
    making: _Making,
) -> Passage:
    column, label, text, free = said
    key = rules.item_key(
        table=held.table, row=str(row.get("id", "")), column=column, text=text
    )
    return Passage(
        key=key,
        heading=held.heading,
        label=label,
        text=text,
        spans=rules.find_spans(text, making.others) if free else (),
        from_other=column in (held.others | _RECORD.others | _CRIME.others),
        decision=making.decisions.get(key),
    )


def _as_sent(
    held: HeldTable, row: Mapping[str, Any], making: _Making
) -> Iterator[Passage]:
    """What the force sent, column by column, in its own words."""
    sealed = bytes.fromhex(row["sealed"].removeprefix("\\x"))
    delivery = (making.found.get("deliveries") or {}).get(str(row["delivery_id"]))
    if not sealed or delivery is None:
        return
    text = making.sealer.open(sealed, label=row_label(row["id"])).decode("utf-8")
    kind = DeliveryKind(delivery["kind"])
    header = tuple(delivery["header"]) if delivery["header"] else None
    raw = read_again(text, kind=kind, header=header)
    for column, value in zip(COLUMNS[kind], raw.values or (), strict=False):
        if value.strip():
            free = column.name in (_RECORD.free | _CRIME.free)
            yield _made(held, row, (column.name, column.label, value, free), making)


def _say(column: str, value: Any, found: Mapping[str, Any]) -> str:
    """A value as one reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return _say_number(column, value, found)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said}" for name, said in value.items())
    return _say_text(str(value))


def _say_number(column: str, value: int, found: Mapping[str, Any]) -> str:
    """A number; or, where it stands for something, what it stands for."""
    if column in _PLACES:
        name = (found.get("places") or {}).get(f"{_PLACES[column]}:{value}")
        return str(name or "an organisation that is no longer here")
    if column == "fields":
        return ", ".join(_PARTS[part] for part in facets_of(value)).capitalize()
    if column.endswith("_id"):
        return str((found.get("staff") or {}).get(str(value), "the system"))
    return str(value)


def _say_text(text: str) -> str:
    if _MOMENT.match(text):
        local = datetime.fromisoformat(text).astimezone(LONDON)
        return f"{local:%-d %B %Y at %H:%M}"
    if _DAY.fullmatch(text):
        return f"{datetime.fromisoformat(text):%-d %B %Y}"
    if _CODE.fullmatch(text):
        return text.replace("_", " ").capitalize()
    return text
