"""Rows that count their changes, so that nobody saves over what another saved."""

from django.db import models


class Counted(models.Model):
    """A row that says how often it was changed, counted from 1."""

    version = models.IntegerField(db_default=1)

    class Meta:
        abstract = True

    def keep(self, *fields: str) -> None:
        """Save these fields as one more change."""
        self.version += 1
        self.save(update_fields=["version", *fields])
