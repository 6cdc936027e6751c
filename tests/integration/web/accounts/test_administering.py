"""What an administrator does to accounts, and what nobody else can."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.utils import timezone

from alongside.foundation.accounts import operations
from alongside.foundation.accounts.models import (
    ApiToken,
    Membership,
    Notice,
    SecondFactor,
    User,
)
from alongside.foundation.accounts.queries import (
    get_actor,
    get_actor_by_token,
)
from alongside.foundation.lib.errors import NotAllowed, NotFound
from alongside.walls.context import acting_as
from tests.integration.web.accounts.people import ADMINISTRATOR, WORKER

pytestmark = pytest.mark.django_db
CHOSEN = "three unrelated words"


@pytest.fixture
def admin(sign_in):
    client = Client()
    sign_in(client, email=ADMINISTRATOR)
    return client


def path_of(email: str) -> str:
    return f"/accounts/{User.objects.get(email=email).public_id}"


def place(client, words: str) -> str:
    choices = client.get("/accounts/new").context["page"].form.fields["place"].choices
    return str(next(value for value, said in choices if words in said))


def make(client, **changes):
    typed = {
        "name": "Ada Finch",
        "email": "ada.finch@llr.example",
        "role": "contact_worker",
        "place": place(client, "First contact"),
        **changes,
    }
    return client.post("/accounts/new", typed)


def choose(link: str, password: str = CHOSEN, again: str = ""):
    typed = {"password": password, "again": again or password}
    return Client().post(link, typed)


def test_a_new_account_from_invitation_to_second_factor(admin, client):
    link = make(admin).context["page"].secret
    assert choose(link).url == "/sign-in"
    answer = client.post(
        "/sign-in", {"email": "ada.finch@llr.example", "password": CHOSEN}
    )

    assert answer.url == "/sign-in/second-factor"
    assert client.get(answer.url).url == "/sign-in/set-up"


def test_a_link_works_once_and_is_not_kept(admin):
    link = make(admin).context["page"].secret
    choose(link)
    answer = choose(link)

    assert answer.status_code == 404
    assert b"has been used, has run out, or was never made" in answer.content
    assert choose("/invitation/never-made").content == answer.content


def test_a_link_runs_out(admin, later):
    link = make(admin).context["page"].secret
    later(hours=73)

    assert choose(link).status_code == 404


def test_a_new_link_ends_the_one_before(admin):
    first = make(admin).context["page"].secret
    second = admin.post(path_of("ada.finch@llr.example") + "/invite")

    assert choose(first).status_code == 404
    assert choose(second.context["page"].secret).url == "/sign-in"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", b"at least 12 characters"),
        ("qwerty123456", b"one that many people use"),
        ("passwordpassword", b"one that many people use"),
        ("Sunshine2026!", b"one that many people use"),
        ("ada-is-here-today-FINCH", b"must not contain your name"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(admin, password, words):
    link = make(admin).context["page"].secret
    answer = choose(link, password)

    assert words in answer.content
    assert choose(link).url == "/sign-in"


def test_two_different_passwords_are_said(admin):
    link = make(admin).context["page"].secret

    assert b"not the same" in choose(link, CHOSEN, "three other words").content


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": WORKER}, b"already an account"),
        ({"email": "not an address"}, b"Enter an e-mail address like"),
        ({"name": ""}, b"Enter their name"),
        ({"role": "feed_receiver"}, b"valid choice"),
        ({"place": "999999-"}, b"valid choice"),
    ],
)
def test_what_makes_no_account_is_said(admin, changes, words):
    before = User.objects.count()

    assert words in make(admin, **changes).content
    assert User.objects.count() == before


def test_starting_again_takes_everything_away_and_tells_them(admin):
    answer = admin.post(path_of(WORKER) + "/start-again")

    assert "/invitation/" in answer.context["page"].secret
    assert not SecondFactor.objects.filter(user__email=WORKER).exists()
    assert not User.objects.get(email=WORKER).has_usable_password()
    worker = acting(WORKER)
    with acting_as(worker):
        assert "second factors" in Notice.objects.get().words


def test_the_list_is_searched_and_saved(admin):
    assert b"Tom Hollis" in admin.get("/accounts?words=hol+tom").content
    assert b"Nobody matches" in admin.get("/accounts?words=zzz").content
    text = admin.get("/accounts?format=csv&words=hollis").content.decode()
    assert text.splitlines()[1].startswith("Tom Hollis,worker@llr.example")


def machine_of(admin, name):
    """Whom a machine acts as, by the name of the account."""
    machines = admin.get("/machines/new").context["machines"]
    return next(one.membership_id for one in machines if name in one.words)


def test_a_machine_that_reads_counts_has_an_end(admin):
    given = {"machine": machine_of(admin, "Alan"), "label": "Review"}

    assert b"Enter the last day it works" in admin.post("/machines/new", given).content
    last = timezone.now() + timedelta(days=100)
    day = {"until_0": last.day, "until_1": last.month, "until_2": last.year}
    token = admin.post("/machines/new", given | day).context["page"].secret
    actor = get_actor_by_token(token=token, now=timezone.now())
    assert actor.role == "commissioner"
    assert ApiToken.objects.get(label="Review").until is not None


def test_a_machines_access(admin):
    given = {"machine": machine_of(admin, "Ruth"), "label": "Niche export"}
    token = admin.post("/machines/new", given).context["page"].secret
    assert get_actor_by_token(token=token, now=timezone.now()).role == "police_liaison"
    row = ApiToken.objects.get(label="Niche export")
    assert token.encode() not in bytes(row.sha256)

    assert b"Niche export" in admin.get("/machines").content
    admin.post(f"/machines/{row.public_id}/end")
    with pytest.raises(NotFound):
        get_actor_by_token(token=token, now=timezone.now())


def test_nobody_changes_their_own_account(admin):
    own = path_of(ADMINISTRATOR)
    membership = Membership.objects.get(user__email=ADMINISTRATOR)

    for path in ("/end", "/invite", "/start-again", f"/roles/{membership.pk}/end"):
        assert admin.post(own + path).status_code == 403
    assert b"This is your own account" in admin.get(own).content


def acting(email: str, *, strong: int = 1, **changes):
    user = User.objects.get(email=email)
    actor = get_actor(user_id=user.pk, now=timezone.now())
    values = {**vars(actor), "strong_at": strong, **changes}
    return type(actor)(**values)


STATEMENTS = [
    "accounts_make('x@llr.example', 'X', {agency}, NULL, 'supervisor', now())",
    "accounts_add_role('{account}', {agency}, NULL, 'supervisor')",
    "accounts_end_role('{account}', {membership}, now())",
    "accounts_end('{account}', now())",
    "accounts_invite('{account}', '\\x00', now(), now())",
    "accounts_start_again('{account}')",
    "accounts_make_token({membership}, 'x', '\\x00', now(), NULL)",
    "accounts_end_token('{account}', now())",
]


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize(
    ("email", "changes"),
    [
        ("supervisor@llr.example", {}),
        (ADMINISTRATOR, {"strong": 0}),
        (ADMINISTRATOR, {"area_id": 999_999}),
        (ADMINISTRATOR, {"agency_id": 999_999}),
    ],
    ids=["another role", "no second factor", "another area", "another agency"],
)
def test_the_database_itself_refuses(statement, email, changes):
    """Whatever the code above it does, injected SQL included."""
    worker = Membership.objects.select_related("user").get(user__email=WORKER)
    query = statement.format(
        account=worker.user.public_id, membership=worker.pk, agency=worker.agency_id
    )
    actor = acting(email, **changes)
    with (
        acting_as(actor),
        pytest.raises(DatabaseError, match="not an administrator"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT {query}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_membership SET role = 'system_administrator'",
        "INSERT INTO accounts_membership (user_id, agency_id, role) VALUES (1, 1, 'x')",
        "INSERT INTO accounts_invitation (user_id) VALUES (1)",
        "UPDATE accounts_apitoken SET until = NULL",
        "UPDATE accounts_user SET is_active = true",
        "UPDATE accounts_secondfactor SET sealed = '\\x00'",
        "UPDATE accounts_outsideidentity SET user_id = 1",
    ],
)
def test_the_application_writes_none_of_it_directly(statement):
    with (
        acting_as(acting(ADMINISTRATOR)),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_account_of_another_area_is_not_there(admin, monkeypatch):
    path = path_of(WORKER)
    monkeypatch.setattr(
        "alongside.foundation.accounts.queries.administration._of_area",
        lambda actor: User.objects.none(),
    )

    assert admin.get(path).status_code == 404
    assert admin.post(path + "/end").status_code == 404


def test_the_operation_refuses_who_is_no_administrator():
    user = User.objects.get(email=WORKER)
    with acting_as(acting("supervisor@llr.example")), pytest.raises(NotAllowed):
        operations.end_account(
            actor=acting("supervisor@llr.example"),
            now=timezone.now(),
            account_id=user.public_id,
        )
