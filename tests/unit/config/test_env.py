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


def test_codes_are_never_told_in_production():
    secret = {"ALONGSIDE_PRACTICE_SECOND_FACTOR": "PRACTICEONLYPRACTICEONLYPRACTICE"}
    assert read_env(secret).practice_second_factor
    with pytest.raises(BadEnvironment, match="ALONGSIDE_PRODUCTION"):
        read_env({**secret, "ALONGSIDE_PRODUCTION": "1"})
    with pytest.raises(BadEnvironment, match="base 32"):
        read_env({"ALONGSIDE_PRACTICE_SECOND_FACTOR": "0189"})


def test_the_address_people_use():
    assert read_env({}).address == "http://localhost:8000"
    live = {"ALONGSIDE_PRODUCTION": "1", "ALONGSIDE_HOSTS": "alongside.example"}
    assert read_env(live).address == "https://alongside.example"
