"""Which template a place fills its forms with: its own, that of the nearest place above, ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from yishi.core.form import Form
from yishi.records.models import FormTemplate, Place
from yishi.records.queries.paging import Listed, listed
from yishi.records.word import shipped_template

COLUMNS = ("form", "sha256", "name", "from_at", "place__name", "place__line", "uid")


@dataclass(frozen=True)
class InUse:
    """What a place prints one form by. `own`: it set this itself; no `uid`: the shipped one."""

    form: Form
    own: bool = False
    uid: str = ""
    name: str = ""
    place: str = ""
    from_at: datetime | None = None


def in_use(place: Place) -> dict[Form, InUse]:
    """Every form with the template it is filled by at `place`. One statement.

    The nearest place that has one of its own wins; a row without a file gave its own up again.
    """
    rows = FormTemplate.objects.filter(place_id__in=place.ids).order_by("from_at", "id")
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows.values(*COLUMNS):
        latest[row["form"], row["place__line"]] = row
    found = {form: InUse(form) for form in Form}
    for (form, line), row in sorted(latest.items(), key=lambda each: len(each[0][1])):
        if row["sha256"] and form in found:
            found[Form(form)] = InUse(
                Form(form), line == place.line, row["uid"], row["name"], row["place__name"],
                row["from_at"],
            )  # fmt: skip
    return found


def template_bytes(used: InUse) -> bytes:
    """The Word file itself. One statement for an office's own."""
    if not used.uid:
        return shipped_template(used.form)
    content = FormTemplate.objects.values_list("content", flat=True).get(uid=used.uid)
    return bytes(content)


def history(place: Place, form: Form, page: int) -> Listed:
    """Every template this place ever set for a form, newest first. Two statements."""
    return listed(
        _of(place, form).values("uid", "name", "sha256", "from_at", by=F("set_by__name")), page
    )


def kept_bytes(place: Place, form: Form, uid: str) -> bytes | None:
    """A template this place once used; None where there is none."""
    content = _of(place, form).filter(uid=uid).exclude(sha256="").values_list("content", flat=True)
    found = content.first()
    return bytes(found) if found is not None else None


def has_own(place: Place, form: Form) -> bool:
    """Whether the place's last word on this form was a file of its own. One statement."""
    last = _of(place, form).values_list("sha256", flat=True).first()
    return bool(last)


def _of(place: Place, form: Form) -> QuerySet[FormTemplate]:
    return FormTemplate.objects.filter(place=place, form=form).order_by("-from_at", "-id")
