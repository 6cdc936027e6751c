"""Questions about places. Nothing here writes."""

from collections.abc import Collection

from django.db import connection

from alongside.foundation.reference.models import Postcode
from alongside.foundation.reference.types import Geography

INWARD = 3  # letters and figures after the space
# In two long words rather than a row each: a delivery of one row asks for it, too.
GEOGRAPHY = """
    SELECT coalesce(string_agg(postcode, ' ') FILTER (WHERE ours), ''),
           coalesce(string_agg(postcode, ' ') FILTER (WHERE NOT ours), '')
      FROM (SELECT postcode, coalesce(district_code = ANY (%s), false) AS ours
              FROM reference_postcode) p
"""


def get_geography(district_codes: Collection[str]) -> Geography:
    """Which postcodes lie in these districts, and which are known to lie elsewhere.

    One statement over the whole postcode table: keep the answer for as long as a
    delivery takes rather than ask for every row.
    """
    with connection.cursor() as cursor:
        cursor.execute(GEOGRAPHY, [list(district_codes)])
        ours, others = cursor.fetchone()
    in_area = frozenset(ours.split())
    return Geography(
        in_area=in_area,
        elsewhere=frozenset(others.split()),
        outwards=frozenset(postcode[:-INWARD] for postcode in in_area),
    )


def find_district(postcode: str) -> str:
    """The code of the district a postcode lies in; empty where none is known."""
    compact = "".join(postcode.split()).upper()
    if not compact:
        return ""
    rows = Postcode.objects.filter(postcode=compact)
    return rows.values_list("district_id", flat=True).first() or ""
