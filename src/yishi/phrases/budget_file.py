"""What is wrong in a `.pb` file, by line and column, in words."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.counting.budget.pabulib_in import Wrong

# What was expected, as the reader of files says it; a part in brackets stays as it is.
_EXPECTED: Sequence[tuple[str, str]] = (
    (r"META|PROJECTS|VOTES", gettext_noop("the section %(whole)s")),
    (r"each section once", gettext_noop("each section once")),
    (r"every column once", gettext_noop("every column once")),
    (r"(?P<n>\d+) columns as in the head of (?P<name>\w+)",
     gettext_noop("%(n)s columns, as in the head of %(name)s")),
    (r"one column (?P<name>\w+)", gettext_noop("one column %(name)s")),
    (r"an amount above 0.*", gettext_noop("an amount above 0, such as 25000 or 216829.41")),
    (r"an amount that is at most the cost", gettext_noop("an amount that is at most the cost")),
    (r"a whole number", gettext_noop("a whole number")),
    (r"(?P<n>\d+), the rows of (?P<name>\w+)",
     gettext_noop("%(n)s, as many as there are rows in %(name)s")),
    (r"approval or .*", gettext_noop("a kind of vote: %(whole)s")),
    (r"an id that no other project has", gettext_noop("an id that no other project has")),
    (r"an id that no other voter has", gettext_noop("an id that no other voter has")),
    (r"ids of projects", gettext_noop("ids of projects of this file")),
    (r"each project once", gettext_noop("each project once")),
    (r"one project", gettext_noop("one project alone")),
    (r"at most (?P<n>\d+) projects", gettext_noop("at most %(n)s projects")),
    (r"(?P<n>\d+) whole numbers, one for each project",
     gettext_noop("%(n)s whole numbers, one for each project")),
    (r"cells parted by ;", gettext_noop("cells parted by ;")),
)  # fmt: skip


def say_expected(expected: str) -> str:
    """What was expected there; as the reader says it, where there are no words for it yet."""
    for pattern, words in _EXPECTED:
        if found := re.fullmatch(pattern, expected):
            return _(words) % {"whole": expected, **found.groupdict()}
    return expected


def say_column(column: str) -> str:
    """Where in its line: a column by its name, or what part of the line."""
    own = {"row": _("the whole row"), "head": _("the head"), "section": _("the section")}
    return own.get(column, column)


def say_fault(wrong: Wrong) -> str:
    """One fault in one sentence."""
    told = {
        "line": wrong.line,
        "column": say_column(wrong.column),
        "expected": say_expected(wrong.expected),
        "found": wrong.found or _("nothing"),
    }
    return _("line %(line)s, %(column)s: expected %(expected)s, found: %(found)s") % told
