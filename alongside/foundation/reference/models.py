"""Places, as stored: they are joined to in bulk. The other lists stay in memory."""

from django.db import models


class District(models.Model):
    """A local authority district and the policing area it belongs to."""

    code = models.TextField(primary_key=True)
    name = models.TextField()
    area = models.TextField()

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"code", "name", "area"})

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A unit postcode without its space, and the district it lies in."""

    postcode = models.TextField(primary_key=True)
    district = models.ForeignKey(
        District,
        on_delete=models.PROTECT,
        related_name="+",
        db_column="district_code",
    )

    class Privacy:
        personal: frozenset[str] = frozenset()
        ordinary = frozenset({"postcode", "district"})

    def __str__(self) -> str:
        return self.postcode
