from pathlib import Path

import pytest

from config.env import BadEnvironment, read_env


def test_a_site_told_nothing_is_a_demonstration_on_this_machine():
    env = read_env({})

    assert not env.production
    assert env.plain_http
    assert env.port == 8000
    assert env.feed_max_bytes == 200 * 1024 * 1024
    assert env.installation.home.name == "var"
    assert env.installation.database == "alongside"


def test_production_sends_cookies_over_https_only():
    env = read_env({"ALONGSIDE_PRODUCTION": "1"})

    assert env.production
    assert not env.plain_http


def test_everything_can_be_told(tmp_path: Path):
    env = read_env(
        {
            "ALONGSIDE_HOME": str(tmp_path),
            "ALONGSIDE_DATABASE": "other",
            "ALONGSIDE_HOSTS": "one.example, two.example",
            "ALONGSIDE_PORT": "8123",
            "ALONGSIDE_PG_BIN": "/opt/pg/bin",
            "DATABASE_URL": "postgresql://db.example/x",
        }
    )

    assert env.installation.home == tmp_path
    assert env.installation.database == "other"
    assert env.installation.database_url == "postgresql://db.example/x"
    assert env.installation.pg_bin == Path("/opt/pg/bin")
    assert env.allowed_hosts == ("one.example", "two.example")
    assert env.port == 8123


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALONGSIDE_PRODUCTION", "yes"),
        ("ALONGSIDE_PORT", "-1"),
        ("ALONGSIDE_PORT", "eight"),
        ("ALONGSIDE_FEED_MAX_BYTES", "1e6"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(name: str, value: str):
    with pytest.raises(BadEnvironment, match=name):
        read_env({name: value})
