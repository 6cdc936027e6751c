"""On what it rests that somebody is out of reach, from the ways to them."""

from collections.abc import Sequence

from alongside.care.contact.types import Closing

FORCE_SAYS_UNSAFE = "force_says_unsafe"
EVERY_WAY_UNSAFE = "every_way_unsafe"
NOTHING_REACHES = "nothing_reaches_them"


def basis_of(closings: Sequence[Closing]) -> str:
    """The basis that these closings of every way make; empty where there are none.

    That one way is not safe weighs more than that the others do not reach them. Only
    where the force itself gave every word of it does it bind the force.
    """
    if not closings:
        return ""
    if all(one.by_force for one in closings):
        return FORCE_SAYS_UNSAFE
    unsafe = any(one.unsafe for one in closings)
    return EVERY_WAY_UNSAFE if unsafe else NOTHING_REACHES
