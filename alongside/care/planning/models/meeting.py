"""Appointments, and warning notes that end."""

from django.db import models
from django.db.models import F, Q

from alongside.care.planning.models.counted import Counted
from alongside.care.planning.types import Attendance, CancelledBy, Meeting
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Appointment(Counted):
    """A time at which somebody meets the person, and whether they came.

    `worker` is who of ours; `with_words` who else. `reminder` is the channel by which
    the person wants to be reminded, one that is safe to use; nothing is sent yet.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    worker = away_key("accounts.User", null=True, db_index=False)
    with_words = models.TextField(db_default="")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    how = models.TextField(choices=one_of(Meeting))
    place = models.TextField(db_default="")
    purpose = models.TextField()
    reminder = models.TextField(db_default="")
    state = models.TextField(choices=one_of(Attendance))
    cancelled_by = models.TextField(db_default="", choices=one_of(CancelledBy))
    outcome = models.TextField(db_default="")
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset(
            {"case", "with_words", "begins", "ends", "how", "place", "purpose"}
            | {"reminder", "cancelled_by", "outcome"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "worker", "state", "made_at", "made_by"}
            | {"ended_at", "ended_by", "version"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_lasts", condition=Q(ends__gt=F("begins"))
            ),
            models.CheckConstraint(
                name="appointment_with_somebody",
                condition=Q(worker__isnull=False) | ~Q(with_words=""),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_by_somebody",
                condition=Q(state=Attendance.CANCELLED) & ~Q(cancelled_by="")
                | ~Q(state=Attendance.CANCELLED) & Q(cancelled_by=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "begins"], name="appointment_by_case"),
            models.Index(fields=["worker", "begins"], name="appointment_by_worker"),
        ]

    def __str__(self) -> str:
        return f"Appointment {self.public_id} ({self.state})"


class WarningNote(Counted):
    """Something to know before anybody acts. It ends on a day, and never silently.

    By person, so that it stands in a later case too. `until` is exclusive: from that
    day on it has lapsed and waits for somebody to look at it, until one ends it.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    kind = models.TextField()
    words = models.TextField()
    since = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    until = models.DateField()
    looked_at = models.DateTimeField(null=True)
    looked_by = away_key("accounts.User", null=True, db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_why = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"person", "kind", "words", "ended_why"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "since", "made_by", "until"}
            | {"looked_at", "looked_by", "ended_at", "ended_by", "version"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="warning_ended_with_a_reason",
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"],
                name="warning_standing",
                condition=Q(ended_at=None),
            ),
            models.Index(
                fields=["agency", "until"],
                name="warning_by_end",
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Warning note {self.public_id}"
