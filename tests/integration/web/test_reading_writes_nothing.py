"""Asking for any page, as anybody, changes nothing but the audit trail."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from psycopg import sql

from alongside.care.casework.operations.tasks import add_tasks
from alongside.care.casework.types import NewTask, TaskKind
from alongside.care.code_rights.operations import Whereabouts
from alongside.care.code_rights.types import StepAsked
from alongside.care.information_requests.operations.saying import write_down
from alongside.care.information_requests.types import Asker, CameBy
from alongside.care.information_rights.operations.requests import register_request
from alongside.care.information_rights.types import ReceivedBy, RightKind
from alongside.care.instruments.types import Moment
from alongside.demo.sample import REFERRALS, first_rows
from alongside.foundation.accounts.models import ApiToken, User
from alongside.foundation.accounts.queries import get_actor
from alongside.foundation.accounts.types import Role
from alongside.foundation.vault.types import DetailKind
from alongside.walls.context import acting_as
from alongside.web.access import REQUIRED
from alongside.workflows import assess, share_case
from alongside.workflows.code_rights import begin_right, read_begin
from alongside.workflows.give_token import give_token
from alongside.workflows.protected_details import protect
from tests.factories.reviews import make_review
from tests.factories.sharing import agree, make_agreement, plan
from tests.support.receiving import FORCE, NOW, ask, receive_bytes

ROWS = 200
# The trail is what looking writes. A session notes when it was last used.
MAY_CHANGE = {"accounts_signinsession"}
TABLES = """
    SELECT relname FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""


def addresses(patterns, prefix=""):
    """Every page's address, as Django writes it, with what guards it."""
    for pattern in patterns:
        here = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield here, f"{view.__module__}.{view.__qualname__}"


PAGES = {
    address: REQUIRED[view]
    for address, view in addresses(get_resolver("config.urls").url_patterns)
    if view in REQUIRED
}


# Nothing is planned yet: who asks is told so, and nothing is written.
PLANNED = (
    *("<uuid:event_id>", "<uuid:update_id>", "<uuid:message_id>"),
    *("<uuid:goal_id>", "<uuid:action_id>", "<uuid:appointment_id>"),
    *("<uuid:warning_id>", "<uuid:relation_id>", "<uuid:note_id>"),
    *(
        "<uuid:user_id>",
        "<uuid:hours_id>",
        "<uuid:escalation_id>",
        "<uuid:reach_id>",
        "<uuid:day_id>",
    ),
)


def examples():
    """What to put for each part of an address."""

    def first(query):
        return ask(f"{query} LIMIT 1")[0][0]

    person = first("SELECT public_id FROM people_person ORDER BY id")
    case = first("SELECT c.public_id FROM casework_case c ORDER BY c.high_risk DESC")
    return {
        "<uuid:case_id>": case,
        **shared(case),
        **assessed(case),
        **used(case),
        "<uuid:person_id>": person,
        "<uuid:detail_id>": protected(person),
        "<uuid:hold_id>": first("SELECT public_id FROM intake_hold"),
        "<uuid:delivery>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:review_id>": looked_at(),
        "<uuid:merge_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:name>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:access_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:conflict_id>": first("SELECT public_id FROM intake_delivery"),
        "<int:contact_id>": first("SELECT id FROM people_contactpoint"),
        "<uuid:pair_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:other_id>": first(
            "SELECT public_id FROM people_person ORDER BY id DESC"
        ),
        "<uuid:request_id>": asked_of_us(),
        "<uuid:asked_id>": records_asked_for(case),
        "<uuid:clearance_id>": first("SELECT public_id FROM intake_delivery"),
        "<str:force>": FORCE,
        "<uuid:account_id>": first(
            "SELECT public_id FROM accounts_user WHERE email = 'worker@llr.example'"
        ),
        "<int:membership_id>": first(
            "SELECT m.id FROM accounts_membership m JOIN accounts_user u"
            " ON u.id = m.user_id WHERE u.email = 'worker@llr.example'"
        ),
        "<uuid:pack_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:erasure_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:restriction_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:run_id>": first("SELECT public_id FROM intake_delivery"),
        "<uuid:session_id>": first("SELECT public_id FROM intake_delivery"),
        **dict.fromkeys(PLANNED, first("SELECT public_id FROM intake_delivery")),
        "<slug:key>": "person",
        "<slug:holder>": "wcu",
        "<slug:rule>": "no_news",
        "<slug:instrument>": "dash",
        "<slug:language>": "pl",
        "<slug:template>": "charged",
        "<slug:form>": "standard",
        "<slug:code>": "dash",
        "<slug:section>": "before",
        "<int:number>": 1,
        "<int:telling_id>": 1,
        "<uuid:token_id>": machine(),
        "<uuid:event_id>": first("SELECT public_id FROM intake_delivery"),
        "<slug:event>": "charged",
    }


def looked_at():
    """Whether the two last people are one: a task for a reviewer."""
    (two, one) = ask(
        "SELECT crime_ref FROM casework_victimisation"
        " WHERE case_id IS NOT NULL ORDER BY id DESC LIMIT 2"
    )
    return make_review(two[0], one[0], now=NOW)


def machine():
    """A token that a machine of the force's has."""
    give_token(actor="test", now=NOW, force_code=FORCE, label="a machine")
    return ApiToken.objects.get(label="a machine").public_id


def asked_of_us():
    """Somebody's request for what is held about them, as the register has it."""
    now = datetime.now(tz=UTC)
    officer = acting("information", now)
    with acting_as(officer), transaction.atomic():
        return register_request(
            actor=officer,
            now=now,
            kind=RightKind.ACCESS,
            person_key=ask("SELECT id FROM people_person ORDER BY id LIMIT 1")[0][0],
            asked_by="The person",
            what="Everything",
            received_on=now.date(),
            received_by=ReceivedBy.LETTER,
            proof_asked=False,
        )


def records_asked_for(case):
    """Somebody's request for the records of a case."""
    now = datetime.now(tz=UTC)
    worker = acting("supervisor", now)
    with acting_as(worker), transaction.atomic():
        return write_down(
            actor=worker,
            now=now,
            case_id=case,
            asker=Asker(
                body="police",
                body_name="Another Police",
                asker_id=None,
                officer_role="Detective constable",
                their_reference="",
                received_on=now.date(),
                received_by=CameBy.EMAIL,
            ),
        )


def protected(person):
    """A detail of theirs that a worker keeps under protection."""
    user = User.objects.get(email="worker@llr.example")
    worker = get_actor(user_id=user.pk, now=NOW)
    with acting_as(worker), transaction.atomic():
        return protect(
            actor=worker,
            now=NOW,
            person_id=person,
            kind=DetailKind.SAFE_ADDRESS,
            text="An invented place",
        )


def shared(case):
    """An agreement, what somebody agreed to under it, and what is shared for that."""
    now = datetime.now(tz=UTC)
    agreement = make_agreement(acting("information", now), now=now)
    worker = acting("supervisor", now)
    with acting_as(worker), transaction.atomic():
        entry = agree(worker, case, now=now)
        asked = plan(case, asked="A place in the group")
        share = share_case.share(actor=worker, now=now, plan=asked)
    return {
        "<uuid:agreement_id>": agreement,
        "<uuid:entry_id>": entry,
        "<uuid:share_id>": share,
    }


def assessed(case):
    """A task in a case, and an assessment begun there."""
    now = datetime.now(tz=UTC)
    worker = acting("supervisor", now)
    with acting_as(worker), transaction.atomic():
        due = NewTask(kind=TaskKind.OTHER, words="Ring her", due_on=now.date())
        add_tasks(actor=worker, now=now, case_id=case, tasks=[due])
        begun = assess.start(
            actor=worker,
            now=now,
            case_id=case,
            code="dash",
            moment=Moment.ANY,
        )
    return {
        "<uuid:assessment_id>": begun,
        "<uuid:task_id>": ask("SELECT public_id FROM casework_task LIMIT 1")[0][0],
    }


def used(case):
    """A right that somebody uses, and what was done about it."""
    now = datetime.now(tz=UTC)
    worker = acting("supervisor", now)
    with acting_as(worker), transaction.atomic():
        crime = read_begin(actor=worker, now=now, case_id=case).found.crimes[0]
        taken = begin_right(
            actor=worker,
            now=now,
            case_id=case,
            kind="vps",
            about=Whereabouts(victimisation_id=crime.victimisation_id),
            asked=StepAsked(
                step="offered",
                on=now.date(),
                by="police",
                fields={"how": "phone", "explained": True},
            ),
        )
    (step,) = ask("SELECT public_id FROM code_rights_rightstep LIMIT 1")[0]
    return {
        "<uuid:record_id>": taken.record_id,
        "<uuid:step_id>": step,
        "<slug:kind>": "vps",
        "<slug:step>": "declined",
    }


def acting(name, now):
    user = User.objects.get(email=f"{name}@llr.example")
    return get_actor(user_id=user.pk, now=now)


def contents(reach):
    """A sum of each table's rows, whoever may see them."""
    found = {}
    with psycopg.connect(reach.owner.conninfo()) as owner:
        for (table,) in owner.execute(TABLES).fetchall():
            rows = sql.SQL(
                "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
                " FROM {} t"
            ).format(sql.Identifier(table))
            found[table] = owner.execute(rows).fetchone()
    return {table: sums for table, sums in found.items() if table not in MAY_CHANGE}


def clients(sign_in):
    """Somebody signed in for each role."""
    for user in User.objects.exclude(email__startswith="feed.receiver"):
        client = Client()
        sign_in(client, email=user.email)
        yield client


@pytest.fixture
def filled(fresh_database):
    with first_rows(REFERRALS, ROWS) as path:
        receive_bytes(path.read_bytes())
    return fresh_database


def test_no_page_writes_when_it_is_read(filled, sign_in):
    parts = examples()
    paths = []
    for address in PAGES:
        for part, value in parts.items():
            address = address.replace(part, str(value))
        assert "<" not in address, f"say what to put in {address}"
        paths.append(f"/{address}")
    signed_in = list(clients(sign_in))
    assert len(signed_in) >= len(Role) - 1
    before = contents(filled)

    answers: dict[str, set[int]] = {path: set() for path in paths}
    for path in paths:
        assert Client().get(path)["Location"].startswith("/sign-in")
        for client in signed_in:
            answers[path].add(client.get(path).status_code)

    assert contents(filled) == before
    assert not [path for path, seen in answers.items() if max(seen) >= 500]
    # Each was answered to somebody: as a page, as on the way to one, or as a form's.
    assert not [path for path, seen in answers.items() if seen == {403}]


def test_a_page_that_writes_would_be_caught(filled):
    before = contents(filled)
    User.objects.using("owner").filter(email="worker@llr.example").update(name="Ash")
    assert contents(filled) != before
