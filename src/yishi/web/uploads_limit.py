"""What one form may carry: told by its length before it is read, and counted while it is.

A form that says it is larger than any of ours is refused unread: 413, nothing on disk. One whose
files come to more than they may together loses what is over, while it is read; its words and the
files before stay, and the page it belongs to says so (`over_limit`).
"""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from yishi.core.refusal import Refusal
from yishi.records.queries.rule import today_of
from yishi.records.queries.sizes import files_bytes_most
from yishi.records.wallclock import now

MB = 1_000_000


class FormTooLarge(RequestDataTooBig):
    """Carries the refusal `upload_too_large` past Django, which reads no more of the form."""

    def __init__(self, most: int, size: int) -> None:
        super().__init__(f"{size} bytes where {most} are the most")
        self.refusal = Refusal("upload_too_large", most // MB, -(-size // MB), "MB")


class LimitHandler(FileUploadHandler):
    """Counts the bytes of all files of a form. Stands before those that keep them."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  (Django's name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuses with `upload_too_large` what says that it is larger than files and words are."""
        small: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self.most = content_length if content_length <= small else files_bytes_most(today_of(now()))
        self.left = self.most
        if content_length > self.most + small:
            raise FormTooLarge(self.most + small, content_length)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Passes on what still fits; a file that does not is read to nowhere."""
        self.left -= len(raw_data)
        if self.left < 0:
            self._skip()
        return raw_data

    def _skip(self) -> NoReturn:
        assert self.request is not None
        self.request.files_most = self.most  # type: ignore[attr-defined]
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        """Keeps nothing itself."""


def over_limit(request: HttpRequest) -> Refusal | None:
    """`photo_sum_too_large` where files of this form were left out, else None."""
    request.FILES  # noqa: B018  (reads the form, if nobody has yet)
    most = getattr(request, "files_most", 0)
    return Refusal("photo_sum_too_large", most // MB, unit="MB") if most else None
