"""The systems that may send orders: added with their key, and ended."""

from dataclasses import dataclass

from yishi.acts.at_place import Written, act_at, one_at_a_time
from yishi.acts.door import Ask, Done
from yishi.core import outside
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.records.entropy import new_uid
from yishi.records.models import OutsideSystem, Place
from yishi.records.queries.outside import order_maps
from yishi.records.queries.rule import in_force, today_of

KIND = "outside_system"


@dataclass(frozen=True)
class Described:
    """What an administrator says of a system. `public_key`: base64, "" for sheets alone."""

    code: str
    name: str
    channel: str
    mapping: str
    public_key: str = ""


def add_system(ask: Ask, place: Place, told: Described) -> Done | Refusal:
    """Puts a system on the line for `place` and what lies below it. A code that is on it at that
    place already gets its name, key, channel and columns anew, and what came in before stays.

    Refusals: those of `core.outside.check_system`, `channel_unknown`, `map_unknown`,
    `code_taken` (by a system of another place).
    """
    known = OutsideSystem.objects.filter(code=told.code, place=place).first()
    uid = known.uid if known else new_uid(ask.entropy)

    def do() -> Written | Refusal:
        one_at_a_time(place)
        key = told.public_key.strip()
        wrong = outside.check_system(told.code, told.name, key)
        if wrong:
            return wrong
        channels = in_force(place, today_of(ask.now)).channels
        if told.channel not in channels:
            return Refusal("channel_unknown", tuple(channels), told.channel)
        if told.mapping not in order_maps():
            return Refusal("map_unknown", tuple(order_maps()), told.mapping)
        row = OutsideSystem.objects.filter(code=told.code).first()
        if row is not None and row.place_id != place.pk:
            return Refusal("code_taken", have=told.code)
        row = row or OutsideSystem(uid=uid, place=place, code=told.code, added_at=ask.now)
        row.name, row.channel, row.mapping = told.name.strip(), told.channel, told.mapping
        row.public_key, row.is_active = key, True
        row.added_by_id = ask.actor.person_id
        row.save()
        params = {"system": row.name, "code": row.code, "place": place.name}
        return Written(Event("outside.system_added", params, {"signed": int(bool(key))}), (row,))

    return act_at(ask, "outside.add_system", place, KIND, uid, do)


def end_system(ask: Ask, uid: str) -> Done | Refusal:
    """Takes a system off the line: it can send nothing more; what came in goes its way.

    Refuses with `not_found`, `system_ended`.
    """
    row = OutsideSystem.objects.filter(uid=uid).select_related("place").first()
    if row is None:
        return Refusal("not_found", have=KIND)

    def do() -> Written | Refusal:
        one_at_a_time(row.place)
        row.refresh_from_db(fields=["is_active"])
        if not row.is_active:
            return Refusal("system_ended", have=row.name)
        row.is_active = False
        row.save(update_fields=["is_active"])
        return Written(
            Event("outside.system_ended", {"system": row.name, "code": row.code}), (row,)
        )

    return act_at(ask, "outside.end_system", row.place, KIND, uid, do)
