"""People loaded from a list: all of it or nothing, each phone once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.hashers import make_password

from yishi.acts.at_place import Written, act_at
from yishi.acts.door import Ask, Done
from yishi.acts.loading import BATCH, INSTALLATION, put, root_place
from yishi.core.outcome import Event
from yishi.core.person import Level
from yishi.core.refusal import Refusal
from yishi.core.sheets import PERSON_SHEETS
from yishi.core.table import Line, Problem, Tables, must_fit, read_tables, table_refusal
from yishi.records.entropy import new_uid
from yishi.records.models import Building, Person, Place
from yishi.records.secret import blind

Homes = Mapping[str, Building]
LEVELS = (Level.PHONE, Level.RESIDENT, Level.OWNER)


def load(ask: Ask, root_code: str | None, tables: Tables) -> Done | Refusal:
    """Loads the sheet 人员; a phone that is known is brought up to date, never doubled.

    An empty cell leaves what is known of the person as it is. Refuses as `acts.place.load`;
    problems besides those of reading: `code_unknown`, `outside` (a building of another place),
    `area_needed` (an owner without area), `login_taken`, `login_kept` (a sign-in name does not
    change by a list), `level_down`. Source: norms.md §5, identity levels.
    """
    root = root_place(root_code)
    if isinstance(root, Refusal):
        return root

    def do() -> Written | Refusal:
        unfit = must_fit(tables, PERSON_SHEETS)
        if unfit:
            return unfit
        read, problems = read_tables(tables, PERSON_SHEETS)
        lines = read["人员"]
        known = people_by_phone(line.text("phone") for line in lines)
        homes = _homes(lines)
        logins = _logins(lines)
        for line in lines:
            person = known.get(line.text("phone"))
            problems += _wrong(line, person, homes, root, logins)
        if problems:
            return table_refusal(problems)
        rows = put(Person, known, lines, _values(known, homes, ask), ask.entropy, "phone")
        facts: dict[str, int | str] = {"people": len(lines), "written": len(rows)}
        return Written(Event("person.loaded", facts, facts), rows)

    return act_at(ask, "person.load", root, "place", root.uid if root else INSTALLATION, do)


def people_by_phone(phones: Iterable[str]) -> dict[str, Person]:
    """phone (+86…) → the person it belongs to, found by blind index."""
    by_index = {blind(phone): phone for phone in phones}
    indexes = sorted(by_index)
    found: dict[str, Person] = {}
    for start in range(0, len(indexes), BATCH):
        batch = indexes[start : start + BATCH]
        rows = Person.objects.filter(phone_index__in=batch).select_related("home__community")
        found |= {by_index[row.phone_index]: row for row in rows}
    return found


def _homes(lines: Sequence[Line]) -> Homes:
    codes = {line.text("home") for line in lines} - {""}
    rows = Building.objects.select_related("community")
    return {row.code: row for row in rows if row.code in codes}


def _logins(lines: Sequence[Line]) -> dict[str, str]:
    """login → phone index of the one it belongs to, or of the first in the list to want it."""
    wanted = {line.text("login") for line in lines} - {""}
    rows = Person.objects.filter(login__in=sorted(wanted)).values_list("login", "phone_index")
    taken = dict(rows)
    for line in lines:
        taken.setdefault(line.text("login"), blind(line.text("phone")))
    return taken


def _wrong(
    line: Line,
    person: Person | None,
    homes: Homes,
    root: Place | None,
    logins: Mapping[str, str],
) -> list[Problem]:
    found = []
    code, login, level = line.text("home"), line.text("login"), line.text("level")
    home = homes.get(code) if code else (person.home if person else None)
    area = line.whole("area_cm2") or (person.area_cm2 if person else None)
    if code and home is None:
        found.append(line.problem("home", "code_unknown"))
    if root is not None and home is not None and root.pk not in home.community.ids:
        found.append(line.problem("home", "outside", root.name, home.code))
    elif root is not None and person and person.home and root.pk not in person.home.community.ids:
        found.append(line.problem("phone", "outside", root.name))
    if level == Level.OWNER and not area:
        found.append(line.problem("area_cm2", "area_needed"))
    if level and person and LEVELS.index(Level(level)) < LEVELS.index(Level(person.level)):
        found.append(line.problem("level", "level_down", person.level))
    if login and logins[login] != blind(line.text("phone")):
        found.append(line.problem("login", "login_taken"))
    elif login and person and person.is_staff_member and person.login != login:
        found.append(line.problem("login", "login_kept"))
    return found


def _values(
    known: Mapping[str, Person], homes: Homes, ask: Ask
) -> Callable[[Line], dict[str, Any]]:
    """line → the columns it sets. Whoever is new cannot sign in by password yet."""

    def values(line: Line) -> dict[str, Any]:
        wanted: dict[str, Any] = {"name": line.text("name")}
        if line.text("level"):
            wanted["level"] = line.text("level")
        if line.text("home"):
            wanted["home_id"] = homes[line.text("home")].pk
        if line.text("room"):
            wanted["room"] = line.text("room")
        if line.whole("area_cm2"):
            wanted["area_cm2"] = line.whole("area_cm2")
        if line.text("login"):
            wanted |= {"login": line.text("login"), "is_staff_member": True}
        if line.text("phone") not in known:
            uid = new_uid(ask.entropy)
            return {
                "uid": uid,
                "login": uid,
                "password": make_password(None),
                "joined_at": ask.now,
                "phone_index": blind(line.text("phone")),
                **wanted,
            }
        return wanted

    return values
