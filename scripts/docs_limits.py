"""The page of `docs/generated/` about the limits: what is owed, by whom, how soon."""

from alongside.care.journey import tables as journey
from alongside.care.journey.types import DeadlineRule, Length
from scripts.docs import PROVENANCE, page, provenance, table, words


def limit(length: Length) -> str:
    """A limit as one says it."""
    if not length.length:
        return "no number"
    unit = words(length.unit)
    return f"{length.length} {unit if length.length > 1 else unit.removesuffix('s')}"


def deadlines() -> str:
    """Every limit, in the order of the rights."""
    return page(
        "Limits",
        "What is owed to a person, by whom and how soon. The day of the event is"
        " day 0. *Upstream* is owed by one body to the next; a *window* is the time"
        " in which the person may ask for something. *Standing* is owed with no day"
        " set: nobody is late, and it is asked how we know that it was done."
        " *Frequency* is as often as was agreed with the person.",
        table(
            (
                *("code", "version", "kind", "what", "starts with", "counted from"),
                *("owed by", "standard", "enhanced", "to", "shown by"),
                *("not owed if", *PROVENANCE),
            ),
            (_deadline(rule) for rule in journey.RULES),
        ),
        "## Why",
        table(
            ("code", "version", "why"),
            ((rule.code, rule.code_version, rule.why) for rule in journey.RULES),
        ),
        "## Why a promise may not be owed",
        table(
            ("code", "words", *PROVENANCE),
            ((r.code, r.label, *provenance(r)) for r in journey.NOT_OWED.values()),
        ),
    )


def _deadline(rule: DeadlineRule) -> list[str]:
    eligible = [words(rule.eligible)]
    if rule.record_types != journey.RECORD_TYPES:
        eligible.append(" and ".join(sorted(rule.record_types)) + " only")
    about = [*sorted(rule.offence_groups), *map(words, sorted(rule.flags))]
    if about:
        eligible.append(" or ".join(about))
    if rule.custody_months:
        longer = f"custody of {rule.custody_months} months or more"
        eligible.append(" or ".join([longer, *map(words, sorted(rule.sentences))]))
    for pairs, how in ((rule.only_outcomes, "only"), (rule.not_outcomes, "not")):
        codes = ", ".join(
            sorted({code for _, code in pairs}, key=lambda c: (len(c), c))
        )
        if codes:
            eligible.append(f"{how} with outcome {codes}")
    return [
        *(rule.code, rule.code_version, words(rule.kind), rule.label),
        ", ".join(words(trigger) for trigger in sorted(rule.triggers)),
        *(words(rule.clock), words(rule.duty_holder)),
        *(limit(rule.standard), limit(rule.enhanced), "; ".join(eligible)),
        words(rule.met_by),
        ", ".join(words(reason) for reason in sorted(rule.suppress_if)),
        *provenance(rule),
    ]
