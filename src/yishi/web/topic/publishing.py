"""publish 公布: what came of it is told to everybody, from a text the record proposes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yishi.acts.topic import staging
from yishi.core.refusal import Refusal
from yishi.core.topic.facts import Published
from yishi.core.topic.now import Advanced, TopicState
from yishi.phrases.rule import say_text
from yishi.phrases.topic_result import propose_result
from yishi.records.queries.topic_result import record_of
from yishi.web.case.forms import WORDS_MAX
from yishi.web.topic.ahead import ahead, foreseen, say_ahead
from yishi.web.topic.deed import Deed
from yishi.web.topic.fields import StageForm, prose
from yishi.web.topic.shown import Shown


class PublishForm(StageForm):
    """What is told, proposed from the record."""

    words = prose(
        gettext_lazy("What everybody is told"),
        help_text=gettext_lazy(
            "Proposed from the record: put it into your own words, and add what it cost. "
            "No names, no house numbers."
        ),
        rows=12,
    )

    def prepare(self) -> None:
        if not self.is_bound:
            self.initial["words"] = proposed(self.shown)


def proposed(shown: Shown) -> str:
    """The text the record proposes, cut to what may be sent."""
    record = record_of(shown.topic)
    after = _after(shown)
    end = shown.procedure.end(after.topic.outcome) if after and _ends(after) else None
    return propose_result(
        record.passages,
        record.tries,
        {one.uid: (one.no, one.title) for one in shown.options},
        say_text(end.name) if end else "",
        carried=bool(end and end.carried_out),
    )[:WORDS_MAX]


def _after(shown: Shown) -> Advanced | None:
    return ahead(shown, "topic.publish", Published(words="."))


def _ends(after: Advanced) -> bool:
    return after.topic.state is TopicState.ENDED


def _what_happens(shown: Shown) -> str:
    """Said before: it goes on; or it ends, and everybody who raised it is answered with this."""
    after = _after(shown)
    if after is None:
        return ""
    where = {"where": say_ahead(shown, after)}
    if not _ends(after):
        return _("Everybody reads it. Then it goes on to %(where)s.") % where
    return (
        _("Everybody reads it, and %(where)s. Everyone who raised it is answered with this text.")
        % where
    )


def _barred(shown: Shown) -> Refusal | None:
    facts = Published(words=".", undecided=staging.undecided_in(shown.held))
    return foreseen(shown, "topic.publish", facts, ("projects_open",))


PUBLISH = (
    Deed(
        "publish",
        "topic.publish",
        lambda: _("What came of it?"),
        lambda: _("Publish it"),
        lambda: _("Published."),
        PublishForm,
        lambda ask, shown, given: staging.publish(ask, shown.topic.uid, given["words"]),
        lead=_what_happens,
        barred=_barred,
        mark="board",
    ),
)
