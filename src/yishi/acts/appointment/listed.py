"""Appointments loaded from a list: all of it or nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yishi.acts.appointment.post import held_by, mark_staff, may_hold, post_of
from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.loading import BATCH, INSTALLATION, root_place
from yishi.acts.person import people_by_phone
from yishi.core.outcome import Event
from yishi.core.refusal import Refusal
from yishi.core.sheets import APPOINTMENT_SHEETS
from yishi.core.table import Line, Problem, Tables, must_fit, read_tables, table_refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Appointment, Body, Grouping, Person, Place

# Which column of the list a refusal is about.
COLUMN = {
    "self_appointment": "phone",
    "not_active": "phone",
    "community_needed": "place",
    "grid_needed": "grouping",
    "grid_elsewhere": "grouping",
    "body_needed": "body",
    "body_elsewhere": "body",
    "seat_body_needed": "body",
    "body_without_seats": "body",
    "seat_elsewhere": "place",
    "cross_ground_needed": "ground",
    "cross_topic_unknown": "ground",
    "cross_topic_elsewhere": "ground",
    "cross_topic_open": "ground",
    "term_backwards": "until_on",
    "roles_apart": "role",
    "already_appointed": "from_on",
}


@dataclass(frozen=True)
class Named:
    """What the codes in the list name."""

    people: Mapping[str, Person]
    places: Mapping[str, Place]
    bodies: Mapping[str, Body]
    groupings: Mapping[str, Grouping]


def load(ask: Ask, root_code: str | None, tables: Tables) -> Done | Refusal:
    """Gives every post of the sheet 任职 in one act, or none.

    A post that is already held from the same day is left as it is, so that a list loaded again
    changes nothing and never brings back what an act has ended. Refuses as `acts.place.load`;
    problems besides those of reading: `person_unknown`, `code_unknown`, `outside`, and every
    refusal of `give`.
    """
    root = root_place(root_code)
    if isinstance(root, Refusal):
        return root

    def do() -> Written | Refusal:
        unfit = must_fit(tables, APPOINTMENT_SHEETS)
        if unfit:
            return unfit
        read, problems = read_tables(tables, APPOINTMENT_SHEETS)
        lines = read["任职"]
        named = Named(
            people_by_phone(line.text("phone") for line in lines),
            {row.code: row for row in Place.objects.all()},
            {row.code: row for row in Body.objects.select_related("place")},
            {row.code: row for row in Grouping.objects.all()},
        )
        held = held_by([person.pk for person in named.people.values()])
        rows = []
        for line in lines:
            wrong = list(_unknown(line, named, root))
            problems += wrong
            if wrong:
                continue
            row = _row(line, named, ask)
            own = held.setdefault(row.person_id, [])
            if any((post_of(r), r.from_on) == (post_of(row), row.from_on) for r in own):
                continue
            refusal = may_hold(ask, row, own)
            if refusal:
                column = COLUMN.get(refusal.code, "")
                problems.append(line.problem(column, refusal.code, refusal.need, refusal.have))
                continue
            own.append(row)
            rows.append(row)
        if problems:
            return table_refusal(problems)
        Appointment.objects.bulk_create(rows, BATCH)
        mark_staff({row.person_id: row.person for row in rows}.values())
        facts: dict[str, int | str] = {"given": len(rows), "rows": len(lines)}
        return Written(Event("appointment.loaded", facts, facts), rows)

    uid = root.uid if root else INSTALLATION
    return act_at(ask, "appointment.load", root, "place", uid, do)


def _unknown(line: Line, named: Named, root: Place | None) -> Iterator[Problem]:
    if line.text("phone") not in named.people:
        yield line.problem("phone", "person_unknown")
    place = named.places.get(line.text("place"))
    if place is None:
        yield line.problem("place", "code_unknown")
    elif root is not None and root.pk not in place.ids:
        yield line.problem("place", "outside", root.name)
    for column, known in (("body", named.bodies), ("grouping", named.groupings)):
        if line.text(column) and line.text(column) not in known:
            yield line.problem(column, "code_unknown")


def _row(line: Line, named: Named, ask: Ask) -> Appointment:
    place = named.places[line.text("place")]
    body = named.bodies.get(line.text("body"))
    grouping = named.groupings.get(line.text("grouping"))
    from_on = line.day("from_on")
    assert from_on is not None
    return Appointment(
        uid=new_uid(ask.entropy),
        person=named.people[line.text("phone")],
        role=line.text("role"),
        place=place,
        body=body,
        grouping=grouping,
        office=(line.text("office") or (body.name if body else place.name))[:60],
        from_on=from_on,
        until_on=line.day("until_on"),
        given_at=ask.now,
        ground=line.text("ground"),
    )
