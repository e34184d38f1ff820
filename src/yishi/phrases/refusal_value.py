"""What a refusal needs and has, as people read it: numbers with their unit, codes by name."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from yishi.core.calendar import SpanKind
from yishi.core.case.state import CaseState
from yishi.core.method.language import Paper
from yishi.core.place import BodyKind
from yishi.core.topic.now import TopicState
from yishi.phrases.clock import say_full, say_full_by
from yishi.phrases.meeting import say_item_state, say_meeting_state, say_side
from yishi.phrases.meeting import say_part as say_part_of
from yishi.phrases.meeting_form import say_form, say_record
from yishi.phrases.method import say_paper, say_stage_kind
from yishi.phrases.method_draft import say_draft_state, say_part
from yishi.phrases.money import say_yuan
from yishi.phrases.oversight import say_grounds
from yishi.phrases.period import say_day
from yishi.phrases.place import say_kind
from yishi.phrases.project import say_consent, say_opinion_on, say_pledge_state, say_project_state
from yishi.phrases.role import say_role
from yishi.phrases.span import say_limit
from yishi.phrases.state import say_state
from yishi.phrases.topic import say_topic_state
from yishi.phrases.vote import say_proxy_bar, say_vote_state, say_way, say_wrong

SHOWN = 8
_OF_MEETINGS = ("form", "side", "record", "item_state", "meeting_state", "part", "role")
_OF_VOTES: dict[str, Callable[[str], str]] = {
    "vote": lambda state: say_vote_state(state)["word"],
    "way": say_way,
    "bar": say_proxy_bar,
    "objection": say_wrong,
}
# Units whose values are codes with words of their own, also in a list.
_WORDED = frozenset(
    {
        "state",
        "publication",
        "ground",
        "draft_state",
        "draft_part",
        *_OF_MEETINGS,
        *_OF_VOTES,
        "serial",
        "opinion_on",
        "consent",
        "project_state",
    }
)

Names = Mapping[str, str]
_OF_PROJECTS: dict[str, Callable[[str], str]] = {
    "stage_kind": say_stage_kind,
    "opinion_on": say_opinion_on,
    "pledge_state": lambda state: say_pledge_state(state)["word"],
    "consent": say_consent,
    "project_state": lambda state: say_project_state(state)["word"],
}


def say_value(value: object, unit: str, names: Names | None = None) -> str:
    """A need or a have in words; of a list the first eight.

    `names`: of a refusal about a topic, what its method calls its steps, as
    `phrases.topic_refusal.names_of` gives it. There a code that has no name is left out; elsewhere
    it stands as it is.
    """
    if value is None or value == "":
        return ""
    if unit == "moment":
        # Most are ends, which are exclusive: midnight is 24:00 of the day before, as on a clock.
        return say_full_by(value if isinstance(value, datetime) else _moment(value))
    if isinstance(value, datetime):
        return say_full(value)
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, tuple | list | set | frozenset):
        return _list(value, unit, names)
    if isinstance(value, int) and not isinstance(value, bool):
        return say_limit(value, unit) if unit in set(SpanKind) else _counted(value, unit)
    text = str(value)
    if unit in _OF_PROJECTS and names is None:
        return _OF_PROJECTS[unit](text)
    if unit in _OF_VOTES:
        return _OF_VOTES[unit](text)
    return _code(text, unit) if names is None else _named(text, unit, names)


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _code(text: str, unit: str) -> str:
    if unit == "state" and text in set(CaseState):
        return say_state(text)["word"]
    if unit == "publication":
        return _publication().get(text, text)
    if unit == "draft_state":
        return say_draft_state(text)
    if unit == "draft_part":
        return say_part(text)
    if unit == "ground":
        return say_grounds().get(text, text)
    return _of_meetings(text, unit) if unit in _OF_MEETINGS else text


def _of_meetings(text: str, unit: str) -> str:
    match unit:
        case "form":
            return say_form(text)
        case "role":
            return say_role(text)
        case "side":
            return say_side(text)
        case "record":
            return say_record(text)
        case "item_state":
            return say_item_state(text)["word"]
        case "meeting_state":
            return say_meeting_state(text)["word"]
    return say_part_of(text)


def _named(text: str, unit: str, names: Names) -> str:
    if unit == "state" and text in set(TopicState):
        return say_topic_state(text)["word"]
    if unit == "topic":
        return _whose().get(text, "")
    if text in names:
        return names[text]
    if unit == "paper" and text in set(Paper):
        return say_paper(Paper(text))
    return say_kind(text) if text in set(BodyKind) else ""


def _list(values: Iterable[object], unit: str, names: Names | None) -> str:
    each = unit if unit in _WORDED or names is not None else ""
    words = [word for value in values if (word := say_value(value, each, names))]
    more = [_("and %(more)s more") % {"more": len(words) - SHOWN}] if len(words) > SHOWN else []
    return _(", ").join([*dict.fromkeys(words[:SHOWN]), *more])


def _counted(number: int, unit: str) -> str:
    if unit == "fen":
        return say_yuan(number)
    if unit == "option":
        return _("option %(n)s") % {"n": number} if number else ""
    if unit in set(BodyKind):
        return _("%(body)s %(n)s people") % {"body": say_kind(unit), "n": number}
    form = {
        "photos": _("%(n)s photos"),
        "characters": _("%(n)s characters"),
        "character": _("%(n)s characters"),
        "digits": _("%(n)s digits"),
        "digit": _("%(n)s digits"),
        "axes": _("%(n)s ratings"),
        "units": _("%(n)s units"),
        "parts": _("%(n)s parts"),
        "reports": _("%(n)s reports"),
        "rows": _("%(n)s rows"),
        "columns": _("%(n)s columns"),
        "MB": _("%(n)s MB"),
        "bytes": _("%(n)s bytes"),
        "pixels": _("%(n)s pixels"),
        "people": _("%(n)s people"),
        "votes": _("%(n)s votes"),
        "teller": _("%(n)s who count"),
        "count": _("%(n)s counts"),
        "voice": _("%(n)s voices"),
        "case": _("%(n)s matters"),
        "item": _("%(n)s items"),
        "part": _("%(n)s parts"),
        "building": _("%(n)s buildings"),
        "door": _("%(n)s doors"),
        "voter": _("%(n)s lines of the roll"),
        "ballot": _("%(n)s ballots"),
        "paper_ballot": _("%(n)s papers"),
        "hand": _("%(n)s hands"),
        "serial": _("paper %(n)s"),
        "collector": _("%(n)s who collect"),
        "objection": _("%(n)s objections"),
        "proxy": _("%(n)s proxies"),
        "project": _("%(n)s projects"),
        "quotation": _("%(n)s quotations"),
        "milestone": _("%(n)s steps of the works"),
        "look": _("%(n)s times a day"),
        "proposal": _("%(n)s wishes"),
    }.get(unit, "%(n)s")
    return form % {"n": f"{number:,}"}


def _publication() -> dict[str, str]:
    return {
        "draft": _("Draft"),
        "reviewed": _("Reviewed"),
        "published": _("Public"),
        "taken_down": _("Taken down"),
    }


def _whose() -> dict[str, str]:
    return {"residents": _("residents"), "owners": _("the owners"), "duty": _("a duty")}
