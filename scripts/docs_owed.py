"""Pages of `docs/generated/`: when a case counts as silent, and who is told."""

from alongside.care.journey.tables.escalation import RUNGS
from alongside.care.journey.tables.silence import SILENCE
from scripts.docs import PROVENANCE, page, provenance, table, words


def silence() -> str:
    """Every rule of silence."""
    return page(
        "Silent cases",
        "When nothing was heard for too long. A rule begins with an event, counts days"
        " from it, from a day that it names, or from the last news that reached the"
        " person, and ends with what is listed. What a person asked for stands before"
        " the days of news.",
        table(
            (
                *("code", "what", "ask", "for", "after", "counted from", "ended by"),
                *("only", "days", "enhanced", *PROVENANCE),
            ),
            (
                [
                    *(rule.code, rule.label, words(rule.ask_of), rule.asks),
                    ", ".join(words(one) for one in sorted(rule.after)),
                    words(rule.counted_from),
                    ", ".join(words(one) for one in sorted(rule.ends)),
                    " or ".join(sorted(rule.only_values)),
                    *(str(rule.standard), str(rule.enhanced), *provenance(rule)),
                ]
                for rule in SILENCE
            ),
        ),
    )


def escalation() -> str:
    """Every rung of escalation."""
    return page(
        "Promises past their day",
        "Who is told, so many days after the last day of a promise of which nothing"
        " shows that it was kept. Each is told once of each promise.",
        table(
            ("code", "who", "days", "enhanced", "not begun after", *PROVENANCE),
            (
                [
                    *(rung.code, rung.label, str(rung.standard), str(rung.enhanced)),
                    *(str(rung.until_days), *provenance(rung)),
                ]
                for rung in RUNGS
            ),
        ),
    )
