"""From a request that says too little to an answer that two people agreed to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from alongside.care.information_requests import permissions as refusals
from alongside.care.information_requests import queries
from alongside.care.information_requests.models import InformationRequest
from alongside.care.information_requests.operations import answering, saying
from alongside.care.information_requests.types import (
    ComplaintBy,
    Counselling,
    Fate,
    Notice,
    NoticeGiven,
    Outcome,
    Part,
    RequestState,
    Scope,
    Section,
    StepKind,
)
from alongside.care.information_rights.permissions import StaleFactor
from alongside.foundation.audit import operations as audit
from alongside.foundation.lib.errors import NotAllowed
from alongside.foundation.lib.local import local_day
from tests.integration.information_requests.asking import (
    CAME,
    GIVEN,
    NOW,
    SAYS,
    acts,
    bea,
    decide,
    idris,
    prepare,
    read,
    say,
    supervisor,
    whole,
    write_down,
)
from tests.integration.rights.people import somebody
from tests.support.receiving import ask

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


@pytest.fixture
def case():
    return somebody()[2]


def test_a_request_waits_until_it_says_everything_and_then_its_days_begin(case):
    asked = write_down(case)
    assert read(asked).state is RequestState.WAITING
    assert "no_scope" in [lack.code for lack in read(asked).lacks]
    for section, facts in SAYS.items():
        state = say(asked, section, facts)
    line = read(asked)
    assert state is line.state is RequestState.OPEN
    assert (line.lacks, line.complete_on) == ((), TODAY)
    with acts(bea()):
        steps = queries.list_steps(request_key=line.key)
    assert [one.kind for one in reversed(steps)] == [
        StepKind.WRITTEN_DOWN,
        *(StepKind.SAID for _ in SAYS),
    ]


def test_a_request_for_everything_waits_and_keeps_what_it_said(case):
    asked = whole(case)
    assert say(asked, Section.SCOPE, Scope(everything=True)) is RequestState.WAITING
    assert [lack.code for lack in read(asked).lacks] == ["everything"]
    assert say(asked, Section.SCOPE, SAYS[Section.SCOPE]) is RequestState.OPEN
    ((facts,),) = ask(
        "SELECT facts ->> 'everything' FROM information_requests_requeststep"
        " WHERE section = 'scope'"
        " ORDER BY id OFFSET 1 LIMIT 1"
    )
    assert facts == "true"


def test_days_that_cannot_be_are_refused(case):
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(refusals.DayImpossible):
        write_down(case, received_on=tomorrow)
    with pytest.raises(refusals.WordsNeeded):
        write_down(case, urgent=True)
    asked = write_down(case)
    scope = replace(SAYS[Section.SCOPE], period_until=date(2026, 8, 1))
    with pytest.raises(refusals.PeriodBackwards):
        say(asked, Section.SCOPE, scope)
    with pytest.raises(refusals.DayImpossible):
        approval = replace(SAYS[Section.APPROVAL], approved_on=tomorrow)
        say(asked, Section.APPROVAL, approval)
    with pytest.raises(saying.UnknownChoice):
        say(asked, Section.SCOPE, replace(SAYS[Section.SCOPE], kinds=("diary",)))


def test_one_prepares_another_decides_and_the_answer_is_sent(case):
    asked = whole(case)
    assert prepare(asked) is Outcome.PART
    assert decide(asked) is Outcome.PART
    with acts(bea()) as actor:
        state = answering.note_sent(
            actor=actor, now=NOW, asked_id=asked, on=TODAY, how="Secure e-mail"
        )
        parts = queries.list_parts(request_key=read(asked).key)
    assert state is RequestState.ANSWERED
    assert sorted(parts, key=lambda one: one.kind) == sorted(
        GIVEN, key=lambda one: one.kind
    )
    with pytest.raises(refusals.NotNow):
        say(asked, Section.PURPOSE, SAYS[Section.PURPOSE])


def test_who_prepared_it_cannot_decide_whatever_is_asked_of_the_database(case):
    asked = whole(case)
    prepare(asked, by=bea())
    with pytest.raises(refusals.AnotherPersonNeeded):
        decide(asked)
    with (
        acts(bea()) as actor,
        pytest.raises(
            DatabaseError, match="not approved by another|decided_by_another"
        ),
        transaction.atomic(),
    ):
        InformationRequest.objects.filter(public_id=asked).update(
            state="decided",
            outcome="part",
            decided_at=NOW,
            decided_by_id=actor.user_id,
        )
    assert decide(asked, by=idris()) is Outcome.PART


def test_a_decision_needs_a_second_factor_just_given(case):
    asked = whole(case)
    prepare(asked)
    with pytest.raises(StaleFactor):
        decide(asked, by=bea(fresh=False))
    assert read(asked).state is RequestState.PREPARED


@pytest.mark.parametrize(
    "change",
    [
        {"prepared_by_id": None, "decided_by_id": "me", "outcome": "given"},
        {"decided_by_id": "other", "outcome": "given", "state": "decided"},
    ],
    ids=["nobody prepared it", "in another's name"],
)
def test_a_decision_is_made_in_ones_own_name(case, change):
    asked = whole(case)
    prepare(asked)
    with acts(bea()) as actor, pytest.raises(DatabaseError), transaction.atomic():
        names = {"me": actor.user_id, "other": idris().user_id}
        InformationRequest.objects.filter(public_id=asked).update(
            **{name: names.get(value, value) for name, value in change.items()}
        )


def test_nobody_writes_down_a_request_that_is_decided_already(case):
    asked = whole(case)
    with acts(bea()) as actor, pytest.raises(DatabaseError, match="undecided"):
        row = InformationRequest.objects.get(public_id=asked)
        row.pk = row.public_id = None
        InformationRequest.objects.create(
            **{
                field.attname: getattr(row, field.attname)
                for field in row._meta.fields
                if field.name not in {"id", "public_id", "prepared_by"}
            },
            prepared_by_id=actor.user_id,
        )


def test_a_worker_does_not_decide_and_what_changed_is_looked_at_again(case):
    asked = whole(case)
    prepare(asked)
    with pytest.raises(NotAllowed):
        decide(asked, by=supervisor())
    with pytest.raises(refusals.RequestChanged):
        decide(asked, version=1)


def test_what_is_proposed_names_each_kind_that_was_asked_for(case):
    asked = whole(case)
    with pytest.raises(refusals.ChooseFate):
        prepare(asked, GIVEN[:1])
    with pytest.raises(refusals.ChooseReason):
        prepare(asked, (GIVEN[0], replace(GIVEN[1], reason="because")))
    with pytest.raises(refusals.WordsNeeded):
        prepare(asked, (replace(GIVEN[0], words=" "), GIVEN[1]))


def test_nothing_is_given_while_the_request_says_too_little(case):
    asked = whole(case)
    say(asked, Section.NOTICE, NoticeGiven(notice=Notice.NOT_SAID))
    with pytest.raises(refusals.CannotGive, match="whether the person was told"):
        prepare(asked)
    refused = tuple(
        Part(kind=kind, fate=Fate.WITHHOLD, reason="says_too_little")
        for kind in ("contacts", "notes")
    )
    assert prepare(asked, refused) is Outcome.REFUSED


def test_a_request_without_any_records_named_is_refused_as_a_whole(case):
    asked = write_down(case)
    with pytest.raises(refusals.ChooseReason):
        prepare(asked, ())
    assert prepare(asked, (), refuse="says_too_little") is Outcome.REFUSED


def test_counselling_notes_are_given_only_where_the_presumption_is_rebutted(case):
    scope = replace(SAYS[Section.SCOPE], kinds=("notes", "counselling_notes"))
    asked = whole(case, scope=scope)
    notes = Part(kind="notes", fate=Fate.GIVE, words="Three notes")
    counselling = replace(notes, kind="counselling_notes", words="Two sittings")
    with pytest.raises(refusals.CannotGive, match="Counselling or therapy notes"):
        prepare(asked, (notes, counselling))
    say(
        asked,
        Section.COUNSELLING,
        Counselling(
            counselling_reason="She named him to the counsellor first",
            counselling_rank="chief_inspector",
            counselling_on=CAME,
        ),
    )
    assert prepare(asked, (notes, counselling)) is Outcome.GIVEN


def test_what_is_sent_back_is_prepared_again_and_its_preparer_told(case):
    asked = whole(case)
    prepare(asked)
    with acts(bea()) as actor:
        answering.send_back(
            actor=actor, now=NOW, asked_id=asked, words="List the notes"
        )
    line = read(asked)
    assert (line.state, line.proposed, line.prepared_by) == (
        *(RequestState.OPEN, Outcome.NONE, ""),
    )
    told = ask("SELECT words, subject_id FROM accounts_notice ORDER BY id DESC LIMIT 1")
    assert told[0][1] == asked
    prepare(asked, by=bea())
    assert decide(asked, by=idris()) is Outcome.PART


def test_a_decision_can_be_taken_back_until_it_is_sent(case):
    asked = whole(case)
    prepare(asked)
    decide(asked)
    with acts(idris()) as actor:
        given: dict[str, Any] = {
            "actor": actor,
            "now": NOW,
            "asked_id": asked,
            "words": "Too much",
        }
        answering.reconsider(**given)
        with pytest.raises(refusals.NotNow):
            answering.reconsider(**given)
    assert read(asked).outcome is Outcome.NONE


def test_a_complaint_has_its_own_day_and_is_answered_once(case):
    asked = write_down(case)
    with acts(bea()) as actor:
        given: dict[str, Any] = {"actor": actor, "now": NOW, "asked_id": asked}
        answering.withdraw(**given, words="They have it from elsewhere")
        said: dict[str, Any] = {
            "on": TODAY,
            "by": ComplaintBy.PERSON,
            "words": "Nobody asked me",
        }
        due = answering.note_complaint(**given, **said)
        assert due > TODAY
        with pytest.raises(refusals.NotNow):
            answering.note_complaint(**given, **said)
        answering.answer_complaint(**given, words="We were wrong not to ask")
        with pytest.raises(refusals.NotNow):
            answering.answer_complaint(**given, words="Again")
    assert read(asked).complaint_answered_on == TODAY


def test_everything_done_is_put_on_the_trail(case, monkeypatch):
    entries, real = [], audit.record_event

    def keep(**entry):
        entries.append((entry["action"].value, entry.get("purpose", "")))
        return real(**entry)

    monkeypatch.setattr(audit, "record_event", keep)
    asked = whole(case)
    prepare(asked)
    decide(asked)
    assert entries == [
        ("information_request.made", ""),
        *(("information_request.worked", "") for _ in range(len(SAYS) + 1)),
        ("information_request.decided", ""),
    ]


def test_counts_name_nobody_and_are_for_those_who_decide(case):
    asked = whole(case)
    prepare(asked)
    decide(asked)
    write_down(case, body="national_crime", body_name="National Crime Agency")
    with acts(bea()) as actor:
        answering.note_sent(
            actor=actor, now=NOW, asked_id=asked, on=TODAY, how="Secure e-mail"
        )
        given: dict[str, Any] = {"since": date(2026, 1, 1), "until": date(2027, 1, 1)}
        counts = queries.count_by_body(actor=actor, **given)
    found = {one.body: (one.asked, one.open, one.part, one.late) for one in counts}
    assert found == {"police": (1, 0, 1, 0), "national_crime": (1, 1, 0, 0)}
    with (
        acts(supervisor()) as actor,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        queries.count_by_body(actor=actor, **given)
