"""Messages of the outbox in words, as they are sent and kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from yishi.core.number import show_number
from yishi.phrases.clock import say_day_by, say_full
from yishi.phrases.money import say_yuan
from yishi.phrases.round import said_messages
from yishi.phrases.vote import say_outcome, say_ways
from yishi.phrases.works import said_messages as said_of_works


def say_message(template: str, params: Mapping[str, object]) -> str:
    """The words of one message. Raises KeyError for a template nobody wrote words for.

    `params` hold the number the resident quotes and what the template names.
    """
    words = _words()[template]
    values = {name: str(value) for name, value in params.items()}
    if params.get("ways"):
        values["ways"] = say_ways(cast(Iterable[str], params["ways"]))
    if params.get("outcome"):
        values["outcome"] = say_outcome(values["outcome"])
    values["number"] = show_number(values["number"]) if values.get("number") else ""
    if "amount_fen" in params:
        values["amount"] = say_yuan(int(values["amount_fen"]))
    if values.get("at"):
        values["at"] = say_full(datetime.fromisoformat(values["at"]))
    if values.get("until"):
        values["until"] = say_day_by(datetime.fromisoformat(values["until"]))
    if values.get("due"):
        values["due"] = say_day_by(datetime.fromisoformat(values["due"]))
    elif "due" in values:
        words = _without_date()[template]
    return words % values


def _words() -> dict[str, str]:
    return {
        "case.accepted": _("Your matter %(number)s has been filed."),
        "case.refused": _("Your matter %(number)s could not be taken on: %(answer)s"),
        "case.set_aside": _(
            "Your matter %(number)s concerns many and will be talked over. "
            "You will be answered by %(due)s."
        ),
        "case.handed_back": _(
            "Your matter %(number)s turned out to be somebody's duty and needs no vote. "
            "It goes to be dispatched; the time used counts on. The reason: “%(words)s”"
        ),
        "case.dispatched": _(
            "Your matter %(number)s has gone to %(lead)s. You will be answered by %(due)s."
        ),
        "case.signed": _("%(unit)s has taken up your matter %(number)s."),
        "case.signed_by_itself": _(
            "%(unit)s did not sign in time; your matter %(number)s counts as taken up by it."
        ),
        "case.answered": _(
            "Your matter %(number)s has been answered: “%(answer)s” Please say how it went."
        ),
        "report.instant": _(
            "Your matter %(number)s was answered at once: “%(answer)s” "
            "If it is still unsolved, say so with one tap and it is handled."
        ),
        "report.unsolved": _(
            "The instant answer did not solve your matter %(number)s. It is in the queue now, and "
            "the time counts from when you raised it."
        ),
        "case.redo": _(
            "You were not content with your matter %(number)s. %(unit)s does it again by %(due)s."
        ),
        "case.redo_shared": _(
            "Somebody who raised the same as your matter %(number)s was not content. "
            "%(unit)s does it again by %(due)s; what you think of it still counts."
        ),
        "staff.urgent": _(
            "Urgent: the matter %(number)s has been given to your unit, due by %(due)s."
        ),
        "staff.morning": _(
            "%(count)s matters wait for you today; %(late)s of them are late, %(soon)s due today."
        ),
        **_on_the_way(),
        **_topics(),
        **_votes(),
        **_meetings(),
        "round.swept": _(
            "What the funds of “%(title)s” (%(number)s) had left was swept, their last day being "
            "over: %(amount)s. The round's accounts show it."
        ),
        **said_messages(),
        **said_of_works(),
    }


def _topics() -> dict[str, str]:
    """What becomes of a topic, told to who raised it, reviews it or spoke on it."""
    return {
        "topic.raised": _("A topic waits for your review: “%(title)s” (%(number)s)."),
        "topic.taken_up": _(
            "Your topic “%(title)s” (%(number)s) was taken up. Its first step has begun, and you "
            "can follow each one."
        ),
        "topic.entered": _("The topic “%(title)s” (%(number)s) stands at “%(stage)s” now."),
        "topic.ended": _("Your topic “%(title)s” (%(number)s) has ended: “%(words)s”"),
        "topic.voice_answered": _(
            "What you said on the topic “%(title)s” (%(number)s) was answered: “%(answer)s”"
        ),
        "topic.voice_taken_up": _(
            "What you said on the topic “%(title)s” (%(number)s) was taken up and the text has "
            "been changed: “%(answer)s”"
        ),
        "topic.voice_hidden": _(
            "What you said on the topic “%(title)s” (%(number)s) is not shown to others, on the "
            "ground: %(ground)s. It is counted, and you will have an answer."
        ),
        "topic.voice_restored": _(
            "What you said on the topic “%(title)s” (%(number)s) is shown again."
        ),
        "topic.open_for_comment": _(
            "Where you live, “%(title)s” (%(number)s) is open for comment by %(until)s. "
            "Read it and say what you think."
        ),
        "topic.on_notice": _(
            "Where you live, “%(title)s” (%(number)s) is on public notice by %(until)s. "
            "Whoever objects says so by then."
        ),
        "topic.called": _(
            "%(unit)s calls your unit for a part of “%(title)s” (%(number)s): “%(words)s”. "
            "Take it on, or say why not."
        ),
        "topic.call_answered": _(
            "%(unit)s answered your call on “%(title)s” (%(number)s). See the topic."
        ),
        "topic.part_reported": _(
            "%(unit)s reported its part of “%(title)s” (%(number)s): “%(words)s”"
        ),
        "topic.score_asked": _(
            "“%(title)s” (%(number)s), which you took part in, is being scored. Open it and say "
            "how satisfied you are; it takes one tap."
        ),
        "topic.overridden": _(
            "The topic “%(title)s” (%(number)s) was taken to another step against its procedure, "
            "by a named decision: “%(why)s”"
        ),
    }


def _votes() -> dict[str, str]:
    """A vote by roll, told to whoever may cast a line of it."""
    return {
        "vote.opened": _(
            "You are on the roll of the vote on “%(title)s” (%(number)s). Vote by %(until)s: "
            "%(ways)s."
        ),
        "vote.reminder": _(
            "The vote on “%(title)s” (%(number)s) ends soon and nobody has voted for your line of "
            "the roll yet. Vote by %(until)s: %(ways)s."
        ),
        "vote.handed": _(
            "You are on the roll of the vote on “%(title)s” (%(number)s). It is held in "
            "%(where)s; vote there."
        ),
        "vote.counted": _(
            "The vote on “%(title)s” (%(number)s) was counted: %(outcome)s. Its numbers and the "
            "rule stand on its page."
        ),
        "vote.called_off": _(
            "The vote on “%(title)s” (%(number)s) counts for nothing and is not counted. Why, and "
            "how it goes on, stands on the topic's page."
        ),
        "vote.marked": _(
            "Your line of the roll of “%(title)s” (%(number)s) is marked: it has voted on paper or "
            "by hand. If that is not so, tell the community before the vote ends."
        ),
        "vote.unmarked": _(
            "The mark on your line of the roll of “%(title)s” (%(number)s) was made by mistake and "
            "is withdrawn: “%(why)s” Your line counts as not having voted; until the vote ends you "
            "can vote."
        ),
        "vote.replaced": _(
            "Your line of the roll of “%(title)s” (%(number)s) is marked: it has voted on paper or "
            "by hand, and the vote on-line was taken away for it. If that is not so, tell the "
            "community before the vote ends."
        ),
    }


def _meetings() -> dict[str, str]:
    """A meeting, told to whoever is called to it, has to act after it, or waits for its answer."""
    return {
        "meeting.called": _(
            "You are called to the meeting “%(title)s”: %(at)s, %(where)s. Please say whether "
            "somebody comes."
        ),
        "meeting.called_again": _(
            "Too few came, so “%(title)s” is held again: %(at)s, %(where)s. Please come."
        ),
        "meeting.cancelled": _("The meeting “%(title)s” (%(at)s) was called off: “%(words)s”"),
        "meeting.lapsed": _(
            "Nobody opened the meeting “%(title)s” (%(at)s). Please call it again, or say why not."
        ),
        "meeting.listed": _(
            "The meeting “%(title)s” put “%(item)s” on the dated list for you, to be done by "
            "%(due)s."
        ),
        "meeting.item_ended": _(
            "Your topic “%(item)s” was talked over at the meeting “%(title)s”: “%(words)s”"
        ),
        "meeting.to_sign": _("The minutes of “%(title)s” wait for your signature."),
        "meeting.reported": _(
            "What became of “%(item)s” since the meeting “%(title)s”: “%(words)s”"
        ),
    }


def _on_the_way() -> dict[str, str]:
    """What happens between dispatch and answer, where things do not go straight."""
    return {
        "case.return_accepted": _(
            "%(unit)s says that your matter %(number)s is not its own. "
            "We are choosing the right unit; the time used counts on."
        ),
        "case.disputed": _(
            "The units do not agree on whose matter %(number)s is. The arbitration group rules, "
            "and you will be told."
        ),
        "case.ruled": _(
            "It is ruled: %(lead)s handles your matter %(number)s. You will be answered by %(due)s."
        ),
        "case.split": _(
            "Your matter %(number)s has several parts and several units work on it at once. "
            "%(lead)s answers you for all of them by %(due)s."
        ),
        "case.merged": _(
            "Your matter %(number)s is handled together with others of its kind. "
            "Your number stays, and you will get your own answer."
        ),
        "case.extended": _(
            "Your matter %(number)s needs more time. You will be answered by %(due)s."
        ),
        "case.suspended": _(
            "%(unit)s cannot go on with your matter %(number)s for now. "
            "The handling is suspended until %(until)s at the latest."
        ),
        "case.resumed": _(
            "The handling of your matter %(number)s goes on. You will be answered by %(due)s."
        ),
        "case.interim": _(
            "%(unit)s did what could be done at once about your matter %(number)s: “%(words)s” "
            "It is still working on it."
        ),
    }


def _without_date() -> dict[str, str]:
    """The same where the year's work-day calendar is not loaded yet."""
    return _words() | {
        "staff.urgent": _("Urgent: the matter %(number)s has been given to your unit."),
        "case.set_aside": _(
            "Your matter %(number)s concerns many and will be talked over. "
            "You will be told by when you have an answer."
        ),
        "case.dispatched": _(
            "Your matter %(number)s has gone to %(lead)s. "
            "You will be told by when it is to be handled."
        ),
        "case.redo": _("You were not content with your matter %(number)s. %(unit)s does it again."),
        "case.redo_shared": _(
            "Somebody who raised the same as your matter %(number)s was not content. "
            "%(unit)s does it again; what you think of it still counts."
        ),
        "case.ruled": _(
            "It is ruled: %(lead)s handles your matter %(number)s. "
            "You will be told by when it is to be handled."
        ),
        "case.split": _(
            "Your matter %(number)s has several parts and several units work on it at once. "
            "%(lead)s answers you for all of them."
        ),
        "case.extended": _("Your matter %(number)s needs more time. You will be told by when."),
        "case.resumed": _("The handling of your matter %(number)s goes on."),
    }
