"""The course of a project as a short line of steps: how far it is, and what is next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from yishi.core.method.chart_shape import Mark
from yishi.core.project.now import ProjectState
from yishi.phrases.flow import say_mark

S = ProjectState
VOTE = gettext_noop("Vote on projects")
# Each step, and the states in which it is what is done now.
STEPS: tuple[tuple[str, tuple[ProjectState, ...]], ...] = (
    (gettext_noop("Screening of the wish"), ()),
    (gettext_noop("Costing"), (S.SCREENED,)),
    (gettext_noop("Talks and agreement"), (S.COSTED,)),
    (VOTE, (S.AGREED,)),
    (gettext_noop("Finding the money"), (S.CHOSEN,)),
    (gettext_noop("Construction"), (S.FUNDED, S.UNDER_WAY)),
    (gettext_noop("Acceptance of the works"), (S.BUILT,)),
    (gettext_noop("Final account review"), (S.ACCEPTED,)),
    (gettext_noop("Handing over"), (S.SETTLED,)),
)


def say_course(state: str, *, is_voted_on: bool) -> list[dict[str, str]]:
    """The steps for `pieces/step_line.html`; none of a project that was not agreed on, not voted
    for or stopped."""
    steps = [one for one in STEPS if is_voted_on or one[0] != VOTE]
    here = next((no for no, (_name, states) in enumerate(steps) if state in states), None)
    if here is None and state != S.HANDED_OVER:
        return []
    at = len(steps) if here is None else here
    return [
        {"name": _(name), "mark": mark.value, "word": say_mark(mark)}
        for no, (name, _states) in enumerate(steps)
        for mark in [Mark.DONE if no < at else Mark.HERE if no == at else Mark.TO_COME]
    ]
