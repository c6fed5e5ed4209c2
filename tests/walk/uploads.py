"""Uploads in each of their states, and an import, for the walks over their pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mentoring.actions.decide_upload import confirm_upload
from mentoring.actions.send_upload import send_upload
from mentoring.imports import job
from schools.models import ImportRun, Upload, UploadFile
from tests import factories
from tests.harness.cast import TODAY, Scene

Arguments = Callable[[Scene, str], dict[str, Any]]
MISSING = 987654
RESULTS = b"""urn,year,measure,population,release,value,number,cohort
100101,2001,5AC,15-year-olds,final,31,31,100
100102,2002,5AC,15-year-olds,final,101%,,
"""
JOINING = b"""urn,role,joined,left
100104,mentor,2005-09-01,2006-07-31
999999,mentor,2005-09-01,2006-07-31
"""
MEMBERSHIPS = b"""urn,role,joined
100104,mentor,2006-09-01
999999,mentor,2006-09-01
"""


def _sent(scene: Scene, name: str, content: bytes) -> Upload:
    """Return an upload that was read and shown, the same one each time."""
    held = Upload.objects.filter(files__name=name).first()
    if held is None:
        held = send_upload(
            files=[SimpleUploadedFile(name, content)],
            by=scene.cast["officer"],
            on=TODAY,
            at=timezone.now(),
        )
        job.preview(held.pk)
        held.refresh_from_db()
    return held


def ready(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the key of an upload with a row to add and one refused."""
    return {"pk": _sent(scene, "ready.csv", JOINING).pk}


def kept_out(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the key of one that the demonstration shows and does not take."""
    return {"pk": _sent(scene, "results.csv", RESULTS).pk}


def _in_state(**columns: Any) -> Arguments:
    def upload(_scene: Scene, _name: str) -> dict[str, Any]:
        held = Upload.objects.filter(**columns).first()
        if held is None:
            held = factories.UploadFactory.create(**columns)
            factories.UploadFileFactory.create(upload=held)
        return {"pk": held.pk}

    return upload


def applied(scene: Scene, _name: str) -> dict[str, Any]:
    """Return the key of an import with a refused row, sent by browser."""
    upload = _sent(scene, "joining.csv", MEMBERSHIPS)
    if upload.state == Upload.State.READY:
        confirm_upload(
            upload=upload,
            seen=str(upload.token),
            is_strict=False,
            by=scene.cast["officer"],
            on=TODAY,
            at=timezone.now(),
        )
        job.apply(upload.pk)
    return {"pk": ImportRun.objects.get(upload=upload).pk}


def undone(_scene: Scene, _name: str) -> dict[str, Any]:
    """Return the key of an import that was undone."""
    held = ImportRun.objects.exclude(undone_at=None).first()
    return {
        "pk": (
            held
            or factories.ImportRunFactory.create(
                undone_at=timezone.now(), undone_why="It was of another year"
            )
        ).pk
    }


def refused_file(scene: Scene, name: str) -> dict[str, Any]:
    """Return the key of a file with refused rows to mend."""
    return {"pk": UploadFile.objects.get(upload=ready(scene, name)["pk"]).pk}


def missing(_scene: Scene, _name: str) -> dict[str, Any]:
    """Return a key that is nobody's."""
    return {"pk": MISSING}


# Each looks unlike the others; one that asks looks like one that is refused.
STATES: Mapping[str, Arguments] = {
    "reading": _in_state(state="reading", phase="reading", done=500, total=2000),
    "refused": _in_state(state="refused", sentence="The file has a header alone."),
    "stopped": _in_state(state="stopped", sentence="Something went wrong."),
}
UPLOAD: Mapping[str, Arguments] = {
    "own": ready,
    "kept_out": kept_out,
    **STATES,
    "missing": missing,
}
ONE_UPLOAD: Mapping[str, Arguments] = {"own": ready, "missing": missing}
REFUSED: Mapping[str, Arguments] = {"own": refused_file, "missing": missing}
RUN: Mapping[str, Arguments] = {"own": applied, "undone": undone, "missing": missing}
