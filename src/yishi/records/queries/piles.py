"""What waits beside the cases: looks, opinions and entries of the dated list, counted by role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value

from yishi.core.instant import InstantState
from yishi.core.method.drafting import Part
from yishi.core.person import Actor, Role
from yishi.records.models import InstantAnswer, Listed, Opinion
from yishi.records.queries import method_draft
from yishi.records.queries.ledger import visible_at
from yishi.records.queries.listed import standing
from yishi.records.queries.message import unread

R = Role
UNREAD = "unread"
Rows = Callable[[Actor, datetime], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Pile:
    """One thing to do that is no case: its rows, the name of its list and the filter there."""

    code: str
    role: Role
    rows: Rows
    to: str
    state: str
    tone: str = ""


def _listed(state: str) -> Rows:
    return lambda actor, now: Listed.objects.filter(
        visible_at(actor, "listed.list"), standing(now)[state]
    )


def _owed(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    rows = Listed.objects.filter(visible_at(actor, "listed.list"))
    return rows.filter(closed_at__isnull=True, done_at__isnull=True)


def _opinions(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    return Opinion.objects.filter(visible_at(actor, "opinion.list"), replied_at__isnull=True)


def _late_own(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    return _owed(actor, now).filter(Q(due_at__lte=now))


def _to_approve(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    """Drafts of somebody else."""
    rows = InstantAnswer.objects.filter(visible_at(actor, "instant.approve", body="id"))
    return rows.filter(state=InstantState.DRAFT).exclude(drafted_by_id=actor.person_id)


def _word(part: Part) -> Rows:
    """Methods of a community that wait for this word."""
    return lambda actor, now: method_draft.waiting(actor, part)


def _sent_back(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    return method_draft.sent_back(actor)


def _to_publish(actor: Actor, now: datetime) -> "QuerySet[Any, Any]":
    return method_draft.to_publish(actor)


PILES: tuple[Pile, ...] = (
    Pile("listed_late", R.COMMUNITY_DESK, _listed("late"), "listed", "late", "late"),
    Pile("listed_done", R.COMMUNITY_DESK, _listed("done"), "listed", "done", "soon"),
    Pile("listed_done", R.DISPATCHER, _listed("done"), "listed", "done", "soon"),
    Pile("listed_late", R.SUPERVISORY_OFFICER, _listed("late"), "listed", "late", "late"),
    Pile("listed_done", R.SUPERVISORY_OFFICER, _listed("done"), "listed", "done", "soon"),
    Pile("listed_late", R.UNIT_HANDLER, _late_own, "listed", "late", "late"),
    Pile("listed_owed", R.UNIT_HANDLER, _owed, "listed", "open"),
    Pile("opinions_owed", R.UNIT_HANDLER, _opinions, "opinions", "open", "soon"),
    Pile("to_approve", R.LEADER, _to_approve, "instant", "draft", "soon"),
    Pile("to_approve", R.SUPERVISORY_OFFICER, _to_approve, "instant", "draft", "soon"),
    Pile("opinions_open", R.OVERSEER, _opinions, "opinions", "open"),
    Pile("method_back", R.COMMUNITY_DESK, _sent_back, "method_drafts", "drafting", "soon"),
    Pile("method_word", R.SECRETARY, _word(Part.PARTY_COMMITTEE), "method_drafts", "sent", "soon"),
    Pile("method_publish", R.SECRETARY, _to_publish, "method_drafts", "sent", "soon"),
    Pile(
        "method_word", R.CONVENER, _word(Part.RESIDENTS_COMMITTEE), "method_drafts", "sent", "soon"
    ),
    Pile("method_review", R.LEGAL_ADVISER, _word(Part.LEGAL), "method_drafts", "sent", "soon"),
    Pile("method_file", R.LEADER, _word(Part.FILING), "method_drafts", "sent", "soon"),
    Pile("method_file", R.DISPATCHER, _word(Part.FILING), "method_drafts", "sent"),
)


def piles_of(actor: Actor, now: datetime) -> tuple[list[tuple[Pile, int]], int]:
    """The piles of the actor's roles that are not empty, each with its count; and how many
    messages the actor has not read. One statement."""
    mine = [pile for pile in PILES if actor.seats_as(pile.role)]
    news = unread(actor, now).order_by().values(code=Value(UNREAD, CharField()))
    each = [
        pile.rows(_only(actor, pile.role), now)
        .order_by()
        .values(code=Value(f"{pile.role}.{pile.code}", CharField()))
        .annotate(n=Count("pk"))
        for pile in mine
    ]
    rows = news.annotate(n=Count("pk")).union(*each, all=True)
    counted = {row["code"]: row["n"] for row in rows}
    piles = [(pile, many) for pile in mine if (many := counted.get(f"{pile.role}.{pile.code}", 0))]
    return piles, counted.get(UNREAD, 0)


def _only(actor: Actor, role: Role) -> Actor:
    """The actor in that role alone."""
    return Actor(actor.person_id, actor.seats_as(role), actor.level, name=actor.name)
