"""A ballot as it is filled in, screen by screen: what the form carries, and what is asked next."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yishi.core.method.language import Choose
from yishi.core.vote.now import Choice
from yishi.phrases.vote import say_choice
from yishi.records.queries.vote_mine import MyLine
from yishi.records.queries.vote_seen import options_of
from yishi.web.vote.shown import ShownVote

NONE = "none"


@dataclass(frozen=True)
class Step:
    """Where somebody is in their ballot: `at` a question, from 0; the number of them is the check.
    `chosen`: option uid → choice; `line`: whose vote it is."""

    line: MyLine
    options: list[dict[str, Any]]
    is_one: bool
    at: int
    chosen: dict[str, str]

    @property
    def questions(self) -> int:
        """How many screens ask something."""
        return 1 if self.is_one else len(self.options)

    def is_answered(self, at: int) -> bool:
        """Whether the question `at` has an answer."""
        return bool(self.chosen) if self.is_one else self.options[at]["uid"] in self.chosen

    @property
    def choices(self) -> dict[str, Choice]:
        """The ballot as the act takes it."""
        if self.is_one and NONE in self.chosen:
            return {}
        return {uid: Choice(word) for uid, word in self.chosen.items()}


def step_in(request: HttpRequest, shown: ShownVote, line: MyLine) -> Step:
    """What the form carries, to the screen it asks for; an answer leads to the next one."""
    typed, options = request.POST, options_of(shown.seen)
    is_one = shown.vote.choose == Choose.ONE
    chosen: dict[str, str] = {}
    if is_one:
        picked = typed.get("one", "")
        if picked == NONE:
            chosen = {NONE: NONE}
        elif picked in {one["uid"] for one in options}:
            chosen = {picked: Choice.FOR.value}
    else:
        for one in options:
            word = typed.get(f"on_{one['uid']}", "")
            if word in set(Choice):
                chosen[one["uid"]] = word
    asked = typed.get("to") or typed.get("next") or "0"
    at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
    step = Step(line, options, is_one, 0, chosen)
    at = min(at, step.questions)
    if "to" not in typed and at > 0 and not step.is_answered(at - 1):
        return go_to(step, at - 1)
    return go_to(step, at)


def go_to(step: Step, at: int) -> Step:
    """The same ballot at another question."""
    return replace(step, at=at)


def first_open(step: Step) -> int:
    """The first question without an answer; there is one."""
    return next(at for at in range(step.questions) if not step.is_answered(at))


def one_of(step: Step) -> list[dict[str, Any]]:
    """The options to choose one of, and none of them."""
    offered = [
        {"value": one["uid"], "word": f"{one['no']} {one['title']}", "hint": one["words"],
         "checked": one["uid"] in step.chosen}
        for one in step.options
    ]  # fmt: skip
    none = {"value": NONE, "word": _("None of them (abstain)"), "checked": NONE in step.chosen}
    return [*offered, none]


def carried(step: Step, is_check: bool) -> list[dict[str, str]]:
    """What was chosen on other screens, as the form carries it on."""
    if step.is_one:
        picked = next(iter(step.chosen), "")
        return [{"name": "one", "value": picked}] if is_check and picked else []
    here = "" if is_check else step.options[step.at]["uid"]
    return [
        {"name": f"on_{uid}", "value": word} for uid, word in step.chosen.items() if uid != here
    ]


def answers(step: Step) -> list[dict[str, Any]]:
    """The whole ballot, to be looked at before it is cast."""
    if step.is_one:
        picked = next((one for one in step.options if one["uid"] in step.chosen), None)
        word = f"{picked['no']} {picked['title']}" if picked else _("None of them (abstain)")
        return [{"at": 0, "title": _("I choose"), "word": word}]
    return [
        {
            "at": at,
            "title": f"{one['no']} {one['title']}",
            "word": say_choice(step.chosen[one["uid"]]) if one["uid"] in step.chosen else "",
        }
        for at, one in enumerate(step.options)
    ]
