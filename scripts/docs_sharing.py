"""Generated pages about consent, sharing and agreements."""

from alongside.care.consent import tables as consent
from alongside.care.referrals import rules, tables
from alongside.foundation.organisations.tables import CHASES
from scripts.docs import PROVENANCE, page, provenance, table, words


def consent_page() -> str:
    """What information is used for, on what basis, and who may consent."""
    return page(
        "Consent and lawful bases",
        "An agreement, a consent and a share each name one purpose. A share rests on"
        " one line of the ledger: a consent, or another basis with its reason.",
        "## Purposes",
        table(
            ("code", "label", "meaning", "offered first", "to others", *PROVENANCE),
            (
                (
                    *(row.code, row.label, row.meaning),
                    ", ".join(sorted(row.facets)),
                    "yes" if row.to_others else "no",
                    *provenance(row),
                )
                for row in consent.PURPOSES.values()
            ),
        ),
        "## Lawful bases",
        table(
            ("code", "label", "article", "meaning", "against a no", *PROVENANCE),
            (
                (
                    *(row.code, row.label, row.article, row.meaning),
                    "yes" if row.against_wishes else "no",
                    *provenance(row),
                )
                for row in consent.BASES.values()
            ),
        ),
        "## Who may consent",
        table(
            ("who", "ages", "needs", "why", *PROVENANCE),
            (
                (
                    words(row.giver),
                    _ages(row.from_age, row.below_age),
                    _needs(assessed=row.needs_assessment, unsafe=row.needs_unsafe),
                    row.why,
                    *provenance(row),
                )
                for row in consent.GIVING
            ),
        ),
    )


def referrals_page() -> str:
    """How a referral to another service moves, and when agreements are chased."""
    return page(
        "Referrals to other services, and agreements",
        "Only the service asked accepts or declines. However a share ends, its referral"
        " is settled and both sides are told.",
        "## How a referral moves",
        table(
            ("from", "may become"),
            (
                (words(state), ", ".join(sorted(words(one) for one in moves)) or "-")
                for state, moves in rules.MOVES.items()
            ),
        ),
        "## Why a service declines",
        table(
            ("code", "label", "needs words", *PROVENANCE),
            (
                (
                    *(row.code, row.label, "yes" if row.needs_words else "no"),
                    *provenance(row),
                )
                for row in tables.DECLINES.values()
            ),
        ),
        "## Limits",
        table(
            ("code", "number", "unit", "what", *PROVENANCE),
            (
                (row.code, row.number, row.unit, row.label, *provenance(row))
                for row in tables.LIMITS.values()
            ),
        ),
        "## When agreements are chased",
        table(
            ("stage", "because of", "days before", *PROVENANCE),
            (
                (row.code, row.kind.label, row.days_before, *provenance(row))
                for row in CHASES
            ),
        ),
    )


def _ages(start: int, below: int | None) -> str:
    if below is None:
        return f"{start} and over" if start else "any"
    return f"{start} to {below - 1}"


def _needs(*, assessed: bool, unsafe: bool) -> str:
    found = [
        *(["somebody found that they understand"] if assessed else []),
        *(["asking a guardian would not be safe"] if unsafe else []),
    ]
    return "; ".join(found) or "-"
