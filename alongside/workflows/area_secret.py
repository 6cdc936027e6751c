"""What keys of one area are made under, so that nobody else can make them."""

from functools import lru_cache

from django.conf import settings

from alongside.foundation.lib.sealing import derive_area_key
from alongside.foundation.organisations import queries as organisations


def area_secret(*, area_id: int) -> bytes:
    """The secret of an area; at most one statement a process."""
    return _derive(settings.AREA_MASTER_KEY, _code(area_id))


@lru_cache(maxsize=64)
def _code(area_id: int) -> str:
    return organisations.get_area_code(area_id=area_id)


@lru_cache(maxsize=64)
def _derive(master: bytes, area_code: str) -> bytes:
    return derive_area_key(master, area_code=area_code).key
