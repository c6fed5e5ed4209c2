"""Takes in files that somebody sends, to be read and shown before anything changes."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mentoring.models import Event
from mentoring.tasks import preview_upload
from schools.models import Upload, UploadFile, User

LONGEST_NAME = 120
"""Bytes of a file's name: what every file system can hold, with room to spare."""

PACKED = (b"\x1f\x8b", b"PK\x03\x04")
"""How gzipped files and workbooks start; they are kept as they came."""


@transaction.atomic
def send_upload(
    *,
    files: Sequence[UploadedFile[Any]],
    kind: str = "",
    year: int | None = None,
    release: int | None = None,
    why: str = "",
    by: User,
    on: date,
    at: datetime,
) -> Upload:
    """Keep the files, and have them read; what is said of them may be nothing.

    `kind` is one of ImportRun.Kind, `year` the summer of the exams.
    """
    upload = Upload.objects.create(
        by=by, sent_at=at, kind=kind, year=year, release=release, why=why
    )
    UploadFile.objects.bulk_create(
        [_kept(upload, position, file) for position, file in enumerate(files)]
    )
    Event.record(by, "sent a file to import", upload, on=on)
    preview_upload.enqueue(upload.pk)
    return upload


@transaction.atomic
def answer_upload(
    *,
    upload: Upload,
    seen: str,
    kind: str,
    year: int | None,
    release: int | None,
    why: str,
    by: User,
    on: date,
) -> Upload:
    """Have the files read again for what a person says they are.

    Raises ValidationError where they are being applied, or have changed hands.
    """
    if upload.state in {*Upload.WORKING, Upload.State.APPLIED, Upload.State.SET_ASIDE}:
        raise ValidationError("These files are no longer waiting for an answer.")
    said = {"kind": kind, "year": year, "release": release, "why": why}
    if not Upload.objects.move(
        upload, seen, state=Upload.State.READING.value, sentence="", **said
    ):
        raise ValidationError("Somebody else has answered. Look again.")
    Event.record(by, "said what a file is", upload, on=on)
    preview_upload.enqueue(upload.pk)
    return upload


def _kept(upload: Upload, position: int, file: UploadedFile[Any]) -> UploadFile:
    """Return the file as it is kept, gzipped unless it came packed; read in pieces."""
    digest = hashlib.sha256()
    pieces: list[bytes] = []
    packer, is_packed, lines = zlib.compressobj(1, wbits=31), False, 0
    for number, chunk in enumerate(file.chunks()):
        if not number:
            is_packed = chunk.startswith(PACKED)
        digest.update(chunk)
        lines += chunk.count(b"\n")
        pieces.append(chunk if is_packed else packer.compress(chunk))
    if not is_packed:
        pieces.append(packer.flush())
    return UploadFile(
        upload=upload,
        position=position,
        name=kept_name(file.name or ""),
        sha256=digest.hexdigest(),
        size=file.size or 0,
        lines=0 if is_packed else lines,
        content=b"".join(pieces),
        is_packed_here=not is_packed,
    )


def kept_name(name: str) -> str:
    """Return a name without folders or signs that do not print, of bearable length.

    The end stays, by which a file is known.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(each for each in last if each.isprintable()).strip(" .")
    if len(plain.encode()) > LONGEST_NAME:
        plain = plain.encode()[-LONGEST_NAME:].decode(errors="ignore")
    return plain or "file"
