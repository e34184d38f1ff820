"""The acts of whoever holds a meeting, in the order of its course."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from yishi.acts.door import Ask, Done
from yishi.acts.meeting import agenda, calling, minutes, reporting, sitting
from yishi.acts.meeting.asked import ItemAsk
from yishi.core.meeting.items import SCORES, Side
from yishi.core.refusal import Refusal
from yishi.records.queries.meeting_call import bodies_for, topics_for
from yishi.web.meeting import forms as f
from yishi.web.meeting.deed import About, Deed
from yishi.web.meeting.desk_sign import sign_for
from yishi.web.meeting.drafted import drafted
from yishi.web.meeting.forms import moment_of
from yishi.web.meeting.on_topic import ON_TOPIC
from yishi.web.meeting.shown import Shown

Given = Mapping[str, Any]


def sides_of(shown: Shown) -> Sequence[Side]:
    """Which sides may be taken in a form of meeting."""
    terms = shown.held.terms
    if terms.both_sides:
        return (Side.FOR, Side.AGAINST, Side.SAID)
    return (Side.ADVICE, Side.SAID) if terms.advice else (Side.SAID,)


def _item(about: About) -> str:
    assert about.item is not None
    return about.item.uid


def _is_scored(about: About) -> dict[str, Any]:
    """Whether those who are there score the item: at an appraisal, where it is no topic."""
    item = about.item
    return {"scored": about.shown.held.terms.scored and item is not None and item.topic is None}


def _settle(ask: Ask, about: About, given: Given) -> Done | Refusal:
    satisfied, basically, dissatisfied = (given.get(name) for name in SCORES)
    if satisfied is None or basically is None or dissatisfied is None:
        return agenda.settle_item(ask, _item(about), given["words"])
    scores = (satisfied, basically, dissatisfied)
    return agenda.settle_item(ask, _item(about), given["words"], scores=scores)


def _list(ask: Ask, about: About, given: Given) -> Done | Refusal:
    words = given["words"]
    return agenda.list_item(ask, _item(about), given["unit"], given["due_on"], words)


def _add(ask: Ask, about: About, given: Given) -> Done | Refusal:
    item = ItemAsk(given["title"], given["words"], given.get("topic", ""))
    return agenda.add_item(ask, about.shown.row.uid, item)


def _again(ask: Ask, about: About, given: Given) -> Done | Refusal:
    starts_at = moment_of(given["on"], given["at"])
    return calling.call_again(ask, about.shown.row.uid, starts_at, given["where"])


def _invite(ask: Ask, about: About, given: Given) -> Done | Refusal:
    uid, part = about.shown.row.uid, given["part"]
    if given["body"]:
        return calling.invite(ask, uid, body_uid=given["body"], part=part)
    return calling.invite(ask, uid, name=given["name"], part=part)


def _report(ask: Ask, about: About, given: Given) -> Done | Refusal:
    shown = about.shown
    # From the screen of a later meeting it is reported back there; from its own in between.
    assert about.item is not None
    here = shown.row.uid if about.item.meeting_id != shown.row.pk else ""
    return reporting.report_back(ask, about.item.uid, given["words"], here)


OPEN = Deed(
    "open",
    "meeting.open",
    lambda: _("Begin the meeting?"),
    lambda: _("Begin the meeting"),
    lambda: _("Begin the meeting"),
    lambda done: _("The meeting sits. Take the items one by one."),
    f.NothingForm,
    lambda ask, about, given: sitting.open_(ask, about.shown.row.uid),
    mark="people",
)
AGAIN = Deed(
    "again",
    "meeting.call_again",
    lambda: _("Not held. When is it called again?"),
    lambda: _("Not held: call it again"),
    lambda: _("Call it again"),
    lambda done: _("Called again, with the same items and the same people."),
    f.AgainForm,
    _again,
    typed=lambda about: {
        "where": about.shown.row.where,
        "at": f.local(about.shown.row.starts_at).time(),
    },
    mark="clock",
)
CANCEL = Deed(
    "cancel",
    "meeting.cancel",
    lambda: _("Call the meeting off?"),
    lambda: _("Call it off"),
    lambda: _("Call it off"),
    lambda done: _("Called off. Everybody who was called is told why."),
    f.WhyForm,
    lambda ask, about, given: calling.cancel(ask, about.shown.row.uid, given["words"]),
    before=lambda shown: [
        _("Everybody called is told, and the reason stands in public."),
    ],
    mark="refuse",
    danger=True,
)
ADD = Deed(
    "add-item",
    "meeting.add_item",
    lambda: _("Which item comes on the agenda?"),
    lambda: _("One more item"),
    lambda: _("Put it on the agenda"),
    lambda done: _("It is on the agenda."),
    f.ItemForm,
    _add,
    offered=lambda about: {"topics": topics_for(about.shown.row, about.shown.held.items)},
    mark="report",
)
SIGN_FOR = Deed(
    "sign-in-for",
    "meeting.sign_in_for",
    lambda: _("Who is here?"),
    lambda: _("Sign somebody in"),
    lambda: _("Sign them in"),
    lambda done: _("Signed in."),
    f.SignForForm,
    sign_for,
    offered=lambda about: {
        "bodies": [
            {"uid": one.body.uid, "name": one.body.name}
            for one in about.shown.held.invitees
            if one.body is not None
        ]
    },
    mark="person",
)
SETTLE = Deed(
    "settle",
    "meeting.settle_item",
    lambda: _("How was it settled?"),
    lambda: _("Settled at the meeting"),
    lambda: _("It is settled"),
    lambda done: _("Settled on the spot. Everybody can read how."),
    f.ScoreForm,
    _settle,
    offered=_is_scored,
    of_item=True,
    mark="done",
)
LIST = Deed(
    "list",
    "meeting.list_item",
    lambda: _("Who puts it right, by which day?"),
    lambda: _("Onto the dated list"),
    lambda: _("Put it on the list"),
    lambda done: _("On the dated list. The unit is told now."),
    f.ListForm,
    _list,
    offered=lambda about: {"units": about.shown.held.units},
    of_item=True,
    mark="clock",
)
CARRY = Deed(
    "carry",
    "meeting.settle_item",
    lambda: _("What did the meeting come to, and how does it go on?"),
    lambda: _("On in its procedure"),
    lambda: _("Let it go on"),
    lambda done: _("It goes on in its procedure."),
    f.CarryForm,
    lambda ask, about, given: agenda.settle_item(ask, _item(about), given["words"], carried=True),
    of_item=True,
    mark="next",
)
PUT_OFF = Deed(
    "put-off",
    "meeting.put_off_item",
    lambda: _("Why is it put off?"),
    lambda: _("Put off to the next meeting"),
    lambda: _("Put it off"),
    lambda done: _("Put off. It comes on the agenda of the next meeting by itself."),
    f.PutOffForm,
    lambda ask, about, given: agenda.put_off_item(ask, _item(about), given["words"]),
    of_item=True,
    mark="soon",
)
SAY = Deed(
    "say",
    "meeting.state",
    lambda: _("What was said?"),
    lambda: _("Write down what was said"),
    lambda: _("Write it down"),
    lambda done: _("Written down."),
    f.SaidForm,
    lambda ask, about, given: agenda.state(
        ask, _item(about), Side(given["side"]), given["words"], given.get("name", "")
    ),
    offered=lambda about: {"sides": sides_of(about.shown), "keeps": about.shown.keeps},
    of_item=True,
    mark="talk",
)
CLOSE = Deed(
    "close",
    "meeting.close",
    lambda: _("Is the meeting over?"),
    lambda: _("The meeting is over"),
    lambda: _("The meeting is over"),
    lambda done: _("The meeting is over. Now the minutes."),
    f.NothingForm,
    lambda ask, about, given: minutes.close(ask, about.shown.row.uid),
    mark="check",
)
MINUTES = Deed(
    "minutes",
    "meeting.write_minutes",
    lambda: _("The minutes and the summary"),
    lambda: _("Write the minutes"),
    lambda: _("Keep the minutes"),
    lambda done: _("The minutes are kept. Somebody else signs them off."),
    f.MinutesForm,
    lambda ask, about, given: minutes.write_minutes(
        ask, about.shown.row.uid, given["minutes"], given["summary"]
    ),
    typed=lambda about: drafted(about.shown),
    as_shown=True,
    before=lambda shown: (
        []
        if shown.row.minutes
        else [_("Attendance and what came of each item are filled in already. Add who said what.")]
    ),
    mark="report",
)
SIGN_OFF = Deed(
    "sign-off",
    "meeting.sign_off",
    lambda: _("Sign the minutes off?"),
    lambda: _("Sign off"),
    lambda: _("Sign off"),
    lambda done: _("Signed off. The summary is public now."),
    f.NothingForm,
    lambda ask, about, given: minutes.sign_off(ask, about.shown.row.uid),
    before=lambda shown: [_("Once signed off, the summary is public and nothing is changed.")],
    as_shown=True,
    mark="verified",
)
REPORT = Deed(
    "report-back",
    "meeting.report_back",
    lambda: _("What became of it?"),
    lambda: _("Report back"),
    lambda: _("Report back"),
    lambda done: _("Reported back. Everybody can read it."),
    f.ReportForm,
    _report,
    of_item=True,
    mark="report",
)
INVITE = Deed(
    "invite",
    "meeting.invite",
    lambda: _("Who else is called?"),
    lambda: _("Call a body or a guest"),
    lambda: _("Call"),
    lambda done: _("Called."),
    f.GuestForm,
    _invite,
    offered=lambda about: {"bodies": bodies_for(about.shown.row.place, about.shown.held.invitees)},
    mark="people",
)

DEEDS: tuple[Deed, ...] = (
    INVITE, ADD, CANCEL, SIGN_FOR, OPEN, AGAIN, SAY, SETTLE, LIST, CARRY, PUT_OFF, CLOSE,
    MINUTES, SIGN_OFF, REPORT, *ON_TOPIC,
)  # fmt: skip
