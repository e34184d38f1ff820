"""The private audit table, read by the auditor of a place: what its people did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from yishi.core.person import Actor
from yishi.core.place import ids_of
from yishi.records.models import Audit, Person
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.person import visible_people
from yishi.records.queries.place import seats_for
from yishi.records.queries.rule import start_of

ACT = "audit.view"
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


def reads_all(actor: Actor) -> bool:
    """Whether the actor audits a topmost place, and so also what nobody known tried."""
    return any(len(ids_of(line)) == 1 for line in seats_for(actor, ACT))


def visible_audit(actor: Actor) -> Q:
    """What was done by people who live in the actor's place or below it, or hold or ever held a
    post there. A try by nobody known, and people tied to no place, belong to no place: they are
    for the auditor of a topmost one.
    """
    whole = reads_all(actor)
    people = Person.objects.filter(visible_people(actor, ACT, with_untied=whole))
    found = Q(person_id__in=people.values("pk"))
    return found | Q(person_id__isnull=True) if whole else found


def list_audit(actor: Actor, filters: AuditFilters, page: int) -> Listed:
    """A page of what was written down, newest first; `CAP` rows at most. Two statements."""
    rows = Audit.objects.filter(visible_audit(actor), filters.condition()).order_by("-at", "-id")
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


def audited_acts(actor: Actor) -> Iterable[str]:
    """Every code the actor may read in the table, for the filter."""
    rows = Audit.objects.filter(visible_audit(actor))
    return rows.order_by("what").values_list("what", flat=True).distinct()[:60]
