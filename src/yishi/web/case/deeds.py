"""What may be done to a case from its page, in the order it is offered."""

from typing import Any

from django.utils.translation import gettext as _

from yishi.acts import order, publication
from yishi.acts.case import closing, handling, intake
from yishi.acts.door import Ask, Done
from yishi.core.case.closing import Rating
from yishi.core.case.state import CaseState as S
from yishi.core.case.unsolved import held_intake
from yishi.core.clock import ClockKind
from yishi.core.publication import PublicationState as P
from yishi.core.refusal import Refusal
from yishi.web.case import forms
from yishi.web.case.asking import ASKING
from yishi.web.case.deed import Deed
from yishi.web.case.grouped import GROUPED
from yishi.web.case.overseeing import OVERSEEING
from yishi.web.case.shown import Shown
from yishi.web.photos import Photos


def _own(shown: Shown, signed: bool) -> bool:
    return shown.work is not None and shown.work.signed is signed


def _to_contact(shown: Shown) -> bool:
    work = shown.work
    timed = any(clock.kind is ClockKind.CONTACT for clock in shown.held.now.clocks)
    return work is not None and work.is_lead and work.signed and timed


def _to_submit(shown: Shown) -> bool:
    work = shown.work
    return work is not None and work.signed and work.result_at is None


def _call_back(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    if data["reached"] == "no":
        return closing.call_back(ask, shown.case.uid, None, data["report"])
    if not data["solved"]:
        return Refusal("solved_missing", source="norms.md §1 Call-back")
    rating = Rating(
        data["report"],
        data["solved"] == "yes",
        data["satisfaction"],
        form.stars(),
        data["words"],
    )
    return closing.call_back(ask, shown.case.uid, rating)


def _contact(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return handling.contact(ask, shown.case.uid, data["reached"] == "yes", data["note"])


def _submit(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    data = form.cleaned_data
    return handling.submit_result(
        ask, shown.case.uid, data["words"], photos.files, data.get("why_open", "")
    )


def _answer_order(ask: Ask, shown: Shown, form: Any, photos: Photos) -> Done | Refusal:
    waiting = shown.open_order
    uid = waiting.uid if waiting else ""
    return order.answer(ask, shown.case.uid, uid, form.cleaned_data["words"])


CASE: tuple[Deed, ...] = (
    Deed(
        "dispatch",
        "case.dispatch",
        lambda: _("Dispatch"),
        lambda: _("Dispatched."),
        mark="send",
        natural=True,
    ),
    Deed(
        "sign",
        "case.sign",
        lambda: _("Sign for it"),
        lambda: _("Signed for. The clock has been running since dispatch."),
        do=lambda ask, shown, form, photos: handling.sign(ask, shown.case.uid),
        ready=lambda shown: _own(shown, signed=False),
        hint=lambda: _("From now on your unit answers for its part."),
        mark="check",
        natural=True,
    ),
    Deed(
        "contact",
        "case.contact",
        lambda: _("Record the contact"),
        lambda: _("The contact is recorded."),
        forms.ContactForm,
        _contact,
        _to_contact,
        mark="phone",
        natural=True,
    ),
    Deed(
        "submit",
        "case.submit_result",
        lambda: _("Submit the result"),
        lambda: _("Submitted. Somebody else checks it now."),
        forms.ResultForm,
        _submit,
        _to_submit,
        mark="send",
        natural=True,
        replies=True,
    ),
    Deed(
        "check",
        "case.check",
        lambda: _("Record the check"),
        lambda: _("The check is recorded."),
        forms.CheckForm,
        lambda ask, shown, form, photos: closing.check(
            ask, shown.case.uid, form.cleaned_data["passed"] == "yes", form.cleaned_data["words"]
        ),
        mark="check",
        natural=True,
    ),
    Deed(
        "answer",
        "case.answer",
        lambda: _("Send the answer"),
        lambda: _("The resident has been answered."),
        forms.AnswerForm,
        lambda ask, shown, form, photos: closing.answer(
            ask, shown.case.uid, form.cleaned_data["words"]
        ),
        mark="send",
        natural=True,
        replies=True,
    ),
    Deed(
        "call-back",
        "case.call_back",
        lambda: _("Record the call-back"),
        lambda: _("The call-back is recorded."),
        forms.CallBackForm,
        _call_back,
        mark="phone",
        natural=True,
    ),
    Deed(
        "unsolved",
        "case.still_unsolved",
        lambda: _("Still unsolved after the instant answer"),
        lambda: _("In the queue now; the time counts from when it was raised."),
        forms.UnsolvedForm,
        lambda ask, shown, form, photos: closing.still_unsolved(
            ask, shown.case.uid, form.cleaned_data["words"]
        ),
        lambda shown: held_intake(shown.held.now) is not None,
        mark="flag",
    ),
    *ASKING,
    Deed(
        "contact-more",
        "case.contact",
        lambda: _("Record another contact"),
        lambda: _("The contact is recorded."),
        forms.ContactForm,
        _contact,
        lambda shown: (
            not _to_contact(shown) and bool(shown.work and shown.work.is_lead and shown.work.signed)
        ),
        mark="phone",
    ),
    Deed(
        "set-aside",
        "case.set_aside",
        lambda: _("Make it a topic"),
        lambda: _("Set aside as a topic. Its answer clock runs."),
        forms.SetAsideForm,
        lambda ask, shown, form, photos: intake.set_aside(
            ask, shown.case.uid, form.cleaned_data["why"]
        ),
        hint=lambda: _("It concerns many and needs agreement. The answer clock keeps running."),
        mark="talk",
        still=lambda: _("It can still be dispatched."),
        press="s",
    ),
    Deed(
        "topic",
        "topic.raise_cases",
        lambda: _("Put it into a topic"),
        lambda: _("Put into a topic."),
        ready=lambda shown: shown.case.state == S.TOPIC and not shown.in_topic,
        mark="people",
        natural=True,
    ),
    Deed(
        "refuse",
        "case.refuse",
        lambda: _("Do not accept it"),
        lambda: _("Not accepted. The resident gets the reason and the route."),
        kind="danger",
        mark="refuse",
        press="x",
    ),
    *GROUPED,
)

ORDER: tuple[Deed, ...] = (
    Deed(
        "order-answer",
        "order.answer",
        lambda: _("Answer the order"),
        lambda: _("The order is answered."),
        forms.OrderAnswerForm,
        _answer_order,
        lambda shown: shown.open_order is not None,
        mark="flag",
        natural=True,
    ),
    Deed(
        "order",
        "order.issue",
        lambda: _("Issue a supervisory order"),
        lambda: _("The supervisory order is out."),
        forms.OrderForm,
        lambda ask, shown, form, photos: order.issue(
            ask, shown.case.uid, form.cleaned_data["words"]
        ),
        lambda shown: shown.held.now.lead is not None,
        lambda: _("It changes no state; the lead unit must answer in time."),
        mark="flag",
    ),
)

PUBLICATION: tuple[Deed, ...] = (
    Deed(
        "publish-review",
        "publication.review",
        lambda: _("Reviewed: may go on"),
        lambda: _("Reviewed. A third person signs it off."),
        do=lambda ask, shown, form, photos: publication.review(ask, shown.case.uid),
        ready=lambda shown: shown.published_as(P.DRAFT),
        hint=lambda: _("You read it for secrets and for people's data. You did not draft it."),
        mark="check",
        natural=True,
    ),
    Deed(
        "publish-sign-off",
        "publication.sign_off",
        lambda: _("Sign off and publish"),
        lambda: _("Published on the board."),
        do=lambda ask, shown, form, photos: publication.sign_off(ask, shown.case.uid),
        ready=lambda shown: shown.published_as(P.REVIEWED),
        hint=lambda: _("From this moment anyone may read the text below."),
        mark="board",
        natural=True,
    ),
    Deed(
        "publish-draft",
        "publication.draft",
        lambda: _("Draft a text for the board"),
        lambda: _("Drafted. Somebody else reviews it."),
        ready=lambda shown: shown.publication is None and shown.case.state != S.REFUSED,
        mark="board",
    ),
    Deed(
        "publish-take-down",
        "publication.take_down",
        lambda: _("Take it off the board"),
        lambda: _("Taken off the board."),
        forms.TakeDownForm,
        lambda ask, shown, form, photos: publication.take_down(
            ask, shown.case.uid, form.cleaned_data["ground"]
        ),
        lambda shown: shown.published_as(P.PUBLISHED),
        lambda: _("It goes at once; a marker with the ground stays."),
        "danger",
        "board",
    ),
)

# The natural next thing to do comes first: of several, the first one offered is the primary act.
DEEDS = tuple(sorted((*CASE, *ORDER, *OVERSEEING, *PUBLICATION), key=lambda deed: not deed.natural))
