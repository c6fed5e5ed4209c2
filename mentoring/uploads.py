"""Breaks off a file that is sent and is too large, while it comes in."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Stops reading a request once its files pass UPLOAD_LARGEST_BYTES together.

    What is left of the request is read and thrown away, so that the browser gets its
    page, whose form finds `is_upload_too_large` on the request.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 -- Django's signature
        """Pass the chunk on, unless it is one too many."""
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LARGEST_BYTES:
            self.request.is_upload_too_large = True  # type: ignore[union-attr]  # see above
            raise StopUpload
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
