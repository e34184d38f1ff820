"""What is wrong with one row of a table that comes from elsewhere, in one sentence."""

from django.utils.translation import gettext as _

from yishi.core.refusal import Refusal


def say_row(refusal: Refusal) -> str:
    """One sentence, naming the column as their table does."""
    need, have, column = _show(refusal.need), _show(refusal.have), refusal.unit
    words = {"need": need, "have": have, "column": column}
    sentence = _sentences().get(refusal.code)
    return sentence % words if sentence else f"{refusal.code} {need} {have}".strip()


def is_of_row(code: str) -> bool:
    """Whether there is a sentence for a row refused with this code."""
    return code in _sentences()


def _sentences() -> dict[str, str]:
    return {
        "cell_required": _("“%(need)s” is empty"),
        "cell_unknown_value": _("“%(column)s” is “%(have)s”; known are %(need)s"),
        "cell_not_time": _("“%(column)s” is “%(have)s”, which is no moment written as %(need)s"),
        "cell_in_future": _("“%(column)s” is “%(have)s”, which is still to come"),
        "cell_too_long": _("“%(column)s” has %(have)s characters, more than %(need)s"),
        "limit_unreadable": _("The limit “%(have)s” cannot be read; known units are %(need)s"),
        "assertions_differ": _("It is marked as closed in time and as overdue at once"),
        "item_unnamed": _("It does not say what kind of matter it is"),
        "row_changed": _("The row has changed since it was taken over; what is kept stays"),
        "row_twice": _("The same item, grade and area already stand in row %(need)s"),
        "place_unknown": _("There is no place called “%(have)s” here"),
        "unit_unknown": _("There is no unit called “%(have)s” here"),
        "columns_missing": _("The table lacks the columns %(need)s"),
        "file_missing": _("There is no file %(have)s"),
        "file_too_large": _("The file has %(have)s bytes, more than %(need)s"),
        "file_not_table": _("%(have)s cannot be read as a table"),
        "map_unknown": _("There is no column map %(have)s; known are %(need)s"),
        "map_wrong": _("The column map %(have)s reads %(column)s, not %(need)s"),
        "code_unknown": _("There is no place with the code %(have)s"),
        "rows_wrong": _("%(have)s rows are wrong, so nothing was loaded"),
        "bundle_changed": _(
            "This version is kept already with other content; give the new one a new version"
        ),
        "duties_not_newer": _("A list valid from %(need)s is in force, later than %(have)s"),
        "calendar_empty": _(
            "The notice for %(have)s holds no day off, so it has not been published yet"
        ),
        "calendar_changed": _("This version of the calendar is kept with other days: %(have)s"),
        "rules_missing": _(
            "No rules of the kind %(need)s are adopted at %(have)s; adopt them first"
        ),
        "not_yours": _("You may not do this"),
        "busy": _("The database is busy; please try again"),
    }


def _show(value: object) -> str:
    if isinstance(value, tuple | list | frozenset):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
