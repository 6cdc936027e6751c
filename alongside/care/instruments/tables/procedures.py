"""What a worker does now when an answer calls for it: fixed, step by step."""

from collections.abc import Set

from alongside.care.instruments.types import HelpLine, Procedure
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

NAME = "procedures.toml"


def load_procedures(text: str, *, asked: Set[str]) -> dict[str, Procedure]:
    """Read the procedures, by the code that asks for them.

    Raises:
        BadDataFile: a step or a line of help belongs to no procedure, a procedure has
            no step, or no instrument asks for it.
    """
    steps = [_step(row) for row in read_toml(text, "step", name=NAME)]
    lines = [_line(row) for row in read_toml(text, "line", name=NAME)]
    made = read_rows(
        read_toml(text, "procedure", name=NAME),
        lambda row: _procedure(row, steps, lines),
        key=lambda one: one.asks,
    )
    found = {one.asks: one for one in made}
    lost = {asks for asks, _ in (*steps, *lines)} - found.keys()
    if lost or found.keys() - asked or not all(one.steps for one in made):
        raise BadDataFile(f"{NAME}: a procedure, its steps and its calls do not fit")
    return found


def _procedure(
    row: Row, steps: list[tuple[str, str]], lines: list[tuple[str, HelpLine]]
) -> Procedure:
    asks = row.text("asks")
    return Procedure(
        asks=asks,
        heading=row.text("heading"),
        first=row.text("first"),
        steps=tuple(words for code, words in steps if code == asks),
        lines=tuple(line for code, line in lines if code == asks),
        **row.provenance(),
    )


def _step(row: Row) -> tuple[str, str]:
    made = row.text("asks"), row.text("words")
    row.finish()
    return made


def _line(row: Row) -> tuple[str, HelpLine]:
    line = HelpLine(
        name=row.text("name"),
        number=row.text("number"),
        when=row.text("when"),
        **row.provenance(),
    )
    asks = row.text("asks")
    row.finish()
    return asks, line
