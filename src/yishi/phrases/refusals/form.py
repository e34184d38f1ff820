"""Refusals of the door and of what somebody typed."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "stale": (
            _("It changed while you had it open"),
            _("Somebody did something here since you opened the page. What you typed is kept."),
            _("Read what happened, then send again if it still fits."),
        ),
        "key_missing": (
            _("This form cannot be sent"),
            _("It came without its key, perhaps from a page that was saved."),
            _("Open the page again and send it from there."),
        ),
        "key_used": (
            _("This form was already sent"),
            _("Its key belongs to another act. Nothing was done twice."),
            _("Open the page again if there is more to do."),
        ),
        "busy": (
            _("The office is busy this moment"),
            _("Too many people wrote at once. What you typed is kept."),
            _("Wait a few seconds and send again."),
        ),
        "not_found": (
            _("There is nothing here for you"),
            _("It does not exist, or it is not yours to see."),
            _("Check the number, or start from your first page."),
        ),
        "not_yours": (
            _("This is not yours to do"),
            _("None of your appointments reaches it."),
            _("Ask whoever holds the role, or your administrator for the appointment."),
        ),
        "not_now": (
            _("Not at this point"),
            _("Where the matter stands does not allow it."),
            _("Look at the story: somebody else has the next step."),
        ),
        "not_independent": (
            _("Somebody else has to do this"),
            _("You had a part in it, and who checks is never who handled."),
            _("Ask a colleague who had no part in it."),
        ),
        "text_unreadable": (
            _("A sign in it cannot be read"),
            _("Something you sent holds a character that is no letter and no sign."),
            _("Go back, delete what was pasted in, type it and send again."),
        ),
        "form_too_large": (
            _("The form is too large to be taken in"),
            _("It holds more text, more fields or more files than any form of ours asks for."),
            _("Go back, shorten the text or send fewer photos, and send again."),
        ),
        "broken": (
            _("Something went wrong on our side"),
            _("It has been written down with its time for those who run this place."),
            _("Please try again in a minute. Nothing is done twice."),
        ),
        "words_missing": (
            _("The words are missing"),
            _("One sentence is enough: what happened, and where."),
            _("Write a sentence and send again."),
        ),
        "words_too_long": (
            _("Too many words"),
            _("The text is longer than can be taken in."),
            _("Shorten it; photos can say the rest."),
        ),
        "spot_too_long": (
            _("The exact spot is too long"),
            "",
            _("A few words are enough, such as the floor or the gate."),
        ),
        "place_missing": (
            _("The place is missing"),
            _("Without a place nobody knows who answers for it."),
            _("Choose the building or the community."),
        ),
        "place_unknown": (
            _("This place is not known here"),
            _("No building or place has this code."),
            _("Choose it from the list, or scan the code again."),
        ),
        "channel_unknown": (
            _("This way in is not known"),
            "",
            _("Choose one of the channels offered."),
        ),
        "nature_unknown": (
            _("The nature is not known"),
            "",
            _("Choose help, complaint, question, suggestion or thanks."),
        ),
        "consent_missing": (
            _("The resident's consent is missing"),
            _("Whoever files for somebody asks them first."),
            _("Ask the resident, then tick the box."),
        ),
        "period_backwards": (
            _("The period ends before it begins"),
            _("It is to begin on %(need)s and to end on %(have)s."),
            _("Correct one of the two days."),
        ),
        "day_unreadable": (
            _("That is not a day"),
            "",
            _("Write it as 2026-03-12."),
        ),
        "period_wrong": (
            _("That is not a period"),
            "",
            _("Write it as 2026, 2026-Q1, 2026-03, 2026-W11 or 2026-03-11."),
        ),
        "number_wrong": (
            _("That is not a whole number of a matter"),
            _("A number has eleven digits."),
            _("Read it once more from the message or the slip."),
        ),
        "number_mistyped": (
            _("One digit seems wrong"),
            _("The last digit checks the others, and it does not fit."),
            _("Compare it digit by digit."),
        ),
        "phone_unreadable": (
            _("That is not a mobile number"),
            _("A mobile number has eleven digits and begins with 1."),
            _("Look at the number again."),
        ),
    }
