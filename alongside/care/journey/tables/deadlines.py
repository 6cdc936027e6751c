"""The limits in `data/deadlines.toml`, checked once when the service starts."""

from datetime import date

from alongside.care.journey.tables.files import read_data
from alongside.care.journey.types import (
    ClockStart,
    DeadlineRule,
    DutyHolder,
    Eligible,
    EventTimes,
    Length,
    MetBy,
    NotOwedReason,
    ProgressEvent,
    RuleKind,
    Suppression,
    Trigger,
    Unit,
)
from alongside.foundation.lib.datafile import Row, read_rows, read_toml
from alongside.foundation.lib.local import local_day
from alongside.foundation.reference.tables import FLAGS, OFFENCES, OUTCOMES

NO_LENGTH = Length(0, Unit.NO_NUMBER)


TRIGGERS = frozenset(ProgressEvent) | frozenset(Trigger)


RECORD_TYPES = frozenset({"crime", "incident"})


OFFENCE_GROUPS = frozenset(offence.group for offence in OFFENCES.values())


class UnknownRule(LookupError):
    """No limit has that code on that day."""


def load_rules(text: str) -> tuple[DeadlineRule, ...]:
    """Read the limits. A trigger, unit or offence group nobody knows is refused."""
    rows = read_toml(text, "rule", name="deadlines.toml")
    return read_rows(rows, _rule, key=lambda rule: rule.code)


def load_not_owed(text: str) -> tuple[NotOwedReason, ...]:
    """Read the reasons for which a promise is not owed."""
    rows = read_toml(text, "reason", name="not_owed.toml")
    return read_rows(rows, _not_owed, key=lambda reason: reason.code)


def rule_for(code: str, on: date) -> DeadlineRule:
    """The limit as it stood on the day its clock started.

    Raises UnknownRule when no version of it was in force.
    """
    for rule in _BY_CODE.get(code, ()):
        if rule.holds_on(on):
            return rule
    raise UnknownRule(f"No limit {code} was in force on that day")


def rules_triggered_by(
    event: str, on: date, *, kind: RuleKind = RuleKind.PROMISE
) -> tuple[DeadlineRule, ...]:
    """The limits of one kind that an event starts, as they stood on the day.

    `event` is a progress event or a `Trigger`. Whether each is owed to the person
    is for `rules.is_owed` to say.
    """
    return tuple(
        rule
        for rule in _BY_TRIGGER.get(event, ())
        if rule.kind is kind and rule.holds_on(on)
    )


def rules_started(event: str, times: EventTimes) -> tuple[DeadlineRule, ...]:
    """The limits whose clock an event starts, of every kind that has a length.

    A version counts when it was in force on the day its own clock starts: when the
    event happened, or when whoever owes the news received it.
    """
    return tuple(
        rule
        for rule in _BY_TRIGGER.get(event, ())
        if rule.runs and rule.holds_on(local_day(times.start_of(rule.clock)))
    )


def standing_rules(event: str, times: EventTimes) -> tuple[DeadlineRule, ...]:
    """What an event makes owed with no day set, as it stood then."""
    return tuple(
        rule
        for rule in _BY_TRIGGER.get(event, ())
        if rule.kind is RuleKind.STANDING
        and rule.holds_on(local_day(times.start_of(rule.clock)))
    )


def _rule(row: Row) -> DeadlineRule:
    kind = row.one_of("kind", RuleKind)
    standard, enhanced = _lengths(row, kind)
    return DeadlineRule(
        code=row.text("code"),
        code_version=row.text("code_version"),
        kind=kind,
        right=row.whole("right"),
        label=row.text("label"),
        why=row.text("why"),
        triggers=_known(row, "triggers", TRIGGERS, required=True),
        clock=row.one_of("clock", ClockStart),
        met_by=row.one_of("met_by", MetBy),
        duty_holder=row.one_of("duty_holder", DutyHolder),
        standard=standard,
        enhanced=enhanced,
        eligible=row.one_of("eligible", Eligible),
        record_types=_known(row, "record_types", RECORD_TYPES, required=True),
        custody_months=row.whole_or_none("custody_months"),
        sentences=row.names("sentences"),
        only_outcomes=_outcomes(row, "only_outcomes"),
        not_outcomes=_outcomes(row, "not_outcomes"),
        offence_groups=_known(row, "offence_groups", OFFENCE_GROUPS),
        flags=_known(row, "flags", frozenset(FLAGS)),
        suppress_if=_suppressions(row, kind),
        small_news=row.yes("small_news"),
        verified_on=row.day_or_none("verified_on"),
        **row.provenance(),
    )


def _lengths(row: Row, kind: RuleKind) -> tuple[Length, Length]:
    """A standing promise has no length; one as often as agreed may have none."""
    given = bool(row.table("standard")) or bool(row.table("enhanced"))
    if kind is RuleKind.STANDING and given:
        raise row.wrong("standard", "cannot be: a standing promise has no length")
    if not given and kind in (RuleKind.STANDING, RuleKind.FREQUENCY):
        return NO_LENGTH, NO_LENGTH
    standard, enhanced = _length(row, "standard"), _length(row, "enhanced")
    if standard.unit is not enhanced.unit or enhanced.length > standard.length:
        raise row.wrong("enhanced", "must be no longer than standard, in one unit")
    return standard, enhanced


def _suppressions(row: Row, kind: RuleKind) -> frozenset[Suppression]:
    names = _known(row, "suppress_if", frozenset(Suppression))
    if names and kind in (RuleKind.WINDOW, RuleKind.UPSTREAM):
        raise row.wrong("suppress_if", "cannot be: nothing is told to the person")
    return frozenset(Suppression(name) for name in names)


def _length(row: Row, key: str) -> Length:
    inner = Row(f"{row.where}, {key}", row.table(key))
    length = Length(inner.whole("length"), inner.one_of("unit", Unit))
    inner.finish()
    if not length.length or length.unit is Unit.NO_NUMBER:
        raise row.wrong(key, "must be longer than nothing")
    return length


def _known(
    row: Row, key: str, known: frozenset[str], *, required: bool = False
) -> frozenset[str]:
    names = row.names(key)
    if required and not names:
        raise row.wrong(key, "is missing")
    unknown = sorted(names - known)
    if unknown:
        raise row.wrong(key, f"names {unknown[0]}, which nobody knows")
    return names


def _outcomes(row: Row, key: str) -> frozenset[tuple[str, str]]:
    """Outcome codes by the trigger that may say them."""
    inner = Row(f"{row.where}, {key}", row.table(key))
    triggers = sorted(row.names("triggers"))
    pairs = frozenset(
        (trigger, code)
        for trigger in triggers
        for code in _known(inner, trigger, frozenset(OUTCOMES))
    )
    inner.finish()
    return pairs


def _not_owed(row: Row) -> NotOwedReason:
    return NotOwedReason(
        code=row.text("code"),
        label=row.text("label"),
        from_fact=row.yes("from_fact"),
        of_the_news=row.yes("of_the_news"),
        **row.provenance(),
    )


def _by_trigger() -> dict[str, tuple[DeadlineRule, ...]]:
    return {
        trigger: tuple(rule for rule in RULES if trigger in rule.triggers)
        for trigger in sorted(TRIGGERS)
    }


RULES = load_rules(read_data("deadlines.toml"))


NOT_OWED = {reason.code: reason for reason in load_not_owed(read_data("not_owed.toml"))}


_BY_TRIGGER = _by_trigger()


def _by_code() -> dict[str, tuple[DeadlineRule, ...]]:
    found: dict[str, tuple[DeadlineRule, ...]] = {}
    for rule in RULES:
        found[rule.code] = (*found.get(rule.code, ()), rule)
    return found


_BY_CODE = _by_code()
