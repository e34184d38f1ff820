"""Refusals on the way of a case."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_intake(), **_handling(), **_closing()}


def _intake() -> dict[str, tuple[str, str, str]]:
    return {
        "reason_unknown": (
            _("This is none of the ways out"),
            _("A matter is not accepted only for one of the reasons of the rules."),
            _("Choose one of them."),
        ),
        "item_missing": (
            _("No item is chosen"),
            _("A matter is filed under an item of the responsibility list."),
            _("Choose a row of the list."),
        ),
        "item_unknown": (
            _("This row is not in force here"),
            _("The list may have been replaced since you opened the page."),
            _("Look the item up again."),
        ),
        "item_unnamed": (
            _("The row names no item"),
            "",
            _("Fill in the item's column."),
        ),
        "lead_missing": (
            _("The lead is not named"),
            _("The list leaves open who leads, and nobody was chosen."),
            _("Choose the lead unit below the list."),
        ),
        "lead_not_listed": (
            _("The list names another lead"),
            _("The lead of this row cannot be changed here."),
            _("Leave the lead as the list says, or choose another row."),
        ),
        "unit_unknown": (
            _("This unit is not known here"),
            _("No body of that name can be given work."),
            _("Choose it from the list; the administrator can add a body."),
        ),
        "why_missing": (
            _("The reason is missing"),
            _("A step like this is told with its reason."),
            _("Write why in a sentence."),
        ),
    }


def _handling() -> dict[str, tuple[str, str, str]]:
    return {
        "not_your_work": (
            _("Your unit has no part in this matter"),
            _("Only the lead and the co-handlers act here."),
            _("If it should be yours, tell the dispatcher."),
        ),
        "no_unit": (
            _("No unit has it yet"),
            _("The matter has not been given to anybody."),
            _("Have it dispatched first."),
        ),
        "already_signed": (
            _("It is already signed for"),
            _("Your unit has taken this matter."),
            _("Go on with handling it."),
        ),
        "sign_first": (
            _("Sign for it first"),
            _("Your unit has not taken this matter yet."),
            _("Sign, then go on."),
        ),
        "lead_only": (
            _("The lead does this"),
            _("The lead unit speaks with the resident, so that they hear one voice."),
            _("Tell the lead unit what you know."),
        ),
        "note_missing": (
            _("What was said is missing"),
            _("A contact without a note helps nobody after you."),
            _("Write a sentence, also when nobody answered."),
        ),
        "result_missing": (
            _("What was done is missing"),
            _("The resident will read it."),
            _("Say in plain words what was done."),
        ),
        "proof_missing": (
            _("A photo as proof is missing"),
            _("Somebody else checks the result, and the photo shows it."),
            _("Add a photo of how it is now."),
        ),
        "contact_first": (
            _("Speak with the resident first"),
            _("The lead contacts whoever raised it before it says that it is done."),
            _("Record the contact, also a try, then submit."),
        ),
        "co_open": (
            _("Co-handlers are still at work"),
            _("The lead may settle all the same only if it says why."),
            _("Wait for them, or write why it can be settled now."),
        ),
        "already_submitted": (
            _("Your unit has already submitted its result"),
            "",
            _("It is being checked; wait for what the checker says."),
        ),
    }


def _closing() -> dict[str, tuple[str, str, str]]:
    return {
        "answer_missing": (
            _("The answer is missing"),
            _("Every matter gets an answer in words."),
            _("Write what the resident should know."),
        ),
        "solved_missing": (
            _("Solved or not?"),
            _("Somebody answered, so their word belongs here."),
            _("Choose solved or not solved."),
        ),
        "satisfaction_unknown": (
            _("How satisfied they are is missing"),
            "",
            _("Choose one of the answers."),
        ),
        "axis_missing": (
            _("Not everything is rated yet"),
            _("Each of the four has its own stars."),
            _("Give one to five stars to each."),
        ),
        "stars_wrong": (
            _("Stars go from one to five"),
            "",
            _("Choose again."),
        ),
        "already_rated": (
            _("It has been rated already"),
            _("Each resident has one say in each round."),
            "",
        ),
        "too_early": (
            _("It is too early for the archive"),
            _("The adopted days after the call-back have not passed."),
            _("It goes there by itself."),
        ),
        "calendar_missing": (
            _("The work-day calendar is not loaded"),
            _("Dates are never guessed; the matter keeps its time from its start."),
            _("The administrator loads the year's notice of the State Council."),
        ),
        "order_words_missing": (
            _("What the unit has to do is missing"),
            _("An order says what is expected."),
            _("Write it in a sentence."),
        ),
        "already_answered": (
            _("This order has been answered"),
            "",
            _("Read the answer in the story."),
        ),
    }
