"""Refusals of rows and columns that were loaded."""

from django.utils.translation import gettext as _


def words() -> dict[str, tuple[str, str, str]]:
    """code → (title, missing, next)."""
    fix = _("Put the row right and load the file again.")
    return {
        "columns_missing": (
            _("Columns are missing"),
            _("The first line names the columns, and not all are there."),
            _("Compare the first line with the template."),
        ),
        "cell_required": (_("A cell that must be filled is empty"), "", fix),
        "cell_unknown_value": (_("A cell holds a value we do not know"), "", fix),
        "cell_not_time": (_("A cell is not a moment in the form given"), "", fix),
        "cell_in_future": (_("A moment lies in the future"), "", fix),
        "cell_too_long": (_("A cell is too long"), "", fix),
        "limit_unreadable": (
            _("A time limit cannot be read"),
            _("Its words are not among those the column file explains."),
            _("Add the words to the column file, or correct the cell."),
        ),
        "assertions_differ": (
            _("The row says both on time and overdue"),
            "",
            fix,
        ),
        "row_changed": (
            _("This row came in before with other words"),
            _("What was taken in is not overwritten by a later file."),
            _("Correct the matter itself, or give the row a number of its own."),
        ),
        "row_twice": (_("A row stands twice in the file"), "", fix),
        "rows_wrong": (_("Some rows cannot be read"), _("Nothing was loaded."), fix),
        "nothing_new": (_("Nothing new in this file"), "", ""),
        "table_too_long": (_("The table has too many rows"), "", _("Split it into several files.")),
        "table_too_wide": (
            _("The table has too many columns"),
            "",
            _("Keep the columns of the template."),
        ),
        "table_empty": (_("The table is empty"), "", _("Fill in at least one row.")),
        "map_unknown": (_("There is no such column file"), "", _("Choose one of those there are.")),
        "map_wrong": (_("This column file is for something else"), "", _("Choose another one.")),
        "code_unknown": (
            _("No place has this code"),
            "",
            _("Look the code up in the list of places."),
        ),
    }
