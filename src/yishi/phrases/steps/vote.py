"""A vote by roll from its roll to its result: what each step says.

Casting is told as taking part, and nothing of the choice: the entry does not know it. Why a vote
was called off is for everybody; why one line of a roll was struck or put right is about one
household, and for staff.
"""

from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from yishi.phrases.money import say_yuan
from yishi.phrases.steps.step import EVERYONE, Params, Step
from yishi.phrases.vote import say_way, say_wrong

CM2 = 10_000  # square centimetres of a square metre
STEPS: dict[str, Step] = {
    "topic.roll_opened": Step("people"),
    "topic.vote_opened": Step("board"),
    "topic.vote_handed": Step("send"),
    "topic.result_brought": Step("people"),
    "topic.results_differ": Step("flag", "soon"),
    "topic.ballot_passed": Step("done", "done"),
    "topic.ballot_failed": Step("refuse", "soon"),
    "topic.ballot_tied": Step("flag", "soon"),
    "topic.ballot_void": Step("flag", "soon"),
    "vote.roll_objected": Step("flag", "soon"),
    "vote.roll_ruled": Step("ground"),
    "vote.voter_added": Step("people"),
    "vote.voter_struck": Step("back", "", "why"),
    "vote.voter_corrected": Step("ground", "", "why"),
    "vote.proxy_filed": Step("people"),
    "vote.cast": Step("check"),
    "vote.cast_again": Step("check"),
    "vote.paper_taken": Step("check", "", "why"),
    "vote.unmarked": Step("back", "soon", "why"),
    "vote.paper_entered": Step("people"),
    "vote.paper_agreed": Step("check"),
    "vote.paper_differs": Step("flag", "soon"),
    "vote.door_recorded": Step("people"),
    "vote.voided": Step("back", "soon", "why", EVERYONE),
    "vote.reminded": Step("send"),
}


def say(code: str, params: Params, now: datetime) -> str:
    """One of these steps in a sentence."""
    return _stage(code, params) or _roll(code, params) or _papers(code, params)


def _stage(code: str, params: Params) -> str:
    match code:
        case "topic.roll_opened":
            return _("The roll was made and is on view: %(n)s lines") % {
                "n": params.get("voters", "")
            }
        case "topic.vote_opened" if params.get("lot"):
            return _(
                "The roll was frozen and the vote on projects opened: %(n)s lines, %(money)s to "
                "spend. Between projects alike in cost and votes this lot decides, drawn before "
                "anybody votes: %(lot)s"
            ) % {
                "n": params.get("voters", ""),
                "money": say_yuan(int(str(params.get("money_fen", 0)))),
                "lot": _(", ").join(str(params["lot"]).split()),
            }
        case "topic.vote_opened":
            return _("The roll was frozen and the vote opened: %(n)s lines") % {
                "n": params.get("voters", "")
            }
        case "topic.vote_handed":
            return _("The vote is held in the city's own system")
        case "topic.result_brought":
            return _("The result was brought back; a second person enters it from the paper")
        case "topic.results_differ":
            return _("The second entry of the result came out otherwise: both enter it again")
    words = {
        "topic.ballot_projects": _("Projects chosen by vote: %(n)s. %(numbers)s"),
        "topic.ballot_passed": _("Option %(option)s passed: %(numbers)s"),
        "topic.ballot_failed": _("No option passed: %(numbers)s"),
        "topic.ballot_tied": _("As many votes for two options, so it is voted again: %(numbers)s"),
        "topic.ballot_void": _("Too few took part, so the vote counts for nothing: %(numbers)s"),
    }
    if code not in words:
        return ""
    number = params.get("projects", 0)
    told = "topic.ballot_projects" if number and code == "topic.ballot_passed" else code
    known = {"option": params.get("option", ""), "n": number, "numbers": _numbers(params)}
    return words[told] % known


def _numbers(params: Params) -> str:
    """How many took part, by heads and by area where that counts, and how many it takes."""
    heads = _("%(present)s of %(seats)s took part, %(quorum_heads)s were needed") % {
        name: params.get(name, "") for name in ("present", "seats", "quorum_heads")
    }
    if "area_whole" not in params:
        return heads
    area = _("%(have)s of %(whole)s m² took part, %(need)s m² were needed") % {
        "have": square_metres(params.get("area_cm2", 0)),
        "whole": square_metres(params["area_whole"]),
        "need": square_metres(params.get("quorum_area", 0)),
    }
    return _("%(heads)s; %(area)s") % {"heads": heads, "area": area}


def square_metres(cm2: object) -> str:
    """Square centimetres as square metres with two places, rounded to the nearest."""
    hundredths = round(Fraction(int(str(cm2)) * 100, CM2))
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def _roll(code: str, params: Params) -> str:
    line = {"no": params.get("no", "")}
    match code:
        case "vote.roll_objected":
            return _("An objection to the roll: %(what)s") % {
                "what": say_wrong(str(params.get("kind", "")))
            }
        case "vote.roll_ruled" if params.get("upheld"):
            return _("An objection to the roll was upheld")
        case "vote.roll_ruled":
            return _("An objection to the roll was answered and not upheld")
        case "vote.voter_added":
            return _("Line %(no)s was added to the roll") % line
        case "vote.voter_struck":
            return _("Line %(no)s was struck off the roll") % line
        case "vote.voter_corrected":
            return _("The area of line %(no)s was put right") % line
        case "vote.proxy_filed":
            return _("A vote was entrusted to another, in writing")
        case "vote.voided":
            return _("The vote was called off; it may be held again")
        case "vote.reminded":
            return _("Those who had not taken part were reminded that the vote ends soon")
    return ""


def _papers(code: str, params: Params) -> str:
    paper = {"serial": params.get("serial", "")}
    match code:
        case "vote.cast":
            return _("Took part in the vote, on-line")
        case "vote.cast_again":
            return _("Took part in the vote, on-line, in place of before")
        case "vote.paper_taken":
            return _("Took part in the vote, %(way)s") % {"way": say_way(str(params.get("way")))}
        case "vote.unmarked":
            return _("A mark made by mistake was withdrawn: %(way)s") % {
                "way": say_way(str(params.get("way")))
            }
        case "vote.door_recorded":
            return _("Called at a door with the vote, and entered what was found")
        case "vote.paper_entered":
            return _("Paper %(serial)s was entered by one person") % paper
        case "vote.paper_agreed":
            return _("Paper %(serial)s was entered alike by two") % paper
        case "vote.paper_differs":
            return _("Paper %(serial)s was entered differently by two: both enter it again") % paper
    return ""
