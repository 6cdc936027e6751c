import socket

import pytest

from tests.support.network import OutsideWorld


@pytest.mark.parametrize(
    "address", [("192.0.2.1", 80), ("db.example", 5432), ("2001:db8::1", 80, 0, 0)]
)
def test_another_machine_is_out_of_reach(address: tuple[str, int]):
    with socket.socket() as one, pytest.raises(OutsideWorld):
        one.connect(address)


def test_this_machine_is_within_reach():
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
