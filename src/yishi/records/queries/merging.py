"""Cases to be handled together: those like one, those somebody chose, those a merge took along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case as Ranked
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from yishi.core.person import Actor
from yishi.records.models import Case, Link, Merge, Report
from yishi.records.queries.case_list import ROW
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.permit import visible
from yishi.records.queries.similar import likeliest

# How far back a case of the same kind counts as the same matter. Ours.
DAYS = 30
PAGE = 30
# As many as one form may name: more residents than a group may have. Ours.
MOST = 120


@dataclass(frozen=True)
class Chosen:
    """A case somebody chose: its row with `residents` and `took_in`, and the residents' numbers."""

    row: dict[str, Any]
    numbers: tuple[str, ...]


def like(actor: Actor, case: Case, now: datetime, page: int = 1) -> Listed:
    """Open cases that are likely the same, likeliest first; then those of the same item in the
    same community or estate, or in the same building, newest first. None is older than DAYS; each
    has the words of its first resident. Three statements, and those of `likeliest`.
    """
    likely = likeliest(case, now)
    near = Q(place_id=case.place_id)
    if case.building is not None and case.building.estate_id is not None:
        near |= Q(building__estate_id=case.building.estate_id)
    alike = Q(item=case.item) & near
    if case.building_id is not None:
        alike |= Q(building_id=case.building_id)
    ranks = [When(pk=key, then=Value(rank)) for rank, key in enumerate(likely)]
    found = (
        Case.objects.filter(visible(actor, "case.merge"), alike | Q(pk__in=likely), main=None)
        .filter(filed_at__gte=now - timedelta(days=DAYS))
        .exclude(pk=case.pk)
    )
    words = Report.objects.filter(links__case=OuterRef("pk"), links__until_at=None).order_by("id")
    rows = found.annotate(words=Subquery(words.values("words")[:1]), residents=residents_here())
    order = ["-filed_at", "-id"]
    if ranks:
        last = Value(len(likely))
        rows = rows.annotate(rank=Ranked(*ranks, default=last, output_field=IntegerField()))
        order.insert(0, "rank")
    return listed(rows.order_by(*order).values(*ROW, "words", "residents"), page, PAGE)


def chosen(actor: Actor, uids: Iterable[str]) -> list[Chosen]:
    """Those of `uids` that `actor` may see in lists, the oldest first. Two statements."""
    wanted = list(dict.fromkeys(uids))[:MOST]
    merged = Case.objects.filter(main=OuterRef("pk")).order_by().values("main")
    rows = list(
        Case.objects.filter(visible(actor, "case.list"), uid__in=wanted)
        .annotate(
            residents=residents_here(),
            took_in=Coalesce(Subquery(merged.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("filed_at", "id")
        .values(*ROW, "residents", "took_in")
    )
    numbers: dict[int, list[str]] = {row["id"]: [] for row in rows}
    here = Link.objects.filter(case_id__in=numbers, until_at=None, report__withdrawn_at=None)
    for case_id, number in here.order_by("report_id").values_list("case_id", "report__number"):
        numbers[case_id].append(number)
    return [Chosen(row, tuple(numbers[row["id"]])) for row in rows]


def taken_in(case: Case) -> QuerySet[Merge]:
    """The merges that stand of cases into this one, with how many residents came along."""
    return Merge.objects.filter(main=case, undone_at=None).annotate(
        residents=Coalesce(Subquery(_gone(OuterRef("case"), OuterRef("merged_at"))), 0)
    )


def went_along(case: Case) -> QuerySet[Report]:
    """The reports a merged case brought into its main one."""
    merged = Merge.objects.filter(case=case, undone_at=None).values("merged_at")
    return Report.objects.filter(
        links__case=case, links__until_at=Subquery(merged[:1]), withdrawn_at=None
    ).order_by("id")


def _gone(case: OuterRef, at: OuterRef) -> QuerySet[Link, Any]:
    found = Link.objects.filter(case=case, until_at=at, report__withdrawn_at=None)
    return found.order_by().values("case").annotate(n=Count("pk")).values("n")


def residents_here() -> Coalesce:
    """How many residents' reports are handled in a case, as a column."""
    here = Link.objects.filter(case=OuterRef("pk"), until_at=None, report__withdrawn_at=None)
    counted = here.order_by().values("case").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
