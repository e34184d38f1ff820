"""Bodies of a place: those that handle matters there, to be named or chosen."""

from typing import Any

from django.db.models import Q, QuerySet

from yishi.core.place import HANDLES
from yishi.records.models import Body, Place
from yishi.records.queries.lately import lately
from yishi.records.queries.paging import plain

MOST = 300


def name_of(body_id: int) -> str:
    """What a body is called, as of a minute ago at most. Raises IndexError where there is none."""

    def make() -> str:
        return Body.objects.filter(pk=body_id).values_list("name", flat=True)[0]

    return lately("body_name", body_id, make)


def handles_in(place: Place) -> QuerySet[Body]:
    """Bodies that handle matters in `place`: its own, those above it and those below it."""
    near = Q(place__line__startswith=place.line) | Q(place_id__in=place.ids)
    return Body.objects.filter(near, kind__in=HANDLES)


def choose_body(place: Place) -> list[dict[str, Any]]:
    """The same as {uid, name}, by name; the first `MOST`. One statement."""
    return plain(handles_in(place).order_by("name").values("uid", "name")[:MOST])
