"""comment 征求意见, and what it shares with notice 公示: hung out, said, answered, ended."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.door import Ask, Done
from yishi.acts.topic import staging
from yishi.core import voices
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Answered, Closing, Posted, Voiced
from yishi.core.topic.now import Advanced
from yishi.core.topic.step import step
from yishi.phrases.clock import say_when
from yishi.records.queries.topic_stage import voices_open
from yishi.web.topic.ahead import foreseen, say_ahead
from yishi.web.topic.collecting import NothingForm
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, offer, prose, yes_no
from yishi.web.topic.personal import personal_in, stays
from yishi.web.topic.shown import Shown

NAME_MAX = 40


def is_out(shown: Shown) -> bool:
    """Whether it hangs out already."""
    return "until" in shown.tally


def waiting(shown: Shown) -> int:
    """How many wait for an answer."""
    return int(shown.tally.get("open", 0))


def at_desk(shown: Shown) -> bool:
    """Whether the viewer writes things down for others there."""
    seats = shown.actor.seats_as(Role.COMMUNITY_DESK)
    return any(seat.place_id in shown.held.subject.path for seat in seats)


class PostForm(StageForm):
    """Where it hangs."""

    where = prose(
        gettext_lazy("Where it hangs"),
        help_text=gettext_lazy("Every board, door and group online, so that anybody may look."),
    )


class VoiceForm(StageForm):
    """What somebody says; where the desk writes it down, who said it."""

    words = prose(gettext_lazy("Your comment"), help_text=gettext_lazy("You get an answer to it."))
    name = forms.CharField(
        label=gettext_lazy("Who said it"),
        max_length=NAME_MAX,
        required=False,
        help_text=gettext_lazy("Only staff read the name. Left empty, it is your own."),
    )

    def prepare(self) -> None:
        if self.is_bound:
            said = [str(self.data.get("words", ""))]
            if found := personal_in(said, self.shown.topic.place, self.shown.now):
                self.fields["personal"] = stays(found)
        if not at_desk(self.shown):
            del self.fields["name"]
            return
        self.fields["words"].label = _("What was said")
        self.fields["words"].help_text = _("In their own words.")


class ObjectForm(VoiceForm):
    """What speaks against what hangs out; where the desk writes it down, who said it."""

    def prepare(self) -> None:
        super().prepare()
        if "name" not in self.fields:
            self.fields["words"].label = _("What you object to, and why")
            self.fields["words"].help_text = _(
                "It is ruled on, with the reason, before anything goes on. Anybody may read it."
            )


class AnswerForm(StageForm):
    """One of those that wait, and the answer to it."""

    voice = forms.ChoiceField(
        label=gettext_lazy("Which one is answered"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the one you answer.")},
    )
    words = prose(
        gettext_lazy("The answer"),
        help_text=gettext_lazy("Taken up and how, or not and why. Anybody may read it."),
    )

    def prepare(self) -> None:
        rows = voices_open(self.shown.passage)
        said = _("%(words)s (%(at)s)")
        offer(
            self.fields["voice"],
            [
                (
                    row["uid"],
                    said % {"words": row["words"], "at": say_when(row["at"], self.shown.now)},
                )
                for row in rows
            ],
        )
        if len(rows) == 1:
            self.fields["voice"].initial = rows[0]["uid"]


class RuleForm(AnswerForm):
    """One of the objections that wait, upheld or not, and the reason."""

    upheld = yes_no(
        gettext_lazy("Is it upheld?"),
        gettext_lazy("Upheld: what hangs out does not stand"),
        gettext_lazy("Not upheld: it stays as it hangs out"),
    )

    field_order = ("voice", "upheld", "words")

    def prepare(self) -> None:
        super().prepare()
        self.fields["voice"].label = _("Which objection")
        self.fields["words"].label = _("The reason")
        self.fields["words"].help_text = _("Whoever objected is told it. Anybody may read it.")
        back = say_ahead(self.shown, _upheld(self.shown))
        self.fields["upheld"].help_text = _("Upheld, it goes back to %(where)s.") % {"where": back}


def _upheld(shown: Shown) -> Advanced | None:
    """The topic once the period ends with an objection upheld."""
    tally = {**shown.tally, "open": 0, "upheld": 1}
    now = replace(shown.held.now, tally=tally)
    answer = step(
        shown.procedure, now, "topic.end_posting", Closing(attached=frozenset(Paper)), shown.now
    )
    return answer if isinstance(answer, Advanced) else None


def _comment(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    name = given.get("name", "").strip()
    return staging.comment(ask, shown.topic.uid, given["words"], name)


def _object(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    name = given.get("name", "").strip()
    return staging.object_to(ask, shown.topic.uid, given["words"], name)


def _rule(ask: Ask, shown: Shown, given: Mapping[str, Any]) -> Done | Refusal:
    upheld = given["upheld"] == "yes"
    return staging.rule_objection(
        ask, shown.topic.uid, given["voice"], given["words"], upheld=upheld
    )


def _said_enough(shown: Shown, kind: str) -> Refusal | None:
    """They have said as much of it as one person may; whoever writes for others says for whom."""
    if at_desk(shown):
        return None
    return staging.too_many_of(shown.held, kind, shown.actor.person_id, shown.now)


def _no_comment(shown: Shown) -> Refusal | None:
    """It does not hang out, or no more."""
    return foreseen(shown, "topic.comment", Voiced(words=""), ("not_posted", "period_over"))


def _not_out(shown: Shown) -> Refusal | None:
    """It does not hang out, or no more."""
    return foreseen(shown, "topic.object", Voiced(words=""), ("not_posted", "period_over"))


def _out_already(shown: Shown) -> Refusal | None:
    posted = Posted(until_at=shown.now, where="-")
    return foreseen(shown, "topic.post", posted, ("already_posted",))


def _nothing_waits(shown: Shown) -> Refusal | None:
    return foreseen(shown, "topic.rule_objection", Answered(words=""), ("nothing_open",))


def _still_runs(shown: Shown) -> bool:
    """Whether the period is not over yet and nothing ends it before."""
    return foreseen(shown, "topic.end_posting", Closing(), ("period_runs",)) is not None


def _where_to(shown: Shown) -> str:
    """Said before a period is ended: an objection that was upheld takes the topic back."""
    upheld = int(shown.tally.get("upheld", 0))
    if not upheld:
        return ""
    said = {"n": upheld, "where": say_ahead(shown, _upheld(shown))}
    return _("%(n)s objections were upheld: it goes back to %(where)s.") % said


def _period(shown: Shown) -> str:
    return _("From this moment the period runs; nothing goes on before it is over.")


def _to_answer(shown: Shown) -> str:
    many = waiting(shown)
    return (
        _("%(n)s wait for an answer.") % {"n": many} if many else _("Nothing waits for an answer.")
    )


POST = (
    Deed(
        "post",
        "topic.post",
        lambda: _("Where does it hang?"),
        lambda: _("It hangs: the period begins"),
        lambda: _("The period runs from now."),
        PostForm,
        lambda ask, shown, given: staging.post(ask, shown.topic.uid, given["where"]),
        lead=_period,
        ready=lambda shown: not is_out(shown),
        barred=_out_already,
        mark="board",
    ),
)
COMMENT = (
    Deed(
        "comment",
        "topic.comment",
        lambda: _("What do you say to it?"),
        lambda: _("Send the comment"),
        lambda: _("Your comment is with the topic. You get an answer to it."),
        VoiceForm,
        _comment,
        lead=lambda shown: _("Every comment is answered before the topic goes on."),
        ready=lambda shown: is_out(shown) and _no_comment(shown) is None,
        barred=lambda shown: _no_comment(shown) or _said_enough(shown, voices.COMMENT),
        mark="talk",
        papers=False,
        template="yishi/topic/comment.html",
    ),
    Deed(
        "answer",
        "topic.answer_comment",
        lambda: _("What is answered?"),
        lambda: _("Send the answer"),
        lambda: _("Answered. Whoever said it has been told."),
        AnswerForm,
        lambda ask, shown, given: staging.answer_comment(
            ask, shown.topic.uid, given["voice"], given["words"]
        ),
        lead=_to_answer,
        ready=lambda shown: waiting(shown) > 0,
        mark="send",
        papers=False,
    ),
)
OBJECT = (
    Deed(
        "object",
        "topic.object",
        lambda: _("What do you object to?"),
        lambda: _("Send the objection"),
        lambda: _("Your objection is with the topic. It is ruled on before anything goes on."),
        ObjectForm,
        _object,
        lead=lambda shown: _("Only while it hangs out. Every objection is ruled on, and answered."),
        ready=lambda shown: is_out(shown) and _not_out(shown) is None,
        barred=lambda shown: _not_out(shown) or _said_enough(shown, voices.OBJECTION),
        mark="flag",
        papers=False,
        template="yishi/topic/notice.html",
    ),
    Deed(
        "rule",
        "topic.rule_objection",
        lambda: _("Is the objection upheld?"),
        lambda: _("Rule so, with this reason"),
        lambda: _("Ruled on. Whoever objected has been told."),
        RuleForm,
        _rule,
        lead=_to_answer,
        ready=lambda shown: waiting(shown) > 0,
        barred=_nothing_waits,
        mark="ground",
        papers=False,
        template="yishi/topic/notice.html",
    ),
)
END = (
    Deed(
        "end-posting",
        "topic.end_posting",
        lambda: _("Has the period run, and is everybody answered?"),
        lambda: _("The period is over: on to the next step"),
        lambda: _("Over. The topic has gone on to its next step."),
        NothingForm,
        lambda ask, shown, given: staging.end_posting(ask, shown.topic.uid),
        lead=_where_to,
        ready=lambda shown: is_out(shown) and not _still_runs(shown),
        mark="next",
    ),
)
