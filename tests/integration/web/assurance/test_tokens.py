"""What becomes of what an identity provider gives."""

import json

import pytest

from tests.integration.web.accounts import test_outside

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integration.web.urls")]
stub = test_outside.stub
provider = test_outside.provider
BEGINS = "eyJ"  # every signed token does


def test_no_token_of_a_provider_is_kept_or_told(client, provider):
    answer = test_outside.go(client)

    assert answer.status_code == 302
    kept = json.dumps(dict(client.session.items()))
    told = " ".join([str(answer.headers), *(c.value for c in client.cookies.values())])
    assert "token" not in kept
    assert BEGINS not in kept + told
