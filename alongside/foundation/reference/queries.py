"""Questions about places. Nothing here writes."""

from collections.abc import Collection

from alongside.foundation.reference.models import Postcode
from alongside.foundation.reference.types import Geography

INWARD = 3  # letters and figures after the space


def get_geography(district_codes: Collection[str]) -> Geography:
    """Which postcodes lie in these districts, and which are known to lie elsewhere.

    One statement over the whole postcode table: keep the answer for as long as a
    delivery takes rather than ask for every row.
    """
    ours = frozenset(district_codes)
    in_area: set[str] = set()
    elsewhere: set[str] = set()
    rows = Postcode.objects.values_list("postcode", "district_id")
    for postcode, district in rows.iterator(chunk_size=10_000):
        (in_area if district in ours else elsewhere).add(postcode)
    return Geography(
        in_area=frozenset(in_area),
        elsewhere=frozenset(elsewhere),
        outwards=frozenset(postcode[:-INWARD] for postcode in in_area),
    )


def find_district(postcode: str) -> str:
    """The code of the district a postcode lies in; empty where none is known."""
    compact = "".join(postcode.split()).upper()
    if not compact:
        return ""
    rows = Postcode.objects.filter(postcode=compact)
    return rows.values_list("district_id", flat=True).first() or ""
