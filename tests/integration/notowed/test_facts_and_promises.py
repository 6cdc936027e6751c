"""What changes how somebody can be reached changes at once what is owed to them."""

from datetime import timedelta

import pytest

from alongside.care.casework.models import Case
from alongside.care.contact.types import Channel
from alongside.care.journey.models import Clock, OutOfReach
from alongside.care.journey.operations.reach import (
    LAPSED,
    HowKnownNeeded,
    ReachImpossible,
    WhyOverNeeded,
    end_lapsed,
    end_reach,
    look_again,
    say_out_of_reach,
)
from alongside.care.journey.operations.settling import EvidenceNeeded, mark_not_owed
from alongside.care.journey.operations.wishes import record_wish
from alongside.care.journey.queries.reach import count_freed
from alongside.care.journey.types import DutyHolder, WishKind
from alongside.care.people.types import ChannelKind, SafetyState
from alongside.workflows import close_case
from alongside.workflows.log_contact import log_contact
from alongside.workflows.out_of_reach import APPEARED
from alongside.workflows.read_person import mark_channel

POLICE = DutyHolder.POLICE
WORDS = "The officer says so, on Monday"


@pytest.fixture
def key(worker, omar):
    return Case.objects.get(public_id=omar).pk


def standing(case_key):
    rows = OutOfReach.objects.filter(case_id=case_key, until=None).order_by("basis")
    return list(rows.values_list("basis", flat=True))


def stands(actor, now, case_id, *, basis="no_safe_way", holder=POLICE):
    say_out_of_reach(
        actor=actor, now=now, case_id=case_id, basis=basis, holder=holder, words=WORDS
    )
    return OutOfReach.objects.get(case__public_id=case_id, until=None)


def person_of(omar):
    return Case.objects.select_related("person").get(public_id=omar).person.public_id


def mark_all(actor, now, omar, state):
    for channel in ChannelKind:
        mark_channel(
            actor=actor,
            now=now,
            person_id=person_of(omar),
            channel=channel,
            state=state,
            reason="They said so",
        )


def test_what_a_body_cannot_tell_is_not_owed_by_it_and_comes_back(
    worker, now, *, omar, promise
):
    late = promise(omar, "R06-ARREST", -1)
    soon, others = promise(omar, "R06-CHARGE", 3), promise(omar, "R08-BAIL", 3)

    row = stands(worker, now, omar)

    for one in (late, soon, others):
        one.refresh_from_db()
    assert (soon.not_owed_reason, soon.by_fact) == ("unsafe_to_contact", True)
    assert late.not_owed_reason == others.not_owed_reason == ""
    assert count_freed()["unsafe_to_contact", POLICE] >= 1

    soon_over = now + timedelta(days=1)
    end_reach(
        actor=worker, now=soon_over, case_id=omar, reach_id=row.public_id, why="Rang us"
    )
    soon.refresh_from_db()
    again = soon.replaced_by
    assert soon.not_owed_reason  # kept as it was
    assert (again.due_on, again.starts_at) == (soon.due_on, soon.starts_at)


def test_what_passed_its_day_meanwhile_is_owed_anew_and_whole(
    worker, now, *, omar, promise, today
):
    freed = promise(omar, "R06-CHARGE", 1)
    row = stands(worker, now, omar)

    over = now + timedelta(days=10)
    end_reach(
        actor=worker, now=over, case_id=omar, reach_id=row.public_id, why="Rang us"
    )

    freed.refresh_from_db()
    again = freed.replaced_by
    assert again.starts_at == over
    assert again.due_on > today + timedelta(days=14)
    assert (again.not_owed_reason, again.met_on) == ("", None)


def test_every_way_that_closes_frees_us_alone_until_one_opens(
    worker, now, *, omar, key, promise
):
    ours, theirs = promise(omar, "FC-FIRST", 2), promise(omar, "R06-CHARGE", 2)

    mark_all(worker, now, omar, SafetyState.UNSAFE)

    assert standing(key) == ["every_way_unsafe"]
    row = OutOfReach.objects.get(case_id=key, until=None)
    assert "Phone call: marked as not safe" in row.words
    assert row.recorded_by is None
    for one in (ours, theirs):
        one.refresh_from_db()
    assert (ours.not_owed_reason, theirs.not_owed_reason) == ("unsafe_to_contact", "")

    later = now + timedelta(minutes=5)
    mark_channel(
        actor=worker,
        now=later,
        person_id=person_of(omar),
        channel=ChannelKind.PHONE,
        state=SafetyState.SAFE,
        reason="They rang from it",
    )
    ours.refresh_from_db()
    assert standing(key) == []
    assert ours.replaced_by.not_owed_reason == ""
    ended = OutOfReach.objects.get(pk=row.pk)
    assert ended.ended_why == APPEARED


def test_who_is_spoken_with_is_out_of_reach_no_more(worker, now, *, omar, key):
    stands(worker, now, omar, basis="cannot_be_found", holder=DutyHolder.SERVICE)

    later = now + timedelta(minutes=1)
    log_contact(
        actor=worker,
        now=later,
        case_id=omar,
        at=later,
        channel=Channel.PHONE,
        result="spoke",
        words="Back home",
        next_action="",
        next_action_on=None,
    )

    assert standing(key) == []


def test_what_nobody_looks_at_again_lapses(worker, now, *, omar, key, promise):
    freed = promise(omar, "R06-CHARGE", 90)
    row = stands(worker, now, omar)

    assert end_lapsed(actor=worker, now=now + timedelta(days=28)) == 0
    look_again(
        actor=worker,
        now=now + timedelta(days=20),
        case_id=omar,
        reach_id=row.public_id,
    )
    assert end_lapsed(actor=worker, now=now + timedelta(days=29)) == 0
    assert end_lapsed(actor=worker, now=now + timedelta(days=49)) == 1

    row.refresh_from_db()
    freed.refresh_from_db()
    assert row.ended_why == LAPSED
    assert freed.replaced_by.not_owed_reason == ""


def test_a_wish_that_ends_leaves_what_is_unsafe_not_owed(worker, now, *, omar, promise):
    freed = promise(omar, "R06-CHARGE", 3)
    record_wish(actor=worker, now=now, case_id=omar, asks=WishKind.NOTHING)
    stands(worker, now, omar)
    freed.refresh_from_db()
    assert freed.not_owed_reason == "asked_not_to_be_told"

    record_wish(actor=worker, now=now, case_id=omar, asks=WishKind.BIG_NEWS)

    freed.refresh_from_db()
    assert freed.replaced_by.not_owed_reason == "unsafe_to_contact"
    assert freed.replaced_by.by_fact


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("died", "person_died"),
        ("opened_in_error", "written_by_mistake"),
        ("withdrawn_by_referrer", "referral_withdrawn"),
        ("unsafe_third_party_answered", ""),
    ],
)
def test_how_a_case_ends_and_what_others_still_owe(
    actor_as, now, *, omar, promise, worker, ending, reason
):
    theirs, window = promise(omar, "R06-CHARGE", 3), promise(omar, "R05-COMP", 300)
    case = Case.objects.get(public_id=omar)

    close_case.close(
        actor=worker,
        now=now,
        case_id=omar,
        version=case.version,
        ending=close_case.Ending(
            disposition=ending, reason="As it is", no_exit="", no_exit_words=""
        ),
    )

    for one in (theirs, window):
        one.refresh_from_db()
    assert theirs.not_owed_reason == window.not_owed_reason == reason

    close_case.reopen(
        actor=worker,
        now=now,
        case_id=omar,
        words="Ring",
        on=now.date() + timedelta(days=1),
        reason="A mistake",
        with_plan=False,
    )
    running = Clock.objects.filter(
        case=case, rule="R06-CHARGE", replaced_by=None, not_owed_reason=""
    )
    assert running.exists()


def test_what_stands_says_how_it_is_known_and_why_it_ends(worker, now, *, omar):
    with pytest.raises(HowKnownNeeded):
        say_out_of_reach(
            actor=worker,
            now=now,
            case_id=omar,
            basis="no_safe_way",
            holder=POLICE,
            words=" ",
        )
    for basis, holder in (("has_died", POLICE), ("no_safe_way", DutyHolder.VICTIM)):
        with pytest.raises(ReachImpossible):
            stands(worker, now, omar, basis=basis, holder=holder)
    row = stands(worker, now, omar)
    with pytest.raises(ReachImpossible):
        stands(worker, now, omar)
    with pytest.raises(WhyOverNeeded):
        end_reach(actor=worker, now=now, case_id=omar, reach_id=row.public_id, why=" ")


def test_no_promise_is_dropped_alone_for_what_holds_for_all(
    worker, now, *, omar, promise
):
    clock = promise(omar, "R06-CHARGE", 3)
    for reason in ("unsafe_to_contact", "uncontactable", "asked_not_to_be_told"):
        with pytest.raises(EvidenceNeeded):
            mark_not_owed(
                actor=worker, now=now, case_id=omar, clock_id=clock.pk, reason=reason
            )
