"""A topic leaves its course: taken back, taken elsewhere by name, over to another version."""

from typing import Any

from django import forms
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.topic import leaving
from yishi.core.method.compare import compare
from yishi.core.refusal import Refusal
from yishi.core.topic.moving import move, stages_reached
from yishi.phrases.method import say_stage_kind
from yishi.phrases.method_difference import say_difference, say_fields
from yishi.phrases.rule import say_text
from yishi.web.case.forms import offer, prose
from yishi.web.gate import ask_in
from yishi.web.topic.beside import Beside, BesideForm, addresses
from yishi.web.topic.shown import Shown


class WithdrawForm(BesideForm):
    """Why it is taken back."""

    words = prose(gettext_lazy("Why you take it back; everybody reads it"))


class OverrideForm(BesideForm):
    """Where to, and why."""

    to = forms.ChoiceField(label=gettext_lazy("To which step"), widget=forms.RadioSelect)
    why = prose(gettext_lazy("Why; everybody reads it, with your name"))

    def prepare(self) -> None:
        here = self.shown.topic.stage
        steps = self.shown.procedure.stages if self.shown.held.procedure else ()
        offer(
            self.fields["to"],
            [
                (one.id, f"{say_text(one.name)} · {say_stage_kind(one.kind)}")
                for one in steps
                if one.id != here
            ],
        )


class MoveForm(BesideForm):
    """Why it goes over to the new version."""

    why = prose(gettext_lazy("Why it goes over; everybody reads it"))


def _withdrawn(shown: Shown) -> list[str]:
    return [
        _("It ends at once, before its review, and stays on the list as withdrawn."),
        _("Everybody whose matter was to be talked over in it is answered with your words."),
    ]


def _overridden(shown: Shown) -> list[str]:
    held = shown.held
    said = [
        _("It stands at “%(stage)s” now. The procedure would not let it go where you take it.")
        % {"stage": say_text(shown.stage.name) if held.stage else ""},
        _(
            "Your name, office and reason stand on the topic's page, in its story, on the board of "
            "the committee and in the signed record, for everybody and for good."
        ),
        _("Whoever raised it and the supervisory committee are told at once."),
    ]
    if held.attempt is not None:
        said.append(_("What a unit is carrying out now is stopped; the try stays on the page."))
    if shown.tally.get("open"):
        said.append(_("What was said on the notice and not answered stays without an answer."))
    return said


def no_move(shown: Shown) -> Refusal | None:
    """Why it cannot go over to another version today, before anybody writes a reason."""
    new = shown.newest
    if new is None or shown.held.method is None:
        name = shown.topic.method.name if shown.topic.method else ""
        return Refusal("method_unknown", (), name, "method", "adoption")
    answer = move(shown.held.method, new, shown.held.now, "-")
    return answer if isinstance(answer, Refusal) else None


def _moved(shown: Shown) -> list[str]:
    new = shown.newest
    known = {"old": shown.method.version, "new": new.version if new else ""}
    return [
        _("It goes by version %(old)s now and by version %(new)s from then on.") % known,
        _("Nothing it has been through, nor where it stands, differs between the two."),
    ]


def _differs(shown: Shown, form: Any) -> dict[str, Any]:
    new = shown.newest
    if new is None or stages_reached(shown.method, new, shown.held.now):
        return {}
    found = compare(shown.method, new)
    old = shown.method
    rows = [(say_difference(one, old, new), list(say_fields(one, old, new))) for one in found]
    return {"differences": [{"said": said, "fields": fields} for said, fields in rows]}


urls: list[URLPattern] = addresses(
    [
        Beside(
            "withdraw",
            "topic.withdraw",
            lambda shown: _("Take your topic back?"),
            lambda: _("Take it back"),
            lambda: _("Taken back."),
            WithdrawForm,
            lambda request, shown, given: leaving.withdraw(
                ask_in(request), shown.topic.uid, given["words"]
            ),
            before=_withdrawn,
            kind="danger",
            mark="back",
        ),
        Beside(
            "override",
            "topic.override",
            lambda shown: _("Against the procedure, to another step"),
            lambda: _("Decide it in my name"),
            lambda: _("It stands at another step now; everybody reads why."),
            OverrideForm,
            lambda request, shown, given: leaving.override(
                ask_in(request), shown.topic.uid, given["to"], given["why"]
            ),
            before=_overridden,
            kind="danger",
            mark="flag",
        ),
        Beside(
            "move",
            "topic.move_method",
            lambda shown: _("Over to the new version of its method?"),
            lambda: _("Take it over"),
            lambda: _("It goes by the new version now."),
            MoveForm,
            lambda request, shown, given: leaving.move_method(
                ask_in(request), shown.topic.uid, given["why"]
            ),
            before=_moved,
            more=_differs,
            closed=no_move,
            mark="next",
        ),
    ]
)
