"""Rows of a JSON Lines file: one object a line, the feed's columns as keys."""

import json
from collections.abc import Iterable, Iterator

from alongside.care.intake.rules.lines import LONGEST_LINE
from alongside.care.intake.types import RowFault

PLAIN = {None: "", True: "y", False: "n"}
NOT_AN_OBJECT = RowFault("row", "is not one JSON object")
TOO_LONG = RowFault("row", f"is longer than {LONGEST_LINE} characters")
SAID_TWICE = RowFault("row", "names a key twice")


class SaidTwice(ValueError):
    """An object names a key twice: which of the two is meant?"""


def read_objects(
    lines: Iterable[str], names: tuple[str, ...]
) -> Iterator[tuple[str, list[str] | RowFault]]:
    """Each row's own text with the texts under `names`, or why there are none.

    Numbers count as the text they are written with, true and false as y and n,
    null and a missing key as empty. Other keys are left alone.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_see_once,
        parse_int=str,
        parse_float=str,
        parse_constant=_refuse_constant,
    )
    for line in lines:
        if not line or line.isspace():
            continue
        if len(line) > LONGEST_LINE:
            yield line[:LONGEST_LINE], TOO_LONG
        else:
            yield line, _read_object(line, names, decoder)


def _read_object(
    line: str, names: tuple[str, ...], decoder: json.JSONDecoder
) -> list[str] | RowFault:
    try:
        found = decoder.decode(line)
    except SaidTwice:
        return SAID_TWICE
    except (ValueError, RecursionError):
        return NOT_AN_OBJECT
    if not isinstance(found, dict):
        return NOT_AN_OBJECT
    texts = []
    for name in names:
        value = found.get(name)
        if not isinstance(value, str):
            if isinstance(value, list | dict):
                return RowFault(name, "holds a list or an object, not a text")
            value = PLAIN[value]
        texts.append(value)
    return texts


def _see_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SaidTwice
    return found


def _refuse_constant(_name: str) -> object:
    raise ValueError("NaN and Infinity are not JSON")
