"""What is wrong with a kind of right before anybody uses it."""

from collections.abc import Container, Iterator, Mapping

from alongside.care.code_rights.types import (
    FieldKind,
    RightKind,
    Step,
    StepField,
    Window,
)
from alongside.care.intake.types import Role
from alongside.care.journey.tables import NOT_OWED, RULES, STAGES
from alongside.care.journey.types import RuleKind, Trigger

CHOOSING = {FieldKind.CHOICE, FieldKind.MANY}
COUNTED = {FieldKind.NUMBER, FieldKind.MONEY}
RULE_KINDS = {rule.code: rule.kind for rule in RULES}


def check_kind(kind: RightKind, bodies: Container[str]) -> Iterator[str]:
    """Everything that is wrong, in words; nothing where all is well."""
    yield from _top(kind, bodies)
    yield from _ways(kind)
    for step in kind.steps.values():
        for words in (*_step(step, kind, bodies), *_fields(step)):
            yield f"step {step.code} {words}"


def _top(kind: RightKind, bodies: Container[str]) -> Iterator[str]:
    if kind.owner not in bodies:
        yield f"owner names {kind.owner}, which nobody knows"
    if not kind.stages or not kind.stages <= STAGES.keys():
        yield "stages names none, or one that nobody knows"
    if not kind.roles or not kind.roles <= set(Role):
        yield "roles names none, or one that nobody knows"
    if kind.owed_by and kind.owed_by not in RULE_KINDS:
        yield f"owed_by names {kind.owed_by}, which is no limit"
    asking = [step for step in kind.steps.values() if step.asks]
    if bool(kind.window) is not bool(asking):
        yield "has a window and no step that asks, or the other way round"
    if kind.window:
        yield from _window(kind.window, asking)


def _window(window: Window, asking: list[Step]) -> Iterator[str]:
    if RULE_KINDS.get(window.rule) is not RuleKind.WINDOW:
        yield f"window names {window.rule}, which is no window"
    for step in asking:
        field = step.field(window.told)
        if window.told and (field is None or field.kind is not FieldKind.DATE):
            yield f"window counts from {window.told}, which {step.code} does not ask"


def _ways(kind: RightKind) -> Iterator[str]:
    """Every step can be reached, and from every step an end."""
    known = set(kind.steps)
    unknown = {*kind.first, *(to for one in kind.steps.values() for to in one.moves)}
    if unknown - known:
        yield f"moves to {sorted(unknown - known)[0]}, which is no step"
        return
    if not kind.first:
        yield "begins nowhere"
    reached = _from(kind.first, {code: one.moves for code, one in kind.steps.items()})
    for code in sorted(known - reached):
        yield f"step {code} cannot be reached"
    back: dict[str, tuple[str, ...]] = {
        code: tuple(one.code for one in kind.steps.values() if code in one.moves)
        for code in kind.steps
    }
    ending = _from(tuple(c for c, one in kind.steps.items() if one.ends), back)
    for code in sorted(known - ending):
        yield f"step {code} never comes to an end"


def _from(start: tuple[str, ...], moves: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        for code in moves[waiting.pop()]:
            if code not in reached:
                reached.add(code)
                waiting.append(code)
    return reached


def _step(step: Step, kind: RightKind, bodies: Container[str]) -> Iterator[str]:
    if not step.by or any(one not in bodies for one in step.by):
        yield "names nobody who does it, or somebody whom nobody knows"
    if step.starts and step.starts not in set(Trigger):
        yield f"starts {step.starts}, which is no trigger"
    for code in step.meets:
        if code not in RULE_KINDS:
            yield f"meets {code}, which is no limit"
    if step.lapses and step.lapses not in NOT_OWED:
        yield f"lapses for {step.lapses}, which is no reason"
    if step.asks and kind.window and kind.window.rule not in step.meets:
        yield "asks, and does not say that the window was used"


def _fields(step: Step) -> Iterator[str]:
    before: dict[str, StepField] = {}
    for field in step.fields:
        for words in (*_shape(field), *_condition(field, before)):
            yield f"field {field.code} {words}"
        before[field.code] = field


def _shape(field: StepField) -> Iterator[str]:
    if (field.kind in CHOOSING) is not bool(field.options):
        yield "has options and chooses nothing, or chooses and has none"
    if field.kind not in COUNTED and not field.least is field.most is None:
        yield "is no number and has a least or a most"
    if bool(field.aim_words) is not (field.aim is not None):
        yield "has an aim without words, or words without an aim"
    if field.code in {"on", "by", "words", "why", "version", "step", "crime"}:
        yield "has a name that every step uses"


def _condition(field: StepField, before: Mapping[str, StepField]) -> Iterator[str]:
    if field.only_if is None:
        return
    other = before.get(field.only_if[0])
    if other is None:
        yield "depends on a field that does not come before it"
        return
    codes = {option.code for option in other.options}
    if other.kind is FieldKind.YES_NO:
        codes = {"yes", "no"}
    if not set(field.only_if[1]) <= codes:
        yield f"depends on an answer that {other.code} does not have"
