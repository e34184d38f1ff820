"""What is wrong with a cell of a list, and what to do about it."""

from datetime import date

from django.utils.translation import gettext as _

from yishi.core.table import Problem
from yishi.phrases.place import say_kind
from yishi.phrases.role import say_role


def say_problem(problem: Problem) -> tuple[str, str]:
    """(what is wrong, what to do), each a sentence."""
    words = {"need": _show(problem.need), "have": _show(problem.have), "column": problem.column}
    what, do = {
        "sheet_unknown": (
            _("There is a sheet “%(have)s” that is not part of this list."),
            _("Name the sheet %(need)s, or delete it."),
        ),
        "column_unknown": (
            _("There is a column “%(have)s” that is not part of this list."),
            _("Correct its name, or delete the column. The columns are: %(need)s."),
        ),
        "column_missing": (
            _("The column “%(need)s” is missing."),
            _("Add it to row 1; the template shows how."),
        ),
        "cell_required": (_("“%(column)s” is empty."), _("Fill it in.")),
        "cell_too_long": (
            _("“%(column)s” is too long."),
            _("Shorten it to %(need)s characters or fewer."),
        ),
        "cell_unknown_value": (
            _("“%(have)s” is not known here."),
            _("Write one of: %(need)s."),
        ),
        "cell_not_code": (
            _("“%(have)s” is not a code."),
            _("Use letters, digits, - and _ only, and begin with a letter or a digit."),
        ),
        "cell_not_login": (
            _("“%(have)s” cannot be a sign-in name."),
            _("Use small letters, digits, dot, - and _, 40 characters or fewer."),
        ),
        "cell_not_phone": (
            _("“%(have)s” is not a mobile phone number."),
            _("Write 11 digits that begin with 1."),
        ),
        "cell_not_day": (
            _("“%(have)s” is not a day."),
            _("Write the day as 2026-03-01."),
        ),
        "cell_not_number": (
            _("“%(have)s” is not a number within the limits."),
            _("Write a number between the limits: %(need)s."),
        ),
        "row_twice": (
            _("This row says the same as row %(need)s."),
            _("Keep one of the two."),
        ),
        "code_unknown": (
            _("There is nothing with the code “%(have)s”."),
            _("Correct the code, or add its row to this file."),
        ),
        "person_unknown": (
            _("Nobody is known with this phone."),
            _("Load the person first, or correct the phone."),
        ),
        "parent_kind": (
            _("What it lies in is of the wrong kind."),
            _("Give the code of a %(need)s."),
        ),
        "parent_not_wanted": (
            _("A district lies in nothing here."),
            _("Leave the cell empty."),
        ),
        "moved": (
            _("This code is kept as “%(need)s”, and the list says “%(have)s”."),
            _("Leave it as it is kept, or use a new code: matters and posts hang on this one."),
        ),
        "outside": (
            _("This lies outside %(need)s, where you are the administrator."),
            _("Delete the row, or ask the administrator of the place above."),
        ),
        "not_community": (
            _("“%(have)s” is not a community."),
            _("Give the code of a community."),
        ),
        "grouping_kind": (
            _("“%(have)s” is a grouping of another kind."),
            _("Give the code of a %(need)s."),
        ),
        "grouping_elsewhere": (
            _("“%(have)s” belongs to another community."),
            _("Give a grouping of the community %(need)s."),
        ),
        "lonlat_pair": (
            _("Longitude and latitude go together."),
            _("Fill in both, or neither."),
        ),
        "area_needed": (
            _("An owner needs an area."),
            _("Fill in the area, or enter the person as a resident."),
        ),
        "login_taken": (
            _("Somebody else signs in as “%(have)s”."),
            _("Choose another sign-in name."),
        ),
        "login_kept": (
            _("This person has another sign-in name already."),
            _("Leave the cell empty; a list does not change how somebody signs in."),
        ),
        "level_down": (
            _("This person's identity has been checked further than the list says."),
            _("Leave the cell empty."),
        ),
        "self_appointment": (
            _("This is yourself, and nobody appoints themself."),
            _("Ask another administrator."),
        ),
        "not_active": (
            _("This person's account is closed."),
            _("Choose somebody else."),
        ),
        "community_needed": (
            _("This role is held in a community."),
            _("Give the code of a community."),
        ),
        "grid_needed": (
            _("A grid worker needs a grid."),
            _("Give the code of a grid of this community."),
        ),
        "grid_elsewhere": (
            _("This grid belongs to another community."),
            _("Give a grid of the place of the post."),
        ),
        "body_needed": (
            _("A unit's handler needs a unit."),
            _("Give the code of the unit."),
        ),
        "body_elsewhere": (
            _("This unit does not lie in the place of the post."),
            _("Give a unit of that place, or a place that holds the unit."),
        ),
        "seat_body_needed": (
            _("A convener or a member has a seat in a body."),
            _("Give the code of the body."),
        ),
        "body_without_seats": (
            _("“%(have)s” is a body without seats."),
            _("Give a body that deliberates, or choose another role."),
        ),
        "seat_elsewhere": (
            _("A seat is held in the body's own place."),
            _("Give the place the body belongs to."),
        ),
        "cross_ground_needed": (
            _("This person serves in %(have)s: a post in %(need)s crosses it."),
            _("Put it to a democratic procedure first, and give the number of the topic."),
        ),
        "cross_topic_unknown": (
            _("There is no topic with the number “%(have)s”."),
            _("Correct the number, or leave it empty where nothing is crossed."),
        ),
        "cross_topic_elsewhere": (
            _("The topic “%(have)s” belongs to another community."),
            _("Give a topic of the community of the body."),
        ),
        "cross_topic_open": (
            _("The topic “%(have)s” has not been carried out and published."),
            _("Wait until it has, or give another topic."),
        ),
        "rolls_apart": (
            _("A seat of %(need)s and a seat of %(have)s are not filled from one roll."),
            _("Do the two in two steps, each after its own election."),
        ),
        "term_backwards": (
            _("The term would end before it begins."),
            _("Correct one of the two days."),
        ),
        "already_appointed": (
            _("This post is held by this person already in that time."),
            _("Delete the row, or end the term that runs first."),
        ),
        "roles_apart": (
            _("This person is %(have)s, and cannot be %(need)s as well."),
            _("Choose somebody else, or end the other post first."),
        ),
        "role_not_appointed": (
            _("Nobody is appointed to this role."),
            _("Choose another role."),
        ),
    }.get(problem.code, (problem.code, ""))
    return what % words, do % words


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(_show, value))
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else say_role(say_kind(str(value)))
