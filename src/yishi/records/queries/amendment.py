"""What rulings would have the responsibility list say: as a list, and one of them."""

from django.db.models import Q

from yishi.core.person import Actor
from yishi.records.models import Amendment
from yishi.records.queries.paging import Listed, listed
from yishi.records.queries.place import below, seats_for

COLUMNS = (
    "uid",
    "code",
    "title",
    "grade",
    "area",
    "lead",
    "co",
    "why",
    "state",
    "proposed_at",
    "decided_at",
    "duty__lead",
    "bundle__version",
    "ruling__case__number",
    "duty__place__code",
)
STATES = ("proposed", "published", "dropped")


def amendments(actor: Actor, state: str, page: int) -> Listed:
    """A page of the amendments to lists of the actor's places, newest first. Two statements."""
    rows = Amendment.objects.filter(_near(actor))
    if state in STATES:
        rows = rows.filter(state=state)
    return listed(rows.order_by("-proposed_at", "-id").values(*COLUMNS), page)


def count_proposed(actor: Actor) -> int:
    """How many wait for a decision. One statement."""
    return Amendment.objects.filter(_near(actor), state="proposed").count()


def amendment_for(actor: Actor, uid: str) -> Amendment | None:
    """One amendment with its row, ruling and matter; None where it is not of the actor's place."""
    rows = Amendment.objects.filter(_near(actor), uid=uid).select_related(
        "duty__place",
        "duty__bundle",
        "bundle",
        "decided_by",
        "ruling__case",
        "ruling__ruled_by",
    )
    return rows.first()


def _near(actor: Actor) -> Q:
    """A list belongs to a place: that of the actor's seat or one below it. The group of a place
    below a list's own reads what its own rulings proposed."""
    lines = seats_for(actor, "amendment.list")
    return below(lines, "duty__place__line") | below(lines, "ruling__case__place__line")
