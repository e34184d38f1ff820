"""The votes that wait for somebody, and the lines of a roll they may cast."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from yishi.core.person import Actor
from yishi.core.vote.now import VoteState
from yishi.records.models import Holder, Part, Person, Proxy, Vote, Voter

WAITING_MOST, LINES_MOST = 20, 50


@dataclass(frozen=True)
class MyLine:
    """A line somebody may cast: their own, or one that gave them a proxy. `way`, `at`: how and
    when it took part, "" and None where it did not; `given`: it gave its vote to another."""

    uid: str
    no: int
    name: str
    label: str
    area_cm2: int
    is_mine: bool
    way: str
    at: datetime | None
    given_to: str = ""


def my_lines(vote: Vote, actor: Actor) -> list[MyLine]:
    """The lines the actor may cast in this vote, their own first. One statement."""
    person = actor.person_id
    if person is None:
        return []
    mine = Exists(Holder.objects.filter(voter=OuterRef("pk"), person_id=person))
    held = Exists(
        Proxy.objects.filter(giver=OuterRef("pk"), ended_at=None, holder__holders__person_id=person)
    )
    running = Proxy.objects.filter(giver=OuterRef("pk"), ended_at=None)
    rows = (
        Voter.objects.filter(vote=vote, is_struck=False)
        .annotate(mine=mine, held=held)
        .filter(Q(mine=True) | Q(held=True))
        .annotate(
            way=F("part__way"), at=F("part__at"), to=Subquery(running.values("holder__label")[:1])
        )
        .order_by("-mine", "no")
    )
    columns = ("uid", "no", "name", "label", "area_cm2", "mine", "way", "at", "to")
    return [
        MyLine(
            row["uid"], row["no"], row["name"], row["label"], row["area_cm2"], row["mine"],
            row["way"] or "", row["at"], row["to"] or "",
        )
        for row in rows.values(*columns)[:LINES_MOST]
    ]  # fmt: skip


def votes_waiting(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Open votes in which the actor may cast a line on-line that has not taken part, the earliest
    end first. One statement."""
    if actor.person_id is None:
        return []
    out = Voter.objects.filter(vote=OuterRef("pk"), is_struck=False).filter(
        ~Exists(Part.objects.filter(voter=OuterRef("pk")))
    )
    person = actor.person_id
    own = Holder.objects.filter(voter=OuterRef("pk"), person_id=person)
    given = Proxy.objects.filter(
        giver=OuterRef("pk"), ended_at=None, holder__holders__person_id=person
    )
    waits = out.filter(Exists(own) | Exists(given))
    near = Q(roll__holders__person_id=person)
    rows = Vote.objects.filter(near, state=VoteState.OPEN, until_at__gt=now).filter(Exists(waits))
    columns = ("uid", "until_at", "opened_at", "ways", "topic__title", "topic__number",
               "place__name")  # fmt: skip
    found = rows.order_by("until_at", "id").distinct().values(*columns)
    return [dict(row) for row in found[:WAITING_MOST] if "online" in row["ways"]]


def home_of(actor: Actor) -> Person | None:
    """The actor's own account with its home, to say why it stands on no roll. One statement."""
    rows = Person.objects.filter(pk=actor.person_id or 0).select_related("home__community")
    return rows.first()
