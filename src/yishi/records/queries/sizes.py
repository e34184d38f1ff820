"""How much one form may carry, by the rules in force."""

from datetime import date

from yishi.core.caserules import CaseRules
from yishi.records.models import Adoption, BundleRow
from yishi.records.queries.rule import parsed
from yishi.records.spreadsheet import BYTES_MAX


def files_bytes_most(day: date) -> int:
    """The most bytes of files one form may carry on `day`: as many photos as the most generous
    place takes, each as large as it takes them, and never less than a spreadsheet. Two
    statements. It is asked before a form is read, when nobody knows yet which place it is about.
    """
    rows = Adoption.objects.filter(kind="casework", from_on__lte=day).order_by("from_on", "id")
    latest = dict(rows.values_list("place_id", "bundle_id"))
    found: list[CaseRules] = [
        parsed(row) for row in BundleRow.objects.filter(pk__in=sorted(set(latest.values())))
    ]
    return max([BYTES_MAX, *(rules.photos_max * rules.photo_bytes_max for rules in found)])
