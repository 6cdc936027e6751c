"""What the settings are where real people's data is."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

ASKED = (
    *("DEBUG", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME"),
    *("CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    *("SECURE_SSL_REDIRECT", "INSTALLED_APPS", "PRACTICE", "ALLOWED_HOSTS"),
    *("PASSWORD_HASHERS", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_HTTPONLY"),
)
OWNERLESS = """
import json, sys
from config import web as s
json.dump([sorted(s.DATABASES), hasattr(s, "SECRETS")], sys.stdout)
"""
SHOW = (
    "import json, sys; from config import settings as s;"
    f"json.dump({{n: getattr(s, n, None) for n in {ASKED!r}}}, sys.stdout)"
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Answers what a process of an installation in production would."""
    told = {
        "ALONGSIDE_PRODUCTION": "1",
        "ALONGSIDE_HOSTS": "alongside.example",
        "ALONGSIDE_HOME": str(tmp_path_factory.mktemp("home")),
    }
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ALONGSIDE_")}
    kept.pop("DATABASE_URL", None)

    def answer(program):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**kept, **told},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return answer


@pytest.fixture(scope="module")
def settings_of_production(ask):
    return ask(SHOW)


def test_a_web_process_has_no_password_of_the_owner(ask):
    databases, has_secrets = ask(OWNERLESS)

    assert "default" in databases
    assert "owner" not in databases
    assert not has_secrets


def test_cookies_belong_to_one_host_over_tls(settings_of_production):
    told = settings_of_production
    assert told["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert told["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert told["SESSION_COOKIE_SECURE"]
    assert told["CSRF_COOKIE_SECURE"]
    assert told["SESSION_COOKIE_HTTPONLY"]
    assert told["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_browsers_are_told_to_come_by_tls_for_a_year(settings_of_production):
    assert settings_of_production["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert settings_of_production["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert settings_of_production["SECURE_SSL_REDIRECT"]


def test_nothing_of_the_workshop_or_the_demonstration_is_there(settings_of_production):
    told = settings_of_production
    assert not told["DEBUG"]
    assert not told["PRACTICE"]
    names = " ".join(told["INSTALLED_APPS"])
    for absent in ("demo", "debug", "admin", "test"):
        assert absent not in names
    assert told["ALLOWED_HOSTS"] == ["alongside.example"]


def test_passwords_are_hashed_slowly(settings_of_production):
    for hasher in settings_of_production["PASSWORD_HASHERS"]:
        assert "Argon2" in hasher or "Scrypt" in hasher
