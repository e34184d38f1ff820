"""The filters of a list, read out of an address."""

from django.http import QueryDict

from yishi.records.queries.case_list import Filters

NAMES = ("stage", "colour", "open", "place", "unit", "item", "month")


def filters_in(query: QueryDict) -> Filters:
    """The filters of an address; what is not known is no filter."""
    found = {name: query.get(name, "")[:40] for name in NAMES}
    return Filters(**found, words=query.get("q", "").strip()[:40])
