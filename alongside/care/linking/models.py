"""How each record came to its person."""

from django.db import models

from alongside.foundation.lib.fields import area_key, away_key


class LinkKey(models.Model):
    """A hash that two records of one person share under the exact rule.

    Made of the normalised name, the date of birth and one of phone, e-mail or
    full postcode (`linking.rules.exact_keys`).
    """

    area = area_key()
    key = models.UUIDField()
    # Put in with its record and never moved: not checked a second time.
    record = away_key("people.PersonRecord", db_constraint=False, db_index=False)
    # Beside the record, so that a look-up by key is one index probe.
    person = away_key("people.Person", db_constraint=False, db_index=False)

    class Privacy:
        personal = frozenset({"key", "record", "person"})
        ordinary = frozenset({"id", "area"})

    class Meta:
        indexes = [
            models.Index(
                fields=["area", "key"], include=["person"], name="linkkey_by_key"
            ),
        ]

    def __str__(self) -> str:
        return f"Key of record {self.record_id}"


class LinkDecision(models.Model):
    """Why a record belongs to a person that was already known. Append-only."""

    area = area_key()
    record = away_key("people.PersonRecord", db_constraint=False, db_index=False)
    person = away_key("people.Person", db_index=False)
    rule = models.TextField()
    matched_on = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"record", "person", "matched_on"})
        ordinary = frozenset({"id", "area", "rule", "decided_at", "decided_by"})

    class Meta:
        indexes = [models.Index(fields=["person"], name="linkdecision_by_person")]

    def __str__(self) -> str:
        return f"Record {self.record_id} is person {self.person_id}"
