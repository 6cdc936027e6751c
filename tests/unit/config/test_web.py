"""What the processes that answer the web know of the database's owner: nothing."""

import json
import os
import subprocess
import sys

from alongside.foundation.gateways.embedded_postgres import ADMINISTRATOR
from alongside.foundation.gateways.installation import APP, OWNER, SIGN_IN_ROLES
from alongside.foundation.gateways.secrets_file import ensure_secrets

ASK = """
import json, sys
from config import web, settings
held = repr(vars(settings)) + repr(vars(web))
kept = [name for name in ("SECRETS", "_connections") if hasattr(settings, name)]
sys.stdout.write(json.dumps([sorted(web.DATABASES), kept, held]))
"""


def test_neither_connection_nor_password(tmp_path):
    secrets = ensure_secrets(tmp_path, roles=(ADMINISTRATOR, *SIGN_IN_ROLES))
    found = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "ALONGSIDE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    aliases, kept, held = json.loads(found.stdout)

    assert "default" in aliases
    assert "owner" not in aliases
    assert kept == []
    assert secrets.passwords[OWNER] not in held
    assert secrets.passwords[APP] in held
