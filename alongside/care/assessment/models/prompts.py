"""Prompts that a worker said are not needed."""

from django.db import models
from django.db.models import Q

from alongside.care.assessment.types.prompts import PromptCode
from alongside.foundation.lib.fields import area_key, away_key, one_of


class PromptAnswer(models.Model):
    """Why what a case asked for was not needed. Append-only.

    `about` is what the prompt was about: the next of its kind is not answered by it.
    """

    area = area_key()
    case = away_key("casework.Case", db_index=False)
    code = models.TextField(choices=one_of(PromptCode))
    about = models.TextField()
    words = models.TextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = away_key("accounts.User", db_index=False)

    class Privacy:
        personal = frozenset({"case", "code", "about", "words", "reason"})
        ordinary = frozenset({"id", "area", "at", "by"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="promptanswer_says_why", condition=~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["case", "code"], name="promptanswer_by_case")]

    def __str__(self) -> str:
        return f"{self.code} of case {self.case_id} answered"
