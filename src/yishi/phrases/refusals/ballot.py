"""Refusals of a vote on the projects of a round: what keeps it from opening, what a ballot of
projects cannot say, and what keeps it from being counted."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {**_opening(), **_filling(), **_ranking()}


def _opening() -> dict[str, tuple[str, str, str]]:
    return {
        "projects_missing": (
            _("There is no project to vote on"),
            _("On the paper stand the projects that were agreed on, and there is none."),
            _("End this step instead: the round goes on with what was chosen before."),
        ),
        "projects_over_cap": (
            _("A project asks more of the fund than the cap of its kind"),
            _("It may cost more where others pay the rest, and they are found before the vote."),
            _("Let others be found for the rest and confirmed, or stop the project."),
        ),
        "money_missing": (
            _("There is no money to vote about"),
            _("The funds of this round have nothing left: other projects have taken all of it."),
            _("End this step instead: the round goes on with what was chosen before."),
        ),
    }


def _filling() -> dict[str, tuple[str, str, str]]:
    return {
        "chosen_many": (
            _("Too many projects are chosen"),
            _("The terms of the round say how many may be."),
            _("Take some out."),
        ),
        "over_money": (
            _("What is chosen costs more than there is"),
            "",
            _("Take some out."),
        ),
        "points_many": (
            _("More points are given than there are"),
            _("The terms of the round say how many there are to give."),
            _("Give fewer."),
        ),
        "project_twice": (
            _("A project is named twice"),
            "",
            _("Name each once."),
        ),
        "mark_wrong": (
            _("This cannot stand on the ballot"),
            _("A project is chosen, has a place from 1 on, or so many points."),
            _("Put it right."),
        ),
    }


def _ranking() -> dict[str, tuple[str, str, str]]:
    return {
        "ranked_many": (
            _("Too many places are given"),
            _("The terms of the round say how many projects are put in order."),
            _("Take some out."),
        ),
        "rank_twice": (
            _("Two projects have one place"),
            _("Each place is one project's."),
            _("Give one of the two another place."),
        ),
        "rank_missing": (
            _("A place is left out"),
            _("Places begin with 1 and leave none out."),
            _("Close the gap."),
        ),
    }
