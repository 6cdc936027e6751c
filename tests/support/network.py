"""Tests reach nobody but this machine."""

import ipaddress
import socket
from typing import Any

_connect = socket.socket.connect


class OutsideWorld(RuntimeError):
    """A test tried to reach another machine."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = address[0]
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return bool(host == "localhost")


def _guarded(self: Any, address: Any, /) -> None:
    if not _is_here(address):
        raise OutsideWorld("tests may connect to this machine only")
    _connect(self, address)


def block_outside_world() -> None:
    """From now on this process connects to loopback and Unix sockets only."""
    socket.socket.connect = _guarded  # type: ignore[method-assign]
