import csv
import itertools
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.conf import settings

from alongside.cli.main import main
from alongside.cli.site import Site
from alongside.demo.sample import REFERRALS
from alongside.foundation.gateways.installation import Connections
from tests.support.databases import installation

Run = Callable[..., int]


@pytest.fixture
def site(fresh_database: Connections) -> Site:
    return Site(
        installation=installation(fresh_database.app.database),
        port=8000,
        feed_max_bytes=10_000_000,
        production=False,
        debug=False,
        settings_module="config.settings",
    )


@pytest.fixture
def run(site: Site) -> Run:
    """Run a command as the terminal would, in this process."""
    return lambda *words: main([str(word) for word in words], site=site)


@pytest.fixture
def surroundings(site: Site) -> Mapping[str, str]:
    """What another process needs to find the same database."""
    return {
        **os.environ,
        "ALONGSIDE_HOME": str(settings.INSTALLATION.home),
        "ALONGSIDE_DATABASE": site.installation.database,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The first sixty rows of the sample feed."""
    path = tmp_path / "sample.csv"
    with (
        REFERRALS.open(encoding="utf-8", newline="") as source,
        path.open("w", encoding="utf-8", newline="") as copy,
    ):
        csv.writer(copy).writerows(itertools.islice(csv.reader(source), 61))
    return path
