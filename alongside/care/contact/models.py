"""Attempts to reach a person."""

from django.db import models

from alongside.care.contact.types import Channel
from alongside.foundation.lib.fields import area_key, away_key


class ContactAttempt(models.Model):
    """One attempt to reach a person, and what came of it. Append-only."""

    area = area_key()
    case = away_key("casework.Case", db_index=False)
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)
    channel = models.TextField(choices=[(str(c), str(c)) for c in Channel])
    safety = models.TextField()  # what the channel was marked when it was used
    result = models.TextField()
    words = models.TextField()
    recorded_at = models.DateTimeField()

    class Privacy:
        personal = frozenset({"case", "channel", "safety", "result", "words"})
        ordinary = frozenset({"id", "area", "at", "by", "recorded_at"})

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="attempt_by_case")]

    def __str__(self) -> str:
        return f"Attempt {self.pk} for case {self.case_id}"
