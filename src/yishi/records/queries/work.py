"""Queues: what is mine to do now, by role. A queue is one condition, for its count and its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, Q, Value

from yishi.core.case.request import RequestKind, RequestState
from yishi.core.case.state import WORKING
from yishi.core.case.state import CaseState as S
from yishi.core.clock import OPEN, ClockKind
from yishi.core.person import Actor, Role
from yishi.core.publication import PublicationState
from yishi.records.models import Amendment, Assignment, Case, Order, Publication, Request
from yishi.records.queries.case_list import coloured, first_rows, opened
from yishi.records.queries.draw import drawn_open
from yishi.records.queries.instant import AT_ONCE
from yishi.records.queries.permit import visible
from yishi.records.queries.request import returned_often
from yishi.records.queries.rule import start_of, today_of

SHORT = 5
# Rows are shown for this many queues of one screen; the rest show their count and their link.
SHOWN = 6

R = Role
Condition = Callable[[Actor, datetime], Q]


@dataclass(frozen=True)
class Queue:
    """One thing a role may have to do. `condition` gets the actor in that role only.

    `tone` is the colour its count shows when it is not empty: "", "soon" or "late".
    `cleared`: it is gone through one after the other; what was done to one leads to the next.
    """

    code: str
    role: Role
    condition: Condition
    tone: str = ""
    cleared: bool = False


def _may(act: str) -> Condition:
    return lambda actor, now: visible(actor, act, each=True)


def _state(*states: S) -> Condition:
    return lambda actor, now: Q(state__in=states)


def _due_today(actor: Actor, now: datetime) -> Q:
    """Late, or running out before midnight."""
    tomorrow = start_of(today_of(now) + timedelta(days=1))
    return opened() & Q(due_at__lte=tomorrow)


def _own(actor: Actor, **more: object) -> Q:
    work = Assignment.objects.filter(unit_id__in=actor.bodies(), ended_at__isnull=True, **more)
    return Q(pk__in=work.values("case_id"))


def _to_sign(actor: Actor, now: datetime) -> Q:
    # Nobody has a result before signing: said, so that the open work alone is looked through.
    open_work = _own(actor, signed_at__isnull=True, result_at__isnull=True)
    return Q(state__in=[S.DISPATCHED, *WORKING]) & open_work


def _to_contact(actor: Actor, now: datetime) -> Q:
    open_work = _own(
        actor,
        signed_at__isnull=False,
        result_at__isnull=True,
        clocks__kind=ClockKind.CONTACT,
        clocks__state__in=OPEN,
    )
    return Q(state__in=WORKING) & open_work


def _to_submit(actor: Actor, now: datetime) -> Q:
    open_work = _own(actor, signed_at__isnull=False, result_at__isnull=True)
    return Q(state__in=WORKING) & open_work


def _to_call(actor: Actor, now: datetime) -> Q:
    """Answered by people: what a text answered at once closes by itself where no word comes, so
    that a hot question does not fill the list."""
    return visible(actor, "case.call_back", each=True) & ~AT_ONCE


def _orders_to_answer(actor: Actor, now: datetime) -> Q:
    to_us = Q(unit_id__in=actor.bodies()) | Q(case__lead_id__in=actor.bodies())
    orders = Order.objects.filter(to_us, answered_at__isnull=True)
    return Q(pk__in=orders.values("case_id"))


def _orders_open(actor: Actor, now: datetime) -> Q:
    return Q(pk__in=Order.objects.filter(answered_at__isnull=True).values("case_id"))


def _returns(actor: Actor, now: datetime) -> Q:
    rows = Request.objects.filter(kind=RequestKind.RETURN, state=RequestState.ASKED)
    return visible(actor, "case.decide_return", each=True) & Q(pk__in=rows.values("case_id"))


def _requests(actor: Actor, now: datetime) -> Q:
    """More time or a suspension asked for, to be decided by somebody who does not handle it."""
    kinds = (RequestKind.EXTENSION, RequestKind.SUSPENSION)
    rows = Request.objects.filter(kind__in=kinds, state=RequestState.ASKED)
    asked = Q(pk__in=rows.values("case_id"))
    return visible(actor, "case.decide_extension", each=True) & asked


def _amended(actor: Actor, now: datetime) -> Q:
    proposed = Amendment.objects.filter(state="proposed")
    return Q(pk__in=proposed.values("ruling__case_id"))


def _given_back(actor: Actor, now: datetime) -> Q:
    return Q(state__in=[S.RETURNING, S.DISPUTED]) & _own(actor)


def _overridden(actor: Actor, now: datetime) -> Q:
    """The lead said it is done while a co-handler was still at work on its part."""
    open_co = Assignment.objects.filter(
        is_lead=False, result_at__isnull=True, ended_at__isnull=True
    )
    after = Q(state__in=[S.CHECKING, S.SETTLED, S.ANSWERED])
    return after & Q(pk__in=open_co.values("case_id"))


def _publication(act: str, state: PublicationState) -> Condition:
    def condition(actor: Actor, now: datetime) -> Q:
        drafts = Publication.objects.filter(state=state)
        return visible(actor, act, each=True) & Q(pk__in=drafts.values("case_id"))

    return condition


QUEUES: tuple[Queue, ...] = (
    Queue("grid_new", R.GRID_WORKER, _state(S.SUBMITTED, S.FILED)),
    Queue("grid_due", R.GRID_WORKER, _due_today, "soon"),
    Queue("grid_check", R.GRID_WORKER, _may("case.check")),
    Queue("grid_answer", R.GRID_WORKER, _state(S.SETTLED)),
    Queue("desk_due", R.COMMUNITY_DESK, _due_today, "soon"),
    Queue("desk_topics", R.COMMUNITY_DESK, _state(S.TOPIC)),
    Queue("desk_check", R.COMMUNITY_DESK, _may("case.check")),
    Queue("desk_answer", R.COMMUNITY_DESK, _state(S.SETTLED)),
    Queue("to_dispatch", R.DISPATCHER, _state(S.SUBMITTED, S.FILED), cleared=True),
    Queue("waiting", R.DISPATCHER, lambda actor, now: coloured("waiting", now), "late"),
    Queue("returns", R.DISPATCHER, _returns, "soon"),
    Queue("requests", R.DISPATCHER, _requests, "soon"),
    Queue("check", R.DISPATCHER, _may("case.check")),
    Queue(
        "to_review",
        R.DISPATCHER,
        _publication("publication.review", PublicationState.DRAFT),
    ),
    Queue("to_sign", R.UNIT_HANDLER, _to_sign),
    Queue("to_contact", R.UNIT_HANDLER, _to_contact, "soon"),
    Queue("to_submit", R.UNIT_HANDLER, _to_submit),
    Queue("to_answer", R.UNIT_HANDLER, lambda actor, now: Q(state=S.SETTLED) & _own(actor)),
    Queue("given_back", R.UNIT_HANDLER, _given_back),
    Queue("orders", R.UNIT_HANDLER, _orders_to_answer, "late"),
    Queue("to_call", R.CALL_BACK_OFFICER, _to_call),
    Queue("to_rule", R.ARBITRATOR, _may("case.rule"), "soon"),
    Queue("amended", R.ARBITRATOR, _amended),
    Queue("late", R.SUPERVISORY_OFFICER, lambda actor, now: coloured("late", now), "late"),
    Queue("twice", R.SUPERVISORY_OFFICER, lambda a, n: opened() & Q(dissatisfied__gte=2), "late"),
    Queue(
        "returned_twice", R.SUPERVISORY_OFFICER, lambda a, n: opened() & returned_often(), "late"
    ),
    Queue("overridden", R.SUPERVISORY_OFFICER, _overridden, "soon"),
    Queue("orders_open", R.SUPERVISORY_OFFICER, _orders_open, "soon"),
    Queue(
        "officer_review",
        R.SUPERVISORY_OFFICER,
        _publication("publication.review", PublicationState.DRAFT),
    ),
    Queue("to_look", R.OVERSEER, lambda a, n: Q(pk__in=drawn_open().values("case_id"))),
    Queue("objections", R.OVERSEER, lambda a, n: opened() & Q(dissatisfied__gte=1), "soon"),
    Queue("leader_late", R.LEADER, lambda actor, now: coloured("late", now), "late"),
    Queue(
        "to_sign_off",
        R.LEADER,
        _publication("publication.sign_off", PublicationState.REVIEWED),
    ),
)
BY_CODE = {queue.code: queue for queue in QUEUES}


@dataclass(frozen=True)
class Waiting:
    """A queue as it stands: its count, and its first rows (empty where only the count shows)."""

    queue: Queue
    count: int
    rows: Sequence[dict[str, Any]]


def queue_condition(actor: Actor, code: str, now: datetime) -> Q | None:
    """The condition of a queue for `actor`; None where there is no such queue or role."""
    queue = BY_CODE.get(code)
    if queue is None or not actor.seats_as(queue.role):
        return None
    narrow = Actor(actor.person_id, actor.seats_as(queue.role), actor.level, name=actor.name)
    return visible(narrow, "case.list", each=True) & queue.condition(narrow, now)


def next_in_queue(queue: Q, due_at: datetime | None, pk: int) -> str:
    """The uid of the case that follows one of `pk` and `due_at` in a queue, oldest clock first;
    past the end the first one that is left, "" where there is none. At most two statements."""
    left = Case.objects.filter(queue).exclude(pk=pk).order_by("due_at", "id")
    later = Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=pk) if due_at else Q(pk__in=())
    found = left.filter(later).values_list("uid", flat=True).first()
    return found or left.values_list("uid", flat=True).first() or ""


def work_of(actor: Actor, now: datetime) -> list[Waiting]:
    """Every queue of every role `actor` has, in the order of the roles.

    One statement for the counts and at most `SHOWN` for the rows, however many cases there are.
    """
    conditions = {
        queue.code: condition
        for queue in QUEUES
        if (condition := queue_condition(actor, queue.code, now)) is not None
    }
    counts = _counts(conditions)
    found, shown = [], 0
    for code, condition in conditions.items():
        count, rows = counts.get(code, 0), []
        if count and shown < SHOWN:
            shown += 1
            rows = first_rows(Case.objects.filter(condition).order_by("due_at", "id"), 0, SHORT)
        found.append(Waiting(BY_CODE[code], count, rows))
    return found


def _counts(conditions: dict[str, Q]) -> dict[str, int]:
    """How many cases meet each condition, without those that none meets. One statement, in which
    each is counted by itself, so that the database takes the shortest way to it."""
    each = [
        Case.objects.filter(condition).values(code=Value(code, CharField())).annotate(n=Count("pk"))
        for code, condition in conditions.items()
    ]
    if not each:
        return {}
    return {row["code"]: row["n"] for row in each[0].union(*each[1:], all=True)}
