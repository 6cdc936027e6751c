import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alongside.foundation.gateways.embedded_postgres import Cluster


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the database's user may enter; pytest's own are private."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-test-"))
    folder.chmod(0o711)
    yield folder
    cluster = Cluster(home=folder / "pg", password="")
    cluster.stop()
    shutil.rmtree(cluster.socket_folder, ignore_errors=True)
    shutil.rmtree(folder)
