"""The files of the pack, and what each of their columns means.

Names of files and columns are kept: who reads packs of several years reads them alike.
One that is new comes last. docs/formats/joint-review-pack.md says the same.
"""

from dataclasses import dataclass

FORMAT = "1"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its name, its type, what it means, and whether it may be
    empty."""

    name: str
    type: str
    meaning: str
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """One file of the pack: what a line of it is, and its columns in their order."""

    name: str
    line: str
    columns: tuple[Column, ...]


_PERIOD = (
    Column("period", "text", "this: the time reviewed; before: the one before it"),
    Column("since", "day", "The first day of the time"),
    Column("until", "day", "The first day after the time"),
)
_GROUP = (
    Column("counted_by", "text", "The fact by which promises are grouped"),
    Column("group", "text", "The code of the group; empty: not held", True),
    Column("group_label", "text", "The group in words"),
)
_NOT_TOLD = Column(
    "not_told", "text", "Which counts are hidden, with spaces between", True
)
_SMALL = "; empty where that may tell who somebody is"
_STATES = (
    Column("met", "number", f"Promises kept by their last day{_SMALL}", True),
    Column("late", "number", f"Promises kept after their last day{_SMALL}", True),
    Column(
        *("missed", "number"),
        "Promises past their last day of which nothing shows that they were"
        f" kept{_SMALL}",
        True,
    ),
    Column("not_owed", "number", f"Promises not owed, for a reason{_SMALL}", True),
    Column(
        *("cannot_say", "number"),
        "Promises whose limit counts from when news was received, where that moment is"
        f" not known{_SMALL}",
        True,
    ),
    Column("due", "number", f"Promises that still run{_SMALL}", True),
)

KEPT = File(
    "promises_kept",
    "The promises of one group whose last day fell in the time",
    (
        *_PERIOD,
        *_GROUP,
        *_STATES,
        _NOT_TOLD,
    ),
)
REASONS = File(
    "reasons",
    "One reason why promises were not owed, or nobody can say",
    (
        *_PERIOD,
        Column("state", "text", "not_owed or cannot_say"),
        Column("reason", "text", "The code of the reason"),
        Column("reason_label", "text", "The reason in words"),
        Column("promises", "number", f"How many{_SMALL}", True),
    ),
)
RECEIPT = File(
    "receipt",
    "How far the date of receipt is held in one time",
    (
        *_PERIOD,
        Column(
            *("crimes", "number"),
            f"People's crimes with a promise that counts from receipt{_SMALL}",
            True,
        ),
        Column(
            *("crimes_without", "number"),
            f"Those of them of which some date of receipt is not known{_SMALL}",
            True,
        ),
    ),
)
LIMITS = File(
    "limits",
    "One promise of one version of the Code, as it was counted",
    (
        Column("rule", "text", "The code of the promise"),
        Column("code_version", "text", "Which Code, or local"),
        Column("right", "number", "The number of the right; 0: a local target"),
        Column("label", "text", "The promise in words"),
        Column("owed_by", "text", "The body that owes it"),
        Column("counts_from", "text", "Which moment the limit counts from"),
        Column("standard", "number", "The limit for standard support"),
        Column("enhanced", "number", "The limit for enhanced support"),
        Column("unit", "text", "The unit of both"),
        Column("in_force_from", "day", "The first day on which it holds"),
        Column(
            "in_force_until", "day", "The first day on which it no longer holds", True
        ),
        Column("source", "text", "Where the limit was read"),
        Column("confidence", "text", "How sure that reading is"),
        Column("verified_on", "day", "When somebody last checked it", True),
    ),
)
DICTIONARY = File(
    "dictionary",
    "One column of one file of this pack",
    (
        Column("file", "text", "The file"),
        Column("column", "text", "The column"),
        Column("type", "text", "text, number or day (such as 2026-04-01)"),
        Column("may_be_empty", "text", "yes or no"),
        Column("meaning", "text", "What it means"),
    ),
)
STANDING = File(
    "owed_without_a_deadline",
    "The promises of one group for which no number of days is set, owed since a day of"
    " the time",
    (
        *_PERIOD,
        *_GROUP,
        Column("met", "number", f"Promises known to have been kept{_SMALL}", True),
        Column("not_owed", "number", f"Promises not owed, for a reason{_SMALL}", True),
        Column(
            *("cannot_say", "number"),
            f"Promises of which nobody has said that they were kept{_SMALL}",
            True,
        ),
        _NOT_TOLD,
    ),
)
FILES = (KEPT, REASONS, RECEIPT, LIMITS, DICTIONARY, STANDING)
