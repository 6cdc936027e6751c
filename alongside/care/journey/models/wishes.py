"""What people asked for: how often they want to hear, of what, and by which channel."""

from django.db import models
from django.db.models import Q

from alongside.care.contact.types import Channel
from alongside.care.journey.types import WishKind
from alongside.foundation.lib.fields import area_key, away_key, one_of, public_id


class Wish(models.Model):
    """What somebody asked for in one case. Ended by the next, never edited."""

    public_id = public_id()
    area = area_key()
    case = away_key("casework.Case", db_index=False)
    asks = models.TextField(choices=one_of(WishKind))
    every_days = models.SmallIntegerField(null=True)
    channel = models.TextField(choices=[("", ""), *one_of(Channel)])
    words = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    recorded_by = away_key("accounts.User", null=True, db_index=False)
    ended_by = away_key("accounts.User", null=True, db_index=False)

    class Privacy:
        personal = frozenset({"case", "asks", "every_days", "channel", "words"})
        ordinary = frozenset(
            {"id", "public_id", "area", "since", "until", "recorded_by", "ended_by"}
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until=None), name="wish_one_at_a_time"
            ),
            models.CheckConstraint(
                name="wish_every_so_many_days",
                condition=Q(asks=WishKind.EVERY, every_days__gt=0)
                | ~Q(asks=WishKind.EVERY) & Q(every_days=None),
            ),
        ]
        indexes = [models.Index(fields=["case", "-since"], name="wish_by_case")]

    def __str__(self) -> str:
        return f"{self.asks} for case {self.case_id}"
