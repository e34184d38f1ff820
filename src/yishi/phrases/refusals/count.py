"""Refusals of an election file that is to be counted."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    command = _("Larger ones are counted at the machine itself: yishi count.")
    return {
        "election_not_text": (
            _("This is not a .pb file"),
            _("It holds something else than text in UTF-8."),
            _("Choose the .pb file itself, not packed, and send it again."),
        ),
        "election_file_too_large": (_("The file is too large to be counted here"), "", command),
        "election_too_large": (_("Too many projects to be counted here"), "", command),
        "election_too_long": (
            _("This count would take too long here"),
            _("Its costs ask for more steps of completion than one page may take."),
            _("Choose another rule, or count it at the machine itself: yishi count."),
        ),
        "election_rule_unknown": (
            _("The file states no rule of ours"),
            "",
            _("Choose a rule below and send the file again."),
        ),
    }
