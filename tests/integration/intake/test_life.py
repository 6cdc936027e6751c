"""One referral over several deliveries: changed, taken back, older, sent again."""

import pytest

from tests.support.receiving import (
    FIRST,
    LATER,
    LATEST,
    ask,
    codes,
    count,
    count_everything,
    send,
)

pytestmark = pytest.mark.django_db
UPDATE = {"action": "update"}
SERIOUS = {"offence_code": "5D", "offence_title": "Assault causing serious harm"}


def one(sql, *values):
    (row,) = ask(sql, *values)
    return row


def test_the_same_content_in_another_file_is_unchanged():
    send({})
    before = count_everything()
    report = send({}, extract="LEI-2", at=LATER)

    assert report.codes == {"unchanged": 1}
    grew = {name for name, rows in count_everything().items() if rows != before[name]}
    assert grew == {"intake_delivery", "intake_feedrow"}


def test_a_new_address_is_a_new_record_of_the_same_person_and_case():
    send({})
    before = one("SELECT person_id, id FROM casework_case")
    send({**UPDATE, "address_line_1": "7 Narborough Road"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["updated"]
    assert one("SELECT person_id, id FROM casework_case") == before
    assert (count("people_person"), count("people_personrecord")) == (1, 2)
    newest, of_crime, shown = one(
        "SELECT max(r.id), v.record_id, p.shown_record_id"
        " FROM people_personrecord r JOIN people_person p ON p.id = r.person_id"
        " CROSS JOIN casework_victimisation v"
        " GROUP BY v.record_id, p.shown_record_id"
    )
    assert newest == of_crime == shown


def test_a_graver_offence_raises_the_tier_and_shortens_the_clocks():
    send({})
    assert one("SELECT tier FROM casework_case") == ("standard",)
    assert count("assessment_caseground") == 0
    before = dict(
        ask(
            "SELECT id, due_on FROM journey_clock WHERE met_on IS NULL AND NOT enhanced"
        )
    )
    send({**UPDATE, **SERIOUS}, extract="LEI-2", at=LATER)

    assert one("SELECT tier FROM casework_case") == ("enhanced",)
    assert ask("SELECT ground FROM assessment_caseground WHERE ended_at IS NULL") == [
        ("A",)
    ]
    replaced = ask(
        "SELECT old.id, old.due_on, new.due_on, new.enhanced FROM journey_clock old"
        " JOIN journey_clock new ON new.id = old.replaced_by_id"
    )
    assert replaced
    assert all(due == before[clock] for clock, due, _, _ in replaced)
    assert all(new <= due and enhanced for _, due, new, enhanced in replaced)
    assert not count(
        "journey_clock", "NOT enhanced AND met_on IS NULL AND replaced_by_id IS NULL"
    )


def test_consent_taken_back_holds_what_was_worked():
    send({})
    send({**UPDATE, "consent_referral": "refused"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["no_consent"]
    assert one("SELECT state FROM intake_referral") == ("held",)
    assert count("intake_hold", "ended_at IS NULL") == 1


def test_an_update_that_puts_things_right_ends_the_hold_and_opens_a_case():
    send({"consent_referral": "refused"})
    assert (count("casework_case"), count("people_person")) == (0, 1)
    send({**UPDATE, "consent_referral": "given"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["updated"]
    assert one("SELECT state FROM intake_referral") == ("live",)
    assert one("SELECT decision FROM intake_hold WHERE ended_at IS NOT NULL") == (
        "superseded",
    )
    assert one("SELECT v.case_id = c.id FROM casework_victimisation v, casework_case c")
    assert count("journey_clock") > 0


def test_what_is_older_than_what_is_held_is_stale():
    send({}, at=LATER)
    before = one("SELECT content_hash, current_row_id FROM intake_referral")
    send({**UPDATE, **SERIOUS}, extract="LEI-0", at=FIRST)

    assert codes("LEI-0") == ["stale"]
    assert one("SELECT content_hash, current_row_id FROM intake_referral") == before


def test_a_referral_taken_back_is_not_worked_any_more():
    send({})
    send({"action": "withdraw"}, extract="LEI-2", at=LATER)

    assert codes("LEI-2") == ["withdrawn"]
    assert one("SELECT state FROM intake_referral") == ("withdrawn",)
    assert one("SELECT live FROM casework_victimisation") == (False,)
    # The case stays: a worker decides whether to go on.
    assert one("SELECT status FROM casework_case") == ("open",)
    assert not count(
        "journey_clock",
        "victimisation_id IS NOT NULL AND met_on IS NULL AND not_owed_reason = ''",
    )

    send({"action": "withdraw"}, extract="LEI-3", at=LATEST)
    assert codes("LEI-3") == ["unchanged"]


def test_a_referral_taken_back_may_be_sent_again():
    send({})
    send({"action": "withdraw"}, extract="LEI-2", at=LATER)
    send({}, extract="LEI-3", at=LATEST)

    assert codes("LEI-3") == ["updated"]
    assert one("SELECT state FROM intake_referral") == ("live",)
    assert one("SELECT live FROM casework_victimisation") == (True,)
    assert count("casework_case") == 1


@pytest.mark.parametrize("action", ["update", "withdraw"])
def test_what_was_never_sent_is_an_unknown_record(action):
    send({"action": action})

    assert codes() == ["unknown_record"]
    assert count("intake_referral") == count("people_person") == 0


def test_one_file_may_send_change_and_take_back():
    send({}, {**UPDATE, **SERIOUS}, {"action": "withdraw"})

    assert codes() == ["created", "updated", "withdrawn"]
    assert one("SELECT state FROM intake_referral") == ("withdrawn",)
    assert count("people_person") == count("casework_case") == 0


def test_one_file_may_take_back_before_it_sends():
    send({"action": "withdraw"}, {})

    assert codes() == ["unknown_record", "created"]
    assert count("casework_case") == 1


def test_a_row_twice_in_one_file_is_unchanged_the_second_time():
    send({}, {})

    assert codes() == ["created", "unchanged"]
    assert count("intake_referral") == 1


def test_a_held_row_sent_again_takes_the_same_hold():
    held = {"consent_referral": "refused"}
    send(held, held)
    send(held, extract="LEI-2", at=LATER)

    assert codes() == ["no_consent", "no_consent"]
    assert codes("LEI-2") == ["no_consent"]
    assert count("intake_hold") == 1
    assert one("SELECT count(DISTINCT referral_id) FROM intake_feedrow") == (1,)
