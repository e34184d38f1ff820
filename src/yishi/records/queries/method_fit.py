"""Whether a method suits a place: it asks no less than what holds there, and who it calls for is
there."""

from datetime import date

from yishi.core.method.adoption import fit, may_lack
from yishi.core.method.fault import Fault
from yishi.core.method.keeping import keeps
from yishi.core.method.language import Method
from yishi.core.place import SEATED, BodyKind, PlaceKind
from yishi.records.models import Body, Place
from yishi.records.queries.rule import floors_at
from yishi.records.queries.seat import seats_at


def unfit_at(method: Method, place: Place, day: date) -> tuple[Fault, ...]:
    """What keeps `place` from working by `method` from `day` on: the higher layers first, then,
    in a community, each body that is missing or in which nobody is appointed. Three statements.

    A district or sub-district adopts a method for its communities, each with bodies of its own,
    so there nobody has to be appointed yet.
    """
    below = keeps(method, floors_at(place, day))
    if place.kind != PlaceKind.COMMUNITY:
        return below
    return (*below, *fit(method, filled_at(place, day)))


def lacking_at(method: Method, place: Place, day: date) -> tuple[Fault, ...]:
    """Who would take part or observe and is not at `place`; no hindrance. Two statements."""
    return may_lack(method, filled_at(place, day))


def filled_at(place: Place, day: date) -> dict[BodyKind, int]:
    """Kind → seats filled on `day`, in the bodies of the place itself, as they are counted when a
    topic is acted on. A body that has no seats, such as a department, may belong to a place above,
    acts by the people appointed to it and counts as filled. Two statements."""
    there = Body.objects.filter(place_id__in=place.ids).values_list("kind", "place_id").distinct()
    without = {BodyKind(kind): 1 for kind, _at in there if kind not in SEATED}
    empty = {BodyKind(kind): 0 for kind, at in there if kind in SEATED and at == place.pk}
    return without | empty | seats_at(place.pk, day)
