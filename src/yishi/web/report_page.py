"""What the page of one's own matter shows, and the form by which it is rated."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.case.state import AWAITED as UNSOLVED
from yishi.core.case.state import CaseState
from yishi.core.caserules import CaseRules
from yishi.core.clock import OPEN, WORK, ClockKind, ClockState
from yishi.core.number import show_number
from yishi.core.person import Actor
from yishi.phrases.clock import say_by, say_clock, say_exact, say_pause, say_still, say_when
from yishi.phrases.instant import say_at_once
from yishi.phrases.state import AWAITED, say_standing, say_state
from yishi.phrases.story import say_story
from yishi.records.models import Attachment, Clock
from yishi.records.queries.clock import pauses_of
from yishi.records.queries.report import due_of
from yishi.records.queries.report_page import Mine
from yishi.records.queries.rule import adopted, parsed, today_of
from yishi.web.gate import new_key
from yishi.web.topic_note import topic_note

WORDS_MAX = 500


class RatingForm(forms.Form):
    """Solved or not, how satisfied, a few words; the four axes of stars are `steps`."""

    use_required_attribute = False
    refusal: dict[str, Any] | None = None

    def __init__(self, rules: CaseRules, data: Any = None) -> None:
        super().__init__(data)
        language = get_language() or ""
        self.axes = {code: text.in_language(language) for code, text in rules.axes.items()}
        levels = [(code, text.in_language(language)) for code, text in rules.satisfaction.items()]
        self.fields["solved"] = forms.ChoiceField(
            label=_("Solved or not"),
            choices=[("yes", _("Yes, it is solved")), ("no", _("No, not yet"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Please say whether it was solved")},
        )
        self.fields["satisfaction"] = forms.ChoiceField(
            label=_("All in all"),
            choices=levels,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please say how satisfied you are")},
        )
        self.fields["words"] = forms.CharField(
            label=_("Anything you want to add"),
            required=False,
            max_length=WORDS_MAX,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def stars(self) -> dict[str, int]:
        """axis → stars, of those that were given properly."""
        given = {axis: self.data.get(axis, "") for axis in self.axes}
        return {axis: int(stars) for axis, stars in given.items() if stars in list("12345")}

    def clean(self) -> dict[str, Any]:
        """Every axis wants its stars."""
        if set(self.stars) != set(self.axes):
            self.add_error(None, _("Please give each of the four questions one to five"))
        return self.cleaned_data

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The contexts of `pieces/steps.html`, one an axis."""
        words = (_("very poor"), _("poor"), _("fair"), _("good"), _("very good"))
        stars = self.stars
        wrong = _("Please choose one of the five") if self.is_bound else ""
        return [
            {
                "name": axis,
                "label": name,
                "help": "",
                "required": True,
                "error": "" if axis in stars else wrong,
                "options": [
                    {"value": value, "word": word, "checked": stars.get(axis) == value}
                    for value, word in enumerate(words, 1)
                ],
            }
            for axis, name in self.axes.items()
        ]


def rating_form(mine: Mine, now: datetime, data: Any = None) -> RatingForm:
    """The form by the rules in force where the matter is. One query."""
    row = adopted(mine.link.case.place, today_of(now), "casework")["casework"]
    return RatingForm(parsed(row), data)


def report_context(
    mine: Mine, actor: Actor, now: datetime, form: RatingForm | None
) -> dict[str, Any]:
    """Everything `report/show.html` and `report/filed.html` show; no query."""
    report, case, state = mine.report, mine.link.case, mine.state
    # Who withdrew is not told what became of the matter of the others.
    left = state == CaseState.WITHDRAWN
    unit = case.lead.name if case.lead and not left else ""
    clock = _clock(mine)
    due = clock.due_at if clock else None
    return {
        "report": report,
        "number": show_number(report.number),
        "version": case.version,
        "tag": say_state(state),
        "standing": say_at_once() if mine.at_once else say_standing(state, unit, due, now),
        "together": _together(mine),
        "topic": topic_note(mine.topic, now, own=True) if mine.topic and not left else None,
        "still": _still(mine, now),
        "answered_mark": answered_mark(mine),
        "clock": say_clock(due, clock.amber_at, now, clock.kind, clock.started_at)
        if clock
        else None,
        "story": say_story(
            mine.entries, now, "resident", actor.person_id, _proofs(mine), {report.uid}
        ),
        "photos": [_picture(photo) for photo in mine.photos if photo.report_id == report.pk],
        "at_once": _at_once(mine, now),
        "answered": say_when(report.answered_at, now) if report.answered_at else "",
        "answered_exact": say_exact(report.answered_at) if report.answered_at else "",
        "facts": _facts(mine, unit, now),
        "holder": unit or _("The dispatchers of %(place)s") % {"place": _office(mine)},
        "form": form,
        "figure": {
            "label": _("Your number"),
            "value": show_number(report.number),
            "denominator": _(
                "On the phone or at the community, this number is all you need to say."
            ),
        },
    }


def _facts(mine: Mine, unit: str, now: datetime) -> list[dict[str, str]]:
    report, case = mine.report, mine.link.case
    building = report.building.name if report.building else ""
    place = " · ".join(part for part in (report.place.name, building, report.spot) if part)
    facts = [
        {"label": _("Number"), "value": show_number(report.number)},
        {"label": _("Place"), "value": place},
        {
            "label": _("Raised"),
            "value": say_when(report.filed_at, now),
            "exact": say_exact(report.filed_at),
        },
    ]
    if mine.state in UNSOLVED:
        days = (today_of(now) - today_of(report.filed_at)).days + 1
        waited = _("Day %(days)s since you raised it") % {"days": days}
        facts.append({"label": _("Waiting"), "value": waited})
    if unit:
        facts.append({"label": _("Handled by"), "value": unit})
    if case.first_asked and mine.state != CaseState.WITHDRAWN:
        facts.append({"label": _("First asked"), "value": case.first_asked.name})
    return facts


def _clock(mine: Mine) -> Clock | None:
    """The clock this resident waits on: their own case's, also where it is merged, else that of
    the case that handles it now."""
    kinds = AWAITED.get(mine.state, ())
    home = mine.home.pk if mine.home else mine.link.case_id
    running = [clock for clock in mine.clocks if clock.state in OPEN]
    own = [clock for clock in running if clock.case_id == home]
    return due_of(own, kinds) or due_of(running, kinds)


def _still(mine: Mine, now: datetime) -> dict[str, Any] | None:
    """The handling time where it stands still, and why. It counts on from where it stopped."""
    paused = [c for c in mine.clocks if c.state == ClockState.PAUSED and c.kind in WORK]
    since = next((still for clock in paused if (still := pauses_of(clock)[1])), None)
    if since is None or mine.state == CaseState.WITHDRAWN:
        return None
    why = say_pause(since[1])
    told = _("The time stands still: %(why)s") % {"why": why} if why else ""
    return {"clock": say_still(since[0], now), "why": told}


def _at_once(mine: Mine, now: datetime) -> dict[str, str] | None:
    """Where a text answered it: until when the resident's word on it is waited for."""
    if not mine.at_once:
        return None
    waits = next((clock for clock in mine.clocks if clock.kind == ClockKind.CALL_BACK), None)
    by = say_by(waits.due_at, now) if waits and waits.due_at else ""
    return {"key": new_key(), "by": by}


def _together(mine: Mine) -> str:
    if not mine.together or mine.state == CaseState.WITHDRAWN:
        return ""
    told = _("It is handled together with others of the same kind: %(many)s more.")
    return told % {"many": mine.together}


def answered_mark(mine: Mine) -> str:
    """Names the answer a resident has read, for the form that rates it."""
    at = mine.report.answered_at
    return at.isoformat() if at else ""


def _office(mine: Mine) -> str:
    place = mine.report.place
    return place.parent.name if place.parent else place.name


def _proofs(mine: Mine) -> dict[str, list[dict[str, str]]]:
    """Proof stands beside the step that was taken when it was added."""
    at = {entry.at: entry.uid for entry in mine.entries}
    found: dict[str, list[dict[str, str]]] = {}
    for photo in mine.photos:
        if photo.part == "proof" and photo.added_at in at:
            found.setdefault(at[photo.added_at], []).append(_picture(photo))
    return found


def _picture(photo: Attachment) -> dict[str, str]:
    alt = _("Proof of the result") if photo.part == "proof" else _("Photo of the matter")
    return {
        "href": reverse("photo", args=[photo.uid]),
        "thumb": reverse("photo_small", args=[photo.uid]),
        "alt": alt,
    }
