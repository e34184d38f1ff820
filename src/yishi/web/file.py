"""A photo, shown to those who may see the matter it belongs to."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from yishi.records.files import file_path, thumb_path
from yishi.records.queries.report import attachment_for
from yishi.web.gate import actor_in, missing, page


@page("photo.view")
def photo(request: HttpRequest, uid: str, small: bool = False) -> HttpResponse:
    """The photo or its small picture; 404 for who may not see it, as if there were none."""
    attachment = attachment_for(actor_in(request), uid)
    if attachment is None:
        return missing(request)
    file = attachment.file
    paths = [file_path(file.sha256)]
    if small:
        paths.insert(0, thumb_path(file.sha256))
    found = next((each for each in paths if each.is_file()), None)
    if found is None:
        return missing(request)
    # At most 2,000 pixels a side (records.files), so it is small enough to be sent whole.
    answer = HttpResponse(found.read_bytes(), content_type=file.media_type)
    # A picture never changes under its address, but its readers may: only their browser keeps it.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


urls: list[URLPattern] = [
    path("photo/<str:uid>", photo, name="photo"),
    path("photo/<str:uid>/small", photo, {"small": True}, name="photo_small"),
]
