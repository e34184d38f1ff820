"""The file store: content-addressed, fsynced before the act commits, never an original photo.

A photo is decoded within our own pixel limit, turned upright, made no larger than 2,000 pixels
and saved anew without EXIF: no place, no device, no time leaves the resident's phone unasked.
Files nobody's row names are swept. Source: architecture, decision 18.
"""

import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from yishi.core.refusal import Refusal
from yishi.records.models import StoredFile

LONG_SIDE = 2000
THUMB_SIDE = 320
QUALITY = 85
# A phone's MPO opens as the JPEG it begins with; it has no opener of its own.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
ORPHAN_AGE = timedelta(days=1)
# How a PDF begins; it is never opened here and only ever handed out to be saved.
PDF, PDF_TYPE = b"%PDF-", "application/pdf"


@dataclass(frozen=True)
class NewFile:
    """A file already in the store, to be named by the act that keeps it."""

    sha256: str
    size: int
    media_type: str
    width: int = 0
    height: int = 0


def read_photo(data: bytes, bytes_max: int, pixels_max: int) -> NewFile | Refusal:
    """Cleans a photo and puts it into the store.

    Refuses with `photo_too_large`, `photo_too_many_pixels` (a decompression bomb is told by its
    header, before it is decoded) and `photo_unreadable`.
    """
    if len(data) > bytes_max:
        return Refusal("photo_too_large", bytes_max // 1_000_000, len(data) // 1_000_000, "MB")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            pixels = image.width * image.height
            # A JPEG is decoded small; everything else is first unpacked whole.
            limit = pixels_max if image.format == "JPEG" else pixels_max // 2
            if pixels > limit:
                return Refusal("photo_too_many_pixels", limit, pixels, "pixels")
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
            # A comment in the original would be saved with the copy.
            upright.info.clear()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return Refusal("photo_unreadable")
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    new = store(_jpeg(upright), "image/jpeg", upright.width, upright.height)
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    _write(thumb_path(new.sha256), _jpeg(small))
    return new


def read_paper(data: bytes, bytes_max: int, pixels_max: int) -> NewFile | Refusal:
    """Puts a paper into the store: a PDF as it is, anything else as a cleaned photo.

    Refuses with `paper_too_large`, `paper_unreadable` (neither), and what a photo is refused with.
    """
    if data[: len(PDF)] == PDF:
        if len(data) > bytes_max:
            return Refusal("paper_too_large", bytes_max // 1_000_000, len(data) // 1_000_000, "MB")
        return store(data, PDF_TYPE)
    read = read_photo(data, bytes_max, pixels_max)
    if isinstance(read, Refusal) and read.code == "photo_unreadable":
        return Refusal("paper_unreadable")
    return read


def store(data: bytes, media_type: str, width: int = 0, height: int = 0) -> NewFile:
    """Puts bytes into the store, safely on disk when this returns."""
    name = hashlib.sha256(data).hexdigest()
    _write(file_path(name), data)
    return NewFile(name, len(data), media_type, width, height)


def keep_file(new: NewFile, now: datetime) -> StoredFile:
    """The row of a stored file, made by the act that names it; the same bytes share one row."""
    row, _ = StoredFile.objects.get_or_create(
        sha256=new.sha256,
        defaults={
            "size": new.size,
            "media_type": new.media_type,
            "width": new.width or None,
            "height": new.height or None,
            "stored_at": now,
        },
    )
    return row


def blank(now: datetime) -> StoredFile:
    """The empty picture that stands where a resident's photo was erased."""
    white = Image.new("RGB", (4, 3), "white")
    new = store(_jpeg(white), "image/jpeg", *white.size)
    _write(thumb_path(new.sha256), _jpeg(white))
    return keep_file(new, now)


def file_path(sha256: str) -> Path:
    """Where the bytes of that digest lie."""
    return settings.YISHI_FILES_DIR / sha256[:2] / sha256


def thumb_path(sha256: str) -> Path:
    """The small picture made from it."""
    return settings.YISHI_FILES_DIR / "small" / sha256[:2] / sha256


def sweep(now: datetime) -> int:
    """Removes files no row names and older than a day; returns how many."""
    known = set(StoredFile.objects.values_list("sha256", flat=True))
    removed = 0
    for path in Path(settings.YISHI_FILES_DIR).rglob("*"):
        if not path.is_file() or path.name in known:
            continue
        if now.timestamp() - path.stat().st_mtime > ORPHAN_AGE.total_seconds():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: written aside, fsynced, renamed, and the folder fsynced."""
    if path.exists():
        os.utime(path)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    Path(aside).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
