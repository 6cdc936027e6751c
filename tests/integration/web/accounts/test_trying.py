"""Guessing is slowed (OWASP ASVS 5.0, 6.3.1, 6.6.3)."""

import pytest
from django.test import Client

from alongside.foundation.accounts.models import TryCount
from tests.integration.web.accounts.people import (
    ELSEWHERE,
    HERE,
    WORKER,
    WRONG,
    at,
    fail,
    give,
    password_only,
)
from tests.support.signing_in import fresh_code

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]


def test_the_sixth_try_waits_and_says_how_long(client):
    assert fail(client, 5).status_code == 200
    answer = fail(client, 1)

    assert answer.status_code == 429
    assert b"Try again in 15 minutes" in answer.content
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_even_the_right_password_waits(client, sign_in):
    fail(client, 5)

    assert sign_in(client).status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_enemy_elsewhere_locks_nobody_out(sign_in):
    fail(at(ELSEWHERE), 8)

    assert sign_in(at(HERE)).url == "/"


def test_the_wait_ends(client, sign_in, later):
    fail(client, 6)
    later(minutes=16)

    assert sign_in(client).url == "/"


def test_a_right_password_starts_the_count_again(client, sign_in):
    fail(client, 4)
    sign_in(client)
    client.post("/sign-out")

    assert fail(client, 4).status_code == 200


def test_one_address_that_tries_many_accounts_waits(client):
    for number in range(100):
        assert fail(client, 1, f"nobody{number}@llr.example").status_code == 200

    assert fail(client, 1, "somebody.else@llr.example").status_code == 429
    assert fail(at(ELSEWHERE), 1).status_code == 200


def test_an_unknown_account_waits_as_a_known_one_does(client):
    assert fail(client, 6, "nobody@llr.example").status_code == 429


def test_a_second_factor_is_not_to_be_guessed(client):
    password_only(client)
    for _ in range(5):
        assert give(client, "000000").status_code == 200

    assert give(client, fresh_code(WORKER)).status_code == 429
    assert "_auth_user_id" not in client.session


def test_nor_from_many_addresses(later):
    hours = iter(range(12))
    for address in range(6):
        client = password_only(at(f"192.0.2.{address}"))
        for _ in range(5):
            assert give(client, "000000").status_code == 200
    later(hours=next(hours))
    client = password_only(at(ELSEWHERE))

    assert give(client, fresh_code(WORKER)).status_code == 429


def test_no_address_is_kept_and_marks_are_forgotten(client, sign_in, later):
    fail(at(HERE), 3)
    marks = [bytes(mark) for mark in TryCount.objects.values_list("mark", flat=True)]
    assert marks
    assert all(len(mark) == 32 and HERE.encode() not in mark for mark in marks)
    later(days=3)
    sign_in(client)

    assert not TryCount.objects.filter(mark__in=marks).exists()


def test_a_header_anybody_can_write_is_not_believed(client):
    for number in range(6):
        header = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}"}
        form = {"email": WORKER, "password": WRONG}
        answer = client.post("/sign-in", form, **header)
    assert answer.status_code == 429


def test_behind_a_proxy_the_address_it_saw_counts(settings, sign_in):
    settings.PROXIES = 1
    enemy = Client(HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}")
    fail(enemy, 6)

    assert sign_in(Client(HTTP_X_FORWARDED_FOR=HERE)).url == "/"
