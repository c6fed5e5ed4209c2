"""Files to import, what is said of them, and why an import is undone."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from mentoring.imports.kinds import MOST_FILES
from results.models.choices import ReleaseStatus
from schools.imports.csv_file import LARGEST_FILE
from schools.imports.workbook import LARGEST as LARGEST_WORKBOOK
from schools.models import ImportRun

MEGABYTE = 1024 * 1024
RECOGNISE = ("", "Recognise it by its header")
UNSAID = ("", "As the file says")


def limits_sentence() -> str:
    """Return how large a file may be, as sent and unpacked."""
    return (
        f"At most {settings.UPLOAD_LARGEST_BYTES // MEGABYTE} MB as it is sent, and "
        f"{LARGEST_FILE // MEGABYTE} MB unpacked; a workbook "
        f"{LARGEST_WORKBOOK // MEGABYTE} MB unpacked."
    )


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file, or several at once; always a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return the files; each may be empty no more than one alone."""
        sent = data if isinstance(data, list | tuple) and data else [data or None]
        files = [super(FilesField, self).clean(each, initial) for each in sent]
        if len(files) > MOST_FILES:
            raise ValidationError(
                f"Send at most {MOST_FILES} files that belong together."
            )
        return files


class AnswerForm(forms.Form):
    """What a person says a file is; nothing where it says so itself."""

    kind = forms.ChoiceField(
        label="What is in it?",
        required=False,
        choices=[RECOGNISE, *ImportRun.Kind.choices],
    )
    year = forms.IntegerField(
        label="Summer of the exams",
        required=False,
        min_value=1988,
        max_value=2100,
        help_text="For results whose file does not say, such as 2018.",
        error_messages={"invalid": "Enter a year in four figures, such as 2018."},
    )
    release = forms.TypedChoiceField(
        label="Release",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[UNSAID, *ReleaseStatus.choices],
        help_text="For results: how far the publication had got.",
    )
    why = forms.CharField(
        label="Why are mentees on no frozen list let in?",
        required=False,
        max_length=200,
        help_text="For memberships alone. It is kept as an exception with your name.",
    )


class UploadForm(AnswerForm):
    """Files, with what may be said of them."""

    file = FilesField(
        label="File",
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Fetch it again from the publisher.",
            "max_length": "The file's name is too long. Shorten it.",
        },
    )

    field_order = ("file", "kind", "year", "release", "why")

    def __init__(self, *args: Any, is_too_large: bool = False, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.is_too_large = is_too_large
        self.fields[
            "file"
        ].help_text = f"Choose it, or drop it here. {limits_sentence()}"

    def clean(self) -> dict[str, Any]:
        """Say that a file was broken off, instead of that there is none."""
        if self.is_too_large:
            self.errors.pop("file", None)
            raise ValidationError(
                {"file": f"The file is too large. {limits_sentence()}"}
            )
        return super().clean() or {}


class ConfirmForm(forms.Form):
    """What was looked at, and whether refused rows may be left out."""

    GOOD, ALL = "good", "all"

    token = forms.CharField(widget=forms.HiddenInput)
    rows = forms.ChoiceField(
        label="Rows that are refused",
        widget=forms.RadioSelect,
        initial=GOOD,
        choices=[
            (GOOD, "Apply the good rows, leave the refused ones out"),
            (ALL, "Apply nothing unless every row is good"),
        ],
    )

    def __init__(self, *args: Any, refused: int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if not refused:
            del self.fields["rows"]

    @property
    def is_strict(self) -> bool:
        """Return whether nothing may be applied while a row is refused."""
        return bool(self.cleaned_data.get("rows") == self.ALL)


class TokenForm(forms.Form):
    """What was looked at when somebody decided."""

    token = forms.CharField(widget=forms.HiddenInput)


class UndoForm(forms.Form):
    """Why an import is taken back."""

    why = forms.CharField(
        label="Why is it undone?",
        max_length=200,
        error_messages={"required": "Say why it is undone."},
        help_text="Everybody who sees this import reads it. No names of people.",
    )
