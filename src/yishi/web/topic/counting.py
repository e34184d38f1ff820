"""vote 表决: a show of hands, counted by one person and, without seeing it, by another.

Two equal counts decide; where they differ both are void, and only then are they shown.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Counted
from yishi.core.topic.kinds.vote import decide
from yishi.core.topic.now import Leave, OptionState
from yishi.phrases.stage_vote import say_decided, say_differing
from yishi.records.models import Option
from yishi.records.queries.topic_result import void_counts
from yishi.web.topic.ahead import foreseen, locked, say_locked
from yishi.web.topic.conferring import add_present, body_part, numbers
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, in_a_row, number
from yishi.web.topic.running import After
from yishi.web.topic.shown import Shown

TEMPLATE = "yishi/topic/count.html"
SAYS = ("yes", "against", "abstained")
# Refused whatever is typed: there is no count, it is one's own, it is not for them to decide.
BARRED = (
    "count_missing",
    "same_teller",
    "competence_missing",
    "competence_owners",
    "competence_residents",
    "competence_duty",
    "options_missing",
)


def put_to_vote(shown: Shown) -> list[Option]:
    """The options that hands are raised for."""
    barred = locked(shown)
    return [one for one in shown.options if one.uid not in barred and one.state != OptionState.DONE]


class CountForm(StageForm):
    """Of each body who was there; of each option for, against, abstained.

    One that could not be done before is voted on again only where its numbers are filled in. One
    that is not theirs has no fields; where somebody sends numbers for it all the same, the act is
    asked and refuses.
    """

    def prepare(self) -> None:
        shown = self.shown
        for body in shown.stage.decides:
            add_present(self, body)
        self.votable = put_to_vote(shown)
        self.forced = [
            one
            for one in shown.options
            if one.uid in locked(shown) and f"yes_{one.no}" in (self.data or {})
        ]
        for one in (*self.votable, *self.forced):
            self._add(one)

    def _add(self, one: Option) -> None:
        words = (_("For it"), _("Against it"), _("Abstained"))
        seats = sum(self.shown.seats.get(body, 0) for body in self.shown.stage.decides)
        must = one.state != OptionState.FAILED and one in self.votable
        for name, word in zip(SAYS, words, strict=True):
            whole = _("Option %(no)s, %(word)s") % {"no": one.no, "word": word}
            self.fields[f"{name}_{one.no}"] = in_a_row(number(whole, seats, required=must), word)

    @property
    def parts(self) -> list[dict[str, Any]]:
        told = [
            body_part(self, body, f"present_{body}") | {"present": True}
            for body in self.shown.stage.decides
        ]
        for one in self.votable:
            known = {"no": one.no, "title": one.title}
            told.append(
                {
                    "legend": _("Option %(no)s: %(title)s") % known,
                    "fields": self.bound(*(f"{name}_{one.no}" for name in SAYS)),
                    "tallied": True,
                    "again": one.state == OptionState.FAILED,
                }
            )
        return told

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        here = [given.get(f"present_{body}") for body in self.shown.stage.decides]
        raised = 0
        for one in self.votable:
            votes = [given.get(f"{name}_{one.no}") for name in SAYS]
            if all(vote is None for vote in votes):
                continue
            raised += 1
            for name, vote in zip(SAYS, votes, strict=True):
                if vote is None and f"{name}_{one.no}" not in self.errors:
                    self.add_error(f"{name}_{one.no}", _("A number is missing here."))
            if None not in votes and None not in here:
                self._must_add_up(one, [vote or 0 for vote in votes], sum(n or 0 for n in here))
        if not raised and not self.errors and not self.forced:
            self.add_error(None, _("Fill in the numbers of at least one option."))
        return given

    def _must_add_up(self, one: Option, votes: list[int], here: int) -> None:
        """For, against and abstained together are those who are there."""
        if sum(votes) == here:
            return
        known = dict(zip(SAYS, votes, strict=True)) | {"here": here}
        said = _(
            "%(yes)s for, %(against)s against and %(abstained)s abstained make %(sum)s, "
            "but %(here)s are there. Look again."
        )
        self.add_error(f"yes_{one.no}", said % {**known, "sum": sum(votes)})


def counted(shown: Shown, given: Mapping[str, Any]) -> Counted:
    """Body → who was there, option → for, against, abstained."""
    votes: dict[str, tuple[int, int, int]] = {}
    for one in shown.options:
        yes, against, abstained = (given.get(f"{name}_{one.no}") for name in SAYS)
        if yes is not None and against is not None and abstained is not None:
            votes[one.uid] = (yes, against, abstained)
    return Counted(present=numbers(shown, given, "present"), votes=votes)


def is_counted(shown: Shown) -> bool:
    """Whether a first count waits for the second."""
    return "votes" in shown.tally


def _is_mine(shown: Shown) -> bool:
    """Whether the viewer made the first count."""
    return bool(shown.tally.get("by") == str(shown.actor.person_id))


def _no_first(shown: Shown) -> Refusal | None:
    if is_counted(shown) and not _is_mine(shown):
        return Refusal("count_waits", 2, 1, "count", shown.stage.id)
    return foreseen(shown, "topic.count", Counted(present={}, votes={}), BARRED)


def _no_second(shown: Shown) -> Refusal | None:
    mine = Counted(present={}, votes={}, by=str(shown.actor.person_id))
    return foreseen(shown, "topic.confirm", mine, BARRED)


def _count(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    facts = counted(shown, given)
    return staging.count(ask, shown.topic.uid, facts.present, facts.votes)


def _confirm(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    facts = counted(shown, given)
    return staging.confirm(ask, shown.topic.uid, facts.present, facts.votes)


def _decided(shown: Shown, given: Mapping[str, Any], done: Done) -> After:
    """The decision with its arithmetic; or which numbers differ, now that both are void."""
    facts = counted(shown, given)
    numbers_of = {one.uid: one.no for one in shown.options}
    if done.code == "topic.counts_differ":
        second = {
            "present": {str(body): here for body, here in facts.present.items()},
            "votes": {uid: list(votes) for uid, votes in facts.votes.items()},
        }
        rows = say_differing(shown.tally, second, numbers_of)
        told = _("; ").join(_("%(what)s: first %(first)s, second %(second)s") % row for row in rows)
        said = _("The two counts differ, so neither holds: %(rows)s. Count again from the start.")
        href = COUNT.href(shown.topic.uid) if shown.may("topic.count") else ""
        return After(said % {"rows": told}, href, warns=True)
    left: Leave = decide(shown.stage, shown.held.now, facts)
    titles = {one.no: one.title for one in shown.options}
    said = say_decided(shown.stage, left.event, facts.votes, numbers_of, titles)
    return After(said, warns=left.chosen == "")


def _shown_besides(shown: Shown) -> dict[str, Any]:
    """What is locked; and where two counts were void, in which numbers they differed."""
    found: dict[str, Any] = {"locked": say_locked(shown)}
    both = None if is_counted(shown) else void_counts(shown.passage)
    if both is not None:
        numbers_of = {one.uid: one.no for one in shown.options}
        found["differing"] = say_differing(*both, numbers_of)
    return found


COUNT = Deed(
    "count",
    "topic.count",
    lambda: _("How many hands were raised?"),
    lambda: _("Enter my count"),
    lambda: _("Your count is entered. Now a second person counts, without seeing your numbers."),
    CountForm,
    _count,
    lead=lambda shown: _(
        "Count who is there first, then option by option. It holds only once a second person "
        "has counted the same."
    ),
    ready=lambda shown: not is_counted(shown) or _is_mine(shown),
    barred=_no_first,
    more=_shown_besides,
    mark="people",
    template=TEMPLATE,
)
CONFIRM = Deed(
    "confirm",
    "topic.confirm",
    lambda: _("What did you count yourself?"),
    lambda: _("Enter my count and compare"),
    lambda: _("Entered."),
    CountForm,
    _confirm,
    lead=lambda shown: _(
        "Count for yourself. The first count is not shown to you: only two that agree decide, "
        "and two that differ are both void."
    ),
    ready=lambda shown: is_counted(shown) and not _is_mine(shown),
    barred=_no_second,
    after=_decided,
    more=_shown_besides,
    mark="check",
    template=TEMPLATE,
)
VOTE = (COUNT, CONFIRM)
