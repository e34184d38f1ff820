"""Refusals about what hangs out: texts, doors, voices; and about charter and covenant."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_changed(), **_carried_round(), **_hidden(), **_adopted()}


def _changed() -> dict[str, tuple[str, str, str]]:
    return {
        "text_same": (
            _("The text is the same as before"),
            _("To take up a comment is to change the text."),
            _("Change the text where the comment asks for it, or answer without changing it."),
        ),
        "change_matters": (
            _("This change is more than wording"),
            _("A figure is another one now: everybody has to have time to read it again."),
            _("Choose that it matters; the period begins again and everybody is told."),
        ),
        "change_past_limit": (
            _("For a change that matters there is no time left in this step"),
            _("The period would begin again and run past the time limit of the step."),
            _("Answer the comment, and leave the change to the next step or to a new topic."),
        ),
        "text_hangs_out": (
            _("It hangs out, so its text is changed only by taking up a comment"),
            _("Whoever reads it must find what they read; each change names who asked for it."),
            _("Take up the comment that asks for the change."),
        ),
        "text_fixed": (
            _("The text is no longer changed here"),
            _("What is decided, on notice or being done stays as everybody read it."),
            _("Uphold an objection; it goes back, and the text can be changed as it asks."),
        ),
    }


def _carried_round() -> dict[str, tuple[str, str, str]]:
    return {
        "doors_missing": (
            _("It has not been carried to every building yet"),
            _(
                "This step is carried from door to door; each building has an entry in "
                "the register."
            ),
            _("Call at the buildings that are left, and enter what came of it."),
        ),
        "doors_none": (
            _("No door was named"),
            "",
            _("Name the rooms, or leave the field empty for the building as a whole."),
        ),
        "doors_many": (
            _("Too many doors at once"),
            _("Each door is an entry of its own."),
            _("Enter them in two parts."),
        ),
        "label_too_long": (
            _("One of the rooms is too long a name"),
            _("Between two rooms stands a space or a comma."),
            _("Write the rooms one after another, such as 101 102 201."),
        ),
        "found_unknown": (
            _("What came of the call is missing"),
            "",
            _("Choose: handed over, nobody in, or not taken."),
        ),
    }


def _hidden() -> dict[str, tuple[str, str, str]]:
    return {
        "hide_ground_unknown": (
            _("On which ground it is not shown is missing"),
            _("Nothing that was said is taken away without a ground everybody can read."),
            _("Choose one of the grounds."),
        ),
        "voice_hidden": (
            _("It is not shown already"),
            "",
            _("Read the ground that stands in its place."),
        ),
        "voice_shown": (_("It is shown already"), "", _("There is nothing to restore.")),
    }


def _adopted() -> dict[str, tuple[str, str, str]]:
    return {
        "text_unchosen": (
            _("No text was chosen"),
            _("A charter or covenant comes into force only as the text that was decided on."),
            _("Let the body that decides choose it first."),
        ),
        "text_empty": (
            _("The chosen option has no text"),
            _("What comes into force is the text itself."),
            _("Go back and put the text into the option."),
        ),
        "text_by_exception": (
            _("A step was taken against the procedure, so this text is not adopted"),
            _("A charter or covenant comes into force by its whole procedure and by nothing else."),
            _("End this topic as not adopted and put the text forward anew."),
        ),
        "text_under_way": (
            _("Another topic works on the same text"),
            _("Two at once would undo each other."),
            _("Say it there, or wait until it has ended."),
        ),
    }
