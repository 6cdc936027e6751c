"""Offences whose referrals an area has decided to hold."""

import pytest

from alongside.care.intake.models import ExcludedOffence
from alongside.foundation.organisations.models import Area
from tests.support.receiving import codes, send


@pytest.mark.usefixtures("fresh_database")
def test_an_area_may_hold_an_offence():
    area = Area.objects.get(code="llr")
    ExcludedOffence.objects.using("owner").create(area_id=area.pk, offence_code="8N")
    send({}, {"crime_ref": "2", "offence_code": "34B"})

    assert codes() == ["excluded_offence", "created"]
