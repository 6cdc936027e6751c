"""Write `docs/generated/` from the tables of the code, or see that it is current.

python -m scripts.docs           write the pages
python -m scripts.docs --check   exit 1 where a page is not what the code says
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

import django
from django.utils.module_loading import import_string

from alongside.care.assessment import tables as assessment
from alongside.care.assessment.types import Indicator
from alongside.care.casework import rules as casework_rules
from alongside.care.casework import tables as casework
from alongside.care.casework.types import CaseStatus
from alongside.care.contact import tables as contact
from alongside.foundation.accounts import tables as accounts
from alongside.foundation.accounts.types import ROLE_PERMISSIONS, Permission, Role
from alongside.foundation.lib.provenance import Sourced
from alongside.foundation.reference import tables as reference

FOLDER = Path(__file__).parent.parent / "docs" / "generated"
NOTICE = "<!-- Written by `python -m scripts.docs`. Change the data, not this page. -->"
PROVENANCE = ("in force", "confidence", "source")


def page(title: str, words: str, *parts: str) -> str:
    """One page: its notice, its title, what it is about, and its parts."""
    return "\n\n".join([NOTICE, f"# {title}", words, *parts]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown. A bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def provenance(row: Sourced) -> list[str]:
    """Days in force, confidence and source, for the end of a line."""
    until = f" until {row.in_force_until}" if row.in_force_until else ""
    since = f"from {row.in_force_from}{until}"
    return [since, words(row.confidence), row.source]


def words(value: StrEnum | str) -> str:
    """A code as one reads it."""
    return str(value).replace("_", " ")


def grounds() -> str:
    """The grounds of enhanced support and what raises each."""
    return page(
        "Grounds of enhanced support",
        "Any one ground is enough. Each is kept with what it rests on.",
        table(
            ("ground", "label", "meaning", *PROVENANCE),
            (
                (ground.code, ground.label, ground.meaning, *provenance(ground))
                for ground in assessment.GROUNDS.values()
            ),
        ),
        "## What on a referral raises a ground",
        table(
            ("ground", "rests on", "said as", *PROVENANCE),
            (
                (row.ground, _rests_on(row), row.words, *provenance(row))
                for row in assessment.INDICATORS
            ),
        ),
    )


def _rests_on(row: Indicator) -> str:
    if row.below is not None:
        return f"age below {row.below}"
    if row.at_least is not None:
        return f"{row.field} at least {row.at_least}"
    return f"{row.field or row.basis} {row.value}"


def offences() -> str:
    """How many offence codes each group holds, and from where."""
    rows = reference.OFFENCES.values()
    counts = Counter((row.group, row.subgroup) for row in rows)
    trust = Counter(words(row.confidence) for row in rows)
    return page(
        "Offence codes",
        f"{len(rows)} codes: "
        + ", ".join(f"{count} {name}" for name, count in sorted(trust.items()))
        + ". The rows are in `alongside/foundation/reference/data/offences.csv`.",
        table(
            ("group", "subgroup", "codes"),
            ((*names, count) for names, count in sorted(counts.items())),
        ),
    )


def flags() -> str:
    """The flags of the feed, and what follows from each."""
    return page(
        "Flags",
        "What a force may flag on a crime, and what follows from it.",
        table(
            (
                *("flag", "label", "high risk", "needs explicit consent"),
                *("nationally commissioned", *PROVENANCE),
            ),
            (
                (
                    *(flag.code, flag.label, _yes(flag.high_risk)),
                    _yes(flag.needs_explicit_consent),
                    _yes(flag.nationally_commissioned),
                    *provenance(flag),
                )
                for flag in reference.FLAGS.values()
            ),
        ),
    )


def _yes(value: bool) -> str:
    return "yes" if value else ""


def dispositions() -> str:
    """How a case may end."""
    return page(
        "How a case ends",
        "Every closed case has one of these, and counts under one heading.",
        table(
            (
                *("code", "label", "meaning", "counts as", "needs a reason"),
                *("may be chosen", *PROVENANCE),
            ),
            (
                (
                    *(row.code, row.label, row.meaning, words(row.counts_as)),
                    *(_yes(row.needs_reason), _yes(row.may_choose)),
                    *provenance(row),
                )
                for row in casework.DISPOSITIONS.values()
            ),
        ),
    )


def contact_attempts() -> str:
    """The channels, and what may come of an attempt by each."""
    return page(
        "Attempts to reach a person",
        "A channel marked unsafe is never offered. One nobody has marked is refused"
        " for a high-risk crime, and offered with a caution for any other.",
        "## Channels",
        table(
            ("channel", "label", "caution where not marked safe", *PROVENANCE),
            (
                (row.code, row.label, row.caution, *provenance(row))
                for row in contact.CHANNELS.values()
            ),
        ),
        "## Results",
        table(
            (
                *("code", "label", "meaning", "channels", "counts as contact"),
                *("ends the route", "needs a next date", *PROVENANCE),
            ),
            (
                (
                    *(row.code, row.label, row.meaning),
                    ", ".join(words(channel) for channel in sorted(row.channels)),
                    *(_yes(row.contact_made), words(row.ends_route)),
                    *(_yes(row.needs_next_date), *provenance(row)),
                )
                for row in contact.ATTEMPT_RESULTS.values()
            ),
        ),
    )


def case_status() -> str:
    """The transition diagram of a case."""
    arrows = [
        f"    {start} --> {end}"
        for start in CaseStatus
        for end in CaseStatus
        if casework_rules.can_move(start, end)
    ]
    diagram = "\n".join(["stateDiagram-v2", f"    [*] --> {CaseStatus.OPEN}", *arrows])
    return page(
        "The life of a case",
        "A case opens with the first victimisation. Closing needs a disposition;"
        " a closed case may be opened again.",
        f"```mermaid\n{diagram}\n```",
    )


def sign_in() -> str:
    """The limits of signing in."""
    return page(
        "Limits of signing in",
        "How long a session lasts, how often somebody may try, and how fresh a second"
        " factor must be.",
        table(
            ("limit", "number", "meaning", *PROVENANCE),
            (
                (words(row.code), row.number, row.meaning, *provenance(row))
                for row in accounts.LIMITS.values()
            ),
        ),
    )


def roles() -> str:
    """Which role holds which permission."""
    return page(
        "Roles and permissions",
        "A role without a mark has no page yet: it can sign in and see nothing.",
        table(
            ("role", *Permission),
            (
                (role.label, *(_yes(p in ROLE_PERMISSIONS[role]) for p in Permission))
                for role in Role
            ),
        ),
    )


def api() -> str:
    """What the API takes and answers, as OpenAPI."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    found = import_string("alongside.api.urls.api")
    schema = found.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "code-rights.md": lambda: import_string(
        "scripts.docs_code_rights.code_rights_page"
    )(),
    "deadlines.md": lambda: str(import_string("scripts.docs_limits.deadlines")()),
    "templates.md": lambda: str(import_string("scripts.docs_telling.templates")()),
    "grounds.md": grounds,
    "silence.md": lambda: str(import_string("scripts.docs_owed.silence")()),
    "escalation.md": lambda: str(import_string("scripts.docs_owed.escalation")()),
    "offences.md": offences,
    "flags.md": flags,
    "dispositions.md": dispositions,
    "contact.md": contact_attempts,
    "journey.md": lambda: str(import_string("scripts.docs_journey.moves")()),
    "stages.md": lambda: str(import_string("scripts.docs_journey.stages")()),
    "case-status.md": case_status,
    "roles.md": roles,
    "sign-in.md": sign_in,
    "privacy.md": lambda: str(import_string("scripts.docs_rights.privacy")()),
    "retention.md": lambda: str(import_string("scripts.docs_rights.retention")()),
    "consent.md": lambda: str(import_string("scripts.docs_sharing.consent_page")()),
    "referrals.md": lambda: str(import_string("scripts.docs_sharing.referrals_page")()),
    "guarding.md": lambda: str(import_string("scripts.docs_guarding.guarding_page")()),
    "information-requests.md": lambda: str(
        import_string("scripts.docs_information_requests.information_requests_page")()
    ),
    "instruments.md": lambda: str(
        import_string("scripts.docs_instruments.instruments_page")()
    ),
    "planning.md": lambda: str(import_string("scripts.docs_planning.planning_page")()),
    "openapi.json": api,
}


def write(folder: Path) -> None:
    """Write every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8")


def drift(folder: Path) -> list[str]:
    """What is wrong with the folder, in words; empty when it is current."""
    found = []
    for name, make in PAGES.items():
        path = folder / name
        if not path.exists():
            found.append(f"docs/generated/{name} is missing")
        elif path.read_text(encoding="utf-8") != make():
            found.append(f"docs/generated/{name} is not what the code says")
    stray = {path.name for path in folder.glob("*.md")} - PAGES.keys()
    return found + [f"docs/generated/{name} is written by nothing" for name in stray]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check them: 0 when current, 1 with words when not."""
    parser = argparse.ArgumentParser(description="The generated documents.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    asked = parser.parse_args(arguments)
    # Some pages list the tables of the program, which are known once it is set up.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if not asked.check:
        write(FOLDER)
        return 0
    found = drift(FOLDER)
    if found:
        print(*found, "Run: python -m scripts.docs", sep="\n", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
