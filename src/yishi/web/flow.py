"""What the pieces `flow.html` and `step_line.html` show of a procedure, with or without a topic."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yishi.core.method.chart import lay_out
from yishi.core.method.chart_line import step_line
from yishi.core.method.chart_place import nodes_of
from yishi.core.method.chart_shape import Chart
from yishi.core.method.chart_words import SMALL
from yishi.core.method.language import Edge, Method, Procedure
from yishi.phrases.flow import (
    note_of,
    say_arrow,
    say_how_long,
    say_leader,
    say_mark,
    say_onward,
)
from yishi.phrases.rule import say_text
from yishi.web.office import table


def flow_of(
    method: Method,
    procedure: Procedure,
    here: str = "",
    visited: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """The chart of a procedure and the same as a table, and its step line.

    `here`: the stage or end a topic stands at; `visited`: how often it has been where. For
    `pieces/flow.html` as `flow`, for `pieces/step_line.html` as `flow` too.
    """
    been = visited or {}
    chart = lay_out(
        procedure,
        here=here,
        visited=been,
        words={edge: say_arrow(edge) for edge in Edge},
        notes={stage.id: note_of(stage) for stage in procedure.stages},
        language=get_language() or "",
    )
    name = say_text(procedure.name)
    return {
        "id": f"{method.id}-{procedure.id}",
        "name": name,
        "chart": chart,
        "view_box": f"0 0 {chart.width} {chart.height}",
        # In the size of small words, so that the drawing grows with them.
        "width": _ems(chart.width),
        "height": _ems(chart.height),
        "is_marked": bool(here or been),
        "table": _steps(procedure, chart),
        "has_ended": here in {end.id for end in procedure.ends},
        "line": line_of(procedure, here, been),
        "line_name": _("Steps of %(procedure)s") % {"procedure": name},
    }


def line_of(procedure: Procedure, here: str, visited: Mapping[str, int]) -> list[dict[str, str]]:
    """The step line: each step's name, its mark and what the mark says."""
    names = {one.id: say_text(one.name) for one in nodes_of(procedure)}
    ends = {end.id for end in procedure.ends}
    return [
        {
            "name": names[id],
            "mark": mark.value,
            "word": say_mark(mark, visited.get(id, 0) if id == here else 0, is_end=id in ends),
        }
        for id, mark in step_line(procedure, here, visited)
    ]


def _ems(units: int) -> str:
    return f"{units / SMALL:.2f}em"


def _steps(procedure: Procedure, chart: Chart) -> dict[str, Any]:
    """The text that says what the drawing says."""
    labels = [_("The step"), _("Who leads it"), _("How long it takes"), _("Where to then")]
    marked = any(box.mark for box in chart.boxes)
    rows = []
    for number, stage in enumerate(procedure.stages, 1):
        box = chart.box(stage.id)
        row = [
            f"{number} {say_text(stage.name)}",
            say_leader(stage),
            say_how_long(stage),
            say_onward(stage, procedure),
        ]
        rows.append([*row, say_mark(box.mark, box.times)] if marked else row)
    caption = _("The steps of %(procedure)s one by one") % {"procedure": say_text(procedure.name)}
    return table(caption, [*labels, _("How far it is")] if marked else labels, rows)
