"""The generated pages about the journey of a matter."""

from alongside.care.journey import tables as journey
from alongside.care.journey.types import Move
from scripts.docs import PROVENANCE, page, provenance, table, words


def stages() -> str:
    """The stages of a matter and the events that bring them."""
    return page(
        "Stages and events",
        "The way of one matter (one suspect, one offence, one victim) through the"
        " justice system. An event that no row names for the stage it finds is kept,"
        " shown as unexpected, and moves nothing. The"
        " [diagram](journey.md) draws the moves.",
        "## Stages",
        table(
            ("stage", "part", "label", "who tells the person", "meaning", *PROVENANCE),
            (
                (
                    *(row.code, words(row.part), row.label, row.who_tells),
                    *(row.meaning, *provenance(row)),
                )
                for row in journey.STAGES.values()
            ),
        ),
        "## Events",
        table(
            ("event", "label", "brings to", "who tells the person", *PROVENANCE),
            (
                (
                    *(row.code, row.label, _brings_to(row.code)),
                    *(words(row.who_tells), *provenance(row)),
                )
                for row in journey.EVENTS.values()
            ),
        ),
        "## Outcome codes",
        "What the outcome in a referral says has happened.",
        table(
            ("outcome", "event", *PROVENANCE),
            (
                (row.code, words(row.event), *provenance(row))
                for row in journey.OUTCOME_EVENTS.values()
            ),
        ),
    )


def _brings_to(event: str) -> str:
    found = [
        move
        for (name, _), moves in journey.MOVES.items()
        if name == event
        for move in moves
        if move.to
    ]
    return "; ".join(
        dict.fromkeys(
            f"{move.field} {words(', '.join(sorted(move.said)))}: {move.to}"
            if move.field
            else move.to
            for move in found
        )
    )


def moves() -> str:
    """How a matter moves from stage to stage, drawn from the table of moves."""
    rows = [
        (origin, event, move)
        for (event, origin), moves in journey.MOVES.items()
        for move in moves
        if move.to not in {"", origin}
    ]
    lines = [
        *(
            f'    state "{s.code} {s.label}" as {s.code}'
            for s in journey.STAGES.values()
        ),
        *(f"    [*] --> {code}" for code in ("S00", "S10", "N10")),
        *(f"    {start} --> {end}" for start, end in _arrows(rows)),
    ]
    diagram = "\n".join(["stateDiagram-v2", *lines])
    return page(
        "The journey of a matter",
        "Each arrow that goes on by the usual way. Messages get lost, so an event may"
        " bring a matter past stages nobody told us of: those arrows are left out"
        " here and stand in the table.",
        f"```mermaid\n{diagram}\n```",
        "## Every move",
        table(
            ("event", "says", "from", "to", "why it may go back"),
            _move_rows(rows),
        ),
    )


def _arrows(rows: list[tuple[str, str, Move]]) -> list[tuple[str, str]]:
    """Each pair of stages between which something usually moves a matter: the latest
    of the stages from which an event brings it there, and every way back."""
    order = list(journey.STAGES)
    arrows = set()
    for origin, event, move in rows:
        on = [
            start
            for start, name, other in rows
            if (name, other.field, other.said, other.to)
            == (event, move.field, move.said, move.to)
            and order.index(start) < order.index(move.to)
        ]
        back = order.index(origin) > order.index(move.to)
        if back or origin == max(on, key=order.index):
            arrows.add((origin, move.to))
    return sorted(arrows, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))


def _move_rows(rows: list[tuple[str, str, Move]]) -> list[tuple[str, ...]]:
    together: dict[tuple[str, ...], list[str]] = {}
    for origin, event, move in rows:
        says = f"{move.field}: {', '.join(sorted(move.said))}" if move.field else ""
        key = (words(event), words(says), move.to, move.again)
        together.setdefault(key, []).append(origin)
    return [
        (event, says, ", ".join(sorted(origins)), to, again)
        for (event, says, to, again), origins in together.items()
    ]
