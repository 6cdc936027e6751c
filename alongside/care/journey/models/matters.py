"""The matters of a victimisation, and messages that wait for one."""

from django.db import models
from django.db.models import Q

from alongside.care.journey.models.events import JourneyEvent
from alongside.care.journey.types import ProgressEvent
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Matter(models.Model):
    """One victim, one suspect, one offence, and how far that has come.

    Without a suspect nobody is known yet; without an offence it is the offence of
    the victimisation. The stage follows from the events that count
    (`rules.stages.settle`) and is kept with the one that brought it. `live` says
    whether it still stands for something: not once a suspect is known for what had
    none, nor where every event that named it was corrected.
    """

    public_id = public_id()
    area = area_key()
    # Put in with its parent and never moved, thousands at a time.
    victimisation = away_key(
        "casework.Victimisation", db_index=False, db_constraint=False
    )
    suspect_ref = models.TextField()
    offence_code = models.TextField()
    live = models.BooleanField()
    stage = models.TextField()
    stage_event = models.ForeignKey(
        JourneyEvent,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        db_constraint=False,
    )
    stage_since = models.DateTimeField()

    class Privacy:
        personal = frozenset(
            {"victimisation", "suspect_ref", "offence_code", "stage", "stage_event"}
        )
        ordinary = frozenset({"id", "public_id", "area", "live", "stage_since"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["victimisation", "suspect_ref", "offence_code"],
                name="matter_once",
            )
        ]

    def __str__(self) -> str:
        return f"Matter {self.public_id}, at {self.stage}"


class WaitingMessage(models.Model):
    """A progress message about a crime nobody has referred to us yet.

    Applied when the referral comes, and then gone from here: what it told is an
    event, and its row in the delivery stays. `refused_why` says why it could not be
    applied when its referral came. One that waits for long is told of once
    (`told_at`), and somebody looks at it and says what came of that. Nothing takes it
    away by itself: it is applied, or somebody erases it and says why.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    sender = away_key("organisations.Agency", db_index=False)
    # The number of its row in the delivery. No key: through a row's referral a key
    # leads to a person, and this has neither.
    feed_row = models.BigIntegerField()
    crime_key = models.UUIDField()
    crime_ref = models.TextField()
    suspect_ref = models.TextField()
    event = models.TextField(choices=one_of(ProgressEvent))
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    detail = models.JSONField()
    content_hash = models.UUIDField()
    waits_since = models.DateTimeField()
    refused_why = models.TextField(db_default="")
    told_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = away_key("accounts.User", null=True, db_index=False)
    looked_words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"suspect_ref", "event", "detail", "looked_words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "sender", "feed_row", "crime_key"}
            | {"crime_ref", "occurred_at", "received_at", "content_hash"}
            | {"waits_since", "refused_why", "told_at", "looked_at", "looked_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["crime_key", "content_hash"], name="waitingmessage_once"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_words="")
                | Q(looked_at__isnull=False, looked_by__isnull=False)
                & ~Q(looked_words=""),
                name="waitingmessage_look_says_what",
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "waits_since", "id"], name="waitingmessage_by_age"
            ),
            models.Index(
                fields=["suspect_ref"],
                name="waitingmessage_by_suspect",
                condition=~Q(suspect_ref=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Message {self.public_id}, waiting since {self.waits_since}"
