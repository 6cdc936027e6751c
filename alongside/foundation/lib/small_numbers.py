"""Hiding counts so small that they may tell who somebody is."""

from collections.abc import Sequence


def hide_small(rows: Sequence[Sequence[int]], *, least: int) -> list[list[int | None]]:
    """The counts with those from 1 up to `least` (excluded) hidden as None.

    Rows are groups that add up, column by column, to totals that a reader may know.
    So that a hidden count is not the total less the others, a column that hides
    anything hides further counts, the smallest first, until it hides two or more that
    come to `least` or more together. Nought is never hidden. What differs between two
    tables that overlap is not looked at.
    """
    shown: list[list[int | None]] = [list(row) for row in rows]
    for place in range(max(map(len, rows), default=0)):
        column = [row[place] for row in rows]
        for number in _hidden(column, least):
            shown[number][place] = None
    return shown


def hide_lines(rows: Sequence[Sequence[int]], *, least: int) -> set[int]:
    """The places of the rows that are not told at all.

    For rows whose counts say something of one another, such as a sum beside its parts:
    each that holds a count from 1 up to `least` (excluded) is hidden whole, and then
    further rows, the smallest first, until in every column what is hidden is nought or
    comes to `least` or more, and no row is hidden alone.
    """
    hidden = {
        place
        for place, row in enumerate(rows)
        if any(0 < count < least for count in row)
    }
    rest = sorted(set(range(len(rows))) - hidden, key=lambda place: sum(rows[place]))
    for place in rest:
        if not hidden or (len(hidden) > 1 and _safe_sums(rows, hidden, least)):
            break
        hidden.add(place)
    return hidden


def _safe_sums(rows: Sequence[Sequence[int]], hidden: set[int], least: int) -> bool:
    columns = zip(*(rows[place] for place in hidden), strict=True)
    return all(not 0 < sum(column) < least for column in columns)


def _hidden(column: Sequence[int], least: int) -> list[int]:
    """Which places of a column are hidden."""
    order = sorted(
        (place for place, count in enumerate(column) if count),
        key=lambda place: (column[place], place),
    )
    hidden = [place for place in order if column[place] < least]
    if not hidden:
        return []
    for place in order[len(hidden) :]:
        if len(hidden) > 1 and sum(column[at] for at in hidden) >= least:
            break
        hidden.append(place)
    return hidden
