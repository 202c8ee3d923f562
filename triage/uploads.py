"""How much of an upload is taken in."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 5 * 1024 * 1024  # of one file
MOST_FILES = 10


class BoundedUpload(FileUploadHandler):
    """Lets go of what lies behind the limit, so that a form says what was too large and keeps the typed text.

    Stands before the handlers that store: a file reaches them one byte too long at most.
    """

    def __init__(self, request: object = None) -> None:
        super().__init__(request)  # type: ignore[arg-type]
        self.files = 0
        self.left = 0

    def new_file(self, *arguments: object, **named: object) -> None:
        super().new_file(*arguments, **named)  # type: ignore[arg-type]
        self.files += 1
        self.left = MOST_BYTES + 1 if self.files <= MOST_FILES else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        kept = raw_data[: self.left]
        self.left -= len(kept)
        return kept or None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
