"""What residents do, and what is done with them: raise, urge, add, withdraw, rate."""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.phrases.steps.step import RESIDENT, Params, Step, by

STEPS: dict[str, Step] = {
    "report.filed": Step("report", "", "answer", RESIDENT),
    "report.filed_for": Step("report", "", "answer", RESIDENT),
    "report.still_unsolved": Step("flag", "soon", "words", RESIDENT),
    "case.still_unsolved": Step("phone", "soon", "words", RESIDENT),
    "case.closed_silent": Step("done", "done"),
    "report.settled_on_spot": Step("done", "done", "answer", RESIDENT),
    "report.urged": Step("flag", "soon", "words", RESIDENT),
    "report.supplemented": Step("message", "", "words", RESIDENT),
    "report.withdrawn": Step("back", "", "words", RESIDENT),
    "report.rated": Step("person", "done", "words", RESIDENT),
    "report.rated_redo": Step("person", "soon", "words", RESIDENT),
    "report.rated_unsolved": Step("person", "soon", "words", RESIDENT),
    "case.call_back_missed": Step("phone", "soon"),
    "case.called_back": Step("phone", "done", "words", RESIDENT),
    "case.called_back_redo": Step("phone", "soon", "words", RESIDENT),
    "case.called_back_unsolved": Step("phone", "soon", "words", RESIDENT),
}
# A resident was not content, so the unit does it again.
AGAIN = frozenset({"report.rated_redo", "case.called_back_redo"})


# A text answered at once and did not solve it.
TO_QUEUE = frozenset(
    {
        "report.still_unsolved",
        "case.still_unsolved",
        "report.rated_unsolved",
        "case.called_back_unsolved",
    }
)


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    match code:
        case "report.filed":
            return _("The matter was raised") + _settled(params, now)
        case "report.filed_for":
            return _("Raised on the resident's behalf") + _settled(params, now)
        case "report.still_unsolved":
            return _("The resident says it is still unsolved after the instant answer")
        case "case.still_unsolved":
            return _("Said on the phone: still unsolved after the instant answer")
        case "case.closed_silent":
            return _("No word came after the instant answer, so it is closed")
        case "report.settled_on_spot":
            sampled = _(", and a second person checks it") if params.get("sampled") else ""
            return _("Settled on the spot") + sampled
        case "report.urged":
            return _("The resident asked to be quick")
        case "report.supplemented":
            photos = params.get("photos")
            more = _(", with %(photos)s photos") % {"photos": photos} if photos else ""
            return _("The resident added something") + more
        case "report.withdrawn":
            return _("The resident withdrew it")
        case "report.rated":
            return _("The resident rated it: %(rating)s") % {"rating": _rating(params)}
        case "case.called_back":
            return _("Called back: %(rating)s") % {"rating": _rating(params)}
        case "case.call_back_missed":
            tries = {"tries": params.get("tries", 1), "limit": params.get("limit", 1)}
            return _("Called back without reaching anybody, try %(tries)s of %(limit)s") % tries
    return _("The resident's word: %(rating)s") % {"rating": _rating(params)}


def _settled(params: Params, now: datetime) -> str:
    """Who answers it: a text at once, or the dispatchers settle who does."""
    if params.get("instant"):
        return _(" and answered at once (%(title)s)") % {"title": params["instant"]}
    return by(params, now, _("; who handles it is settled by %(by)s"))


def say_others(code: str) -> str:
    """The same for a resident about somebody else's report: only what concerns the matter itself.

    Empty for what is between that resident and the office.
    """
    return _("Somebody else who raised it is not content yet") if code in AGAIN else ""


def say_after(code: str, params: Params, now: datetime) -> str:
    """What follows from a step; it stands after the words, which are not the follower's."""
    if code in TO_QUEUE:
        return _("; it is in the queue now, the time counts from when it was raised")
    if code not in AGAIN:
        return ""
    again = _("; %(unit)s does it again") % {"unit": params.get("unit") or _("The unit")}
    ordered = _("; a supervisory order goes with it") if params.get("ordered") else ""
    return again + by(params, now, _(", to be done by %(by)s")) + ordered


def _rating(params: Params) -> str:
    solved = _("solved") if params.get("solved") else _("not solved")
    return _("%(solved)s, %(satisfaction)s") % {
        "solved": solved,
        "satisfaction": say_satisfaction(str(params.get("satisfaction", ""))),
    }


def say_satisfaction(code: str) -> str:
    """The levels of the shipped rules; a place's own level reads as its code."""
    return {
        "satisfied": _("satisfied"),
        "basically": _("basically satisfied"),
        "dissatisfied": _("dissatisfied"),
    }.get(code, code)
