"""Hiding counts so small that they may tell who somebody is."""

from collections.abc import Collection, Sequence


def hide_small(
    rows: Sequence[Sequence[int]],
    *,
    least: int,
    parts: Sequence[Collection[int]] = (),
) -> list[list[int | None]]:
    """The counts with those from 1 up to `least` (excluded) hidden as None.

    Rows are groups that add up, column by column, to totals that a reader may know.
    So that a hidden count is not the total less the others, a column that hides
    anything hides further counts, the smallest first, until it hides two or more that
    come to `least` or more together. `parts` are places of rows whose sums a reader may
    know besides, each of which is kept safe alike. Nought is never hidden. What differs
    between two tables that overlap is not looked at.
    """
    shown: list[list[int | None]] = [list(row) for row in rows]
    every = [range(len(rows)), *parts]
    for place in range(max(map(len, rows), default=0)):
        column = [row[place] for row in rows]
        for number in _hidden(column, least, every):
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


def _hidden(
    column: Sequence[int], least: int, parts: Sequence[Collection[int]]
) -> set[int]:
    """Which places of a column are hidden."""
    hidden = {place for place, count in enumerate(column) if 0 < count < least}
    grows = bool(hidden)
    while grows:
        grows = False
        for part in parts:
            more = _more(column, least, part, hidden)
            hidden |= more
            grows = grows or bool(more)
    return hidden


def _more(
    column: Sequence[int], least: int, part: Collection[int], hidden: set[int]
) -> set[int]:
    """What else of a part is hidden, so that its sum tells none of those that are."""
    own = [place for place in part if place in hidden]
    rest = sorted(
        (place for place in part if column[place] and place not in hidden),
        key=lambda place: (column[place], place),
    )
    more: set[int] = set()
    while own and rest and (len(own) < 2 or sum(column[at] for at in own) < least):
        more.add(rest[0])
        own.append(rest.pop(0))
    return more
