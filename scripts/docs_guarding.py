"""The page about emergencies, walls inside an agency, and what asks for a factor."""

from alongside.care.casework.tables import COMPARTMENT_ROWS
from alongside.care.guarding.tables import CATEGORIES, LIMITS
from alongside.foundation.accounts.tables import CLEARANCES, STEP_UP
from scripts.docs import PROVENANCE, page, provenance, table


def guarding_page() -> str:
    """Rows of data by which access is opened, closed and asked for again."""
    return page(
        "Emergencies, walls and confirming",
        "When a case may be opened in an emergency, which walls stand inside an agency"
        " and who passes them, and what asks for the second factor again.",
        "## Kinds of emergency",
        table(
            ("code", "label", "meaning", *PROVENANCE),
            (
                (row.code, row.label, row.meaning, *provenance(row))
                for row in CATEGORIES.values()
            ),
        ),
        "## Limits of emergency access",
        table(
            ("code", "number", "unit", "meaning", *PROVENANCE),
            (
                (row.code, row.number, row.unit, row.meaning, *provenance(row))
                for row in LIMITS.values()
            ),
        ),
        *_walls(),
        "## What asks for the second factor again",
        table(
            ("code", "what", *PROVENANCE),
            ((row.code, row.label, *provenance(row)) for row in STEP_UP.values()),
        ),
    )


def _walls() -> tuple[str, ...]:
    """The compartments, and which of them each role passes."""
    return (
        "## Walls inside an agency",
        table(
            ("code", "label", "meaning", "flags", "below age", "by hand", *PROVENANCE),
            (
                (
                    *(row.code, row.label, row.meaning, ", ".join(sorted(row.flags))),
                    *(row.below_age or "", "yes" if row.by_hand else "no"),
                    *provenance(row),
                )
                for row in COMPARTMENT_ROWS.values()
            ),
        ),
        "## Walls that a role passes by itself",
        table(
            ("role", *(row.label for row in COMPARTMENT_ROWS.values())),
            (
                (
                    role.label,
                    *(
                        "yes" if row.bit & given.mask else ""
                        for row in COMPARTMENT_ROWS.values()
                    ),
                )
                for role, given in CLEARANCES.items()
            ),
        ),
    )
