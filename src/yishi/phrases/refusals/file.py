"""Refusals of photos and of files."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    again = _("Take it again, or choose another one. Everything else you typed is kept.")
    return {
        "photo_too_large": (_("The photo is too large"), "", again),
        "photo_sum_too_large": (
            _("The files are too large together"),
            _("Together they are more than one form can carry, so some of them were left out."),
            _("Choose fewer or smaller ones. Everything else you typed is kept."),
        ),
        "upload_too_large": (
            _("The form is too large to be taken in"),
            _("Your photos or files are too large together. Nothing of it was read or kept."),
            _(
                "Go back with your browser: what you wrote is still in the form. Copy it to be "
                "safe, choose fewer or smaller photos, and send again."
            ),
        ),
        "photo_too_many_pixels": (
            _("The photo has too many pixels"),
            _("It would not fit into the memory of this machine."),
            again,
        ),
        "photo_unreadable": (
            _("This is not a photo we can read"),
            _("The file is damaged, or it is something else."),
            again,
        ),
        "too_many_photos": (
            _("Too many photos"),
            "",
            _("Keep those that show it best."),
        ),
        "file_missing": (_("The file is not there"), "", _("Check the name and the folder.")),
        "file_too_large": (
            _("The file is too large"),
            "",
            _("Split it into several files."),
        ),
        "file_not_table": (
            _("This file is not a table we can read"),
            _("It should be a spreadsheet or comma-separated text."),
            _("Save it again as xlsx or as csv in UTF-8."),
        ),
        "not_spreadsheet": (
            _("This is not a spreadsheet"),
            "",
            _("Save it as xlsx or csv and send it again."),
        ),
    }
