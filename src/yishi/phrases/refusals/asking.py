"""Refusals of returns, rulings, more time, suspension, and of what a community is not to have."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_returns(), **_time(), **_list()}


def _returns() -> dict[str, tuple[str, str, str]]:
    return {
        "reason_missing": (
            _("The reason is missing"),
            _("Whoever decides needs to know why."),
            _("Write the reason in a sentence."),
        ),
        "clause_missing": (
            _("The clause is missing"),
            _("A return names what in the responsibility list or the law says so."),
            _("Choose a clause of the row, or write one."),
        ),
        "already_asked": (
            _("This has been asked for and waits for a decision"),
            _("One request at a time."),
            _("Wait for the decision; it has its own clock."),
        ),
        "already_decided": (
            _("This has been decided already"),
            _("Somebody decided it while you had it open, or the matter went on without it."),
            _("Read the decision in the story."),
        ),
        "return_ruled": (
            _("The ruling is final"),
            _("After a ruling no unit may return this matter again."),
            _("Go on with handling it; a supervisory officer can be told of what is wrong."),
        ),
        "return_closed": (
            _("The time for returning it has run out"),
            _("It may be returned only within a set time after signing."),
            _("Go on with handling it, or ask the dispatcher to add a co-handler."),
        ),
        "verdict_unknown": (
            _("The decision is missing"),
            "",
            _("Choose: agree, refuse, or hand it to the arbitration group."),
        ),
        "not_refused": (
            _("There is no refused return to contest"),
            _("The lead contests a refusal of its own return, nothing else."),
            _("Ask to return it first."),
        ),
        "amendment_why_missing": (
            _("Why the list should change is missing"),
            _("Whoever keeps the list needs the ground to publish it."),
            _("Write the ground in a sentence, or leave the amendment out."),
        ),
    }


def _time() -> dict[str, tuple[str, str, str]]:
    return {
        "extension_late": (
            _("The time has run out already"),
            _("More time can be asked for and given only before that."),
            _("Finish as soon as you can, and say so to the resident."),
        ),
        "extension_used": (
            _("It was extended before"),
            _("A matter is extended only as often as the rules say."),
            _("Finish within the time there is."),
        ),
        "extension_long": (
            _("That is longer than may be given"),
            _("An extension is at least one, and no longer than the original limit."),
            _("Ask for less."),
        ),
        "ground_unknown": (
            _("This is none of the grounds"),
            _("A matter is suspended only on one of the grounds of the rules."),
            _("Choose one of them."),
        ),
        "until_past": (
            _("That moment is over"),
            _("A suspension ends on a day to come."),
            _("Choose a later day."),
        ),
        "until_far": (
            _("That is too far ahead"),
            _("A suspension has a longest time."),
            _("Choose an earlier day; it can be looked at again then."),
        ),
        "suspension_used": (
            _("It was suspended before"),
            _("A matter is suspended only as often as the rules say."),
            _("Go on with handling it."),
        ),
    }


def _list() -> dict[str, tuple[str, str, str]]:
    return {
        "duty_not_for_community": (
            _("This may not be sent down to a community"),
            _("A community gets only what the list gives it, and leads only what it may lead."),
            _("Choose the department or the sub-district the list names."),
        ),
        "amendment_decided": (
            _("This amendment has been decided already"),
            "",
            _("Look at the list of amendments."),
        ),
        "amendment_stale": (
            _("The row has changed since this was proposed"),
            _("The amendment was made for a row that no longer stands in the list."),
            _("Look at the row as it is now; then drop the amendment, or have it proposed anew."),
        ),
    }
