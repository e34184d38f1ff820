"""The message of the morning: to each member of staff once a working day, how much waits.

It is counted from the tables when the time has come, so nothing that waits can be missing from
it, and a worker that was away in the morning sends it when it is back.
"""

from dataclasses import dataclass
from datetime import datetime, time

from yishi.core.message import MORNING, MessageRules
from yishi.records.models import Message, Person
from yishi.records.queries.actor import actor_of
from yishi.records.queries.message_rules import message_rules
from yishi.records.queries.morning import staff_after, today
from yishi.records.queries.rule import is_day_off, today_of, zone


@dataclass(frozen=True)
class Told:
    """How many were told, for how many the morning is still to come, and the last key (0 at the
    end of all)."""

    count: int = 0
    early: int = 0
    after: int = 0


def tell_morning(now: datetime, after: int, limit: int) -> Told:
    """Tells the next `limit` members of staff by key how much waits for them.

    Nobody on a day that is known to be off, nobody whose place has not adopted when, and nobody
    for whom nothing waits.
    """
    day = today_of(now)
    if is_day_off(day):
        return Told()
    people = staff_after(after, day, limit)
    found = message_rules(people, day) if people else {}
    rules = {person.pk: found[person.pk] for person in people}
    now_told = [p for p in people if (r := rules[p.pk]) is not None and _is_morning(r, now)]
    early = sum(r is not None and _local(now) < r.morning for r in rules.values())
    count = sum(_tell(person, now) for person in now_told)
    return Told(count, early, people[-1].pk if len(people) == limit else 0)


def _tell(person: Person, now: datetime) -> int:
    day = today_of(now).isoformat()
    if Message.objects.filter(recipient=person, template=MORNING, about=day).exists():
        return 0
    waits = today(actor_of(person, today_of(now)), now)
    if not waits.count:
        return 0
    _, made = Message.objects.get_or_create(
        recipient=person,
        template=MORNING,
        about=day,
        entry=None,
        defaults={
            "channel": "in_app",
            "params": {"count": waits.count, "late": waits.late, "soon": waits.soon},
            "not_before": now,
        },
    )
    return int(made)


def _is_morning(rules: MessageRules, now: datetime) -> bool:
    """From the adopted time until the quiet hours: after them the next morning's is fresher."""
    return rules.morning <= _local(now) and not rules.is_quiet(_local(now))


def _local(now: datetime) -> time:
    return now.astimezone(zone()).time()
