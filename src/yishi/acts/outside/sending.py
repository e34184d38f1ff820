"""Answers go back: by sheet in one click, or fetched by the system and acknowledged."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from yishi.acts.at_place import Written, act_at, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.models import OutsideOrder, OutsideSystem
from yishi.records.queries.outside import waiting_back

MOST = 2_000
RECEIVED, AGAIN, CHANGED, UNKNOWN = "received", "again", "changed", "unknown"


def send_back(ask: Ask, system_uid: str) -> Done | Refusal:
    """Everything answered and not sent back yet counts as sent back now, the oldest 2,000.

    `number` of what is done is the moment, by which the same sheet can be taken again. Refuses
    with `not_found`, `nothing_to_send`.
    """
    system = OutsideSystem.objects.filter(uid=system_uid).select_related("place").first()
    if system is None:
        return Refusal("not_found", have="outside_system")

    def do() -> Written | Refusal:
        one_at_a_time(system.place)
        rows = list(waiting_back(system).order_by("id")[:MOST])
        return _sent(ask, system, rows) if rows else Refusal("nothing_to_send")

    return act_at(ask, "outside.send_back", system.place, "outside_system", system.uid, do)


def acknowledge(
    ask: Ask, system: OutsideSystem, read: Sequence[tuple[str, datetime]]
) -> Mapping[str, str] | Refusal:
    """Their number → what became of it. `read`: a number and when the answer they hold was given.

    Only what they hold counts as sent back: where a newer answer was given meanwhile it is
    `changed`, and waits. What is none of this system's is `unknown`.
    """
    results: dict[str, str] = {}

    def do() -> Written | Refusal:
        one_at_a_time(system.place)
        results.clear()
        rows = {
            row.their_number: row
            for row in OutsideOrder.objects.filter(
                system=system, their_number__in=[number for number, _ in read]
            ).select_related("report")
        }
        fresh = []
        for number, at in read:
            row = rows.get(number)
            results[number] = result = _standing(row, at)
            if row is not None and result == RECEIVED and row not in fresh:
                fresh.append(row)
        return _sent(ask, system, fresh) if fresh else Refusal("nothing_to_send")

    done = act_at(ask, "outside.send_back", system.place, "outside_system", system.uid, do)
    if isinstance(done, Refusal) and done.code != "nothing_to_send":
        return done
    return results


def _standing(row: OutsideOrder | None, at: datetime) -> str:
    if row is None:
        return UNKNOWN
    said = row.report.withdrawn_at or row.report.answered_at
    if said is None:
        return UNKNOWN
    if said != at:
        return CHANGED
    return AGAIN if row.sent_back_at is not None and row.sent_back_at >= said else RECEIVED


def _sent(ask: Ask, system: OutsideSystem, rows: Sequence[OutsideOrder]) -> Written:
    for row in rows:
        row.sent_back_at, row.sent_back_by_id = ask.now, ask.actor.person_id
    OutsideOrder.objects.bulk_update(rows, ["sent_back_at", "sent_back_by"])
    params = {"system": system.name, "orders": len(rows)}
    event = Event("outside.sent_back", params, {"orders": len(rows)})
    return Written(event, rows, number=ask.now.isoformat())
