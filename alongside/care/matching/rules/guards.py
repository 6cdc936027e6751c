"""What weights may not decide: the guards. No database, no clock.

An address, a phone and a surname are one fact, the household, which weights count
three times. So no two records are linked without a name and a date of birth that
agree, and what twins, parents, partners and strangers of one name have in common
is told apart here. Wrong links cost far more than reviews.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from alongside.care.matching.tables import (
    FILLERS,
    GUARDS,
    LIMITS,
    ROOTS,
    START,
    common_given_names,
)
from alongside.care.matching.types import (
    NOT_COMPARED,
    Band,
    Compared,
    FillerKind,
    GuardRow,
    Judged,
    Levels,
    Limits,
    Standard,
    Why,
)

# Levels of `rules.levels`, by what they mean here.
SAME = 0
ONE_ROOT, SWAPPED, GIVEN_CLOSE, SURNAME_CLOSE, BOTH_CLOSE = 1, 2, 3, 4, 5
FIRST_LETTER, SURNAME_OTHER = 6, 7
NAME_AGREES = frozenset(range(BOTH_CLOSE + 1))
# At these the given names themselves are looked at, and at no others.
GIVEN_MATTERS = frozenset(
    {NOT_COMPARED, ONE_ROOT, GIVEN_CLOSE, BOTH_CLOSE, FIRST_LETTER}
)
BORN_AGREES = frozenset({SAME, 1, 2, 3})
ONE_SLIP, YEAR_ONLY_KNOWN, BORN_OTHER = 2, 3, 6
PHONE_OTHER = 2
SEX_OTHER = 1
HOME = frozenset({SAME, 1, 2})
SAME_POSTCODE = 3
OWN_EMAIL = frozenset({SAME, 1})
ANY_EMAIL = frozenset({SAME, 1, 2})

# Given names that are names, and no slips of the hand: those with forms, and those
# that are common where the shipped weights were learnt.
NAMES = frozenset(ROOTS) | frozenset(ROOTS.values()) | common_given_names(START)
# Amir and Amira, Antonio and Antonia: an ending tells a brother from a sister.
ENDINGS = "".join(sorted(FILLERS[FillerKind.NAME_ENDING]))

AGREED = Judged(Band.LINK, Why.AGREE)
NOBODY = Standard()
slips = OSA.distance
WORDS: Mapping[Why, GuardRow] = GUARDS


class Shared(NamedTuple):
    """What two records share besides name and date of birth.

    `personal` counts phone and e-mail; `contact` those and the home. `exact` is a
    phone or an e-mail address that is the same to the letter.
    """

    exact: bool
    personal: int
    contact: int
    home: bool
    near: bool


class OfLevels(NamedTuple):
    """What the levels alone say of two records: where they weigh too little for
    anything (`apart`), less than a link and enough for one.

    Nothing where the given names must be looked at too.
    """

    apart: Judged
    together: bool
    light: Judged | None
    heavy: Judged | None


def judge(
    a: Standard, b: Standard, compared: Compared, limits: Limits = LIMITS
) -> Judged:
    """What is to be done about two records, and by which rule.

    The same whichever comes first. LINK means that they may be linked, if nobody
    else fits as well (`rules.deciding`). Of the records themselves only the given
    names are looked at, and those at the levels of `GIVEN_MATTERS` alone.
    """
    weight, levels = compared
    of_levels = _of_levels(levels)
    if weight < (limits.review if of_levels.together else limits.review_apart):
        return of_levels.apart
    heavy = weight >= (limits.link if of_levels.together else limits.link_apart)
    judged = of_levels.heavy if heavy else of_levels.light
    return judged or _judge(a, b, levels, _shared(levels), heavy=heavy)


@cache  # there are fewer than fifty thousand
def _of_levels(levels: Levels) -> OfLevels:
    """What is said of any two records that agree so far, whatever their names."""
    shared = _shared(levels)
    together = shared.near or shared.contact > 0
    light = heavy = None
    if levels.name not in GIVEN_MATTERS:
        light = _judge(NOBODY, NOBODY, levels, shared, heavy=False)
        heavy = _judge(NOBODY, NOBODY, levels, shared, heavy=True)
    return OfLevels(_apart(shared), together, light, heavy)


def _judge(
    a: Standard, b: Standard, levels: Levels, shared: Shared, *, heavy: bool
) -> Judged:
    if NOT_COMPARED in levels[:2]:
        certain = heavy and _certain(a, b, levels, shared)
        return AGREED if certain else _something_missing(levels, shared)
    if not (levels.name in NAME_AGREES or levels.name == SURNAME_OTHER):
        if levels.name == FIRST_LETTER and _has_initial(a, b):
            return _initial(levels, shared, heavy)
        return _other_given(levels, shared)
    if levels.born not in BORN_AGREES:
        return _other_born(levels, shared)
    weighed = AGREED if heavy else Judged(Band.REVIEW, Why.WEAK)
    return _doubt(a, b, levels, shared) or weighed


def one_given_name(a: Standard, b: Standard) -> bool:
    """Whether two given names may be one person's, and are not twins'.

    So they are when each name of the shorter has its like in the longer: in any form
    ("Bill" and "William John"), as an initial, or with one slip of the pen.
    """
    left, right = a.given.split(), b.given.split()
    if len(left) > len(right):
        left, right = right, left
    return all(any(_one_name(one, other) for other in right) for one in left)


def _one_name(one: str, other: str) -> bool:
    if ROOTS.get(one, one) == ROOTS.get(other, other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if one.rstrip(ENDINGS) == other.rstrip(ENDINGS):
        return one == other
    # Twins' names may differ in one letter, but then both are names.
    long = min(len(one), len(other)) > LIMITS.short_name
    if not long or (one in NAMES and other in NAMES):
        return False
    return slips(one, other, score_cutoff=1) <= 1


def _shared(levels: Levels) -> Shared:
    personal = (levels.phone == SAME) + (levels.email in OWN_EMAIL)
    home = levels.place in HOME
    any_email = levels.email in ANY_EMAIL
    contact = (levels.phone == SAME) + any_email + home
    exact = levels.phone == SAME or levels.email == SAME
    near = home or levels.place == SAME_POSTCODE
    return Shared(exact, personal, contact, home, near)


def _apart(shared: Shared) -> Judged:
    return Judged(Band.NEW, Why.HOUSEHOLD if shared.contact else Why.WEAK)


def _ask_if(worth_asking: bool, why: Why, shared: Shared) -> Judged:
    return Judged(Band.REVIEW, why) if worth_asking else _apart(shared)


def _certain(a: Standard, b: Standard, levels: Levels, shared: Shared, /) -> bool:
    if levels.sex == SEX_OTHER:
        return False
    if levels.born == NOT_COMPARED:
        # A child named after a parent shares the home, and the phone or the e-mail;
        # with all three of them, still fewer are such children.
        whole = levels.name == levels.phone == levels.email == SAME
        return whole and shared.home
    # A surname left out, as one that has changed: twins have two given names.
    given = min(len(a.given), len(b.given)) > 1 and one_given_name(a, b)
    return levels.born == SAME and given and (shared.exact or levels.place == SAME)


def _something_missing(levels: Levels, shared: Shared) -> Judged:
    if levels.name == NOT_COMPARED:
        if levels.born == NOT_COMPARED:
            several = shared.contact > 1 and shared.personal > 0
            return _of_one_fact(several)
        agrees = levels.born in BORN_AGREES and shared.contact > 0
        return _ask_if(agrees, Why.NAME_MISSING, shared)
    if levels.name not in NAME_AGREES:
        married = levels.name == SURNAME_OTHER and shared.personal > 0
        return _ask_if(married, Why.BORN_MISSING, shared)
    return _ask_if(shared.contact > 0 or shared.near, Why.BORN_MISSING, shared)


def _of_one_fact(several: bool) -> Judged:
    if several:
        return Judged(Band.REVIEW, Why.NAME_MISSING)
    return Judged(Band.NEW, Why.ONE_FACT)


def _has_initial(a: Standard, b: Standard) -> bool:
    return len(a.given) == 1 or len(b.given) == 1


def _initial(levels: Levels, shared: Shared, heavy: bool) -> Judged:
    if levels.born not in BORN_AGREES or levels.sex == SEX_OTHER:
        return _apart(shared)
    # Few twins have one initial, and fewer are written down by it: but they share a
    # home, and later have a phone each.
    told = shared.home and levels.phone in {SAME, NOT_COMPARED}
    if heavy and levels.born == SAME and (levels.email == SAME or told):
        return AGREED
    return Judged(Band.REVIEW, Why.INITIAL)


def _other_given(levels: Levels, shared: Shared) -> Judged:
    # Twins share all but the first name; so does one person under another name.
    ask = levels.born in BORN_AGREES and levels.sex != SEX_OTHER and shared.personal > 0
    return _ask_if(ask, Why.TWIN, shared)


def _other_born(levels: Levels, shared: Shared) -> Judged:
    if levels.name == SURNAME_OTHER:
        ask = levels.born != BORN_OTHER and shared.personal > 0
        return _ask_if(ask, Why.SURNAME_DIFFERS, shared)
    if levels.born == BORN_OTHER:
        return Judged(Band.NEW, Why.NAMESAKE)
    if shared.personal > 0 or shared.home:
        return Judged(Band.REVIEW, Why.BORN_DIFFERS)
    return Judged(Band.NEW, Why.NAMESAKE)


def _doubt(a: Standard, b: Standard, levels: Levels, shared: Shared) -> Judged | None:
    exact = levels.born == SAME and levels.name in {SAME, SWAPPED}
    if levels.sex == SEX_OTHER and not exact:
        return Judged(Band.REVIEW, Why.SEX_DIFFERS)
    if levels.name == SURNAME_OTHER:
        if levels.born == SAME and (shared.exact or levels.place == SAME):
            return None
        return _ask_if(shared.contact > 0 or shared.near, Why.SURNAME_DIFFERS, shared)
    together = shared.near or shared.contact > 0
    if levels.name in GIVEN_MATTERS and together and not one_given_name(a, b):
        return Judged(Band.REVIEW, Why.TWIN)
    if _may_be_two(levels, shared):
        return Judged(Band.REVIEW, Why.BORN_DIFFERS)
    return None


def _may_be_two(levels: Levels, shared: Shared) -> bool:
    """Whether a name and nearly a date may be two people's, with what else is shared.

    Partners, and a parent and child, may have one name, one home and dates a digit
    apart, but a phone each. Strangers of one name have e-mail addresses alike, for
    these are made of names.
    """
    if levels.born == YEAR_ONLY_KNOWN and not shared.contact:
        return True
    if shared.exact or levels.born == SAME:
        return False
    if shared.near:
        return levels.born == ONE_SLIP and levels.phone == PHONE_OTHER
    return levels.email in ANY_EMAIL
