"""The result of the city's own system, entered from its paper by one person and by another."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.acts.vote import closing
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds.voting import on_paper
from yishi.core.vote.facts import Brought, Polled
from yishi.core.vote.now import VoteState
from yishi.phrases.vote import say_choice, say_side
from yishi.records.models import Option
from yishi.web.topic.ahead import foreseen
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, in_a_row, number
from yishi.web.topic.running import After
from yishi.web.topic.shown import Shown
from yishi.web.topic.voting import TEMPLATE, is_owners, state_of, told_result, vote_of
from yishi.web.vote_area import AreaField

SAYS = ("for", "against", "abstain")
HEADS_MOST = 9_999_999


def _no_bring(shown: Shown) -> Refusal | None:
    facts = Brought(voters=1, heads=0, votes={}, by=str(shown.actor.person_id))
    return foreseen(shown, "topic.bring_result", facts, ("vote_not_handed",))


class BringForm(StageForm):
    """How many and how much area took part; of each option, the votes. The roll is known."""

    def prepare(self) -> None:
        self.on_paper = votable(self.shown)
        self.by_area = is_owners(self.shown.stage)
        self.fields["heads"] = number(_("Took part, heads"), HEADS_MOST)
        if self.by_area:
            self.fields["heads_area"] = AreaField(label=_("Took part, area in m²"))
        for one in self.on_paper:
            for says in SAYS:
                self._add(one, says)

    def _add(self, one: Option, says: str) -> None:
        word = say_choice(says)
        known = {"no": one.no, "word": word}
        whole = _("Option %(no)s, %(word)s, heads") % known
        self.fields[f"{says}_{one.no}"] = in_a_row(number(whole, HEADS_MOST), word)
        if self.by_area:
            field = AreaField(label=_("Option %(no)s, %(word)s, area in m²") % known)
            field.short = word  # type: ignore[attr-defined]
            self.fields[f"{says}_area_{one.no}"] = field

    @property
    def parts(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = [
            {
                "legend": _("Who took part"),
                "fields": self.bound("heads", "heads_area"),
            }
        ]
        for one in self.on_paper:
            named = _("Option %(no)s: %(title)s") % {"no": one.no, "title": one.title}
            sides = [("heads", f"_{one.no}"), *([("area", f"_area_{one.no}")] * self.by_area)]
            told += [
                {
                    "legend": f"{named} · {say_side(by)}",
                    "fields": self.bound(*(f"{says}{end}" for says in SAYS)),
                    "three": True,
                }
                for by, end in sides
            ]
        return told


def votable(shown: Shown) -> list[Option]:
    """The options that stand on the paper."""
    paper = on_paper(shown.stage, shown.held.now)
    return [one for one in shown.options if one.uid in paper]


def polled(shown: Shown, given: Mapping[str, Any]) -> Polled:
    """What was typed, as the act takes it: heads, and of owners area in square centimetres."""
    options = votable(shown)

    def three(end: str) -> dict[str, tuple[int, int, int]]:
        return {
            one.uid: (
                given[f"for{end}_{one.no}"],
                given[f"against{end}_{one.no}"],
                given[f"abstain{end}_{one.no}"],
            )
            for one in options
        }

    by_area = is_owners(shown.stage)
    vote = vote_of(shown)
    return Polled(
        voters=vote.voters if vote else 0,
        heads=given["heads"],
        votes=three(""),
        area_cm2=vote.area_cm2 if vote else 0,
        heads_cm2=given["heads_area"] if by_area else 0,
        areas=three("_area") if by_area else {},
    )


def _bring(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    return closing.bring_result(ask, shown.topic.uid, polled(shown, given))


def _after(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    if done.code == "topic.result_brought":
        return After(_("Entered. Now a second person enters the same from the paper."))
    if done.code == "topic.results_differ":
        said = _("The two entries differ, so neither holds. Enter the result again from the paper.")
        return After(said, BRING.href(shown.topic.uid), warns=True)
    return told_result(shown, given, done)


def _more(shown: Shown) -> dict[str, Any]:
    vote = vote_of(shown)
    mine = shown.tally.get("by") == str(shown.actor.person_id)
    second = "brought" in shown.tally and not mine
    before = [
        _("Enter the numbers from the paper of: %(to)s.") % {"to": vote.handed_to if vote else ""},
        _("You are the second: what the first entered is not shown, and only two alike decide.")
        if second
        else _("It holds only once a second person has entered the same."),
        _("The rule of this vote decides by these numbers, per denominator."),
    ]
    return {"before": before, "vote_href": "", "on_paper": []}


BRING = Deed(
    "bring-result",
    "topic.bring_result",
    lambda: _("What did the city's own system give?"),
    lambda: _("Enter the result"),
    lambda: _("Entered."),
    BringForm,
    _bring,
    ready=lambda shown: shown.stage.voting is not None and state_of(shown) == VoteState.HANDED,
    barred=_no_bring,
    after=_after,
    more=_more,
    mark="download",
    template=TEMPLATE,
)
