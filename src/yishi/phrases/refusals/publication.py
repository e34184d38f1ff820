"""Refusals on the way to the board."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    return {
        "never_public": (
            _("This kind of matter is never published"),
            _("Disputes, petitions, denunciations and family matters stay off the board."),
            _("The resident still gets their answer."),
        ),
        "text_missing": (
            _("The title or the text is missing"),
            "",
            _("Write both as anyone may read them."),
        ),
        "title_too_long": (
            _("The title is too long"),
            "",
            _("One line is enough."),
        ),
        "already_drafted": (
            _("There is a draft already"),
            _("A matter has one text for the board."),
            _("Look at it on the matter's page."),
        ),
        "ground_missing": (
            _("The ground is missing"),
            _("A marker with the ground stays where the text was."),
            _("Write on what ground it is taken down."),
        ),
    }
