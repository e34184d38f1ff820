"""Photos of a form: cleaned as they come in, and kept over a form that must be sent again."""

from dataclasses import astuple, dataclass, field
from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from yishi.core.caserules import CaseRules
from yishi.core.refusal import Refusal
from yishi.records.files import NewFile, file_path, read_photo
from yishi.web.gate import actor_in
from yishi.web.uploads_limit import over_limit

SALT = "yishi.photos"
# Shorter than the day after which files that no act has named are swept.
KEPT_FOR = timedelta(hours=12)


@dataclass
class Photos:
    """What came with a form. `files` are in the store; `refusal` is the first thing wrong.

    `kept`: signed tokens, one a file, for hidden inputs `kept_<name>` of the form shown again.
    """

    files: list[NewFile] = field(default_factory=list)
    refusal: Refusal | None = None
    kept: list[str] = field(default_factory=list)


def photos_in(request: HttpRequest, name: str, rules: CaseRules) -> Photos:
    """The pictures sent as `name` and those kept from the form's last round.

    A tick `drop_<name>` leaves the kept ones out. Refusals: `photo_sum_too_large`,
    `too_many_photos`, and those of `records.files.read_photo`; the good pictures of a refused
    form are kept.
    """
    drop = bool(request.POST.get(f"drop_{name}"))
    found = Photos([] if drop else _kept(request, name), over_limit(request))
    sent = request.FILES.getlist(name)
    number = len(found.files) + len(sent)
    if number > rules.photos_max:
        found.refusal = Refusal("too_many_photos", rules.photos_max, number, "photos")
        sent = []
    for upload in sent:
        read = _read(upload, rules)
        if isinstance(read, Refusal):
            found.refusal = found.refusal or read
        elif read.sha256 not in [photo.sha256 for photo in found.files]:
            found.files.append(read)
    person = actor_in(request).person_id
    found.kept = [signing.dumps([person, *astuple(photo)], salt=SALT) for photo in found.files]
    return found


def _read(upload: UploadedFile, rules: CaseRules) -> NewFile | Refusal:
    most, size = rules.photo_bytes_max, upload.size or 0
    if size > most:
        return Refusal("photo_too_large", most // 1_000_000, size // 1_000_000, "MB")
    return read_photo(upload.read(), most, rules.photo_pixels_max)


def _kept(request: HttpRequest, name: str) -> list[NewFile]:
    """Files of good tokens made for this person, still in the store."""
    found = []
    for token in request.POST.getlist(f"kept_{name}"):
        try:
            person, *row = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            continue
        new = NewFile(*row)
        if person == actor_in(request).person_id and file_path(new.sha256).exists():
            found.append(new)
    return found
