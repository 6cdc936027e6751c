"""A right that somebody uses, and every step that was taken about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alongside.foundation.lib.fields import area_key, away_key, public_id


class RightRecord(models.Model):
    """One right of one person in one crime, as far as it has come.

    `kind` and `kind_version` say by which steps it goes; `state` is the newest step
    that counts, empty where all were taken back. `suspect_ref` narrows it to one
    suspect. `ended_on` is the day of the step with which it ended. `in_scheme_since` is
    from when they are in the Victim Contact Scheme; empty while they are not.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    victimisation = away_key("casework.Victimisation", db_index=False)
    suspect_ref = models.TextField(db_default="")
    kind = models.TextField()
    kind_version = models.IntegerField()
    state = models.TextField()
    state_on = models.DateField()
    ended_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    opened_by = away_key("accounts.User", db_index=False)
    version = models.IntegerField(db_default=1)
    in_scheme_since = models.DateField(null=True)

    class Privacy:
        personal = frozenset(
            {"case", "victimisation", "suspect_ref", "kind", "state", "state_on"}
            | {"ended_on", "in_scheme_since"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "kind_version", "opened_at", "opened_by"}
            | {"version"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rightrecord_over_has_state",
                condition=Q(ended_on=None) | ~Q(state=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "kind"], name="rightrecord_by_case"),
            models.Index(fields=["kind", "state_on", "id"], name="rightrecord_by_kind"),
        ]

    def __str__(self) -> str:
        return f"Right {self.public_id} ({self.kind}, {self.state})"


class RightStep(models.Model):
    """A step that was taken, as it was written down. Never edited, never deleted.

    A step counts while no other `corrects` it. What corrects it is the same step as
    it really was, or with an empty `step` the word that it never was; `why` says
    why. `started` and `met` are the clocks that the step started and met.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False, db_constraint=False)
    record = models.ForeignKey(
        RightRecord, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    step = models.TextField()
    on = models.DateField()
    by = models.TextField()
    fields = models.JSONField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = away_key("accounts.User", db_index=False)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="+", null=True
    )
    why = models.TextField(db_default="")
    started = ArrayField(models.BigIntegerField())
    met = ArrayField(models.BigIntegerField())

    class Privacy:
        personal = frozenset(
            {"case", "record", "step", "on", "by", "fields", "words", "why"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "recorded_at", "recorded_by", "corrects"}
            | {"started", "met"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rightstep_corrected_with_a_reason",
                condition=Q(corrects=None, why="") & ~Q(step="")
                | Q(corrects__isnull=False) & ~Q(why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["record"], name="rightstep_by_record"),
            models.Index(fields=["case"], name="rightstep_by_case"),
        ]

    def __str__(self) -> str:
        return f"Step {self.public_id} of right {self.record_id}"
