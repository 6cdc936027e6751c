"""The kinds of rights in `alongside/care/code_rights/data/`, as a page."""

from alongside.care.code_rights.tables import BODIES, CHILD_LIMITS, KINDS
from alongside.care.code_rights.types import Late, RightKind, Step
from scripts.docs import page, provenance, table, words

ABOUT = (
    "Each right of the Victims' Code that goes by steps of its own: who takes them, in"
    " which order, what is written down, and which promises a step starts or keeps."
)
STEP_HEAD = ("step", "by", "written down", "starts", "shows kept")
LATE = {
    Late.REFUSE: "not taken afterwards",
    Late.EXPLAIN: "afterwards only with a reason",
}


def code_rights_page() -> str:
    """Every kind: what it is, its way as a picture, and its steps."""
    return page(
        "Rights of the Code",
        ABOUT,
        *(_kind(kind) for kind in KINDS.values()),
        _children(),
    )


def _kind(kind: RightKind) -> str:
    owner = BODIES[kind.owner].label.lower()
    parts = [
        f"## {kind.title}",
        f"Right {kind.right}, owed by: {owner}. {kind.meaning}",
        table(("applies", "to", "several at once", "window"), [_where(kind)]),
        _picture(kind),
        table(STEP_HEAD, map(_step, kind.steps.values())),
        table(("in force", "confidence", "source"), [provenance(kind)]),
    ]
    return "\n\n".join(parts)


def _where(kind: RightKind) -> tuple[str, ...]:
    window = ""
    if kind.window:
        window = f"{kind.window.rule}, {LATE[kind.window.late]}"
    roles = ", ".join(sorted(map(words, kind.roles)))
    only = ", crimes only" if kind.crime_only else ""
    return (
        ", ".join(sorted(kind.stages)),
        roles + only,
        "yes" if kind.again else "no",
        window,
    )


def _picture(kind: RightKind) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    for step in kind.steps.values():
        lines.append(f"    {step.code}: {step.label.replace(':', ',')}")
    lines += [f"    [*] --> {code}" for code in kind.first]
    for step in kind.steps.values():
        lines += [f"    {step.code} --> {to}" for to in step.moves]
        lines += [f"    {step.code} --> [*]"] if step.ends else []
    return "\n".join([*lines, "```"])


def _step(step: Step) -> tuple[str, ...]:
    asked = "; ".join(
        field.label + ("" if field.required else " (optional)") for field in step.fields
    )
    return (
        step.label,
        ", ".join(BODIES[code].label.lower() for code in step.by),
        asked,
        words(step.starts),
        ", ".join(step.meets),
    )


def _children() -> str:
    head = ("for", "of age at", "until the birthday", "or months from the report")
    rows = [
        (words(one.code), one.majority, one.birthday, one.months, *provenance(one))
        for one in CHILD_LIMITS.values()
    ]
    heading = "## Longer for whoever was a child"
    return f"{heading}\n\n{table((*head, 'in force', 'confidence', 'source'), rows)}"
