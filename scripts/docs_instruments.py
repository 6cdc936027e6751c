"""The page about instruments: which are shipped, what they count, and what follows."""

from collections.abc import Iterator

from alongside.care.instruments.tables import INSTRUMENTS, PROCEDURES
from alongside.care.instruments.tables.limits import LIMITS
from alongside.care.instruments.types import Band, Instrument, Score
from scripts.docs import PROVENANCE, page, provenance, table, words


def instruments_page() -> str:
    """Every instrument that is shipped, its bands, the procedures, the limits."""
    shipped = list(INSTRUMENTS.values())
    return page(
        "Instruments",
        "What workers ask to find out about need and risk, as it is shipped. The"
        " wording is ours. An area may make its own versions and instruments.",
        table(
            (
                *("code", "version", "title", "questions", "for whom", "judgement"),
                *("licensed text needed", "in force", "confidence", "source"),
                "licence of the wording",
            ),
            (_line(one) for one in shipped),
        ),
        "## Bands",
        "From which total a band holds, and what it asks for.",
        table(
            (
                *("instrument", "score", "counting", "from", "means", "risk"),
                *("assess again after days", "asks for"),
            ),
            (row for one in shipped for row in _bands(one)),
        ),
        "## Numbers of the practice around them",
        table(
            ("instrument", "what", "number"),
            (
                (one.code, words(name), number)
                for one in shipped
                for name, number in one.limits.items()
            ),
        ),
        *(part for one in PROCEDURES for part in _procedure(one)),
        "## Limits",
        table(
            ("code", "number", "meaning", *PROVENANCE),
            (
                (row.code, row.number, row.meaning, *provenance(row))
                for row in LIMITS.values()
            ),
        ),
    )


def _line(one: Instrument) -> tuple[object, ...]:
    start, below = one.from_age, one.below_age
    ages = f"from {start}" if start else f"under {below}" if below else "everybody"
    return (
        *(one.code, one.version, one.title, len(one.questions()), ages),
        "may raise, never lower" if one.judgement else "",
        "yes" if one.needs_licensed_text else "",
        *(f"from {one.in_force}", words(one.confidence), one.source, one.licence),
    )


def _bands(one: Instrument) -> Iterator[tuple[object, ...]]:
    for score in one.scores:
        if not score.bands:
            yield (one.code, score.words, words(score.counting), *[""] * 5)
        for band in score.bands:
            yield _band(one, score, band)


def _band(one: Instrument, score: Score, band: Band) -> tuple[object, ...]:
    return (
        *(one.code, score.words, words(score.counting), band.at_least, band.words),
        *(words(band.risk), band.review_days or "", ", ".join(map(words, band.asks))),
    )


def _procedure(code: str) -> tuple[str, ...]:
    one = PROCEDURES[code]
    steps = "\n".join(f"{n}. {step}" for n, step in enumerate(one.steps, start=1))
    return (
        f"## {one.heading} ({words(code)})",
        one.first,
        steps,
        table(
            ("who can be called", "number", "when", *PROVENANCE),
            ((x.name, x.number, x.when, *provenance(x)) for x in one.lines),
        ),
    )
