"""The fields of a paper ballot of projects, for a keyboard: numbers of projects with spaces between
them, a ranking in its order; or the points of each."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from yishi.core.method.ballot import BallotKind
from yishi.core.vote.marks import Paper
from yishi.web.topic.fields import number

LONGEST = 400
Options = Sequence[Mapping[str, Any]]


class NumbersField(forms.CharField):
    """Numbers of projects, with spaces or commas between them; 0 alone for a blank paper."""

    def __init__(self, numbers: Sequence[int], **more: Any) -> None:
        self.numbers = frozenset(numbers)
        super().__init__(max_length=LONGEST, **more)

    def clean(self, value: Any) -> list[int]:
        words = [word for word in re.split(r"[\s,，、;；]+", str(super().clean(value))) if word]
        if not all(word.isascii() and word.isdigit() and len(word) < 5 for word in words):
            raise forms.ValidationError(_("Numbers of projects, with spaces between them."))
        found = [int(word) for word in words]
        if found == [0]:
            return []
        unknown = [one for one in found if one not in self.numbers]
        if unknown:
            said = _("No project has the number %(no)s.") % {"no": unknown[0]}
            raise forms.ValidationError(said)
        return found


def mark_fields(paper: Paper, options: Options) -> dict[str, forms.Field]:
    """Name → field: of points one a project, otherwise one for all."""
    if paper.kind is BallotKind.POINTS:
        return {
            f"on_{one['no']}": number(f"{one['no']} {one['title']}", paper.most, required=False)
            for one in options
        }
    label = _("Numbers of the projects chosen (0: none)")
    if paper.kind is BallotKind.RANKING:
        label = _("Numbers of the projects in their order, the first first (0: none)")
    return {"numbers": NumbersField([one["no"] for one in options], label=label)}


def marks_said(paper: Paper, options: Options, given: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What was entered, as the act takes it; a project typed twice is there twice."""
    uids = {one["no"]: one["uid"] for one in options}
    if paper.kind is BallotKind.POINTS:
        return [(uid, given.get(f"on_{no}") or 0) for no, uid in uids.items()]
    numbers = given["numbers"]
    if paper.kind is BallotKind.RANKING:
        return [(uids[no], place) for place, no in enumerate(numbers, 1)]
    return [(uids[no], 1) for no in numbers]
