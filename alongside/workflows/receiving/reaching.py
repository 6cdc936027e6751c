"""How those who arrive can be reached, and what of theirs is not owed because of it."""

from collections.abc import Sequence

from alongside.care.intake.types import ReadRow
from alongside.care.journey.operations.facts import plan_by_facts
from alongside.care.journey.queries.reach import list_facts
from alongside.workflows.out_of_reach import follow_ways
from alongside.workflows.receiving.piece import Incoming, Reception


def follow_arrivals(reception: Reception, incoming: Sequence[Incoming]) -> None:
    """Plan what arrived by what is known of reaching those whom it is about.

    Most of those who arrive can be reached as far as anybody knows, and nothing is
    asked about them. One statement where somebody joins a case; more where every way
    came marked as not safe, or somebody was out of reach.
    """
    actor, now = reception.actor, reception.now
    known = {one.case_id for one in incoming if one.case_id and not one.new_case}
    doubtful = {
        one.case_id for one in incoming if one.case_id and leaves_no_way(one.plan.row)
    }
    facts = list_facts(sorted(known)) if known else {}
    for case_id, found in facts.items():
        if any(fact.anew and fact.until is None for fact in found):
            doubtful.add(case_id)
    if doubtful:
        follow_ways(
            actor=actor,
            now=now,
            case_ids=sorted(doubtful),
            learned=reception.said_at,
        )
    plan_by_facts(actor=actor, now=now, case_ids=sorted(facts.keys() - doubtful))


def leaves_no_way(row: ReadRow) -> bool:
    """Whether a referral marks a way as not safe, and gives none that it does not."""
    phone = bool(row.mobile_phone_as_given or row.home_phone_as_given)
    ways = (
        (phone, row.safe_phone),
        (phone, row.safe_voicemail),
        (bool(row.mobile_phone_as_given), row.safe_sms),
        (bool(row.email_as_given), row.safe_email),
        (bool(row.address_lines or row.postcode_as_given), row.safe_letter),
    )
    marked = any(safe is False for _, safe in ways)
    return marked and not any(given and safe is not False for given, safe in ways)
