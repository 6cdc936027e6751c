"""What happened in the justice process."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.types import DutyHolder, OwnEvent, ProgressEvent
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class JourneyEvent(models.Model):
    """Something that happened in one person's matters. Superseded, never edited.

    Without a suspect or an offence it concerns every matter of the victimisation.
    `recorded_by` is empty for what a feed told us. `superseded_by` names what stands
    in its place, and `superseded_why` the reason; empty: it counts.
    """

    public_id = public_id()
    area = area_key()
    victimisation = away_key("casework.Victimisation", db_index=False)
    row = away_key("intake.FeedRow", null=True, db_index=False, db_constraint=False)
    event = models.TextField(choices=[*one_of(ProgressEvent), *one_of(OwnEvent)])
    suspect_ref = models.TextField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    detail = models.JSONField()
    source = models.TextField()
    content_hash = models.UUIDField()
    recorded_at = models.DateTimeField()
    offence_code = models.TextField(db_default="")
    recorded_by = away_key(
        "accounts.User", null=True, db_index=False, db_constraint=False
    )
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    superseded_why = models.TextField(db_default="")

    class Privacy:
        personal = frozenset(
            {"victimisation", "event", "suspect_ref", "offence_code", "detail"}
            | {"superseded_why"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "row", "occurred_at", "received_at", "source"}
            | {"content_hash", "recorded_at", "recorded_by", "superseded_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victimisation", "content_hash"], name="journeyevent_once"
            ),
            models.CheckConstraint(
                name="journeyevent_superseded_says_why",
                condition=Q(superseded_by=None, superseded_why="")
                | Q(superseded_by__isnull=False) & ~Q(superseded_why=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["suspect_ref"],
                name="journeyevent_by_suspect",
                condition=~Q(suspect_ref=""),
            ),
            # Who must give evidence: few beside everything that happens.
            models.Index(
                fields=["victimisation"],
                name="journeyevent_needed",
                condition=Q(event=ProgressEvent.WITNESS_REQUIRED, superseded_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} for victimisation {self.victimisation_id}"


class Telling(models.Model):
    """That the person was told of an event: when, by whom, how, and how we know.

    Never changed and never taken away: somebody may be told of one thing twice. One
    that turns out not to have been so is taken back once, and says why. `carried_from`
    is the telling it repeats, of what was written before: what they were told then
    still holds of this event, that stands in its place.
    """

    area = area_key()
    victimisation = away_key(
        "casework.Victimisation", db_index=False, db_constraint=False
    )
    event = models.ForeignKey(
        JourneyEvent, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    told_at = models.DateTimeField()
    told_by = models.TextField(choices=one_of(DutyHolder))
    how = models.TextField()
    evidence = models.TextField()
    recorded_by = away_key("accounts.User", null=True, db_index=False)
    recorded_at = models.DateTimeField()
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = away_key(
        "accounts.User", null=True, db_index=False, db_constraint=False
    )
    taken_back_why = models.TextField(db_default="")

    class Privacy:
        personal = frozenset(
            {"victimisation", "event", "evidence", "how", "told_at", "taken_back_why"}
        )
        ordinary = frozenset(
            {"id", "area", "told_by", "recorded_by", "recorded_at", "carried_from"}
            | {"taken_back_at", "taken_back_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="telling_taken_back_says_why",
                condition=Q(taken_back_at=None, taken_back_why="")
                | Q(taken_back_at__isnull=False) & ~Q(taken_back_why=""),
            )
        ]
        indexes = [models.Index(fields=["victimisation"], name="telling_by_matter")]

    def __str__(self) -> str:
        return f"Telling {self.pk} of event {self.event_id}"
