"""A topic from being raised to its published end: what each step says.

A topic is public, so everybody reads what was written; where a stage is for those who take part,
the page takes the words out before they come here.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from yishi.core.method.language import Paper
from yishi.core.place import BodyKind
from yishi.phrases.method import say_paper
from yishi.phrases.place import say_kind
from yishi.phrases.steps.step import EVERYONE, Params, Step
from yishi.phrases.topic_passage import FEW, say_few

STEPS: dict[str, Step] = {
    "topic.raised": Step("talk"),
    "topic.withdrawn": Step("back", "", "words", EVERYONE),
    "topic.cases_joined": Step("people"),
    "topic.option_added": Step("talk", "", "title", EVERYONE),
    "topic.attached": Step("ground"),
    "topic.taken_up": Step("check", "", "words", EVERYONE),
    "topic.declined": Step("refuse", "soon", "words", EVERYONE),
    "topic.handed_over": Step("send", "soon", "words", EVERYONE),
    "topic.to_owners": Step("people", "soon", "words", EVERYONE),
    "topic.helped_with": Step("done", "done", "words", EVERYONE),
    "topic.collected": Step("people", "", "words", EVERYONE),
    "topic.collecting_ended": Step("check"),
    "topic.projects_ended": Step("check"),
    "topic.screened": Step("check", "", "words", EVERYONE),
    "topic.conferred": Step("people", "", "words", EVERYONE),
    "topic.met": Step("people", "", "words", EVERYONE),
    "topic.posted": Step("board"),
    "topic.commented": Step("message"),
    "topic.objected": Step("flag", "soon"),
    "topic.comment_answered": Step("talk"),
    "topic.objection_ruled": Step("ground"),
    "topic.posting_ended": Step("check"),
    "topic.consented": Step("check", "", "words", EVERYONE),
    "topic.counted": Step("people"),
    "topic.counts_differ": Step("flag", "soon"),
    "topic.vote_passed": Step("done", "done"),
    "topic.vote_failed": Step("refuse", "soon"),
    "topic.vote_tied": Step("flag", "soon"),
    "topic.assigned": Step("send"),
    "topic.done": Step("done", "done", "words", EVERYONE),
    "topic.failed": Step("refuse", "soon", "words", EVERYONE),
    "topic.fell_back": Step("back", "soon", "words", EVERYONE),
    "topic.unit_called": Step("send", "", "words", EVERYONE),
    "topic.call_taken": Step("check", "", "words", EVERYONE),
    "topic.call_declined": Step("refuse", "soon", "words", EVERYONE),
    "topic.part_done": Step("done", "done", "words", EVERYONE),
    "topic.part_failed": Step("refuse", "soon", "words", EVERYONE),
    "topic.watched": Step("search", "", "words", EVERYONE),
    "topic.called_back": Step("message"),
    "topic.scored": Step("people"),
    "topic.inspected": Step("search", "", "words", EVERYONE),
    "topic.published": Step("board", "done", "words", EVERYONE),
    "topic.appraised": Step("people"),
    "topic.lapsed": Step("late", "soon"),
    "topic.overridden": Step("flag", "soon", "why", EVERYONE),
    "topic.moved": Step("next", "soon", "why", EVERYONE),
    "topic.cases_answered": Step("done", "done"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    for part in (_review, _talks, _posting, _vote, _carrying, _parts):
        if said := part(code, params):
            return said
    return _against(code, params)


def _review(code: str, params: Params) -> str:
    match code:
        case "topic.raised":
            if params.get("cases"):
                return _("Raised as a topic, from %(n)s matters of residents") % {
                    "n": params["cases"]
                }
            return _("Raised it as a topic")
        case "topic.withdrawn":
            return _("Withdrew the topic before its review")
        case "topic.cases_joined":
            return _("%(n)s more matters of residents are talked over here") % {
                "n": params.get("cases", "")
            }
        case "topic.option_added":
            return _("Option %(no)s was put forward") % {"no": params.get("option", "")}
        case "topic.attached":
            return _("A paper was attached: %(paper)s") % {"paper": _paper(params)}
        case "topic.cases_answered":
            return _("Everybody whose matter was talked over here has an answer")
        case "topic.taken_up":
            return _("Reviewed it: taken up, and the procedure begins")
        case "topic.declined":
            return _clause(_("Reviewed it: not taken up"), params)
        case "topic.handed_over":
            return _clause(_("Reviewed it: somebody's duty, handed over and not voted on"), params)
        case "topic.to_owners":
            return _clause(_("Reviewed it: for the owners to decide together"), params)
        case "topic.helped_with":
            return _("Reviewed it: a private matter, helped with and not talked over in public")
    return ""


def _paper(params: Params) -> str:
    kind = str(params.get("paper", ""))
    return say_paper(Paper(kind)) if kind in set(Paper) else kind


def _clause(said: str, params: Params) -> str:
    if not params.get("clause"):
        return said
    return _("%(said)s (%(clause)s)") % {"said": said, "clause": params["clause"]}


def _talks(code: str, params: Params) -> str:
    people = {"n": params.get("people", "")}
    match code:
        case "topic.collected":
            return _("Heard %(n)s people") % people
        case "topic.collecting_ended":
            return _("Ended the collecting; %(n)s people were heard") % people
        case "topic.projects_ended" if params.get(FEW):
            return _("Ended the step: %(said)s") % {"said": say_few(params)}
        case "topic.projects_ended":
            known = {"going": params.get("going", ""), "stopped": params.get("stopped", "")}
            return _("Ended the step: %(going)s projects go on, %(stopped)s do not") % known
        case "topic.screened" if params.get("fit"):
            return _("Screened it: fit for the next step")
        case "topic.screened":
            return _("Screened it: not fit for the next step")
        case "topic.conferred" if params.get("agreed"):
            return _("They conferred, %(n)s came, and agreed") % {"n": params.get("present", "")}
        case "topic.conferred":
            return _("They conferred, %(n)s came, and did not agree") % {
                "n": params.get("present", "")
            }
        case "topic.met":
            how = {
                "settled": _("They sat down, %(n)s people, and settled it on the spot"),
                "pass": _("They sat down, %(n)s people, and agreed"),
            }.get(str(params.get("to")), _("They sat down, %(n)s people, and did not agree"))
            return how % people
        case "topic.consented" if params.get("yes"):
            return _("Consent was given by one of those asked")
        case "topic.consented":
            return _("Consent was refused by one of those asked")
    return ""


def _posting(code: str, params: Params) -> str:
    match code:
        case "topic.posted":
            return _("Put it up for everybody to read")
        case "topic.commented":
            return _("A comment on it was made")
        case "topic.objected":
            return _("An objection to it was made")
        case "topic.comment_answered":
            return _("A comment was answered")
        case "topic.objection_ruled" if params.get("upheld"):
            return _("An objection was upheld")
        case "topic.objection_ruled":
            return _("An objection was answered and not upheld")
        case "topic.posting_ended" if params.get("to") == "objection":
            return _("An objection stands, so it goes back")
        case "topic.posting_ended":
            return _("The period is over; %(n)s voices were received and answered") % {
                "n": params.get("voices", 0)
            }
    return ""


def _vote(code: str, params: Params) -> str:
    match code:
        case "topic.counted":
            return _("Counted the hands; a second person counts again, without seeing the numbers")
        case "topic.counts_differ":
            return _("The second count came out otherwise: neither holds, both count again")
    words = {
        "topic.vote_passed": _("Option %(option)s passed: %(numbers)s"),
        "topic.vote_failed": _("No option passed: %(numbers)s"),
        "topic.vote_tied": _("As many votes for two options, so it is voted again: %(numbers)s"),
    }
    if code not in words:
        return ""
    numbers = _("%(present)s of %(seats)s came, %(need)s votes were needed") % {
        name: params.get(name, "") for name in ("present", "seats", "need")
    }
    return words[code] % {"option": params.get("option", ""), "numbers": numbers}


def _carrying(code: str, params: Params) -> str:
    option = {"no": params.get("option", ""), "next": params.get("next", "")}
    match code:
        case "topic.assigned":
            return _("Option %(no)s was given to a unit to carry out") % option
        case "topic.done":
            return _("Option %(no)s has been carried out") % option
        case "topic.failed":
            return _("Option %(no)s cannot be carried out; whoever decided takes it up again") % (
                option
            )
        case "topic.fell_back":
            return _("Option %(no)s cannot be carried out; option %(next)s is next") % option
        case "topic.inspected" if params.get("fit"):
            return _("%(n)s people looked at it: it is as decided") % _inspectors(params)
        case "topic.inspected":
            return _("%(n)s people looked at it: it is not as decided yet") % _inspectors(params)
        case "topic.published":
            return _("What came of it was published")
        case "topic.appraised":
            names = ("satisfied", "basically", "dissatisfied")
            said = _("Scored: %(satisfied)s content, %(basically)s basically, %(dissatisfied)s not")
            return said % {name: params.get(name, 0) for name in names}
    return ""


def _parts(code: str, params: Params) -> str:
    match code:
        case "topic.unit_called":
            return _("Called another unit for a part of it")
        case "topic.call_taken":
            return _("Answered the call and takes the part on")
        case "topic.call_declined":
            return _("Answered the call: cannot take the part on")
        case "topic.part_done":
            return _("Reported its part as done, with a photo")
        case "topic.part_failed":
            return _("Reported that its part cannot be done")
        case "topic.watched":
            body = str(params.get("body", ""))
            if body not in set(BodyKind):
                return _("Looked at the work while it goes on")
            return _("%(body)s looked at the work while it goes on") % {"body": say_kind(body)}
        case "topic.called_back" if params.get("reached"):
            return _("Called somebody it concerns and asked how satisfied they are")
        case "topic.called_back":
            return _("Called somebody it concerns and reached nobody")
        case "topic.scored":
            return _("Somebody it concerns said how satisfied they are")
    return ""


def _inspectors(params: Params) -> dict[str, object]:
    return {"n": params.get("inspectors", "")}


def _against(code: str, params: Params) -> str:
    if code == "topic.lapsed":
        return _("The time of the step ran out, and the method says where to")
    if code == "topic.moved":
        return _("Moved to version %(to)s of its method") % {"to": params.get("to", "")}
    by = params.get("by_name")
    if by:
        return _("%(name)s took it to another step against the procedure") % {"name": by}
    return _("Taken to another step against the procedure")
