"""The pages of what is not owed, and why."""

import pytest
from django.urls import reverse

from alongside.care.journey.models import OutOfReach

FORM = {
    "basis": "no_safe_way",
    "holder": "police",
    "words": "The officer says that he reads her letters",
}


@pytest.fixture
def page(asha):
    return reverse("reach:reach", args=[asha])


def text(answer):
    return answer.content.decode()


def test_a_worker_writes_it_down_looks_again_and_ends_it(
    tom, held_by_tom, asha, *, page, promise, today
):
    promise(asha, "R06-CHARGE", 3)
    assert "Nothing stands in the way" in text(tom.get(page))
    wrong = text(tom.post(page, {}))
    assert "Choose why they cannot be told" in wrong
    assert "Say how it is known" in wrong

    shown = text(tom.post(page, FORM, follow=True))
    assert "There is no safe way to tell them" in shown
    assert "not owed at the moment" in shown
    assert "Look at it again" in shown

    promises = text(tom.get(reverse("casework:promises", args=[asha])))
    assert "It is not safe to contact them, since" in promises
    assert page in promises
    case = text(tom.get(reverse("casework:case", args=[asha])))
    assert "not owed: it is not safe to contact them." in case

    row = OutOfReach.objects.get(until=None, basis="no_safe_way")
    again = reverse("reach:again", args=[asha, row.public_id])
    OutOfReach.objects.filter(pk=row.pk).update(review_on=today)
    tom.post(again, {"found": "still"})
    assert OutOfReach.objects.get(pk=row.pk).review_on == row.review_on
    assert "Say what has changed" in text(tom.post(again, {"found": "over"}))
    done = text(tom.post(again, {"found": "over", "why": "She moved out"}, follow=True))
    assert "She moved out" in done
    assert tom.get(again).status_code == 404


def test_a_supervisor_sees_how_many_and_why(
    client_as, tom, held_by_tom, *, page, asha, promise
):
    promise(asha, "R06-CHARGE", 3)
    everybody = reverse("reach:not_owed")
    supervisor = client_as("supervisor")
    assert "Nobody is out of reach" in text(supervisor.get(everybody))

    tom.post(page, FORM)

    shown = text(supervisor.get(everybody))
    assert "It is not safe to contact them" in shown
    assert "The police&#x27;s" in shown
    assert "Nobody is out of reach" in text(
        supervisor.get(everybody, {"why": "has_died"})
    )
    file = text(supervisor.get(everybody, {"format": "csv"}))
    assert "unsafe_to_contact,no_safe_way" in file


def test_who_does_not_work_cases_writes_nothing(client_as, page):
    assert client_as("police").get(page).status_code == 403
    assert client_as("commissioner").get(reverse("reach:not_owed")).status_code == 403
