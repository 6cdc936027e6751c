"""When each round last ran, so that daily means daily however often a worker starts."""

from django.db import models


class Outcome(models.TextChoices):
    """How a round ended. One that was killed stays under way."""

    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class LastRun(models.Model):
    """The last run of one round. Nothing personal."""

    name = models.CharField(primary_key=True, max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)

    class Meta:
        db_table = "jobs_round"

    def __str__(self) -> str:
        return self.name

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"name", "started_at", "ended_at", "outcome"})
