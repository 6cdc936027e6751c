"""A case hidden from the police changes nothing that a force can read."""

import re

import pytest
from django.urls import reverse

from alongside.care.casework.queries import get_case
from alongside.care.guarding.operations.compartments import set_compartments
from alongside.walls.context import acting_as
from tests.factories.feeds import receive
from tests.integration.guarding.conftest import OMAR, sees
from tests.integration.web.casework.conftest import text_of
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in
from tests.support.receiving import FORCE
from tests.support.receiving import ask as ask_service

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def everything_a_force_reads(police):
    deliveries = ask_service("SELECT public_id FROM intake_delivery ORDER BY id")
    addresses = [reverse("intake:feed", args=[FORCE])]
    for (delivery,) in deliveries:
        for name in ("delivery", "fates", "returns"):
            addresses.append(reverse(f"intake:{name}", args=[FORCE, delivery]))
    found = {}
    for address in addresses:
        answer = police.get(address)
        assert answer.status_code == 200, address
        found[address] = TOKEN.sub("", text_of(answer))
    return found


def hide(actor, now, case):
    with acting_as(actor):
        version = get_case(actor=actor, public_id=case).version
        set_compartments(
            actor=actor,
            now=now,
            case_id=case,
            version=version,
            chosen=["police_blind"],
            reason="He asked that the police are not told",
        )


def test_a_force_reads_the_same_before_and_after(act, case_of, client_as, now):
    police, case = client_as("police"), case_of(OMAR)
    before = everything_a_force_reads(police)
    hide(act("supervisor"), now, case)
    assert everything_a_force_reads(police) == before
    assert not any(str(case) in text for text in before.values())
    # Those who work for the service see it as before; the force never did.
    assert sees(act("worker"), case) and not sees(act("police"), case)


def test_what_is_sent_of_them_later_has_the_fate_it_would_have_had(act, case_of, now):
    case = case_of(OMAR)
    hide(act("supervisor"), now, case)
    again = {**OMAR, "crime_ref": "26000000010"}
    report = receive([again], now=now, extract_id="LEI-2")
    assert report.accepted == 1
    codes = ask_service("SELECT code FROM intake_feedrow ORDER BY id DESC LIMIT 1")
    assert codes == [("created",)]
