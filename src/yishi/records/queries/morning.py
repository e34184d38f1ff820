"""What is one's own to do today, counted once each: for the message of the morning."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yishi.core.person import Actor
from yishi.records.models import Appointment, Case, Person
from yishi.records.queries.actor import in_force_on
from yishi.records.queries.rule import start_of, today_of
from yishi.records.queries.work import QUEUES, queue_condition

# What one looks at, and others have to do.
LOOKED_AT = frozenset(
    {
        "grid_new",
        "grid_due",
        "grid_answer",
        "desk_due",
        "waiting",
        "given_back",
        "amended",
        "late",
        "twice",
        "returned_twice",
        "overridden",
        "orders_open",
        "objections",
        "leader_late",
    }
)
MINE = tuple(queue.code for queue in QUEUES if queue.code not in LOOKED_AT)


@dataclass(frozen=True)
class Today:
    """How many cases wait for one's own act; of them late, and due before midnight."""

    count: int = 0
    late: int = 0
    soon: int = 0


def today(actor: Actor, now: datetime) -> Today:
    """The cases in the queues of `actor`, each counted once. One statement."""
    found = [queue_condition(actor, code, now) for code in MINE]
    each = [Case.objects.filter(q).order_by().values_list("id", "due_at") for q in found if q]
    if not each:
        return Today()
    rows = list(each[0].union(*each[1:]))
    midnight = start_of(today_of(now) + timedelta(days=1))
    due = [due_at for _, due_at in rows if due_at is not None]
    late = sum(due_at <= now for due_at in due)
    return Today(len(rows), late, sum(due_at <= midnight for due_at in due) - late)


def staff_after(pk: int, day: date, limit: int) -> list[Person]:
    """The next people with an appointment in force, by key."""
    posts = Appointment.objects.filter(in_force_on(day)).values("person_id")
    rows = Person.objects.filter(pk__in=posts, is_active=True, id__gt=pk)
    return list(rows.order_by("id")[:limit])
