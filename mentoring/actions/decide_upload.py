"""What a person decides on a file that was read: apply, set aside, start again."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mentoring import policies
from mentoring.models import Event
from mentoring.tasks import apply_upload, preview_upload
from schools.models import Upload, User

State = Upload.State


@transaction.atomic
def confirm_upload(
    *, upload: Upload, seen: str, is_strict: bool, by: User, on: date, at: datetime
) -> Upload:
    """Have the worker apply what was shown; `seen` is the token that it carried.

    Confirmed twice it is applied once. With `is_strict` nothing is applied while a
    row is refused. Raises ValidationError with a sentence.
    """
    if upload.state in {State.APPLYING, State.APPLIED}:
        return upload
    policies.check_can_apply(upload, is_strict=is_strict)
    if not Upload.objects.filter(state=State.READY).move(
        upload,
        seen,
        state=State.APPLYING.value,
        is_strict=is_strict,
        confirmed_at=at,
        confirmed_by=by,
        sentence="",
    ):
        upload.refresh_from_db()
        if upload.state in {State.APPLYING, State.APPLIED}:
            return upload
        raise ValidationError(CHANGED)
    Event.record(by, "confirmed an import", upload, on=on)
    apply_upload.enqueue(upload.pk)
    return upload


@transaction.atomic
def set_aside_upload(*, upload: Upload, seen: str, by: User, on: date) -> Upload:
    """Give an upload up; its content is dropped. The same again changes nothing.

    Raises ValidationError where it is being applied or has been.
    """
    if upload.state == State.SET_ASIDE:
        return upload
    if upload.state in {State.APPLYING, State.APPLIED}:
        raise ValidationError("This has been confirmed. It can be undone instead.")
    if not Upload.objects.move(
        upload, seen, state=State.SET_ASIDE.value, leased_until=None
    ):
        raise ValidationError(CHANGED)
    upload.files.update(content=None)
    Event.record(by, "set a file aside", upload, on=on)
    return upload


@transaction.atomic
def restart_upload(
    *, upload: Upload, seen: str, by: User, on: date, at: datetime
) -> Upload:
    """Have another worker begin again where one broke off; nothing was applied.

    A worker that was only slow finds itself superseded, and applies nothing. Raises
    ValidationError where the upload has not broken off.
    """
    state = State.APPLYING if upload.confirmed_at else State.READING
    if not Upload.objects.stopped(at).move(
        upload,
        seen,
        state=state.value,
        leased_until=None,
        phase=Upload.Phase.WAITING.value,
        sentence="",
    ):
        raise ValidationError("The work on this file goes on. Look again.")
    Event.record(by, "started an import again", upload, on=on)
    (apply_upload if upload.confirmed_at else preview_upload).enqueue(upload.pk)
    return upload


CHANGED = "This has changed since you looked. Look again before you decide."
