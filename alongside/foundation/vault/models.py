"""What the vault keeps: a wrapped key for each person, sealed values, and tokens.

Nothing here can be read without a key of the area, which is not in the database.
People are named by their random id alone: this package knows nothing of victims.
"""

from django.db import models
from django.db.models import Q

from alongside.foundation.lib.fields import area_key, away_key, one_of
from alongside.foundation.vault.types import DetailKind, IndexedField


class PersonKey(models.Model):
    """One person's key, wrapped under a key of their area. Destroying it shreds.

    `wrapped_by` names the wrapping key, in the file of keys.
    """

    area = area_key()
    public_id = models.UUIDField(unique=True, editable=False)
    person = models.UUIDField()
    wrapped = models.BinaryField()
    wrapped_by = models.TextField()
    made_at = models.DateTimeField()

    class Privacy:
        personal = frozenset({"person"})
        ordinary = frozenset(
            {"id", "area", "public_id", "wrapped", "wrapped_by", "made_at"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "person"], name="personkey_one_each"
            )
        ]
        indexes = [
            # A rotation asks what another key still wraps.
            models.Index(fields=["area", "wrapped_by", "id"], name="personkey_wrapping")
        ]

    def __str__(self) -> str:
        return f"Key {self.public_id}"


class SealedValue(models.Model):
    """One protected detail, sealed. Never changed; it may end, once.

    `key` is the public id of the person's key it was sealed under: where that is
    gone, the value is dead. `replaced_by` is the newer value, where there is one.
    """

    area = area_key()
    public_id = models.UUIDField(unique=True, editable=False)
    person = models.UUIDField()
    kind = models.TextField(choices=one_of(DetailKind))
    about_case = models.UUIDField(null=True)
    key = models.UUIDField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = away_key("accounts.User", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = away_key("accounts.User", null=True, db_index=False)
    replaced_by = models.UUIDField(null=True)

    class Privacy:
        personal = frozenset({"person", "kind", "about_case", "sealed"})
        ordinary = frozenset(
            {"id", "area", "public_id", "key", "made_at", "made_by"}
            | {"ended_at", "ended_by", "replaced_by"}
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sealedvalue_replaced_has_ended",
                condition=Q(replaced_by=None) | Q(ended_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["area", "person", "-made_at"], name="sealedvalue_of_person"
            )
        ]

    def __str__(self) -> str:
        return f"Protected detail {self.public_id}"


class BlindToken(models.Model):
    """A token by which one value is found, and nothing else is learned of it."""

    area = area_key()
    value = models.ForeignKey(
        SealedValue, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    field = models.TextField(choices=one_of(IndexedField))
    made_with = models.TextField()
    token = models.BinaryField()

    class Privacy:
        personal = frozenset({"value", "field", "token"})
        ordinary = frozenset({"id", "area", "made_with"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["value", "made_with"], name="blindtoken_once"
            )
        ]
        indexes = [
            models.Index(fields=["area", "field", "token"], name="blindtoken_lookup")
        ]

    def __str__(self) -> str:
        return f"Token {self.pk}"
