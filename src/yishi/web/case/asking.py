"""Returns, rulings, more time and suspension on a case page: asked by a unit, decided by others."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.acts.case import handling, returning, stretching
from yishi.acts.door import Ask, Done
from yishi.core.case import returning as returns
from yishi.core.case import stretching as stretches
from yishi.core.case.request import RequestKind
from yishi.core.refusal import Refusal
from yishi.web.case import forms_asking as forms
from yishi.web.case.deed import Deed
from yishi.web.case.shown import Shown
from yishi.web.photos import Photos


def _to_return(shown: Shown) -> bool:
    work = shown.work
    if work is None or not shown.has_course:
        return False
    return returns.may_ask_return(shown.held.now, work, shown.terms, shown.now) is None


def _to_contest(shown: Shown) -> bool:
    work = shown.work
    return work is not None and returns.may_contest(shown.held.now, work) is None


def _to_extend(shown: Shown) -> bool:
    work = shown.work
    if work is None or not work.is_lead or not shown.has_course:
        return False
    most = stretches.may_extend(shown.held.now, work, shown.terms, shown.now)
    return not isinstance(most, Refusal)


def _to_suspend(shown: Shown) -> bool:
    work = shown.work
    if work is None or not work.is_lead or not shown.has_course:
        return False
    latest = stretches.may_suspend(shown.held.now, work, shown.terms, shown.now)
    return not isinstance(latest, Refusal)


def _ask_return(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return returning.ask_return(
        ask, shown.case.uid, data["reason"], form.clause_given(), data["suggested"]
    )


def _decide_return(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return returning.decide_return(
        ask, shown.case.uid, data["request"], data["verdict"], data["words"]
    )


def _decide_extension(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return stretching.decide_extension(
        ask, shown.case.uid, data["request"], data["accepted"] == "yes", data["words"]
    )


def _decide_suspension(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return stretching.decide_suspension(
        ask, shown.case.uid, data["request"], data["accepted"] == "yes", data["words"]
    )


def _not_agreed(form: Any) -> str:
    if form.cleaned_data["accepted"] == "yes":
        return ""
    return _("Not agreed to. The unit reads why, and its time runs on.")


def _return_stays(form: Any) -> str:
    return {
        "refused": _("Not agreed to. The unit reads why and goes on with it."),
        "disputed": _("Handed to the arbitration group. The clocks stand still meanwhile."),
    }.get(form.cleaned_data["verdict"], "")


DECIDING: tuple[Deed, ...] = (
    Deed(
        "decide-return",
        "case.decide_return",
        lambda: _("Decide on the return"),
        lambda: _("Agreed to. The unit is told."),
        forms.DecideReturnForm,
        _decide_return,
        lambda shown: bool(shown.asked(RequestKind.RETURN)),
        mark="back",
        natural=True,
        turned=_return_stays,
    ),
    Deed(
        "decide-extension",
        "case.decide_extension",
        lambda: _("Decide on the extension"),
        lambda: _("Agreed to. The unit and the resident are told the new day."),
        forms.DecideExtensionForm,
        _decide_extension,
        lambda shown: bool(shown.asked(RequestKind.EXTENSION)),
        mark="clock",
        natural=True,
        turned=_not_agreed,
    ),
    Deed(
        "decide-suspension",
        "case.decide_suspension",
        lambda: _("Decide on the suspension"),
        lambda: _("Suspended: the clock stands still. The unit and the resident are told."),
        forms.DecideSuspensionForm,
        _decide_suspension,
        lambda shown: bool(shown.asked(RequestKind.SUSPENSION)),
        mark="waiting",
        natural=True,
        turned=_not_agreed,
    ),
    Deed(
        "rule",
        "case.rule",
        lambda: _("Rule on the dispute"),
        lambda: _("Ruled. The units and the resident are told."),
        mark="ground",
        natural=True,
    ),
)

UNITS: tuple[Deed, ...] = (
    Deed(
        "interim",
        "case.interim",
        lambda: _("Record an interim measure"),
        lambda: _("Recorded. The resident is told; the handling goes on."),
        forms.InterimForm,
        lambda ask, shown, form, photos: handling.interim(
            ask, shown.case.uid, form.cleaned_data["words"], photos.files
        ),
        lambda shown: shown.work is not None,
        lambda: _("What could be done at once. The clock keeps running."),
        mark="camera",
    ),
    Deed(
        "ask-return",
        "case.ask_return",
        lambda: _("Ask to return it"),
        lambda: _("Asked. The dispatcher decides; your clock runs on meanwhile."),
        forms.ReturnForm,
        _ask_return,
        _to_return,
        mark="back",
    ),
    Deed(
        "contest-return",
        "case.contest_return",
        lambda: _("Contest the refusal"),
        lambda: _("Handed to the arbitration group. The clocks stand still meanwhile."),
        forms.ContestForm,
        lambda ask, shown, form, photos: returning.contest_return(
            ask, shown.case.uid, form.cleaned_data["words"]
        ),
        _to_contest,
        mark="ground",
    ),
    Deed(
        "ask-extension",
        "case.ask_extension",
        lambda: _("Ask for more time"),
        lambda: _("Asked. Somebody else decides; your clock runs on meanwhile."),
        forms.ExtensionForm,
        lambda ask, shown, form, photos: stretching.ask_extension(
            ask, shown.case.uid, form.cleaned_data["length"], form.cleaned_data["reason"]
        ),
        _to_extend,
        mark="clock",
    ),
    Deed(
        "ask-suspension",
        "case.ask_suspension",
        lambda: _("Ask to suspend it"),
        lambda: _("Asked. Somebody else decides; your clock runs on meanwhile."),
        forms.SuspensionForm,
        lambda ask, shown, form, photos: stretching.ask_suspension(
            ask,
            shown.case.uid,
            form.cleaned_data["ground"],
            form.until_at(),
            form.cleaned_data["reason"],
        ),
        _to_suspend,
        mark="waiting",
    ),
    Deed(
        "resume",
        "case.resume",
        lambda: _("Go on with it"),
        lambda: _("It goes on, and its clocks run with what they had used."),
        forms.ResumeForm,
        lambda ask, shown, form, photos: stretching.resume(
            ask, shown.case.uid, form.cleaned_data["words"]
        ),
        mark="next",
    ),
)

ASKING = (*DECIDING, *UNITS)
