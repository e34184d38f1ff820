"""Every file a row names is in the store, with the bytes its name promises."""

import hashlib
from collections.abc import Iterator

from yishi.jobs.verify.wrong import Looked, Wrong
from yishi.records.files import file_path
from yishi.records.models import Attachment, StoredFile

BATCH = 500
CHUNK = 1 << 20


def check_files(looked: Looked) -> Iterator[Wrong]:
    """Files that are missing or hold other bytes."""
    last = 0
    while rows := list(
        StoredFile.objects.filter(id__gt=last).order_by("id").values("id", "sha256")[:BATCH]
    ):
        last = rows[-1]["id"]
        looked.files += len(rows)
        for row in rows:
            found = digest_of(row["sha256"])
            if found != row["sha256"]:
                number = (
                    Attachment.objects.filter(file_id=row["id"])
                    .values_list("case__number", flat=True)
                    .first()
                )
                code = "file_missing" if found is None else "file_changed"
                yield Wrong(code, {"sha256": row["sha256"], "number": number or ""})


def digest_of(sha256: str) -> str | None:
    """The digest of the bytes in the store under that name; None where there are none."""
    try:
        with file_path(sha256).open("rb") as file:
            seen = hashlib.sha256()
            while chunk := file.read(CHUNK):
                seen.update(chunk)
    except OSError:
        return None
    return seen.hexdigest()
