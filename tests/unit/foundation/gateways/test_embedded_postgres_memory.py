"""How much of a machine's memory the embedded server takes for itself."""

import pytest

from alongside.foundation.gateways.embedded_postgres import choose_buffers

GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("gigabytes", "megabytes"),
    [(0.5, 128), (2, 256), (8, 1024), (24, 3072), (64, 4096)],
)
def test_an_eighth_within_what_helps(gigabytes: float, megabytes: int):
    assert choose_buffers(int(gigabytes * GIGABYTE)) == megabytes
