"""What the command line accepts, before anything is loaded or done."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from alongside.cli.demo import EMPTY, FULL, SMALL
from alongside.cli.main import build_parser, main
from alongside.cli.site import Site
from alongside.foundation.gateways.installation import Installation

LOADED = """
import sys
from alongside.cli.main import build_parser
build_parser()
sys.stdout.write(" ".join(m for m in sys.modules if m in {"django", "gunicorn"}))
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(
        installation=Installation(home=tmp_path),
        port=8000,
        feed_max_bytes=1000,
        production=False,
        debug=False,
        settings_module="config.settings",
    )


def parse(*words: str):
    return build_parser().parse_args(words)


def test_the_command_line_loads_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("db",),
        ("db", "drop"),
        ("feed", "receive"),
        ("feed", "receive", "no-such-file.csv"),
        ("clocks", "due", "--on", "22/11/2026"),
        ("clocks", "due", "--holder", "victim"),
        ("cases", "status", "--days", "0"),
        ("demo", "--small", "--empty"),
        ("demo", "--port", "70000"),
        ("createuser", "--email", "a@llr.example"),
    ],
)
def test_wrong_usage_exits_2(words: tuple[str, ...], site: Site, capsys):
    with pytest.raises(SystemExit) as end:
        main(words, site=site)

    assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("demo", "--help"),
        ("serve", "--help"),
        ("worker", "--help"),
        ("db", "--help"),
        ("migrate", "--help"),
        ("check", "--help"),
        ("feed", "receive", "--help"),
        ("feed", "fates", "--help"),
        ("feed", "progress", "--help"),
        ("clocks", "due", "--help"),
        ("cases", "status", "--help"),
        ("createuser", "--help"),
    ],
)
def test_every_command_explains_itself(words: tuple[str, ...], site: Site, capsys):
    with pytest.raises(SystemExit) as end:
        main(words, site=site)

    assert end.value.code == 0
    assert "usage: alongside" in capsys.readouterr().out


def test_the_size_of_the_demonstration():
    assert parse("demo").size is FULL
    assert parse("demo", "--small").size is SMALL
    assert parse("demo", "--empty").size is EMPTY


def test_a_day_is_read_as_a_day():
    assert parse("clocks", "due", "--on", "2026-11-22").on == date(2026, 11, 22)
    asked = parse("clocks", "due", "--holder", "wcu", "--missed")
    assert (asked.holder, asked.missed) == ("wcu", True)


def test_a_database_of_somebody_elses_is_not_ours_to_stop(tmp_path: Path, capsys):
    elsewhere = Site(
        installation=Installation(
            home=tmp_path, database_url="postgresql://db.example/x"
        ),
        port=8000,
        feed_max_bytes=1000,
        production=False,
        debug=False,
        settings_module="config.settings",
    )

    assert main(("db", "stop"), site=elsewhere) == 1
    assert "not ours to manage" in capsys.readouterr().err


def test_a_database_that_was_never_made_is_not_running(site: Site, capsys):
    assert main(("db", "status"), site=site) == 1
    assert main(("db", "stop"), site=site) == 0
    assert "was not running" in capsys.readouterr().out


def test_there_is_no_demonstration_in_production(tmp_path: Path, capsys):
    live = Site(
        installation=Installation(home=tmp_path),
        port=8000,
        feed_max_bytes=1000,
        production=True,
        debug=False,
        settings_module="config.settings",
    )

    assert main(("demo", "--no-serve"), site=live) == 1
    assert "production" in capsys.readouterr().err
