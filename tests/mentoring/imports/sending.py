"""Sends files as a person's browser does, and works as the worker does."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mentoring.models import Programme
from schools.models import ImportRun, Upload
from tests.harness.cast import Scene
from tests.harness.worker import work


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at the Imports page, with a worker at hand."""

    client: Client

    @classmethod
    def of(cls, scene: Scene, who: str = "officer") -> "Desk":
        """Return the desk of one of the cast, where real files may be imported."""
        Programme.objects.update(demo_today=None)
        return cls(scene.client(who))

    def post(self, *files: Path | SimpleUploadedFile, **said: Any) -> Any:
        """Return the answer to sending `files`."""
        sent = [
            SimpleUploadedFile(each.name, each.read_bytes())
            if isinstance(each, Path)
            else each
            for each in files
        ]
        return self.client.post(reverse("upload_new"), {**said, "file": sent})

    def send(self, *files: Path | SimpleUploadedFile, **said: Any) -> Upload:
        """Send `files`, let the worker read them, and return the upload."""
        answer = self.post(*files, **said)
        assert answer.status_code == 302, answer.content.decode()
        work()
        return Upload.objects.latest("pk")

    def page(self, upload: Upload) -> str:
        """Return the upload's page, or the report that it leads to."""
        answer = self.client.get(upload.get_absolute_url(), follow=True)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def confirm(self, upload: Upload, rows: str = "good") -> Upload:
        """Confirm what is shown, let the worker apply it, and return it as it is."""
        self.client.post(
            reverse("upload_confirm", kwargs={"pk": upload.pk}),
            {"token": upload.token, "rows": rows},
        )
        work()
        upload.refresh_from_db()
        return upload

    def take_in(self, *files: Path | SimpleUploadedFile, **said: Any) -> ImportRun:
        """Send, confirm and apply `files`; return the run."""
        upload = self.confirm(self.send(*files, **said))
        assert upload.state == Upload.State.APPLIED, (upload.state, upload.sentence)
        return upload.runs.latest("pk")
