"""What refuses an act on a round of small works or on a wish put forward in it."""

from django.utils.translation import gettext as _

# What the words say already, so that a bare code would only puzzle.
SAID = frozenset(
    {
        "call_not_open",
        "proposal_decided",
        "proposal_not_joined",
        "project_kind_unknown",
        "listed_unknown",
        "not_screening",
        "negative_unknown",
        "project_over",
        "round_ended",
        "words_personal",
    }
)


def words() -> dict[str, tuple[str, str, str]]:
    """Code → (title, what is missing, what to do next)."""
    return {
        "call_not_open": (
            _("No wishes are taken now"),
            _("A round takes wishes while it is called for them, after its terms were posted."),
            _("See on the round's page when that is; or wait for the next round."),
        ),
        "call_over": (
            _("The call is over"),
            _("Wishes were taken to the last minute that was posted."),
            _("Bring it to the next round, or raise it as a matter."),
        ),
        "proposals_many": (
            _("You have put forward as many wishes as one person may in a round"),
            _("That leaves room for every neighbour's."),
            _("Take one back that matters less, or ask a neighbour whether they wish the same."),
        ),
        "words_personal": (
            _("Something here says who somebody is, or how to reach them"),
            _("Everybody reads it: phones, numbers of papers and the author's name stay out."),
            _("Take it out and send it again."),
        ),
        "proposal_title_missing": (
            _("It has no title yet"),
            _("Neighbours find it by one line that says what is wished for."),
            _("Write one line."),
        ),
        "project_kind_unknown": (
            _("This round has no such kind of project"),
            _("Each kind has its cap, and the terms name them."),
            _("Choose one of the kinds of this round."),
        ),
        "listed_unknown": (
            _("This is not on the list of what is wanted"),
            "",
            _("Choose an entry of the list, or none."),
        ),
        "proposal_decided": (
            _("This wish was decided on, or taken back"),
            "",
            _("Look at its page to see what became of it."),
        ),
        "not_screening": (
            _("The round is not being screened now"),
            _("Wishes are judged when the call is over and before the talks begin."),
            _("See on the round's page where it stands."),
        ),
        "planned_unsaid": (
            _("It is not said whether this is planned already"),
            _("What government plans or builds already is not paid for twice."),
            _("Look it up or ask, then answer yes or no."),
        ),
        "planned_already": (
            _("What is planned or being built already cannot be a project"),
            _("It is on the list of what is not allowed."),
            _("Do not pass it: choose that entry of the list, and say who does it and by when."),
        ),
        "checked_missing": (
            _("It is not said how that was checked"),
            _("Whoever reads it should be able to ask the same."),
            _("Say who was asked, or where it was looked up."),
        ),
        "negative_unknown": (
            _("This is not an entry of the list"),
            _("A wish is turned down only by an entry that was posted before."),
            _("Choose the entry that says so; otherwise pass it."),
        ),
        "proposal_not_joined": (
            _("This wish goes by itself already"),
            "",
            _("Look at its page to see where it stands."),
        ),
        "project_over": (
            _("That project has ended"),
            "",
            _("Choose a project that goes on."),
        ),
        "round_ended": (
            _("This round does not run any more"),
            "",
            _("See on the round's page what came of it."),
        ),
    }
