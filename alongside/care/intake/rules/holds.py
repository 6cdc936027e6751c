"""Reasons to keep a referral back that its own row can tell."""

from collections.abc import Callable
from functools import lru_cache

from alongside.care.intake.tables import LIMITS
from alongside.care.intake.types import (
    HOLD_ORDER,
    Code,
    ReadingContext,
    ReadRow,
    RecordType,
)
from alongside.foundation.lib.local import local_day
from alongside.foundation.lib.times import age_on
from alongside.foundation.reference.tables import (
    EXPLICIT_CONSENT_FLAGS,
    HIGH_RISK_FLAGS,
    NATIONALLY_COMMISSIONED_FLAGS,
)

GIVEN, REFUSED = "given", "refused"
CHILD_UNTIL = LIMITS["child_until"].number

Test = Callable[[ReadRow, ReadingContext], bool]


def find_holds(row: ReadRow, context: ReadingContext) -> tuple[Code, ...]:
    """Every reason that applies, in HOLD_ORDER: the first is the row's code.

    All but `possible_duplicate`, which takes other rows to tell.
    """
    return tuple([code for code, applies in TESTS if applies(row, context)])


@lru_cache(maxsize=4096)
def is_high_risk(flags: tuple[str, ...]) -> bool:
    """Whether a channel that nobody marked safe counts as unsafe."""
    return not HIGH_RISK_FLAGS.isdisjoint(flags)


def lies_outside(postcode: str, context: ReadingContext) -> bool:
    """Whether a home postcode ("LE1 5YA", or part of one) is outside the area.

    That is, on the list of another area's postcodes, or on no list while its
    outward code occurs nowhere in the area. No postcode is not outside.
    """
    compact = postcode.replace(" ", "")
    if not postcode or compact in context.in_area:
        return False
    outward = postcode.partition(" ")[0]
    return compact in context.elsewhere or outward not in context.outwards


def _do_not_contact(row: ReadRow, _context: ReadingContext) -> bool:
    return row.do_not_contact is True


def _offence_unknown(row: ReadRow, context: ReadingContext) -> bool:
    is_crime = row.record_type is RecordType.CRIME
    return is_crime and row.offence_code not in context.offence_codes


def _is_national(row: ReadRow, _context: ReadingContext) -> bool:
    return not NATIONALLY_COMMISSIONED_FLAGS.isdisjoint(row.flags)


def _lacks_consent(row: ReadRow, _context: ReadingContext) -> bool:
    if row.consent_referral == GIVEN:
        return False
    needs_yes = not EXPLICIT_CONSENT_FLAGS.isdisjoint(row.flags)
    return needs_yes or row.consent_referral == REFUSED


def _cannot_be_reached(row: ReadRow, _context: ReadingContext) -> bool:
    return not (row.mobile_phone or row.home_phone or row.email or row.address_lines)


def _is_out_of_area(row: ReadRow, context: ReadingContext) -> bool:
    return lies_outside(row.postcode, context)


def _is_child_alone(row: ReadRow, _context: ReadingContext) -> bool:
    born = row.date_of_birth
    if born is None or row.guardian_name:
        return False
    # Most people are well past it: spare them the calendar of London.
    if row.reported_at.year - born.year > CHILD_UNTIL:
        return False
    return age_on(local_day(row.reported_at), born=born) < CHILD_UNTIL


def _has_no_safe_channel(row: ReadRow, _context: ReadingContext) -> bool:
    return row.high_risk and not (
        (row.safe_phone and (row.mobile_phone or row.home_phone))
        or (row.safe_sms and row.mobile_phone)
        or (row.safe_email and row.email)
        or (row.safe_letter and row.address_lines and row.address_lines[0])
    )


def _is_excluded(row: ReadRow, context: ReadingContext) -> bool:
    return row.offence_code in context.excluded_offences


_TESTS: dict[Code, Test] = {
    Code.CHILD_PROTECTION_DO_NOT_CONTACT: _do_not_contact,
    Code.UNKNOWN_OFFENCE_CODE: _offence_unknown,
    Code.NATIONALLY_COMMISSIONED: _is_national,
    Code.NO_CONSENT: _lacks_consent,
    Code.INSUFFICIENT_CONTACT_DETAILS: _cannot_be_reached,
    Code.OUT_OF_AREA: _is_out_of_area,
    Code.CHILD_WITHOUT_GUARDIAN: _is_child_alone,
    Code.NO_SAFE_CONTACT: _has_no_safe_channel,
    Code.EXCLUDED_OFFENCE: _is_excluded,
}
TESTS = tuple((code, _TESTS[code]) for code in HOLD_ORDER if code in _TESTS)
