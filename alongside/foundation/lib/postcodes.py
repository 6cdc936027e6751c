"""British postcodes as text."""

import re
from typing import NamedTuple

# Outward A9, A99, AA9, AA99, A9A or AA9A; inward 9AA, whose letters leave out six.
FULL = re.compile(
    r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR(?= ?0AA)) ?([0-9][ABD-HJLNP-UW-Z]{2})", re.ASCII
)
PARTIAL = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)(?: [0-9])?", re.ASCII)
NOISE = re.compile(r"[\s.]+")
# What other systems write for "no fixed abode" and "not known": no place at all.
NOWHERE = "ZZ99"


class Postcode(NamedTuple):
    """A postcode, or as much of one as was given.

    `text` is as on an envelope: "LE1 5YA", or in part "LE1 5" or "LE1".
    """

    text: str
    outward: str
    is_full: bool

    @property
    def compact(self) -> str:
        """Without the space, as lists of postcodes hold it."""
        return self.text.replace(" ", "")


def read_postcode(text: str) -> Postcode | None:
    """The postcode in upper case and rightly spaced, or None when it is not one.

    Case, spaces and full stops do not matter, but where only a part is given a
    space tells "LE1 5" (a part of LE1) from "LE15".
    """
    letters = text.upper()
    full = FULL.fullmatch(letters) or FULL.fullmatch(NOISE.sub("", letters))
    if full is not None:
        outward, inward = full.groups()
        if outward == NOWHERE:
            return None
        return Postcode(f"{outward} {inward}", outward, True)
    part = PARTIAL.fullmatch(" ".join(letters.replace(".", "").split()))
    if part is None or part[1] == NOWHERE:
        return None
    return Postcode(part[0], part[1], False)
