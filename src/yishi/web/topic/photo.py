"""The one photo a form about a topic may carry, read by the limits of its place."""

from typing import Any

from django import forms
from django.http import HttpRequest

from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, read_photo
from yishi.records.queries.rule import in_force, today_of
from yishi.web.topic.shown import Shown
from yishi.web.uploads_limit import over_limit

NAME = "photo"


def photo_field(label: Any, help_text: Any = "") -> forms.FileField:
    """Where it is chosen or taken."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


def photo_in(request: HttpRequest, shown: Shown) -> NewFile | Refusal | None:
    """The photo, in the store; None where none was sent. Refuses as `read_photo`."""
    over = over_limit(request)
    if over is not None:
        return over
    upload: Any = request.FILES.get(NAME)
    if upload is None:
        return None
    rules = in_force(shown.topic.place, today_of(shown.now)).terms.rules
    most, size = rules.photo_bytes_max, upload.size or 0
    if size > most:
        return Refusal("photo_too_large", most // 1_000_000, size // 1_000_000, "MB")
    return read_photo(upload.read(), most, rules.photo_pixels_max)
