"""Refusals of supervision: the lot, a look, an opinion, a finding, the dated list."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_committee(), **_findings(), **_listed(), **_exclusions()}


def _exclusions() -> dict[str, tuple[str, str, str]]:
    return {
        "exclusion_stands": (
            _("This rating was asked about already"),
            _("It waits for a decision, or is left out."),
            _("Read how it stands in the account of ratings left out."),
        ),
        "exclusion_reason_unknown": (
            _("The ground is missing"),
            "",
            _("Choose one of the grounds the rules know."),
        ),
        "appeal_too_late": (
            _("The time for an appeal is over"),
            _("A unit may appeal only for some days after it has been told."),
            _("The rating counts. The dispatcher may still ask to leave it out on a ground."),
        ),
        "exclusion_decided": (
            _("It has been decided already"),
            _("A decision is taken once."),
            _("Read the decision."),
        ),
    }


def _committee() -> dict[str, tuple[str, str, str]]:
    return {
        "nothing_to_draw": (
            _("There is nothing to draw from"),
            _("Every matter finished here in the last 90 days has been drawn or looked at."),
            _("Look at what was drawn, or choose a matter yourself."),
        ),
        "already_looked": (
            _("Somebody has looked at it already"),
            _("Each draw is looked at once."),
            _("Read what was found; you can look once more as a choice of your own."),
        ),
        "way_unknown": (
            _("How you looked is missing"),
            "",
            _("Choose by phone, on site, or asked those concerned."),
        ),
        "found_unknown": (
            _("What you found is missing"),
            "",
            _("Choose one of the three answers."),
        ),
        "look_words_missing": (
            _("What you saw is missing"),
            _("Where it is not as the record says, the committee says what is."),
            _("Write a sentence on what you saw or heard."),
        ),
        "body_elsewhere": (
            _("This body handles no matters here"),
            _("It has no work in this place."),
            _("Choose a body from the list."),
        ),
        "opinion_missing": (
            _("The opinion is missing"),
            "",
            _("Write what the committee saw and what it suggests."),
        ),
        "reply_missing": (_("The reply is missing"), "", _("Write what your unit says to it.")),
        "already_replied": (
            _("It has been replied to"),
            _("An opinion has one reply."),
            _("Read the reply."),
        ),
    }


def _findings() -> dict[str, tuple[str, str, str]]:
    return {
        "no_part": (
            _("This unit had no part in the matter"),
            _("A finding is recorded against a unit that handles it or did."),
            _("Choose one of the units of the matter."),
        ),
        "breach_unknown": (
            _("The rules know no such breach"),
            "",
            _("Choose one of the list."),
        ),
        "no_breach": (
            _("The record does not bear this finding"),
            _("A finding rests on what the record shows, not on an impression."),
            _("Choose the breach that the record shows, or wait for a check or an opinion."),
        ),
        "finding_missing": (
            _("The finding is missing"),
            "",
            _("Write what was found and what follows from it."),
        ),
    }


def _listed() -> dict[str, tuple[str, str, str]]:
    return {
        "title_missing": (
            _("The title is missing"),
            "",
            _("Write in one line what has to be put right."),
        ),
        "title_personal": (
            _("The title says who somebody is"),
            _("The list is public; a phone number, a room or a document number stays out of it."),
            _("Take it out of the title; the words below are for staff."),
        ),
        "due_past": (
            _("This day is over"),
            _("An entry is due today or later."),
            _("Choose a later day."),
        ),
        "due_far": (
            _("This day is too far away"),
            _("An entry is due within five years."),
            _("Choose an earlier day."),
        ),
        "done_missing": (
            _("What was done is missing"),
            "",
            _("Say in plain words what was done."),
        ),
        "already_done": (
            _("It is reported done already"),
            _("Somebody else looks at it now."),
            _("Wait for their word."),
        ),
        "listed_closed": (
            _("It is off the list already"),
            _("A closed entry is not changed."),
            _("Open a new one if it came back."),
        ),
        "not_done_yet": (
            _("Nobody has reported it done"),
            _("An entry is closed after its body reported it done and somebody else looked."),
            _("Ask the body to report."),
        ),
        "seen_missing": (
            _("What you saw is missing"),
            _("Whoever closes an entry, or sends it back, says what they saw."),
            _("Write a sentence."),
        ),
    }
