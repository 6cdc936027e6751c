"""Updates: what a person is told and what became of it; the words they are told in."""

from django.db import models
from django.db.models import Q

from alongside.care.contact.types import Channel
from alongside.care.telling.types import (
    FIRST_OWN,
    HourChoice,
    Kind,
    OwnState,
    Part,
    UpdateState,
)
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
    hour = models.TextField(
        choices=[("", "not asked"), *one_of(HourChoice)], blank=True, db_default=""
    )
    hour_why = models.TextField(db_default="")
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
            | {"ended_why", "ended_words", "failed", "hour_why"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "template_version", "state", "changed"}
            | {"made_at", "made_by", "asked_at", "asked_by", "leaves_at", "tried_at"}
            | {"tries", "provider", "provider_ref", "sent_at", "told_at", "ended_at"}
            | {"ended_by", "version", "hour"}
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
                name="update_anyway_says_why",
                condition=~Q(hour=HourChoice.ANYWAY) | ~Q(hour_why=""),
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


class OwnWords(models.Model):
    """One version of one text that an area made itself, in place of what is shipped.

    A draft may be anything; live words were checked. `saves` counts the savings of the
    draft, so that nobody saves over what somebody else has saved since. Nothing is
    taken away: an update that was sent names the version it was written from. A trigger
    sees to it (`alongside/walls/sql/functions/087_words.sql`).
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    language = models.TextField()
    code = models.TextField()
    part = models.TextField(choices=one_of(Part))
    version = models.IntegerField()
    words = models.TextField()
    state = models.TextField(choices=one_of(OwnState), db_default=OwnState.DRAFT.value)
    saves = models.IntegerField(db_default=1)
    made_by = away_key("accounts.User", db_index=False)
    made_at = models.DateTimeField()
    published_by = away_key("accounts.User", null=True, db_index=False)
    published_at = models.DateTimeField(null=True)
    retired_by = away_key("accounts.User", null=True, db_index=False)
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "language", "code", "part"}
            | {"version", "words", "state", "saves", "made_by", "made_at"}
            | {"published_by", "published_at", "retired_by", "retired_at"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "language", "code", "part", "version"],
                name="own_words_once",
            ),
            models.UniqueConstraint(
                fields=["area", "language", "code", "part"],
                name="own_words_one_live",
                condition=Q(state=OwnState.LIVE.value),
            ),
            models.UniqueConstraint(
                fields=["area", "language", "code", "part"],
                name="own_words_one_draft",
                condition=Q(state=OwnState.DRAFT.value),
            ),
            models.CheckConstraint(
                name="own_words_numbered_as_own", condition=Q(version__gte=FIRST_OWN)
            ),
            models.CheckConstraint(
                name="own_words_live_says_who",
                condition=~Q(state=OwnState.LIVE.value)
                | Q(published_by__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.code}.{self.part} {self.version} ({self.state})"


class WordsReading(models.Model):
    """That somebody read one text, and said that these very words may be sent.

    `digest` is of the words they read, so that a text changed without a new version is
    not taken for read. `checked_with` is who vouched for a translation. Taken back
    once, with a reason, and never otherwise changed (the same trigger file).
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    language = models.TextField()
    code = models.TextField()
    part = models.TextField(choices=one_of(Part))
    version = models.IntegerField()
    digest = models.TextField()
    checked_with = models.TextField(db_default="")
    read_by = away_key("accounts.User", db_index=False)
    read_at = models.DateTimeField()
    taken_back_by = away_key("accounts.User", null=True, db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_why = models.TextField(db_default="")

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "language", "code", "part"}
            | {"version", "digest", "checked_with", "read_by", "read_at"}
            | {"taken_back_by", "taken_back_at", "taken_back_why"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "language", "code", "part", "digest", "read_by"],
                name="words_read_once_by_each",
                condition=Q(taken_back_at=None),
            ),
            models.CheckConstraint(
                name="words_taken_back_whole",
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Reading of {self.language} {self.code}.{self.part} {self.version}"
