"""A process with Django set up, which forks for each attempt at an import.

Starting Django takes longer than the import that a test kills; here that is paid once.
`python -m tests.mentoring.commands.stage` reads lines of JSON, each the arguments of
one of our commands, or one of ACTS with its own; it answers with the child's number,
and once that has ended with its exit status.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


def send(path: str) -> None:
    """Send a file as somebody's browser does."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from mentoring.actions.send_upload import send_upload  # noqa: PLC0415
    from schools.models import User  # noqa: PLC0415

    by, now = User.objects.create(email="a@example.org", name="A"), timezone.now()
    file = SimpleUploadedFile(Path(path).name, Path(path).read_bytes())
    send_upload(files=[file], by=by, on=now.date(), at=now)


def confirm() -> None:
    """Confirm what was shown of it."""
    from django.utils import timezone  # noqa: PLC0415

    from mentoring.actions.decide_upload import confirm_upload  # noqa: PLC0415
    from schools.models import Upload  # noqa: PLC0415

    upload, now = Upload.objects.select_related("by").get(), timezone.now()
    confirm_upload(
        upload=upload,
        seen=str(upload.token),
        is_strict=False,
        by=upload.by,
        on=now.date(),
        at=now,
    )


def restart() -> None:
    """Start again where a worker was killed, as one may after a silent while."""
    from django.utils import timezone  # noqa: PLC0415

    from mentoring.actions.decide_upload import restart_upload  # noqa: PLC0415
    from mentoring.actions.heal_tasks import heal_tasks  # noqa: PLC0415
    from schools.models import Upload  # noqa: PLC0415

    later = timezone.now() + timedelta(hours=1)
    heal_tasks(at=later)  # as the next worker does
    upload = Upload.objects.select_related("by").first()
    if upload and upload.is_stopped(later):
        seen = str(upload.token)
        restart_upload(
            upload=upload, seen=seen, by=upload.by, on=later.date(), at=later
        )


def fall(spot: str, *arguments: str) -> None:
    """Perform a command, and be killed at a spot of the transaction that adds results.

    `spot` is the number of groups of figures that are written by then; or commit,
    just before it; or committed, just after.
    """
    from django.db import connection  # noqa: PLC0415

    from results.imports import apply_results  # noqa: PLC0415
    from schools.imports import writing  # noqa: PLC0415

    groups = 0
    write, commit = writing.insert_rows, connection.commit

    def write_or_die(*given: Any) -> None:
        nonlocal groups
        if spot == str(groups):
            os.kill(os.getpid(), signal.SIGKILL)
        groups += 1
        write(*given)

    def commit_or_die() -> None:
        if groups and spot == "commit":
            os.kill(os.getpid(), signal.SIGKILL)
        commit()
        if groups and spot == "committed":
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(apply_results, "insert_rows", write_or_die)  # noqa: B010 -- no type of theirs lets it be set
    setattr(connection, "commit", commit_or_die)  # noqa: B010 -- no type of theirs lets it be set
    perform(list(arguments))


ACTS: dict[str, Callable[..., None]] = {
    "send": send,
    "confirm": confirm,
    "restart": restart,
    "fall": fall,
}


def perform(arguments: list[str]) -> None:
    """Run an act, or one of our commands."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    if arguments[0] in ACTS:
        ACTS[arguments[0]](*arguments[1:])
    else:
        execute_from_command_line(["manage.py", *arguments])


def attempt(arguments: list[str]) -> int:
    """Perform in a child of its own; return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        perform(arguments)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def main() -> None:
    """Answer line by line until there are no more."""
    django.setup()
    # What children would otherwise load again and again.
    import mentoring.actions.recompute  # noqa: PLC0415
    import mentoring.imports.job  # noqa: F401, PLC0415

    for line in sys.stdin:
        child = attempt(json.loads(line))
        print(child, flush=True)  # noqa: T201 -- it answers on its standard output
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 -- same


if __name__ == "__main__":
    main()
