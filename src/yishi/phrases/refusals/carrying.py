"""Refusals where a topic is carried out, looked at, accepted and scored."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_carrying(), **_parts(), **_looking(), **_scoring()}


def _carrying() -> dict[str, tuple[str, str, str]]:
    return {
        "nothing_chosen": (
            _("No option has been chosen"),
            _("What is carried out is one option, and by somebody named."),
            _("Choose the option."),
        ),
        "already_assigned": (
            _("Somebody is carrying it out already"),
            _("One try at a time; every try stays in the record."),
            _("Wait for what they report."),
        ),
        "not_assigned": (
            _("Nobody has been given it yet"),
            _("Who carries it out is named before it is done."),
            _("Name the unit first."),
        ),
        "trial_runs": (
            _("It still runs on trial"),
            _("A trial runs for the whole of its period, so that it shows more than good days."),
            _("Report it when the period has run; where it fails before, say so with the reason."),
        ),
        "inspectors_few": (
            _("Too few went and looked"),
            _("Who did it does not accept it, and one pair of eyes may not be enough."),
            _("Take more people along and enter it again."),
        ),
    }


def _parts() -> dict[str, tuple[str, str, str]]:
    return {
        "already_called": (
            _("This unit has a part of it already"),
            _("A unit leads, or is called once; what it answered stands in the record."),
            _("Choose another unit, or ask this one."),
        ),
        "part_too_late": (
            _("The day does not fit the time of this step"),
            _("A part is done from today on, and before the time of the step runs out."),
            _("Choose another day."),
        ),
        "part_unknown": (
            _("This unit was not called"),
            "",
            _("Go back to the topic and see who was called."),
        ),
        "call_answered": (
            _("This call has been answered"),
            _("A call is answered once."),
            _("Go back to the topic and read the answer."),
        ),
        "part_not_taken": (
            _("The call has not been answered yet"),
            _("A part is taken on first and reported after."),
            _("Answer the call first."),
        ),
        "part_over": (
            _("This part is over"),
            _("What was reported stays as it is."),
            _("Go back to the topic and read what was reported."),
        ),
        "parts_open": (
            _("A part that others took on is still open"),
            _("Who leads answers for the whole: the parts are done first."),
            _("Wait for the parts, or write why it is done without them."),
        ),
    }


def _looking() -> dict[str, tuple[str, str, str]]:
    return {
        "watch_missing": (
            _("Not every committee that looks on has looked yet"),
            _("The work is watched by all of them together; each looks at least once."),
            _("Ask those who have not looked to come and write what they see."),
        ),
        "not_watching": (
            _("This body does not look on here"),
            _("The method names who watches the work of this step."),
            _("Tell what you saw to one of those who look on."),
        ),
        "calls_few": (
            _("Too few were reached by phone"),
            _("Those it concerns are asked before it is accepted."),
            _("Call more of them and enter what they say."),
        ),
    }


def _scoring() -> dict[str, tuple[str, str, str]]:
    return {
        "score_unknown": (
            _("It is not said how satisfied"),
            "",
            _("Choose one of the answers."),
        ),
        "not_concerned": (
            _("This topic is scored by those who took part in it"),
            _("Who raised it, spoke on it, or whose own matter it is, scores it."),
            _("You may still read how it came out."),
        ),
        "called_back_before": (
            _("This person has been reached already"),
            _("Everybody is asked once."),
            _("Call somebody else."),
        ),
        "scored_before": (
            _("You have scored it already"),
            _("Everybody scores once."),
            _("Your score counts; there is nothing more to do."),
        ),
    }
