"""Writes against the rules on imports and files on their way."""

from collections.abc import Mapping
from datetime import timedelta

from schools.models import ImportRun, Upload
from tests import factories as make
from tests.harness.offences.parts import Offence


def _run(**columns: object) -> Offence:
    def offend() -> None:
        run = make.ImportRunFactory.create()
        ImportRun.objects.filter(pk=run.pk).update(**columns)

    return offend


def _upload_applied_twice() -> None:
    upload = make.UploadFactory.create()
    for _ in range(2):
        make.ImportRunFactory.create(upload=upload, sha256="0" * 64)


def _second_change_of_a_row() -> None:
    first = make.ImportChangeFactory.create()
    make.ImportChangeFactory.create(run=first.run, key=first.key)


def _upload(**columns: object) -> Offence:
    def offend() -> None:
        upload = make.UploadFactory.create()
        Upload.objects.filter(pk=upload.pk).update(**columns)

    return offend


def _second_file_in_a_place() -> None:
    first = make.UploadFileFactory.create()
    make.UploadFileFactory.create(upload=first.upload)


IMPORTS: Mapping[str, Offence] = {
    "schools_importrun_upload_is_applied_once": _upload_applied_twice,
    "schools_importrun_undone_when_and_why": _run(undone_at=make.A_MOMENT),
    "schools_importrun_undone_after_it_ended": _run(
        undone_at=make.A_MOMENT - timedelta(days=1), undone_why="By mistake"
    ),
    "schools_importchange_once_in_a_run": _second_change_of_a_row,
    "schools_upload_confirmed_by_somebody": _upload(confirmed_at=make.A_MOMENT),
    "schools_upload_applied_when_confirmed": _upload(state="applying"),
    "schools_upload_refused_with_a_sentence": _upload(state="refused"),
    "schools_upload_done_within_total": _upload(done=3, total=2),
    "schools_uploadfile_one_in_each_place": _second_file_in_a_place,
}
