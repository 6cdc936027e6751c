"""Where tests keep their database server and its secrets."""

import os
from pathlib import Path

from alongside.foundation.gateways.embedded_postgres import ADMINISTRATOR
from alongside.foundation.gateways.installation import SIGN_IN_ROLES
from alongside.foundation.gateways.secrets_file import ensure_secrets

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATE = "alongside_test"


def worker_database() -> str:
    """This process's own copy: pytest-xdist runs several side by side."""
    return f"{TEMPLATE}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def use_test_home() -> None:
    """Point the configuration at the tests' home and database.

    With DATABASE_URL the server is shared with the demonstration, and so are its
    roles: then the home must be shared too, for it holds their passwords.
    """
    if not os.environ.get("DATABASE_URL"):
        home = os.environ.get("ALONGSIDE_TEST_HOME") or str(PROJECT / "var" / "test")
        os.environ["ALONGSIDE_HOME"] = home
    os.environ["ALONGSIDE_DATABASE"] = worker_database()
    home = os.environ.get("ALONGSIDE_HOME") or str(PROJECT / "var")
    ensure_secrets(Path(home), roles=(ADMINISTRATOR, *SIGN_IN_ROLES))
