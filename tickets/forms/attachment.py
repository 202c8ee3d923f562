from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tickets.services.attachment import (
    ACCEPTED,
    MOST_BYTES,
    MOST_FILES,
    BadFile,
    Unchecked,
    Upload,
    read_upload,
)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to five files, each read and made safe; refused with one sentence for each that cannot be taken."""

    widget = FilesInput
    too_many = _("At most %(most)d files go with one message. Your text is kept; choose the files again.")
    refused = _("Your text is kept; choose the files again.")

    def __init__(self, **given: Any) -> None:
        super().__init__(
            **{"label": _("Attach files"), "required": False, **given},
            widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True, "data-files": True}),
        )

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files: list[UploadedFile] = [each for each in data or [] if each]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(self.too_many, params={"most": MOST_FILES})
        uploads, refused = [], []
        for file in files:
            try:
                uploads.append(read_upload(file.name or "", file.read(MOST_BYTES + 1)))
            except BadFile as problem:
                refused.append(str(problem))
                if isinstance(problem, Unchecked):
                    break
        if refused:
            raise forms.ValidationError([*refused, self.refused])
        return uploads


class MoreFilesField(FilesField):
    """Files beside those that stand with a draft already, which stay whatever becomes of these."""

    too_many = _("At most %(most)d files go with one message.")
    refused = _("None of the files just chosen was attached. Text and files that stood here are kept.")
