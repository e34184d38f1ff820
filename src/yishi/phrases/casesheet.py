"""The cells of a sheet that is asked for from above, as those who ask write them."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.core.redaction import redact
from yishi.phrases.clock import say_exact
from yishi.phrases.rule import say_text
from yishi.phrases.state import say_state
from yishi.records.queries.casesheet import Facts, Named, on_time

DAY = 86_400


def say_cell(field: str, at: int, facts: Facts, names: Named, now: datetime) -> str | int:
    """One cell; "" where the record has nothing to say. `at`: the row's position from 1."""
    row = facts.row
    match field:
        case "position":
            return at
        case "number":
            return show_number(row["number"])
        case "their_number":
            return facts.order["their_number"] if facts.order else ""
        case "filed_on":
            return _moment(row["filed_at"])[:10]
        case "their_due_at":
            return _moment(facts.order["due_at"] if facts.order else None)
        case "filed_at" | "dispatched_at" | "settled_at" | "answered_at":
            return _moment(row[field])
        case "signed_at" | "contacted_at":
            return _moment(facts.works[0][field] if facts.works else None)
        case "due_at":
            return _moment(facts.clock["due_at"] if facts.clock else None)
        case "residents":
            return facts.raised[1] if facts.raised else 0
        case "returns" | "urged" | "orders":
            return getattr(facts, field) or 0
        case "days":
            return _days(facts)
        case "on_time":
            return {True: _("Yes"), False: _("No"), None: ""}[on_time(facts, now)]
        case "solved":
            return "" if facts.rating is None else _("Yes") if facts.rating["solved"] else _("No")
        case "spot":
            return facts.raised[0] if facts.raised else ""
    return _named(field, facts, names)


def _named(field: str, facts: Facts, names: Named) -> str:
    row = facts.row
    match field:
        case "channel":
            channel = names.channels.get(row["channel"])
            return say_text(channel.name) if channel else row["channel"]
        case "nature":
            word = names.rules.natures.get(row["nature"])
            return say_text(word) if word else row["nature"]
        case "kind":
            word = names.rules.kinds.get(row["kind"])
            return say_text(word) if word else ""
        case "satisfaction":
            code = facts.rating["satisfaction"] if facts.rating else ""
            word = names.rules.satisfaction.get(code)
            return say_text(word) if word else code
        case "co":
            return "、".join(w["unit__name"] for w in facts.works or () if not w["is_lead"])
        case "result":
            return redact(facts.works[0]["result"], names.redaction)[0] if facts.works else ""
        case "state":
            return say_state(row["state"])["word"]
        case "merged_into":
            return show_number(row["main__number"]) if row["main__number"] else ""
    return row[_COLUMN[field]] or ""


_COLUMN = {
    "street": "place__parent__name",
    "community": "place__name",
    "grid": "grid__name",
    "building": "building__name",
    "major": "duty__major",
    "item": "item_title",
    "item_code": "item",
    "lead": "lead__name",
    "limit": "duty__limit_words",
    "basis": "duty__basis",
}


def _days(facts: Facts) -> str:
    """Days from dispatch to the lead's result, with one place after the point."""
    clock = facts.clock
    if clock is None or clock["ended_at"] is None:
        return ""
    return f"{(clock['ended_at'] - clock['started_at']).total_seconds() / DAY:.1f}"


def _moment(moment: datetime | None) -> str:
    return say_exact(moment)[:16] if moment else ""
