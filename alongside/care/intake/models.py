"""Deliveries, their rows and fates, and the referrals they speak of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from alongside.care.intake.types import (
    Code,
    DeliveryKind,
    DeliveryState,
    Fate,
    HoldDecision,
    ReferralState,
    ReturnCode,
    Role,
)
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class ExcludedOffence(models.Model):
    """An offence whose referrals an area has decided to hold."""

    area = area_key()
    offence_code = models.TextField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"id", "area", "offence_code"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "offence_code"], name="excluded_offence_once"
            )
        ]

    def __str__(self) -> str:
        return self.offence_code


class Delivery(models.Model):
    """One file or request body from one force. All visible, or not at all."""

    public_id = public_id()
    area = area_key()
    sender = away_key("organisations.Agency", db_index=False)
    receiver = away_key("organisations.Agency", db_index=False)
    kind = models.TextField(choices=one_of(DeliveryKind))
    state = models.TextField(choices=one_of(DeliveryState))
    sha256 = models.BinaryField()
    bytes = models.BigIntegerField()
    received_at = models.DateTimeField()
    received_by = away_key("accounts.User", db_index=False)
    extract_id = models.TextField()
    extracted_at = models.DateTimeField(null=True)
    visible_at = models.DateTimeField(null=True)
    rows = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    codes = models.JSONField(default=dict)  # code -> rows
    slowest_seconds = models.BigIntegerField(null=True)  # report to receipt
    # The file's columns, so that a row kept can be read again; none: JSON Lines.
    header = ArrayField(models.TextField(), null=True)
    refusal = models.TextField(default="")

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset(
            {"id", "public_id", "area", "sender", "receiver", "kind", "state"}
            | {"sha256", "bytes", "received_at", "received_by", "extract_id"}
            | {"extracted_at", "visible_at", "rows", "accepted", "held", "rejected"}
            | {"codes", "slowest_seconds", "header", "refusal"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "sender", "kind", "sha256"],
                condition=~Q(state=DeliveryState.REFUSED),
                name="delivery_same_bytes_once",
            ),
            models.CheckConstraint(
                name="delivery_rows_are_their_fates",
                condition=Q(rows=F("accepted") + F("held") + F("rejected")),
            ),
            models.CheckConstraint(
                name="delivery_visible_is_whole",
                condition=~Q(state=DeliveryState.VISIBLE)
                | Q(visible_at__isnull=False, extracted_at__isnull=False)
                & ~Q(extract_id=""),
            ),
            models.CheckConstraint(
                name="delivery_refused_says_why",
                condition=Q(state=DeliveryState.REFUSED) & ~Q(refusal="")
                | ~Q(state=DeliveryState.REFUSED) & Q(refusal=""),
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-received_at"], name="delivery_by_sender"),
            models.Index(
                fields=["received_at"],
                name="delivery_waiting",
                condition=Q(state=DeliveryState.RECEIVED),
            ),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.public_id} ({self.state})"


class DeliveryPart(models.Model):
    """A piece of a body that waits to be received, sealed with the area's key."""

    area = area_key()
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="parts"
    )
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Privacy:
        personal = frozenset({"sealed"})
        ordinary = frozenset({"id", "area", "delivery", "number"})

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="part_once")
        ]

    def __str__(self) -> str:
        return f"Part {self.number} of delivery {self.delivery_id}"


class DeliveryProgress(models.Model):
    """How far a delivery being received has come.

    Apart from the delivery, because it is written while the one transaction
    that makes the delivery visible is still open.
    """

    delivery = models.OneToOneField(
        Delivery, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    area = area_key()
    rows_done = models.IntegerField()
    at = models.DateTimeField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"delivery", "area", "rows_done", "at"})

    def __str__(self) -> str:
        return f"{self.rows_done} rows of delivery {self.delivery_id}"


class Referral(models.Model):
    """One person in one crime or incident, by the force's own numbers."""

    public_id = public_id()
    area = area_key()
    sender = away_key("organisations.Agency", db_constraint=False, db_index=False)
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    force_code = models.TextField()
    source_system = models.TextField()
    crime_ref = models.TextField()
    person_ref = models.TextField()
    identity_key = models.UUIDField()
    role = models.TextField(choices=one_of(Role))
    state = models.TextField(choices=one_of(ReferralState))
    received_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    extracted_at = models.DateTimeField()  # of the current version
    content_hash = models.UUIDField()  # of the current version
    person_hash = models.UUIDField()
    current_row = models.ForeignKey(
        "FeedRow",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Privacy:
        personal = frozenset({"person_ref", "role", "person_hash", "content_hash"})
        ordinary = frozenset(
            {"id", "public_id", "area", "sender", "agency", "force_code"}
            | {"source_system", "crime_ref", "identity_key", "state", "received_at"}
            | {"reported_at", "extracted_at", "current_row"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "identity_key"], name="referral_identity_once"
            )
        ]
        indexes = [models.Index(fields=["person_ref"], name="referral_by_person_ref")]

    def __str__(self) -> str:
        return f"Referral {self.public_id} ({self.state})"


class FeedRow(models.Model):
    """One row as it arrived, and its fate. Never changed once visible."""

    area = area_key()
    # The wall lets a row in only for a delivery that is there and may be seen.
    delivery = models.ForeignKey(
        Delivery,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    number = models.IntegerField()
    sealed = models.BinaryField()  # the row's own text, under the area's key
    sha256 = models.BinaryField()  # of that text
    fate = models.TextField(choices=one_of(Fate))
    code = models.TextField(choices=one_of(Code))
    codes = ArrayField(models.TextField())  # every reason to hold that applies
    fault_column = models.TextField()
    message = models.TextField()
    referral = models.ForeignKey(
        Referral,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )

    class Privacy:
        personal = frozenset({"sealed", "sha256"})
        ordinary = frozenset(
            {"id", "area", "delivery", "number", "fate", "code", "codes"}
            | {"fault_column", "message", "referral"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="row_once"),
            models.CheckConstraint(
                name="row_bad_row_names_its_column",
                condition=Q(code=Code.BAD_ROW) & ~Q(fault_column="") & ~Q(message="")
                | ~Q(code=Code.BAD_ROW),
            ),
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of delivery {self.delivery_id}"


class Hold(models.Model):
    """A referral kept back: why, whose it is, since when, and how it ended."""

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    sender = away_key("organisations.Agency", db_index=False)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="holds"
    )
    row = models.ForeignKey(
        FeedRow, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    code = models.TextField(choices=one_of(Code))
    codes = ArrayField(models.TextField())
    owner_team = away_key("organisations.Team", db_index=False)
    since = models.DateTimeField()
    wait_until = models.DateField(null=True)
    wait_reason = models.TextField(default="", db_default="")
    ended_at = models.DateTimeField(null=True)
    decision = models.TextField(choices=one_of(HoldDecision), default="", db_default="")
    decided_by = away_key("accounts.User", null=True, db_index=False)
    return_code = models.TextField(
        choices=one_of(ReturnCode), default="", db_default=""
    )
    reason = models.TextField(default="", db_default="")

    class Privacy:
        personal = frozenset({"referral", "row", "reason", "wait_reason"})
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "sender", "code", "codes"}
            | {"owner_team", "since", "wait_until", "ended_at", "decision"}
            | {"decided_by", "return_code"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(ended_at=None),
                name="hold_one_open_per_referral",
            ),
            models.CheckConstraint(
                name="hold_ended_says_how",
                condition=Q(ended_at=None, decision="")
                | Q(ended_at__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="hold_returned_says_what_for",
                condition=Q(decision=HoldDecision.RETURNED) & ~Q(return_code="")
                | ~Q(decision=HoldDecision.RETURNED) & Q(return_code=""),
            ),
            models.CheckConstraint(
                name="hold_accepted_says_why",
                condition=~Q(decision=HoldDecision.ACCEPTED) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "since", "id"],
                name="hold_open_by_age",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["row"], name="hold_by_row"),
        ]

    def __str__(self) -> str:
        return f"Hold {self.public_id} ({self.code})"
