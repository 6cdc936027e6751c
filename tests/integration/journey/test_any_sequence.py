"""Whatever is written, corrected, told and taken back, in whatever order: what is owed
is what planning from nothing would owe."""

from datetime import timedelta
from itertools import count

import psycopg
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.care.casework.models import Victimisation
from alongside.care.journey.models import JourneyEvent, Telling
from alongside.care.journey.types import DutyHolder
from alongside.foundation.accounts.models import User
from alongside.foundation.accounts.queries import get_actor
from alongside.walls.context import acting_as
from alongside.workflows import record_event as writing
from alongside.workflows.replan_clocks import replan
from tests.support.receiving import NOW, ask, receiver, send

# A promise that was ended because what it was for did not happen is history: nothing
# is planned of it. When the force recorded a crime is in the sealed row alone.
OWED = """
    SELECT k.case_id, k.victimisation_id, k.event_id, k.rule, k.rule_from, k.starts_at,
           k.due_on, k.enhanced, k.holder, k.met_on, k.evidence, k.not_owed_reason
      FROM journey_clock k
     WHERE k.replaced_by_id IS NULL AND k.not_owed_reason <> 'corrected'
       AND k.event_id IS NOT NULL
     ORDER BY 1, 2, 3, 4
"""
KINDS = ("suspect_bailed", "no_further_action", "warrant_issued")
SAYS: dict[str, list[dict[str, object]]] = {
    "suspect_bailed": [{}, {"conditions": "Not to ring"}, {"conditions": "Nightly"}],
    "no_further_action": [{}, {"outcome_type": "15"}, {"outcome_type": "9"}],
    "warrant_issued": [{}],
}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "correct", "take back", "tell", "untell"]),
        st.integers(0, 2),
        st.integers(0, 9),
    ),
    max_size=10,
)
NUMBERS = count()
OFTEN = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def worker():
    return get_actor(user_id=User.objects.get(email="worker@llr.example").pk, now=NOW)


def somebody():
    """A new person with a crime; what a referral says of both."""
    number = next(NUMBERS)
    row = {
        "crime_ref": f"2603{number:07}",
        "person_ref": f"A{number}",
        "given_names": "Ana" + "abcdefghij"[number % 10] * 2,
        "surname": "Brook" + "klmnopqrst"[number // 10 % 10] * 2,
        "date_of_birth": f"{1930 + number}-0{1 + number % 9}-11",
        "mobile_phone": f"07700 9{number:05}",
        "email": "",
    }
    send(row, extract=f"A-{number}")
    return row


class Story:
    """One person, and everything that is written of their crime."""

    def __init__(self, row):
        self.actor = worker()
        with acting_as(self.actor), transaction.atomic():
            own = Victimisation.objects.select_related("case").get(
                crime_ref=row["crime_ref"]
            )
            assert own.case is not None
            self.key, self.case_id = own.pk, own.case.public_id
        self.acting = {"actor": self.actor, "now": NOW, "case_id": self.case_id}
        self.minutes = count(1)

    def entry(self, kind, choice):
        says = SAYS[kind]
        at = NOW - timedelta(days=12 - choice, minutes=next(self.minutes))
        return writing.Entry(
            victimisation_id=self.key,
            event=kind,
            suspect_ref="",
            offence_code="",
            occurred_at=at,
            received_at=at + timedelta(hours=choice),
            detail=says[choice % len(says)],
        )

    def standing(self):
        return list(
            JourneyEvent.objects.filter(victimisation_id=self.key, superseded_by=None)
            .exclude(event="taken_back")
            .order_by("pk")
        )

    def do(self, what, which, choice):
        with acting_as(self.actor), transaction.atomic():
            if what == "record":
                entry = self.entry(KINDS[which], choice)
                writing.record_event(**self.acting, entry=entry)
                return
            events = self.standing()
            if not events:
                return
            event = events[which % len(events)]
            if what == "correct":
                entry = self.entry(event.event, choice)
                writing.correct_event(
                    **self.acting, event_id=event.public_id, entry=entry, why="So"
                )
            elif what == "take back":
                writing.take_back(**self.acting, event_id=event.public_id, why="No")
            elif what == "tell":
                self.tell(event, choice)
            else:
                self.untell(event)

    def tell(self, event, choice):
        writing.tell(
            **self.acting,
            event_id=event.public_id,
            told_at=NOW - timedelta(minutes=30 * (choice + 1), seconds=self.tick()),
            told_by=DutyHolder.POLICE,
            how="phone",
            evidence=f"Call {self.tick()}",
        )

    def tick(self):
        return next(self.minutes)

    def untell(self, event):
        told = Telling.objects.filter(event=event, taken_back_at=None)
        one = told.order_by("-pk").first()
        if one is not None:
            writing.take_back_telling(**self.acting, telling_id=one.pk, why="No")


def from_nothing(reach):
    """What planning everything anew owes, after every promise was forgotten."""
    with psycopg.connect(reach.owner.conninfo()) as owner:
        owner.execute("DELETE FROM journey_clock")
    replan(actor=receiver(), now=NOW, why="a test", lot=1000)
    return ask(OWED)


def test_whatever_is_written_and_put_right(fresh_database):
    @OFTEN
    @given(STEPS)
    def holds(steps):
        story = Story(somebody())
        for step in steps:
            story.do(*step)
        owed = ask(OWED)
        assert from_nothing(fresh_database) == owed

    holds()
