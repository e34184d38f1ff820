"""Methods as anybody may read them: what is kept, which place works by which, where it rests."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yishi.core.method.language import Method
from yishi.records.models import Adoption, BundleRow, Entry, MethodDraft, Place
from yishi.records.queries.paging import SIZE, Listed, listed, plain
from yishi.records.queries.rule import SEVERAL, parsed

ROW = ("name", "version", "sha256", "valid_from", "repealed_on")
ADOPTED = (
    "place__name",
    "place__code",
    "from_on",
    "bundle__name",
    "bundle__version",
    "bundle__sha256",
)


def methods(page: int) -> Listed:
    """Every version of every method kept: `row` and, as `method`, what it says. Two statements,
    and one a method this process has not read."""
    found = listed(
        BundleRow.objects.filter(kind=SEVERAL).order_by("name", "-valid_from", "-id").values(*ROW),
        page,
    )
    for row in found.rows:
        row["method"] = _said(row["name"], row["version"], row["sha256"])
    return found


def method_row(name: str, version: str) -> BundleRow | None:
    """One version of a method; anybody may read it."""
    return BundleRow.objects.filter(kind=SEVERAL, name=name, version=version).first()


def working(day: date, page: int) -> Listed:
    """Which place works by which method on `day`, by place; `method` is what it says. As many
    statements as `methods`."""
    rows = _working(day).order_by("place__line", "bundle__name").values(*ADOPTED)
    found = listed(rows, page)
    for row in found.rows:
        row["method"] = _said(row["bundle__name"], row["bundle__version"], row["bundle__sha256"])
    return found


def working_by(row: BundleRow, day: date) -> list[dict[str, Any]]:
    """The first places that work by this version on `day`. One statement."""
    return plain(_working(day).filter(bundle=row).order_by("place__line").values(*ADOPTED)[:SIZE])


def place_by(row: BundleRow, code: str, day: date) -> Place | None:
    """The place of that code, if it works by this version on `day`."""
    found = _working(day).filter(bundle=row, place__code=code).select_related("place").first()
    return found.place if found else None


def entry_of(row: BundleRow, place: Place | None) -> Entry | None:
    """The entry of the record a sheet of this method rests on: its adoption at `place`, or that
    it was loaded; of a community's own, that it was published and adopted in one."""
    own = MethodDraft.objects.filter(published=row)
    if place is not None:
        own = own.filter(place=place)
        adopted = Q(subject_uid=place.uid, code__in=("rules.adopted", "method.adopted"))
    else:
        adopted = Q(subject_uid=f"{SEVERAL}-{row.name}"[:20], code="rules.loaded")
    published = Q(code="method.published", subject_uid__in=own.values("uid"))
    found = Entry.objects.filter(adopted | published)
    return found.filter(params__sha256=row.sha256).order_by("-at", "-id").first()


def _working(day: date) -> QuerySet[Adoption]:
    """The latest word of each place on each method by `day`, where it is not that it stops."""
    begun = Adoption.objects.filter(kind=SEVERAL, from_on__lte=day)
    later = begun.filter(
        place=OuterRef("place"), name=OuterRef("name"), from_on__gt=OuterRef("from_on")
    )
    return begun.filter(~Exists(later), stops=False)


_READ: dict[str, Method] = {}


def _said(name: str, version: str, sha256: str) -> Method:
    """A bundle never changes, so a process reads each once."""
    if sha256 not in _READ:
        _READ[sha256] = parsed(BundleRow.objects.get(kind=SEVERAL, name=name, version=version))
    return _READ[sha256]
