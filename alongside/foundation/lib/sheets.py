"""Cells of files that a spreadsheet opens."""

# A spreadsheet takes a cell that starts with one of these for a formula
# (OWASP, CSV injection); an apostrophe before it makes it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> str:
    """A cell as text that no spreadsheet takes for a formula; empty for nothing."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
