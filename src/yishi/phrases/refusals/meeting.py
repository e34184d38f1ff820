"""Refusals about meetings: calling them, sitting down, and what comes of each item."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_calling(), **_kinds(), **_inviting(), **_sitting(), **_items(), **_after()}


def _calling() -> dict[str, tuple[str, str, str]]:
    return {
        "where_missing": (
            _("It does not say where"),
            _("Whoever is called has to know where to go."),
            _("Write the room or the yard it is held in."),
        ),
        "meeting_past": (
            _("A meeting cannot begin in the past"),
            "",
            _("Choose a day and an hour still to come."),
        ),
        "meeting_far": (
            _("That day is too far off"),
            _("More than two years ahead is most likely a slip of the hand."),
            _("Look at the year once more."),
        ),
        "meeting_ends_wrong": (
            _("It cannot end then"),
            _("A meeting ends after it begins, and within a day."),
            _("Put the end right, or leave it out."),
        ),
        "agenda_missing": (
            _("There is nothing on the agenda yet"),
            _("People are told what it is about before they come."),
            _("Put down at least one item."),
        ),
        "notice_short": (
            _("The notice is too short"),
            _("Everybody called has the time the rule gives them."),
            _(
                "Choose a later day. If it cannot wait, say why; the reason is shown "
                "to everybody."
            ),
        ),
        "meeting_called": (
            _("This meeting is called already"),
            _("On one day it comes round once."),
            _("Open the one that is called, and add to its agenda."),
        ),
        "topic_not_running": (
            _("This topic is not in its procedure"),
            _(
                "What is proposed goes first to the community party organisation; what has ended "
                "is not reopened."
            ),
            _("Put down a topic that is running, or write the item in words."),
        ),
    }  # fmt: skip


def _kinds() -> dict[str, tuple[str, str, str]]:
    return {
        "form_unknown": (
            _("There is no such form of meeting"),
            "",
            _("Choose one of the forms offered."),
        ),
        "form_differs": (
            _("This is held in another form"),
            _("The method says in which form people meet on it."),
            _("Call it in the form the method names."),
        ),
        "rhythm_unknown": (
            _("No method in force here has this meeting"),
            _("What comes round is said by the methods the place works by."),
            _("Choose one of the meetings proposed, or call it beside the rhythm."),
        ),
        "stage_no_meeting": (
            _("Nobody meets on this topic now"),
            _("The step it stands in is of another kind."),
            _("Put it on the agenda of another meeting to talk about it."),
        ),
        "decides_nothing": (
            _("This form of meeting gives advice and decides nothing"),
            _("A topic goes on by a meeting that may decide."),
            _("Put the item off, with the advice, to a meeting that decides."),
        ),
        "agenda_full": (
            _("The agenda is full"),
            _("Nobody can sit through more."),
            _("Call another meeting for the rest."),
        ),
        "item_twice": (
            _("This topic stands on the agenda already"),
            "",
            _("Leave out one of the two."),
        ),
        "item_not_announced": (
            _("Only what was announced may be taken up"),
            _("Those called have to know about an item as long before as about the meeting."),
            _("Put it on the agenda of the next meeting."),
        ),
    }


def _inviting() -> dict[str, tuple[str, str, str]]:
    return {
        "guest_missing": (
            _("It does not say who"),
            "",
            _("Choose a body or a person, or write a name."),
        ),
        "part_unknown": (_("There is no such part"), "", _("Choose one of those offered.")),
        "invited_already": (
            _("They are invited already"),
            "",
            _("Look them up in the list of those called."),
        ),
        "told_how_unknown": (
            _("It does not say how they were told"),
            "",
            _("Choose the telephone, the door or paper."),
        ),
        "door_found_unknown": (
            _("It does not say what was found at the door"),
            "",
            _("Choose delivered, nobody in, or refused."),
        ),
    }


def _sitting() -> dict[str, tuple[str, str, str]]:
    return {
        "meeting_early": (
            _("It is too early for that"),
            _("The sheet lies open from shortly before the meeting."),
            _("Come back then; the code stays the same."),
        ),
        "meeting_over": (
            _("Its day is over"),
            _("Nobody signs in to a meeting a day after it should have begun."),
            _("If it was not held, call it again."),
        ),
        "meeting_code_wrong": (
            _("This is not the code of the meeting"),
            _("It hangs on the sheet and on the screen in the room."),
            _("Type it again, or sign in at the desk."),
        ),
        "signed_in_already": (
            _("Signed in already"),
            _("Everybody is counted once, however many seats they have."),
            _("Nothing more is needed; take a seat."),
        ),
        "not_theirs": (
            _("They do not sit there for this body"),
            _("One signs in for a body one has a seat in, or answers for."),
            _("Choose another body, or none."),
        ),
        "not_scored": (
            _("This is not scored here"),
            _("Those who are there score at an appraisal, and a topic is scored in its own step."),
            _("Enter what came of it without scores."),
        ),
        "scores_wrong": (
            _("The scores do not add up"),
            _("Whoever signed in scores once, and at least one of them does."),
            _("Count the sheets again, or sign in who is missing."),
        ),
        "nobody_came": (
            _("Nobody has signed in yet"),
            "",
            _("Sign in whoever is there, then open the meeting."),
        ),
        "meeting_not_begun": (
            _("Its hour has not come yet"),
            _("Those called may still be on their way."),
            _("Wait until it should begin."),
        ),
        "called_again_already": (
            _("It is called again already"),
            _("A meeting that failed is called again once."),
            _("Open the one that was called instead."),
        ),
        "meeting_not_over": (
            _("Its day is not over yet"),
            "",
            _("Wait a day from when it should have begun."),
        ),
        "meeting_quorate": (
            _("Enough have come"),
            _("A meeting is called again only where too few came."),
            _("Open it."),
        ),
        "meeting_not_sitting": (
            _("The meeting is not sitting"),
            _("What comes of an item is written while people sit over it."),
            _("Open the meeting first."),
        ),
    }


def _items() -> dict[str, tuple[str, str, str]]:
    return {
        "item_done": (
            _("Something has come of this item already"),
            "",
            _("Read on the agenda what it was."),
        ),
        "item_no_topic": (
            _("This item is no topic"),
            _("Only a topic goes on by a procedure."),
            _("Settle it, put it on the dated list, or put it off."),
        ),
        "item_by_topic": (
            _("This topic is moved by its procedure"),
            _("It stands in a step people meet on: what they agree is written there, once."),
            _("Write down what was agreed; the item is answered by it."),
        ),
        "sides_unheard": (
            _("Not both sides have been heard"),
            _("A hearing hears somebody for it and somebody against it on each item."),
            _("Write down what the other side says, then what came of it."),
        ),
        "advice_missing": (
            _("There is no advice in writing yet"),
            _("A consultation leaves advice in writing on each item."),
            _("Write down the advice, and whose it is."),
        ),
        "side_unknown": (
            _("It does not say for which side"),
            "",
            _("Choose for it, against it, advice, or just said."),
        ),
        "not_signed_in": (
            _("Whoever speaks has signed in"),
            _("The record names only people who were there."),
            _("Sign in with the code, or ask the desk to write it down."),
        ),
        "items_open": (
            _("Some items have no answer yet"),
            _("Nothing that was announced goes without one."),
            _("Settle each, put it on the dated list, or put it off and say why."),
        ),
        "report_missing": (
            _("Some items of earlier meetings are still to be reported back"),
            _("What was put on the list or put off is reported at the next meeting."),
            _("Say of each how it stands; then the meeting may be closed."),
        ),
    }


def _after() -> dict[str, tuple[str, str, str]]:
    return {
        "minutes_missing": (
            _("The minutes are empty"),
            _("Who was there, what was said and what came of it is read by those who were not."),
            _("Write the minutes, or take over the ones drafted from the record."),
        ),
        "record_missing": (
            _("Something is missing from the record"),
            _("This form of meeting is signed off with everything the rule names."),
            _("Add what is missing, then have it signed off."),
        ),
        "not_signer": (
            _("They do not sign this form of meeting off"),
            _("The rule names whose signature it takes."),
            _("Ask whoever the rule names."),
        ),
        "paper_unknown": (_("There is no such paper"), "", _("Choose one of those offered.")),
        "report_needless": (
            _("This item needs no report"),
            _("It was answered at the meeting."),
            _("Report on items that are on the list or were put off."),
        ),
        "reported_already": (
            _("It was reported back already"),
            "",
            _("Read the report with the item."),
        ),
        "meeting_not_held": (
            _("It cannot be reported at that meeting"),
            _("A report is given at a later meeting that is sitting or was held."),
            _("Choose the meeting it was given at, or none."),
        ),
    }
