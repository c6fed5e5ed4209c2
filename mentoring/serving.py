"""The production server: waitress, in as many processes as the machine has cores.

Each process reads slow clients without giving them a thread, so that nobody who sends
a byte a second keeps others waiting. README's table shows what it was chosen over.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

CONNECTIONS = 2000
"""Most connections of each process; slow ones cost memory and no thread."""

SILENT_SECONDS = 60
"""How long a connection may send nothing before it is shut."""

PAUSE = 1.0
"""Seconds before a process that ended by itself is begun again."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where to listen, with how many processes of how many threads."""

    host: str
    port: int
    processes: int
    threads: int


def serve(plan: Plan, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; a process that dies is begun again.

    Raises OSError where the address is taken.
    """
    listener = listen(plan)
    if plan.processes == 1:
        tell(f"Serving at http://{plan.host}:{plan.port}/")
        serve_here(listener, plan.threads)
        return
    children: set[int] = set()
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for child in children:
            os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for _ in range(plan.processes):
        children.add(_begin(listener, plan.threads))
    tell(f"Serving at http://{plan.host}:{plan.port}/ by {plan.processes} processes")
    while children:
        ended, status = os.wait()
        children.discard(ended)
        if not stopping:
            tell(f"Process {ended} ended with {os.waitstatus_to_exitcode(status)}.")
            time.sleep(PAUSE)
            children.add(_begin(listener, plan.threads))


def listen(plan: Plan) -> socket.socket:
    """Return the socket that all processes take connections from."""
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((plan.host, plan.port))
    return listener


def _begin(listener: socket.socket, threads: int) -> int:
    """Return the process that now serves; in that process never return."""
    child = os.fork()
    if child:
        return child
    try:
        serve_here(listener, threads)
    finally:
        os._exit(0)


def serve_here(listener: socket.socket, threads: int) -> None:
    """Serve from this process until SIGTERM or SIGINT."""
    from waitress import create_server  # noqa: PLC0415 -- only to serve

    from mentoring.wsgi import application  # noqa: PLC0415 -- reads the settings

    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    server = create_server(
        application,
        sockets=[listener],
        threads=threads,
        connection_limit=CONNECTIONS,
        channel_timeout=SILENT_SECONDS,
        # Uploads are limited by the application, which says so in words.
        max_request_body_size=2**40,
        asyncore_use_poll=True,
        ident=None,
    )
    try:
        server.run()
    except SystemExit:
        server.close()


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit
