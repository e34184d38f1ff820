"""The story of a matter: every event code of a case, its orders and its publication, in words.

Three readers: the resident who raised it, staff, and the public. Notes between offices are for
staff; the public reads steps without anybody's words; no resident reads another's. What each step
says stands in `steps`, a file for each field of the work. Source: look.md, Story.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from django.utils.translation import gettext as _

from yishi.core.person import Role
from yishi.phrases.clock import say_exact, say_when
from yishi.phrases.role import say_seat
from yishi.phrases.steps import STEPS, say_after, say_step
from yishi.phrases.steps.report import say_others
from yishi.phrases.steps.step import Params, Step

Audience = Literal["resident", "staff", "public"]


class Told(Protocol):
    """What an entry must have to be told: a row of `Entry`, for staff with its person."""

    uid: str
    seq: int | None
    code: str
    at: datetime
    role: str
    office: str
    params: Any
    person: Any
    person_id: int | None


T = TypeVar("T", bound=Told)
CODES = frozenset(STEPS)
TOOK_IN = "case.took_in"
_UNKNOWN = Step("flag")
# The first asked is named to the resident who was served. Source: 首问负责, product.md.
_NAMED = frozenset({"report.filed_for", "report.settled_on_spot"})


def say_story(
    entries: Iterable[Told],
    now: datetime,
    audience: Audience = "resident",
    viewer: int | None = None,
    photos: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
    own: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The context of `pieces/story.html`, in the order the entries are given.

    Staff see names of staff (load entries with `select_related("person")`); others see offices,
    and the resident also the name of the one first asked. No other resident is ever named.
    `viewer` is the reader's person id, so that their own acts read "You". `own`: the uids of the
    resident's reports; what others did with theirs is not told, or without their words.
    `photos`: entry uid → pictures. Each line carries `uid` and `code` for links. What was done in
    one go (:func:`in_one_go`) is one line, the last of it.
    """
    told = []
    for steps in in_one_go(entries):
        entry = max(steps, key=_reports)
        params = {**entry.params, "cases": len(steps)} if len(steps) > 1 else entry.params
        others = audience == "resident" and _of_another(params, own)
        text = say_others(entry.code) if others else ""
        if (others and not text) or (audience != "staff" and _step(entry.code).inside):
            continue
        text += say_after(entry.code, params, now) if text else ""
        told.append(
            {
                "uid": entry.uid,
                "code": entry.code,
                "at": say_when(entry.at, now),
                "exact": say_exact(entry.at),
                "who": _who(entry, audience, viewer),
                "text": text or say_event(entry.code, params, now, audience),
                "ground": _ground(entry.code, params, audience),
                "mark": _step(entry.code).mark,
                "kind": _step(entry.code).kind,
                "verified": all(step.seq is not None for step in steps),
                "photos": list((photos or {}).get(entry.uid, ())),
            }
        )
    return told


def in_one_go(entries: Iterable[T]) -> list[list[T]]:
    """The entries by what is told in one line: cases that one person put together at one moment;
    any other entry by itself."""
    found: list[list[T]] = []
    for entry in entries:
        last = found[-1][-1] if found else None
        if last is not None and _one_go(entry) and _one_go(last) == _one_go(entry):
            found[-1].append(entry)
        else:
            found.append([entry])
    return found


def _one_go(entry: Told) -> tuple[datetime, int | None] | None:
    return (entry.at, entry.person_id) if entry.code == TOOK_IN else None


def _reports(entry: Told) -> int:
    """How many it counts: the later of several that were put together counts more."""
    reports = entry.params.get("reports")
    return reports if isinstance(reports, int) else 0


def say_event(code: str, params: Params, now: datetime, audience: Audience = "staff") -> str:
    """One step in a sentence, with what was written on it where this reader may see it."""
    text, step = say_step(code, params, now), _step(code)
    after = say_after(code, params, now)
    words = str(params.get(step.words) or "") if step.words else ""
    if words and (audience == "staff" or audience in step.readers):
        # A quotation that the sentence goes on after loses its own full stop.
        quoted = words.rstrip("。.") if after else words
        text = _("%(step)s: “%(words)s”") % {"step": text, "words": quoted}
    return text + after


def _step(code: str) -> Step:
    return STEPS.get(code, _UNKNOWN)


def _of_another(params: Params, own: Collection[str]) -> bool:
    """The step belongs to one report, and that is not the reader's."""
    report = params.get("report")
    return bool(report) and report not in own


def _ground(code: str, params: Params, audience: Audience) -> str:
    if code == "case.dispatched" and params.get("item"):
        return _("Responsibility list: %(item)s") % {"item": params["item"]}
    if code == "case.split" and audience != "public":
        return _parts(params)
    about = _step(code).about
    return str(params.get(about) or "") if about and audience == "staff" else ""


def _parts(params: Params) -> str:
    """What each part is, and whose."""
    parts = params.get("parts")
    if not isinstance(parts, list):
        return ""
    return "；".join(f"{part.get('title', '')} → {part.get('unit', '')}" for part in parts)


def _who(entry: Told, audience: Audience, viewer: int | None) -> dict[str, str] | str:
    if entry.role == Role.SYSTEM:
        return _("The system")
    if entry.person_id is not None and entry.person_id == viewer:
        return _("You")
    if entry.role in (Role.RESIDENT, ""):
        return _("A resident")
    named = audience == "staff" or (audience == "resident" and entry.code in _NAMED)
    return {
        "role": say_seat(entry.role, entry.office),
        "name": entry.person.name if named and entry.person else "",
    }
