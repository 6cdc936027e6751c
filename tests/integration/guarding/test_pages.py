"""The pages of emergency access, conflicts and walls, as each role meets them."""

import pytest

from alongside.care.guarding import queries
from alongside.walls.context import acting_as
from tests.integration.guarding.conftest import ASHA, OMAR, REASON
from tests.integration.web.casework.conftest import text_of
from tests.integration.web.conftest import *  # noqa: F403  how somebody signs in

pytestmark = pytest.mark.django_db
ASKED = {
    "reference": ASHA["crime_ref"],
    "category": "danger_to_life",
    "reason": REASON,
}


def test_a_case_opens_behind_a_banner_and_closes_with_one_click(case_of, client_as):
    tom, case = client_as("worker"), case_of(ASHA)
    assert tom.get(f"/cases/{case}").status_code == 404

    opened = tom.post("/emergency", ASKED)

    assert opened["Location"] == f"/cases/{case}"
    for page in (f"/cases/{case}", f"/cases/{case}/note", f"/cases/{case}/promises"):
        text = text_of(tom.get(page))
        assert "You opened this in an emergency. 3 hours 5" in text
    assert "You opened this in an emergency" not in text_of(tom.get("/work"))
    close = text.split('action="/emergency/')[1].split('"')[0]
    closed = tom.post(f"/emergency/{close}", follow=True)
    assert "You can no longer see that case" in text_of(closed)
    assert tom.get(f"/cases/{case}").status_code == 404
    assert "That was closed already" in text_of(
        tom.post(f"/emergency/{close}", follow=True)
    )


def test_the_answer_is_the_same_for_what_is_unknown_and_what_is_barred(
    case_of, client_as
):
    tom = client_as("worker")
    case_of(ASHA)
    said = {"kind": "related", "reason": "My aunt"}
    asked = {"reference": ASHA["crime_ref"], **said}
    tom.post("/conflicts/declare", asked, follow=True)
    answers = []
    for reference in (ASHA["crime_ref"], "26099999999"):
        page = text_of(tom.post("/emergency", {**ASKED, "reference": reference}))
        assert "We could not open that. Your attempt is recorded." in page
        page = page.split("<main")[1].split("</main")[0].replace(reference, "")
        answers.append(page.split('name="csrfmiddlewaretoken"')[0])
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reference": ""}, "Enter the reference in full"),
        ({"category": ""}, "Choose what kind of emergency it is"),
        ({"reason": ""}, "Say why you need to see this case now"),
        ({"reason": "Because"}, "Say more: whoever reviews this must understand why"),
    ],
)
def test_mistakes_are_said_beside_their_fields(db, client_as, changed, says):
    page = text_of(client_as("worker").post("/emergency", {**ASKED, **changed}))
    assert says in page
    assert "<title>Error: Emergency access - Alongside</title>" in page


def test_governance_reviews_what_was_looked_at(case_of, client_as, act):
    tom, bea, case = client_as("worker"), client_as("information"), case_of(ASHA)
    assert "No emergency access waits" in text_of(bea.get("/emergency/reviews"))
    tom.post("/emergency", ASKED)
    tom.get(f"/cases/{case}")
    assert "Tom Hollis" in text_of(bea.get("/emergency/reviews"))
    with acting_as(act("information")):
        (use,) = queries.list_emergencies(
            actor=act("information"), waiting=True, limit=2
        )
    here = f"/emergency/reviews/{use.access_id}"
    page = text_of(bea.get(here))
    assert REASON in page and "Opened the case page" in page
    assert "Asha" not in page and "Reed" not in page
    assert tom.get(here).status_code == 403
    assert "Say how you came to that" in text_of(
        bea.post(here, {"finding": "justified"})
    )
    said = {"finding": "not_justified", "words": "Nobody had rung"}
    assert bea.post(here, said)["Location"] == "/emergency/reviews"
    assert "Not justified" in text_of(bea.get("/emergency/reviews?show=reviewed"))
    assert "Nobody had rung" in text_of(bea.get(here))
    assert "was found not justified" in text_of(tom.get("/notices"))


def test_a_conflict_declared_from_the_case_closes_it(case_of, client_as):
    tom, case = client_as("worker"), case_of(OMAR)
    page = text_of(tom.get(f"/cases/{case}"))
    link = page.split('href="/conflicts/declare?')[1].split('"')[0]
    form = text_of(tom.get(f"/conflicts/declare?{link}"))
    short = link.split("reference=")[1]
    assert f'value="{short}"' in form
    said = {"reference": short, "kind": "related", "reason": "My neighbour"}
    answer = text_of(tom.post("/conflicts/declare", said, follow=True))
    assert "If we hold anything under that reference" in answer
    # Queue, old tabs and exports: as if there were no such case.
    assert tom.get(f"/cases/{case}").status_code == 404
    assert tom.post(f"/cases/{case}/note", {"text": "x"}).status_code == 404
    assert str(case) not in text_of(tom.get("/queue?show=all"))
    assert "Omar" not in text_of(tom.get("/queue?show=all&format=csv"))
    assert str(case) in text_of(client_as("supervisor").get("/queue?show=all"))


def test_governance_lists_lifts_and_saves_conflicts(case_of, client_as):
    sarah, tom, case = client_as("supervisor"), client_as("worker"), case_of(OMAR)
    assert "No conflict stands" in text_of(sarah.get("/conflicts"))
    said = {"reference": OMAR["crime_ref"], "kind": "other", "reason": "Old friend"}
    tom.post("/conflicts/declare", said)
    page = text_of(sarah.get("/conflicts"))
    assert "Tom Hollis" in page and "Old friend" in page and "Omar" not in page
    assert "Tom Hollis" in text_of(sarah.get("/conflicts?format=csv"))
    assert tom.get("/conflicts").status_code == 403
    lift = "/conflicts/" + page.split('href="/conflicts/')[-1].split('"')[0]
    assert "Say why they may be let in" in text_of(sarah.post(lift, {}))
    assert sarah.post(lift, {"reason": "Another Omar"})["Location"] == "/conflicts"
    assert tom.get(f"/cases/{case}").status_code == 200
    assert "Another Omar" in text_of(sarah.get("/conflicts?show=all"))


def test_my_details_are_registered_and_not_shown_again(db, client_as):
    tom = client_as("worker")
    typed = {
        "given_names": "Tom\nThomas",
        "surnames": "Hollis",
        "born_0": "3",
        "born_1": "4",
        "born_2": "1988",
        "house": "9",
        "postcode": "le1 1aa",
        "phones": "07700 900555",
        "emails": "Tom.Private@people.example",
    }
    page = text_of(tom.post("/conflicts/my-details", typed, follow=True))
    assert "Registered. What you typed is not kept" in page
    assert "2 marks" in page
    for value in ("Thomas", "900555", "people.example", "LE1 1AA"):
        assert value not in page
    for name, value, says in (
        ("postcode", "nowhere", "Enter a full postcode"),
        ("phones", "12", "Enter each phone number"),
        ("emails", "no address", "Enter each e-mail address"),
    ):
        assert says in text_of(
            tom.post("/conflicts/my-details", {**typed, name: value})
        )


def test_a_supervisor_puts_a_case_behind_a_wall(case_of, client_as):
    sarah, tom, case = client_as("supervisor"), client_as("worker"), case_of(OMAR)
    here = f"/cases/{case}/walls"
    assert tom.get(here).status_code == 403
    page = text_of(sarah.get(here))
    version = page.split('name="version" value="')[1].split('"')[0]
    said = {"version": version, "walls": ["child"], "reason": "She is 17"}
    nothing = text_of(sarah.post(here, {**said, "walls": []}))
    assert "nothing would change" in nothing
    assert sarah.post(here, said)["Location"] == f"/cases/{case}"
    assert "Put behind a wall: Child" in text_of(sarah.get(f"/cases/{case}"))
    assert tom.get(f"/cases/{case}").status_code == 404
    stale = text_of(sarah.post(here, {**said, "walls": []}))
    assert "Somebody else has changed this case" in stale
    highest = {**said, "walls": ["child", "high_profile"], "reason": "The press"}
    highest["version"] = (
        text_of(sarah.get(here)).split('name="version" value="')[1].split('"')[0]
    )
    assert sarah.post(here, highest)["Location"] == "/access"
    counts = text_of(sarah.get("/walls"))
    assert "Child, High profile" in counts and "Cases that you may not see" in counts


def test_governance_clears_somebody_and_ends_it(db, client_as):
    bea = client_as("information")
    page = text_of(bea.get("/clearances"))
    assert "Nobody is cleared by name" in page and "Bea Lindqvist<" not in page
    tom = page.split(">Tom Hollis")[0].rsplit('value="', 1)[1].split('"')[0]
    said = {
        "colleague": tom,
        "compartment": "high_profile",
        "reason": "Works one case",
        "until_0": "1",
        "until_1": "1",
        "until_2": "2001",
    }
    assert "still to come" in text_of(bea.post("/clearances", said))
    given = text_of(bea.post("/clearances", {**said, "until_2": "2100"}, follow=True))
    assert "Works one case" in given
    end = "/clearances/" + given.split('href="/clearances/')[1].split('"')[0]
    assert "End this clearance?" in text_of(bea.get(end))
    assert "is no longer cleared" in text_of(bea.post(end, follow=True))
    for name in ("supervisor", "worker", "police"):
        assert client_as(name).get("/clearances").status_code == 403


def test_the_hub_shows_to_each_role_what_it_may(db, client_as):
    worker = text_of(client_as("worker").get("/access"))
    assert "Open a case in an emergency" in worker
    assert "Conflicts of staff" not in worker
    governance = text_of(client_as("information").get("/access"))
    assert "Emergency access to review" in governance
    assert "Open a case in an emergency" not in governance
    assert client_as("commissioner").get("/access").status_code == 403
