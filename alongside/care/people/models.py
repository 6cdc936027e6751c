"""People, what each source said about them, and how they can be reached.

The application's database role can add to these tables; it cannot read names,
dates of birth or contact points from them. Those leave the database only
through the functions in `alongside/walls/sql/functions/`, which put the
reader on the audit trail first.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from alongside.care.people.types import ChannelKind, ContactKind, SafetyState
from alongside.foundation.lib.fields import area_key, away_key, public_id


class Person(models.Model):
    """The service's own identity of a human being."""

    public_id = public_id()
    area = area_key()
    created_at = models.DateTimeField()
    # The record shown as "the" name: the newest, unless somebody chose another.
    shown_record = models.ForeignKey(
        "PersonRecord",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    shown_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"shown_record"})
        ordinary = frozenset({"id", "public_id", "area", "created_at", "shown_by"})

    def __str__(self) -> str:
        return f"Person {self.public_id}"


class PersonRecord(models.Model):
    """What one source said about one person at one time. Never edited."""

    area = area_key()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    source = models.TextField()
    said_at = models.DateTimeField()
    title = models.TextField()
    given_names = models.TextField()
    surname = models.TextField()
    date_of_birth = models.DateField(null=True)
    gender = models.TextField()
    ethnicity_self = models.SmallIntegerField(null=True)
    language = models.TextField()
    interpreter_needed = models.BooleanField(null=True)
    adjustments = models.TextField()
    guardian_name = models.TextField()
    guardian_phone = models.TextField()
    contact_times = models.TextField()
    preferred_method = models.TextField()
    do_not_contact = models.BooleanField(null=True)
    do_not_contact_reason = models.TextField()
    # What the person can be found by; the database makes it from the row itself.
    words = models.GeneratedField(
        expression=models.Func(
            models.F("given_names"),
            models.F("surname"),
            models.F("date_of_birth"),
            function="people_words",
        ),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Privacy:
        personal = frozenset(
            {"person", "title", "given_names", "surname", "date_of_birth", "gender"}
            | {"ethnicity_self", "language", "interpreter_needed", "adjustments"}
            | {"guardian_name", "guardian_phone", "contact_times"}
            | {"preferred_method", "do_not_contact", "do_not_contact_reason"}
            | {"words"}
        )
        ordinary = frozenset({"id", "area", "source", "said_at"})

    class Meta:
        indexes = [GinIndex(fields=["words"], name="record_by_words")]

    def __str__(self) -> str:
        return f"Record {self.pk}"


class NameWord(models.Model):
    """A word of somebody's name: what a search with a typing mistake is held against.

    It does not say whose. Kept by triggers (`walls/sql/functions/030_search.sql`),
    which forget a word when nobody has it any more; the application cannot read it.
    """

    word = models.TextField()

    class Privacy:
        # A word of a name, without whose: it says nothing of anybody.
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "word"})

    class Meta:
        indexes = [
            models.Index(fields=["word"], name="nameword_exact"),
            GinIndex(
                fields=["word"], name="nameword_alike", opclasses=["gin_trgm_ops"]
            ),
        ]

    def __str__(self) -> str:
        return f"Word {self.pk}"


class ContactPoint(models.Model):
    """A phone, an e-mail address or a postal address, from one record.

    `value` is standardised (E.164, lower case, address lines one to a line);
    `as_given` is what the source wrote where that differs.
    """

    area = area_key()
    # Put in with its record and never moved: a check a row would cost a delivery
    # more than it could ever catch.
    record = models.ForeignKey(
        PersonRecord,
        on_delete=models.PROTECT,
        related_name="contact_points",
        db_constraint=False,
    )
    kind = models.TextField(choices=ContactKind)
    value = models.TextField()
    as_given = models.TextField()
    postcode = models.TextField()
    postcode_verified = models.BooleanField(null=True)

    class Privacy:
        personal = frozenset(
            {"record", "kind", "value", "as_given", "postcode", "postcode_verified"}
        )
        ordinary = frozenset({"id", "area"})

    class Meta:
        indexes = [
            models.Index(
                fields=["value"],
                name="contactpoint_by_value",
                condition=~models.Q(kind=ContactKind.ADDRESS),
            ),
            models.Index(
                fields=["postcode"],
                name="contactpoint_by_postcode",
                condition=models.Q(kind=ContactKind.ADDRESS),
            ),
        ]

    def __str__(self) -> str:
        return f"Contact point {self.pk}"


class ContactConfirmed(models.Model):
    """A worker's word that a contact point is this person's. Append-only.

    What came with a linked record is nobody's until then: a link joins history, never
    permission to contact. Made by a function of the database
    (`walls/sql/functions/021_confirming.sql`).
    """

    area = area_key()
    contact = models.ForeignKey(
        ContactPoint, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    reason = models.TextField()

    class Privacy:
        personal = frozenset({"contact", "person", "reason"})
        ordinary = frozenset({"id", "area", "at", "by"})

    def __str__(self) -> str:
        return f"Contact point {self.contact_id} confirmed"


class ChannelSafety(models.Model):
    """A word on whether a channel is safe. The newest counts; none is not known."""

    area = area_key()
    record = models.ForeignKey(
        PersonRecord,
        on_delete=models.PROTECT,
        related_name="channel_safety",
        db_constraint=False,  # as for contact points
    )
    channel = models.TextField(choices=ChannelKind)
    state = models.TextField(choices=SafetyState)
    set_at = models.DateTimeField()
    set_by = away_key("accounts.User", null=True, db_index=False)
    reason = models.TextField()
    review_on = models.DateField(null=True)

    class Privacy:
        personal = frozenset({"record", "channel", "state", "reason"})
        ordinary = frozenset({"id", "area", "set_at", "set_by", "review_on"})

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Relationship(models.Model):
    """How somebody stands to a person we support, and what they may do or be told.

    `other` is in the register too, or `name` and `phone` say who they are: those leave
    the database through a function that writes the look first
    (`walls/sql/functions/022_relations.sql`). A line is never edited: it ends, and
    another takes its place.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True
    )
    name = models.TextField()
    phone = models.TextField()
    kind = models.TextField()
    since = models.DateField(null=True)
    may_speak = models.BooleanField()
    may_be_told = models.BooleanField()
    never_told = models.BooleanField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    ended_why = models.TextField()

    class Privacy:
        personal = frozenset(
            {"person", "other", "name", "phone", "kind", "since", "may_speak"}
            | {"may_be_told", "never_told", "reason", "ended_why"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "made_at", "made_by"}
            | {"ended_at", "ended_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="relationship_with_somebody",
                condition=models.Q(other=None) & ~models.Q(name="")
                | models.Q(other__isnull=False, name="", phone=""),
            ),
            models.CheckConstraint(
                name="relationship_never_told_is_never",
                condition=models.Q(never_told=False)
                | models.Q(may_speak=False, may_be_told=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Relationship {self.public_id}"
