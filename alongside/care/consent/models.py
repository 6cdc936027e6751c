"""The ledger of consent: what was agreed to, refused, withdrawn, or relied on instead.

Lines are added and never changed. Row security shows a line to the agency that wrote
it, for people of whom it has a case it may see: what was said is never shown to those
with whom something is shared.
"""

from django.db import models
from django.db.models import Q

from alongside.care.consent.types import BasisCode, EntryKind, Giver, Way
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id

CONSENTS = (BasisCode.CONSENT, BasisCode.EXPLICIT_CONSENT)


class ConsentEntry(models.Model):
    """One line of the ledger.

    `recipient` is empty where it is about us. `fields` is a mask of
    `walls.bits.FACETS`. `until` is the first moment at which it no longer holds.
    `withdraws` is the line that a withdrawal ends; the database ends with it
    whatever rests on a consent to that purpose with that recipient.
    """

    public_id = public_id()
    area = area_key()
    agency = away_key("organisations.Agency", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    kind = models.TextField(choices=one_of(EntryKind))
    purpose = models.TextField()
    recipient = away_key("organisations.Agency", null=True, db_index=False)
    fields = models.IntegerField()
    basis = models.TextField(choices=one_of(BasisCode), blank=True)
    way = models.TextField(choices=one_of(Way), blank=True)
    giver = models.TextField(choices=one_of(Giver), blank=True)
    age = models.SmallIntegerField(null=True)  # the person's, in years, that day
    assessed_by = models.TextField(blank=True)
    guardian_checked = models.BooleanField()
    unsafe_to_ask = models.BooleanField()
    said_on = models.DateField()
    until = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    withdraws = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    recorded_by = away_key("accounts.User", db_index=False)
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = frozenset(
            {"person", "kind", "purpose", "recipient", "fields", "basis", "way"}
            | {"giver", "age", "assessed_by", "guardian_checked", "unsafe_to_ask"}
            | {"said_on", "words", "withdraws"}
        )
        ordinary = frozenset(
            {"id", "public_id", "area", "agency", "until"}
            | {"recorded_by", "recorded_at"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_given_by_somebody",
                condition=~Q(kind=EntryKind.GIVEN)
                | Q(basis__in=CONSENTS, age__isnull=False, fields__gt=0, withdraws=None)
                & ~Q(giver="")
                & ~Q(way=""),
            ),
            models.CheckConstraint(
                name="consent_guardian_is_no_suspect",
                condition=~Q(kind=EntryKind.GIVEN, giver=Giver.GUARDIAN)
                | Q(guardian_checked=True),
            ),
            models.CheckConstraint(
                name="consent_relied_on_says_why",
                condition=~Q(kind=EntryKind.RELIED_ON)
                | Q(giver="", fields__gt=0, withdraws=None)
                & ~Q(basis__in=["", *CONSENTS])
                & ~Q(words=""),
            ),
            models.CheckConstraint(
                name="consent_withdrawal_names_what",
                condition=Q(kind=EntryKind.WITHDRAWN, withdraws__isnull=False)
                | ~Q(kind=EntryKind.WITHDRAWN) & Q(withdraws=None),
            ),
            models.CheckConstraint(
                name="consent_no_holds_nothing",
                condition=Q(kind__in=[EntryKind.GIVEN, EntryKind.RELIED_ON])
                | Q(fields=0, basis="", until=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "purpose", "recipient", "-id"],
                name="consent_by_person",
            )
        ]

    def __str__(self) -> str:
        return f"Consent entry {self.public_id}"
