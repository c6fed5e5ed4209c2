"""No test reaches beyond this machine."""

import ipaddress
import socket
from typing import Any

import pytest


class NetworkIsShutError(Exception):
    """Raised where a test tries to reach another machine."""


def _is_here(family: int, address: Any) -> bool:
    if family == socket.AF_UNIX:
        return True
    host = address[0] if isinstance(address, tuple) else address
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name that would have to be looked up
        return False


def shut(patch: pytest.MonkeyPatch) -> None:
    """Let sockets connect to this machine alone."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse_others(own: socket.socket, address: Any) -> None:
        if not _is_here(own.family, address):
            raise NetworkIsShutError(f"Tests have no network; tried {address!r}.")

    def guarded_connect(own: socket.socket, address: Any) -> None:
        refuse_others(own, address)
        connect(own, address)

    def guarded_connect_ex(own: socket.socket, address: Any) -> int:
        refuse_others(own, address)
        return connect_ex(own, address)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
