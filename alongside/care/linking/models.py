"""How each record came to its person, and what is needed to find that out.

The application's role can add standard forms and keys; it cannot read them back.
Those leave the database only through `walls/sql/functions/075_linking.sql`, to
whoever can name the keys.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.care.linking.types import AskedOf, HouseholdSaid, ReviewState
from alongside.care.matching.types import Band
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class LinkRecord(models.Model):
    """A record in its standard form, as it is compared (`matching.types.Standard`).

    One for each `PersonRecord`; moved with it when people are merged.
    """

    area = area_key()
    record = away_key("people.PersonRecord", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_constraint=False, db_index=False)
    given = models.TextField()
    surname = models.TextField()
    root = models.TextField()
    given_code = models.TextField()
    surname_code = models.TextField()
    born = models.TextField()
    sex = models.TextField()
    postcode = models.TextField()
    address = models.TextField()
    phone = models.TextField()
    other_phone = models.TextField()
    email = models.TextField()

    class Privacy:
        personal = frozenset(
            {"record", "person", "given", "surname", "root", "given_code"}
            | {"surname_code", "born", "sex", "postcode", "address", "phone"}
            | {"other_phone", "email"}
        )
        ordinary = frozenset({"id", "area"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record"], name="linkrecord_once")
        ]
        indexes = [models.Index(fields=["person"], name="linkrecord_by_person")]

    def __str__(self) -> str:
        return f"Standard form of record {self.record_id}"


class BlockKey(models.Model):
    """A keyed hash that likely records of one person share (`matching.rules.keys`).

    Made under the area's secret, so that nobody can find people by guessing, and
    one area's keys never meet another's.
    """

    pk = models.CompositePrimaryKey("key", "record")
    area = area_key()
    key = models.BigIntegerField()
    record = away_key("people.PersonRecord", db_constraint=False, db_index=False)

    class Privacy:
        personal = frozenset({"key", "record"})
        ordinary = frozenset({"area"})

    class Meta:
        indexes = [models.Index(fields=["record"], name="blockkey_by_record")]

    def __str__(self) -> str:
        return f"Key of record {self.record_id}"


class LinkDecision(models.Model):
    """Why a record belongs to its person. Append-only; the newest counts.

    `levels` are `matching.types.Levels`; `against` is the record it was linked by.
    """

    area = area_key()
    record = away_key("people.PersonRecord", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    rule = models.TextField()
    matched_on = models.TextField()
    band = models.TextField(choices=one_of(Band), db_default=Band.LINK.value)
    why = models.TextField(db_default="")
    weight = models.FloatField(null=True)
    levels = ArrayField(models.SmallIntegerField(), null=True)
    model = models.TextField(db_default="")
    against = away_key(
        "people.PersonRecord", null=True, db_constraint=False, db_index=False
    )
    decided_at = models.DateTimeField()
    decided_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"record", "person", "matched_on", "against", "levels"})
        ordinary = frozenset(
            {"id", "area", "rule", "decided_at", "decided_by", "band", "why"}
            | {"weight", "model"}
        )

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="linkdecision_by_person"),
            models.Index(fields=["area", "-decided_at"], name="linkdecision_newest"),
        ]

    def __str__(self) -> str:
        return f"Record {self.record_id} is person {self.person_id}"


class ReviewTask(models.Model):
    """Two records that may be one person's, for somebody to look at.

    `record` is the one that came later. A hidden repeat asks again what has been
    answered, to see how often two reviewers agree; its answer changes nothing.
    """

    public_id = public_id()
    area = area_key()
    record = away_key("people.PersonRecord", db_index=False)
    other = away_key("people.PersonRecord", db_index=False)
    person = away_key("people.Person", db_index=False)
    other_person = away_key("people.Person", db_index=False)
    why = models.TextField()
    weight = models.FloatField()
    levels = ArrayField(models.SmallIntegerField())
    model = models.TextField()
    opened_at = models.DateTimeField()
    state = models.TextField(
        choices=one_of(ReviewState), db_default=ReviewState.OPEN.value
    )
    asked = models.TextField(db_default="")
    asked_of = models.TextField(choices=[("", ""), *one_of(AskedOf)], db_default="")
    asked_by = away_key("accounts.User", null=True, db_index=False)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = away_key("accounts.User", null=True, db_index=False)
    reason = models.TextField(db_default="")
    repeat_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Privacy:
        personal = frozenset(
            {"record", "other", "person", "other_person", "levels", "asked", "reason"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "why", "weight", "model", "opened_at", "state"}
            | {
                "asked_of",
                "asked_by",
                "asked_at",
                "answered_at",
                "answered_by",
                "repeat_of",
            }
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "other"],
                condition=Q(repeat_of=None),
                name="review_once_a_pair",
            ),
            models.CheckConstraint(
                name="review_answer_has_answerer",
                condition=Q(state__in=["same", "not_same"])
                & Q(answered_at__isnull=False, answered_by__isnull=False)
                | ~Q(state__in=["same", "not_same"]),
            ),
            models.CheckConstraint(
                name="review_of_two", condition=~Q(record=F("other"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "-weight", "id"],
                name="review_to_do",
                condition=Q(state__in=["open", "asked"]),
            ),
            models.Index(fields=["person"], name="review_by_person"),
            models.Index(fields=["other_person"], name="review_by_other_person"),
        ]

    def __str__(self) -> str:
        return f"Review {self.public_id} ({self.state})"


class NeverLink(models.Model):
    """Two records that are not one person's, whatever they look like.

    Holds for everybody the records belong to, here and in bulk, until it is lifted.
    `low` is the record with the lower key.
    """

    area = area_key()
    low = away_key("people.PersonRecord", db_index=False)
    high = away_key("people.PersonRecord", db_index=False)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"low", "high", "reason"})
        ordinary = frozenset(
            {"id", "area", "made_at", "made_by", "lifted_at", "lifted_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["low", "high"],
                condition=Q(lifted_at=None),
                name="neverlink_once",
            ),
            models.CheckConstraint(
                name="neverlink_in_order", condition=Q(low__lt=F("high"))
            ),
        ]
        indexes = [models.Index(fields=["high"], name="neverlink_by_high")]

    def __str__(self) -> str:
        return f"Records {self.low_id} and {self.high_id} are two people's"


class HouseholdHint(models.Model):
    """Two people who seem to live together. A hint, never a reason to contact."""

    area = area_key()
    low = away_key("people.Person", db_index=False)
    high = away_key("people.Person", db_index=False)
    why = models.TextField()
    since = models.DateTimeField()

    class Privacy:
        personal = frozenset({"low", "high", "why"})
        ordinary = frozenset({"id", "area", "since"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="household_once"),
            models.CheckConstraint(
                name="household_in_order", condition=Q(low__lt=F("high"))
            ),
        ]
        indexes = [models.Index(fields=["high"], name="household_by_high")]

    def __str__(self) -> str:
        return f"People {self.low_id} and {self.high_id} may share a home"


class HouseholdWord(models.Model):
    """What a worker said of a hint. Append-only; the newest counts.

    Not bound to its hint by the database: a merge may drop the hint and put it back.
    """

    area = area_key()
    hint = models.ForeignKey(
        HouseholdHint,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    said = models.TextField(choices=one_of(HouseholdSaid))
    reason = models.TextField()
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)

    class Privacy:
        personal = frozenset({"hint", "said", "reason"})
        ordinary = frozenset({"id", "area", "at", "by"})

    class Meta:
        indexes = [models.Index(fields=["hint", "-at"], name="householdword_by_hint")]

    def __str__(self) -> str:
        return f"{self.said} of hint {self.hint_id}"


class LinkModel(models.Model):
    """Weights that were learnt from the area's own records, and how good they are.

    At most one is live; without one, the weights shipped with the product count.
    """

    area = area_key()
    version = models.TextField()
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", null=True, db_index=False)
    fingerprint = models.TextField()
    records = models.IntegerField()
    weights = models.JSONField()
    evaluation = models.JSONField()
    live_from = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "area", "version", "made_at", "made_by", "fingerprint", "records"}
            | {"weights", "evaluation", "live_from", "retired_at"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "version"], name="linkmodel_version"
            ),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(live_from__isnull=False, retired_at=None),
                name="linkmodel_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"Weights {self.version}"


class Merge(models.Model):
    """Two people who turned out to be one. Undone, everything is where it was."""

    public_id = public_id()
    area = area_key()
    kept = away_key("people.Person", db_index=False)
    gone = away_key("people.Person", db_index=False)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = away_key("accounts.User", null=True, db_index=False)
    undone_reason = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"kept", "gone", "reason", "undone_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "made_at", "made_by", "undone_at", "undone_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at=None), name="merge_once"
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("gone"))),
        ]
        indexes = [models.Index(fields=["kept"], name="merge_by_kept")]

    def __str__(self) -> str:
        return f"Merge {self.public_id}"


class MergeMove(models.Model):
    """One value that a merge changed: where it is, what it was, what it became.

    Kept so that undoing puts every row back as it was.
    """

    area = area_key()
    merge = models.ForeignKey(
        Merge, on_delete=models.PROTECT, related_name="moves", db_index=False
    )
    order = models.IntegerField()
    relation = models.TextField()  # "package.Model.field"
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Privacy:
        personal = frozenset({"row", "before", "after"})
        ordinary = frozenset({"id", "area", "merge", "order", "relation"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "order"], name="mergemove_order")
        ]

    def __str__(self) -> str:
        return f"{self.relation} of row {self.row}"
