"""The database that other tests stand on is the product's own."""

import threading

import pytest
from django.db import connection, connections

from alongside.foundation.accounts.models import User
from alongside.foundation.gateways.installation import Connections
from alongside.foundation.reference.models import Postcode


@pytest.mark.django_db
def test_tests_run_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("alongside_app",)


@pytest.mark.django_db
def test_the_demonstration_area_and_the_reference_data_are_there():
    assert User.objects.filter(email="worker@llr.example").exists()
    assert Postcode.objects.exists()


def test_a_fresh_database_keeps_what_another_thread_commits(
    fresh_database: Connections,
):
    def rename() -> None:
        users = User.objects.using("owner").filter(email="worker@llr.example")
        users.update(name="Alex Ash")
        connections.close_all()

    thread = threading.Thread(target=rename)
    thread.start()
    thread.join()
    assert User.objects.get(email="worker@llr.example").name == "Alex Ash"


@pytest.mark.django_db
def test_what_was_committed_there_stays_there():
    assert not User.objects.filter(name="Alex Ash").exists()
