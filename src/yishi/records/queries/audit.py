"""The private audit table, read by the auditor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from yishi.records.models import Audit
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.rule import start_of

CAP = 10_000


@dataclass(frozen=True)
class AuditFilters:
    """`what`: an exact code; `success`: "", "yes", "no"; `day`: `2026-03-12`; `login`: exact."""

    what: str = ""
    success: str = ""
    day: str = ""
    login: str = ""

    def condition(self) -> Q:
        """The filters as a condition on `Audit`."""
        found = Q()
        if self.what:
            found &= Q(what=self.what)
        if self.success in ("yes", "no"):
            found &= Q(success=self.success == "yes")
        if self.login:
            found &= Q(person__login=self.login)
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            return found
        start = start_of(day)
        return found & Q(at__gte=start, at__lt=start + timedelta(days=1))


def list_audit(filters: AuditFilters, page: int) -> Listed:
    """A page of what was written down, newest first; `CAP` rows at most. Two statements."""
    rows = Audit.objects.filter(filters.condition()).order_by("-at", "-id")
    columns = (
        "at",
        "what",
        "subject",
        "success",
        "address",
        "detail",
        "person__name",
        "person__login",
    )
    return listed(rows.values(*columns), page, most=CAP)


def audited_acts() -> Iterable[str]:
    """Every code there is in the table, for the filter."""
    return Audit.objects.order_by("what").values_list("what", flat=True).distinct()[:60]
