"""Cases drawn by lot for the affairs supervisory committee that nobody has looked at yet."""

from django.db.models import QuerySet

from yishi.records.models import Case, Inspection


def drawn_open() -> QuerySet[Inspection]:
    """Every draw that is still to be looked at. A look nobody drew has no drawer."""
    return Inspection.objects.filter(looked_at__isnull=True, drawn_by__isnull=False)


def open_draws(case: Case) -> QuerySet[Inspection]:
    """Those of one case."""
    return drawn_open().filter(case=case)
