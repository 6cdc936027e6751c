"""When a case asks its worker for something, as rows of data."""

from pathlib import Path

from alongside.care.assessment.types.prompts import ForWhom, PromptCode, PromptRow
from alongside.foundation.lib.datafile import BadDataFile, Row, read_rows, read_toml

FILE = Path(__file__).parents[1] / "data" / "prompts.toml"


def load_prompts(text: str) -> tuple[PromptRow, ...]:
    """Read the prompts: each kind has a row, and only news has events."""
    rows = read_toml(text, "prompt", name=FILE.name)
    found = read_rows(rows, _prompt, key=lambda row: (row.code, row.whom))
    if {row.code for row in found} != set(PromptCode):
        raise BadDataFile(f"{FILE.name}: a kind of prompt has no row")
    for row in found:
        if bool(row.events) != (row.code is PromptCode.RELEASED):
            raise BadDataFile(f"{FILE.name}: {row.code} and its events do not fit")
    return found


def _prompt(row: Row) -> PromptRow:
    return PromptRow(
        code=row.one_of("code", PromptCode),
        whom=row.one_of("whom", ForWhom),
        days=row.whole("days"),
        words=row.text("words"),
        asks=row.text("asks"),
        events=row.names("events"),
        **row.provenance(),
    )


PROMPTS = load_prompts(FILE.read_text(encoding="utf-8"))
PROMPT_EVENTS = frozenset(event for row in PROMPTS for event in row.events)
