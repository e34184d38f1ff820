"""Refusals at a stage of a topic: who came and what they said, how votes were counted, what hangs
out."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_meeting(), **_voting(), **_posting()}


def _meeting() -> dict[str, tuple[str, str, str]]:
    return {
        "quorum_missed": (
            _("Too few have come"),
            _("Below that number nothing is decided, whoever is in favour."),
            _("Call them again for another day, or wait for those on their way."),
        ),
        "present_wrong": (
            _("More are entered than have a seat"),
            _("Only seats that are filled today are counted."),
            _("Look at the attendance list and at who has a seat."),
        ),
        "must_come": (
            _("Somebody who has to be there is missing"),
            _("The method says without whom this meeting does not count."),
            _("Call them, or meet on another day."),
        ),
        "people_wrong": (
            _("The number of people is missing"),
            _("At least one person was there."),
            _("Enter how many there were."),
        ),
        "dissent_missing": (
            _("Not all agreed, and what the others said is missing"),
            _("Agreement by consensus keeps the dissent in the record."),
            _("Write down what those said who did not agree."),
        ),
        "not_on_the_spot": (
            _("This meeting cannot settle it on the spot"),
            _("In this procedure what was agreed is carried out and looked at first."),
            _("Enter that they agreed; the next step follows."),
        ),
        "heard_few": (
            _("Too few have been heard"),
            _("The procedure asks for a number of people heard before it goes on."),
            _("Hear more of them, and enter who was heard."),
        ),
        "not_asked": (
            _("This body is not among those asked"),
            "",
            _("Choose one of those whose consent is needed."),
        ),
        "already_said": (
            _("This body has consented already"),
            "",
            _("Enter the word of the others."),
        ),
        "scores_few": (
            _("Too few have scored it"),
            _("The appraisal counts from a number of people on."),
            _("Let more of those concerned score it."),
        ),
    }


def _voting() -> dict[str, tuple[str, str, str]]:
    return {
        "votes_wrong": (
            _("The votes do not add up"),
            _("For, against and abstained together are those who came."),
            _("Count again and enter the numbers of the count."),
        ),
        "count_missing": (
            _("There is no first count yet"),
            _("A vote is counted by one person and confirmed by another."),
            _("Let the teller enter the first count."),
        ),
        "count_waits": (
            _("Somebody has counted already"),
            _("It waits for a second person, who counts without seeing the numbers."),
            _("Count again yourself and confirm."),
        ),
        "same_teller": (
            _("You counted this vote yourself"),
            _("A count holds only where a second person comes to the same."),
            _("Let somebody else count and confirm."),
        ),
    }


def _posting() -> dict[str, tuple[str, str, str]]:
    return {
        "already_posted": (
            _("It hangs out already"),
            _("The period runs from the day it was first put up."),
            _("Wait until the period has run."),
        ),
        "where_missing": (
            _("Where it hangs is missing"),
            _("People have to know where they can read it."),
            _("Write where it was put up."),
        ),
        "not_posted": (
            _("It does not hang out yet"),
            _("The period begins when it is put up where everybody can read it."),
            _("Put it up first, and enter where."),
        ),
        "period_over": (
            _("The period is over"),
            _("Comments and objections are taken while it hangs out."),
            _("Tell the residents' committee; something new can be raised as a topic."),
        ),
        "period_runs": (
            _("The period still runs"),
            _("Nothing goes on before everybody had the whole time to read it."),
            _("Come back when the period has run."),
        ),
        "voices_many": (
            _("You have said as much of this as one person may"),
            _("All of it is with the topic, and each is answered."),
            _("What else there is, say at the meeting or tell the residents' committee."),
        ),
        "voices_open": (
            _("Some voices are still to be answered"),
            _("Everything said within the period is answered before it goes on."),
            _("Answer each of them first."),
        ),
        "nothing_open": (
            _("Nothing waits for an answer"),
            "",
            _("Look again; somebody may have answered it."),
        ),
        "voice_answered": (
            _("This voice has been answered already"),
            _("An answer stays as it was given."),
            _("Read the answer."),
        ),
    }
