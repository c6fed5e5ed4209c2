"""A throw-away PostgreSQL server for one run of the tests."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

HOW_TO_GET_IT = (
    "install Debian's postgresql, or name the folder of its programs in PG_BIN, "
    "or a server's address in TEST_POSTGRES_URL"
)
SERVER_USER = "tests"
# Nothing of it has to survive the run.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


def programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none.

    Debian keeps them off PATH, and what stands on PATH may be a wrapper, so the
    folder must hold the server itself.
    """
    named = os.environ.get("PG_BIN")
    folders = [Path(named)] if named else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name.partition(".")[0]),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    needed = ("initdb", "postgres")
    for folder in folders:
        if all(os.access(folder / program, os.X_OK) for program in needed):
            return folder
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _other_user() -> pwd.struct_passwd | None:
    """Return whom to run the server as: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("PostgreSQL cannot run as root, and no other user was found.")


class _Cluster:
    """One cluster in a temporary folder, owned by whoever runs it."""

    def __init__(self, folder: Path, binaries: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.binaries = binaries
        self.settings = settings
        self.owner = _other_user()
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [
                    str(self.binaries / program),
                    *("-D", str(self.folder / "data"), *arguments),
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches us alone; we then stop the server in order.
                start_new_session=True,
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
            )

    def make(self) -> None:
        """Lay out the cluster's files."""
        code = self._start(
            "initdb",
            f"--username={SERVER_USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ).wait()
        if code:
            raise RuntimeError(f"initdb failed:\n{self.log()}")

    def log(self) -> str:
        """Return what the server wrote."""
        return (self.folder / "log").read_text(errors="replace")

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Run the server; give its address."""
        port = _free_port()
        options = [
            argument
            for name, value in self.settings.items()
            for argument in ("-c", f"{name}={value}")
        ]
        server = self._start("postgres", "-p", str(port), *options)
        try:
            self._wait_for(server, port)
            yield f"postgres://{SERVER_USER}@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(2)  # "fast": it lets nobody finish
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def _wait_for(self, server: subprocess.Popen[bytes], port: int) -> None:
        import psycopg  # noqa: PLC0415 -- only where there is a server to ask

        for _ in range(200):
            if server.poll() is not None:
                break
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(
                    host="127.0.0.1",
                    port=port,
                    user=SERVER_USER,
                    dbname="postgres",
                    connect_timeout=1,
                ).close()
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.05)
        raise RuntimeError(f"PostgreSQL did not start:\n{self.log()}")


@contextlib.contextmanager
def server(**settings: str) -> Iterator[str | None]:
    """Give the address of a server for tests, None where none can be had.

    It is the one in TEST_POSTGRES_URL, else one of our own with these settings, gone
    afterwards.
    """
    named = os.environ.get("TEST_POSTGRES_URL")
    binaries = programs()
    if named or binaries is None:
        yield named or None
        return
    with tempfile.TemporaryDirectory(prefix="tests-postgres-") as folder:
        cluster = _Cluster(Path(folder), binaries, FAST | settings)
        cluster.make()
        with cluster.running() as url:
            yield url
