"""What happened in the justice process."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.types import ProgressEvent
from alongside.foundation.lib.fields import area_key, away_key, one_of


class JourneyEvent(models.Model):
    """Something that happened in one person's matter. Superseded, never edited."""

    area = area_key()
    victimisation = away_key("casework.Victimisation", db_index=False)
    row = away_key("intake.FeedRow", null=True, db_index=False, db_constraint=False)
    event = models.TextField(choices=one_of(ProgressEvent))
    suspect_ref = models.TextField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    detail = models.JSONField()
    source = models.TextField()
    content_hash = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = frozenset({"victimisation", "event", "suspect_ref", "detail"})
        ordinary = frozenset(
            {"id", "area", "row", "occurred_at", "received_at", "source"}
            | {"content_hash", "recorded_at"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victimisation", "content_hash"], name="journeyevent_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["suspect_ref"],
                name="journeyevent_by_suspect",
                condition=~Q(suspect_ref=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} for victimisation {self.victimisation_id}"
