"""What supervisors write about cases, and the hours volunteers give."""

from django.db import models
from django.db.models import Q

from alongside.care.planning.types import SupervisionKind
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class SupervisionNote(models.Model):
    """What a supervisor wrote about a case, for its worker and for supervisors.

    `found` holds what an audit of the file found, by the code of each item. `asks` is
    what is to be put right by `act_by`; the worker says when it is done.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    case = away_key("casework.Case", db_index=False)
    kind = models.TextField(choices=one_of(SupervisionKind))
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    words = models.TextField()
    found = models.JSONField(default=dict)
    asks = models.TextField(db_default="")
    act_by = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"case", "words", "found", "asks"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "kind", "at", "by", "act_by"}
            | {"done_at", "done_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_asks_by_a_day",
                condition=Q(asks="", act_by=None)
                | ~Q(asks="") & Q(act_by__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["case", "-at"], name="supervision_by_case")]

    def __str__(self) -> str:
        return f"Supervision note {self.public_id}"


class Volunteer(models.Model):
    """That somebody who signs in gives their time, between two days."""

    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    user = away_key("accounts.User", db_index=False)
    since = models.DateField()
    until = models.DateField(null=True)  # exclusive
    marked_by = away_key("accounts.User", db_index=False)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "area", "agency", "user", "since", "until", "marked_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user"],
                condition=Q(until=None),
                name="volunteer_once",
            )
        ]

    def __str__(self) -> str:
        return f"Volunteer {self.user_id}"


class VolunteerHours(models.Model):
    """Time a volunteer gave on a day: to one case, or to the service at large."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    case = away_key("casework.Case", null=True, db_index=False)
    worker = away_key("accounts.User", db_index=False)
    day = models.DateField()
    minutes = models.IntegerField()
    work = models.TextField()
    words = models.TextField(db_default="")
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    undone_at = models.DateTimeField(null=True)

    class Privacy:
        personal = frozenset({"case", "words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "worker", "day", "minutes", "work"}
            | {"made_at", "made_by", "undone_at"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(name="hours_are_some", condition=Q(minutes__gt=0))
        ]
        indexes = [
            models.Index(fields=["agency", "day"], name="hours_by_day"),
            models.Index(
                fields=["case"], name="hours_by_case", condition=Q(case__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes on {self.day}"
