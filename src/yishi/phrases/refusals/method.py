"""Refusals about a community's own method, and about working by one."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "draft_name_missing": (
            _("The method has no name"),
            _("A place may work by several; the name tells them apart."),
            _("Write what it is to be called."),
        ),
        "draft_of_community": (
            _("Only a community writes a method of its own"),
            _("A district says what no method may go below."),
            _("Choose the community it is for."),
        ),
        "draft_not_drafting": (
            _("It cannot be changed any more"),
            _("What was sent stays as it was read, until somebody sends it back."),
            _("Ask one of the four to send it back, with the reason."),
        ),
        "draft_too_long": (
            _("The method is too long"),
            _("Nobody would read it."),
            _("Leave out what the working rules need not say."),
        ),
        "draft_incomplete": (
            _("Something is not filled in yet"),
            _("A method is sent when every stage says what it has to."),
            _("Fill in what the list names, and send it then."),
        ),
        "draft_faulty": (
            _("Something in it is still wrong"),
            _("A topic would get lost on the way, or the law would not be kept."),
            _("Mend what is named here, and send it then."),
        ),
        "draft_same": (
            _("It says the same as the method it was copied from"),
            _("What is not changed needs nobody's approval."),
            _("Change it, or adopt that method as it is."),
        ),
        "draft_not_sent": (
            _("It is not waiting for a word"),
            _("Words are said on a method that was sent, and is not published yet."),
            _("Look at where it stands now."),
        ),
        "draft_changed": (
            _("This is not the text that was sent"),
            _("A word counts for the text that was read, and for no other."),
            _("Open the page anew and read it again."),
        ),
        "draft_over": (
            _("It is at its end"),
            _("What was published or given up is not given up again."),
            "",
        ),
        "word_said": (
            _("This word has been said"),
            _("Each of the four is said once a round."),
            _("Look at what was said."),
        ),
        "draft_unapproved": (
            _("Not everybody has agreed yet"),
            _("Both committees, the legal adviser and the sub-district agree first."),
            _("Wait for the words that are missing."),
        ),
        "draft_source_missing": (
            _("What it rests on is missing"),
            _("A method names the resolution that made it."),
            _("Write which meetings resolved it, and when."),
        ),
        "draft_day_over": (
            _("This day is over"),
            _("What was begun yesterday is not judged by a method of today."),
            _("Choose today or a later day."),
        ),
        "method_not_worked_by": (
            _("This place does not work by this method"),
            _("Only what is in use can be stopped."),
            "",
        ),
    }
