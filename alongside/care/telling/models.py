"""Updates: what a person is told of what happened, and what became of each."""

from django.db import models
from django.db.models import Q

from alongside.care.contact.types import Channel
from alongside.care.telling.types import Kind, UpdateState
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Update(models.Model):
    """One event, in the words in which one person is told of it.

    `words` are without greeting: what they are called is put in as it leaves, and no
    number or address is ever kept here. `made_by` is nobody where it was drafted by
    itself. `told_at` is when the telling was recorded: for what leaves by a sender
    that says so, once it has arrived. `provider_ref` is the sender's own name for it.
    """

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    event = away_key("journey.JourneyEvent", db_index=False)
    template = models.TextField()
    template_version = models.IntegerField()
    kind = models.TextField(choices=one_of(Kind))
    language = models.TextField()
    channel = models.TextField(choices=one_of(Channel), blank=True, db_default="")
    state = models.TextField(choices=one_of(UpdateState))
    words = models.TextField()
    changed = models.BooleanField(db_default=False)  # the words, by a worker
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    asked_at = models.DateTimeField(null=True)
    asked_by = away_key("accounts.User", null=True, db_index=False)
    leaves_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tries = models.IntegerField(db_default=0)
    provider = models.TextField(db_default="")
    provider_ref = models.TextField(db_default="")
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    failed = models.TextField(db_default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_why = models.TextField(db_default="")
    ended_words = models.TextField(db_default="")
    version = models.IntegerField(db_default=1)

    class Privacy:
        personal = frozenset(
            {"case", "event", "template", "kind", "language", "channel", "words"}
            | {"ended_why", "ended_words", "failed"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "template_version", "state", "changed"}
            | {"made_at", "made_by", "asked_at", "asked_by", "leaves_at", "tried_at"}
            | {"tries", "provider", "provider_ref", "sent_at", "told_at", "ended_at"}
            | {"ended_by", "version"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "event"],
                condition=~Q(state=UpdateState.DROPPED),
                name="update_once_an_event",
            ),
            models.CheckConstraint(
                name="update_leaves_at_somebodys_word",
                condition=~Q(state__in=[UpdateState.LEAVING, UpdateState.SENDING])
                | Q(leaves_at__isnull=False, asked_by__isnull=False) & ~Q(channel=""),
            ),
            models.CheckConstraint(
                name="update_sent_says_when",
                condition=~Q(state=UpdateState.SENT) | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="update_ends_for_a_reason",
                condition=~Q(state=UpdateState.DROPPED) | ~Q(ended_why=""),
            ),
            models.CheckConstraint(
                name="update_failed_says_why",
                condition=Q(state=UpdateState.FAILED) & ~Q(failed="")
                | ~Q(state=UpdateState.FAILED) & Q(failed=""),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-made_at"], name="update_by_case"),
            models.Index(
                fields=["leaves_at", "id"],
                name="update_on_its_way",
                condition=Q(state__in=[UpdateState.LEAVING, UpdateState.SENDING])
                | Q(state=UpdateState.SENT, told_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Update {self.public_id}"

    def keep(self, *fields: str) -> None:
        """Save what changed, and that it did."""
        self.version += 1
        self.save(update_fields=["version", *fields])
