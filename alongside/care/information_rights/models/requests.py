"""Requests about what is held on somebody, and the packs that answer them."""

from django.db import models
from django.db.models import F, Q

from alongside.care.information_rights.types import (
    ENDED,
    Blackout,
    ReceivedBy,
    RequestState,
    RightKind,
)
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class RightsRequest(models.Model):
    """Somebody asks for a right over what is held about them.

    `person` is empty where nothing is held, and after the person was erased.
    `starts_on` and `due_on` are the clock; until we are sure who asks it does not
    run, where we had to ask for proof.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_index=False)
    person = away_key("people.Person", null=True, db_index=False)
    kind = models.TextField(choices=one_of(RightKind))
    asked_by = models.TextField()
    what = models.TextField()
    received_on = models.DateField()
    received_by = models.TextField(choices=one_of(ReceivedBy))
    proof_asked = models.BooleanField()
    identity_on = models.DateField(null=True)
    identity_how = models.TextField(db_default="")
    identity_by = away_key("accounts.User", null=True, db_index=False)
    starts_on = models.DateField()
    due_on = models.DateField()
    extended_on = models.DateField(null=True)
    extension_reason = models.TextField(db_default="")
    owner = away_key("accounts.User", db_index=False)
    state = models.TextField(choices=one_of(RequestState))
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    exemption = models.TextField(db_default="")
    ended_reason = models.TextField(db_default="")
    reviewed_by = away_key("accounts.User", null=True, db_index=False)
    reviewed_at = models.DateTimeField(null=True)
    # What was reviewed: a hash of every passage and what was decided about it.
    reviewed_what = models.TextField(db_default="")
    checked_by = away_key("accounts.User", null=True, db_index=False)
    checked_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Privacy:
        personal = frozenset(
            {"person", "asked_by", "what", "identity_how", "extension_reason"}
            | {"ended_reason"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "kind", "received_on"}
            | {"received_by", "proof_asked", "identity_on", "identity_by"}
            | {"starts_on", "due_on", "extended_on", "owner", "state", "opened_at"}
            | {"ended_at", "exemption", "reviewed_by", "reviewed_at"}
            | {"reviewed_what", "checked_by", "checked_at", "reminded_on"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_ended_says_when",
                condition=Q(state__in=sorted(ENDED), ended_at__isnull=False)
                | ~Q(state__in=sorted(ENDED)) & Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="request_refused_says_why",
                condition=~Q(state=RequestState.REFUSED) | ~Q(exemption=""),
            ),
            models.CheckConstraint(
                name="request_checked_by_another",
                condition=Q(checked_by=None) | ~Q(checked_by=F("reviewed_by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_on", "id"],
                name="request_open_by_due",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["agency", "-opened_at"], name="request_by_age"),
            models.Index(fields=["person"], name="request_by_person"),
        ]

    def __str__(self) -> str:
        return f"Request {self.public_id} ({self.kind}, {self.state})"


class RequestEntry(models.Model):
    """One thing that was done about a request. Append-only."""

    area = area_key()
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = away_key("accounts.User", null=True, db_index=False)
    what = models.TextField()
    words = models.TextField(db_default="")

    class Privacy:
        personal = frozenset({"words"})
        ordinary = frozenset({"id", "area", "request", "at", "by", "what"})

    def __str__(self) -> str:
        return f"{self.what} of request {self.request_id}"


class PackDecision(models.Model):
    """What a person decided about one passage of a pack. The newest counts."""

    area = area_key()
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+"
    )
    item = models.TextField()
    action = models.TextField(choices=one_of(Blackout))
    words = models.TextField(db_default="")
    reason = models.TextField(db_default="")
    by = away_key("accounts.User", db_index=False)
    at = models.DateTimeField()

    class Privacy:
        personal = frozenset({"item", "words"})
        ordinary = frozenset({"id", "area", "request", "action", "reason", "by", "at"})

    def __str__(self) -> str:
        return f"{self.action} for request {self.request_id}"


class AccessPack(models.Model):
    """A finished pack, sealed under the area's key until it is deleted."""

    public_id = public_id()
    area = area_key()
    request = models.ForeignKey(
        RightsRequest, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    until = models.DateTimeField()  # exclusive
    bytes = models.BigIntegerField()
    sha256 = models.TextField()
    sealed = models.BinaryField()
    fetched_at = models.DateTimeField(null=True)
    fetched_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"sealed", "sha256"})
        ordinary = frozenset(
            {"id", "public_id", "area", "request", "made_at", "made_by", "until"}
            | {"bytes", "fetched_at", "fetched_by"}
        )

    class Meta:
        indexes = [models.Index(fields=["until"], name="accesspack_by_end")]

    def __str__(self) -> str:
        return f"Pack {self.public_id}"
