"""The flow chart: what every drawing holds, and where things stand in a few."""

from itertools import combinations, pairwise

import pytest

from tests.core.drawn_method import LONG, SHORT, anyhow, course, stage
from yishi.core.method.chart import lay_out
from yishi.core.method.chart_line import step_line
from yishi.core.method.chart_place import nodes_of
from yishi.core.method.chart_shape import Arrow, Box, Chart, Label, Mark
from yishi.core.method.chart_words import in_lines, width_of
from yishi.core.method.language import Edge, Procedure, StageKind

WORDS = {
    Edge.PASS: "通过",
    Edge.FAIL: "未通过",
    Edge.SETTLED: "当场解决",
    Edge.OBJECTION: "异议",
    Edge.LATE: "逾期",
    Edge.EXHAUSTED: "已达次数",
}
ANY = [SHORT, LONG, *(anyhow(seed) for seed in range(60))]
IDS = ["short", "long", *(f"any{seed}" for seed in range(60))]
Span = tuple[int, int, int, int]


@pytest.fixture(params=ANY, ids=IDS)
def procedure(request: pytest.FixtureRequest) -> Procedure:
    made: Procedure = request.param
    return made


@pytest.fixture
def chart(procedure: Procedure) -> Chart:
    notes = {one.id: ("社区居民委员会", "15个工作日") for one in procedure.stages[::2]}
    return lay_out(procedure, words=WORDS, notes=notes)


def around(one: Box | Label) -> Span:
    """Left, top, right, foot."""
    return (one.x, one.y, one.x + one.width, one.y + one.height)


def lines(arrow: Arrow) -> list[Span]:
    """The straight parts of an arrow."""
    return [
        (min(x, u), min(y, v), max(x, u), max(y, v)) for (x, y), (u, v) in pairwise(arrow.points)
    ]


def meet(one: Span, other: Span) -> bool:
    """Whether the insides of two rectangles, or a line and an inside, share a point."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lie_on(one: Span, other: Span) -> bool:
    """Whether two lines run over one another for any length; crossing is none."""
    if one[0] == one[2] == other[0] == other[2]:
        return one[1] < other[3] and other[1] < one[3]
    if one[1] == one[3] == other[1] == other[3]:
        return one[0] < other[2] and other[0] < one[2]
    return False


def test_no_two_boxes_overlap(chart: Chart) -> None:
    for one, other in combinations(chart.boxes, 2):
        assert not meet(around(one), around(other)), (one.id, other.id)


def test_words_at_an_arrow_lie_over_no_box_no_line_and_no_other_words(chart: Chart) -> None:
    for arrow in chart.arrows:
        words = around(arrow.label)
        for box in chart.boxes:
            assert not meet(words, around(box)), (arrow.label, box.id)
        for other in chart.arrows:
            assert not any(meet(words, line) for line in lines(other)), (arrow, other)
            assert other is arrow or not meet(words, around(other.label)), (arrow, other)


def test_arrows_turn_at_right_angles_and_begin_and_end_at_borders(chart: Chart) -> None:
    for arrow in chart.arrows:
        for (x, y), (u, v) in pairwise(arrow.points):
            assert (x == u) != (y == v), arrow
        for id, (x, y) in ((arrow.source, arrow.points[0]), (arrow.target, arrow.points[-1])):
            box = chart.box(id)
            beside = x in (box.x, box.right) and box.y < y < box.bottom
            above = y in (box.y, box.bottom) and box.x < x < box.right
            assert beside or above, (arrow, box)


def test_no_arrow_runs_over_a_box_or_another_arrow(chart: Chart) -> None:
    for arrow in chart.arrows:
        for box in chart.boxes:
            assert not any(meet(line, around(box)) for line in lines(arrow)), (arrow, box)
    for one, other in combinations(chart.arrows, 2):
        for line in lines(one):
            assert not any(lie_on(line, its) for its in lines(other)), (one, other)


def test_everything_is_on_the_sheet(chart: Chart) -> None:
    spans = [around(box) for box in chart.boxes]
    spans += [around(arrow.label) for arrow in chart.arrows]
    spans += [line for arrow in chart.arrows for line in lines(arrow)]
    assert min(min(span[:2]) for span in spans) > 0
    assert max(span[2] for span in spans) < chart.width
    assert max(span[3] for span in spans) < chart.height


def test_names_have_room_and_at_most_two_lines(chart: Chart) -> None:
    for box in chart.boxes:
        assert 1 <= len([line for line in box.lines if not line.small]) <= 2
        for line in box.lines:
            assert width_of(line.words, 16 if line.small else 18) < box.width
            assert box.y < line.y < box.bottom


def test_the_same_procedure_is_drawn_the_same(procedure: Procedure) -> None:
    assert lay_out(procedure, words=WORDS) == lay_out(procedure, words=WORDS)


def test_every_stage_and_end_has_its_box_and_every_leading_its_arrow(procedure: Procedure) -> None:
    chart = lay_out(procedure, words=WORDS)
    assert [box.id for box in chart.boxes] == [node.id for node in nodes_of(procedure)]
    drawn = {(a.source, edge, a.target) for a in chart.arrows for edge in a.edges}
    assert drawn == {(s.id, edge, to) for s in procedure.stages for edge, to in s.to.items()}


def test_the_main_line_goes_straight_down_in_the_order_of_passing() -> None:
    chart = lay_out(LONG, words=WORDS)
    main = [
        "collect", "screen", "confer", "review", "comment", "vote",
        "notice", "carry", "accept", "tell", "appraise", "done",
    ]  # fmt: skip
    boxes = [chart.box(id) for id in main]
    assert {box.middle for box in boxes} == {boxes[0].middle}
    assert [box.y for box in boxes] == sorted(box.y for box in boxes)
    assert all(chart.box(id).x > boxes[0].right for id in ("close", "drop", "stop", "stopped"))


def test_the_only_way_on_needs_no_words() -> None:
    words = {(a.source, a.target): a.label.words for a in lay_out(SHORT, words=WORDS).arrows}
    assert words == {
        ("collect", "meet"): "",
        ("meet", "collect"): "未通过",
        ("meet", "tell"): "通过、当场解决",
        ("tell", "done"): "",
    }


def test_arrows_back_run_on_the_left() -> None:
    chart = lay_out(LONG, words=WORDS)
    back = {(a.source, a.target): a for a in chart.arrows if a.is_back}
    assert set(back) == {
        ("confer", "collect"),
        ("review", "confer"),
        ("vote", "confer"),
        ("notice", "confer"),
        ("carry", "vote"),
        ("accept", "carry"),
        ("appraise", "appraise"),
    }
    left = chart.box("collect").x
    assert all(x <= left for arrow in back.values() for x, _y in arrow.points)
    assert back["vote", "confer"].label.words == "未通过、逾期"


def test_what_was_done_where_a_topic_stands_and_what_is_to_come() -> None:
    chart = lay_out(SHORT, here="meet", visited={"collect": 2, "meet": 2})
    assert [(box.mark, box.times) for box in chart.boxes] == [
        (Mark.DONE, 2),
        (Mark.HERE, 2),
        (Mark.TO_COME, 0),
        (Mark.TO_COME, 0),
    ]
    assert {box.mark for box in lay_out(SHORT).boxes} == {Mark.NONE}


def test_numbers_are_those_of_the_procedure_and_an_end_has_none() -> None:
    assert [box.number for box in lay_out(SHORT).boxes] == [1, 2, 3, 0]
    assert lay_out(SHORT).box("collect").lines[0].words == "1 收集"


def test_what_leads_nowhere_has_no_arrow() -> None:
    broken = course("断", (stage("a", StageKind.PUBLISH, "公布", **{"pass": "gone"}),), done="完")
    chart = lay_out(broken)
    assert chart.arrows == ()
    assert len(chart.boxes) == 2


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("验收", ("验收",)),
        ("居民代表会议或者居民会议决议", ("居民代表会议或者", "居民会议决议")),
        ("公布不予受理的理由和依据。", ("公布不予受理的", "理由和依据。")),
        ("Residents' representatives decide", ("Residents'", "representatives…")),
        ("一二三四五六七八九十" * 3, ("一二三四五六七八九十", "一二三四五六七八九…")),
    ],
)
def test_a_name_is_broken_once_where_it_may(words: str, lines: tuple[str, ...]) -> None:
    assert in_lines(words, 18, 180) == lines


def test_the_line_of_a_topic_is_what_it_came_through_and_what_lies_before_it() -> None:
    came = {"collect": 2, "screen": 2, "confer": 2, "review": 1}
    assert step_line(LONG, "confer", came)[:5] == (
        ("collect", Mark.DONE),
        ("screen", Mark.DONE),
        ("confer", Mark.HERE),
        ("review", Mark.TO_COME),
        ("comment", Mark.TO_COME),
    )


def test_the_line_of_a_topic_beside_the_main_line_leads_to_its_own_end() -> None:
    assert step_line(LONG, "close", {"collect": 1, "screen": 1, "close": 1}) == (
        ("collect", Mark.DONE),
        ("screen", Mark.DONE),
        ("close", Mark.HERE),
        ("closed", Mark.TO_COME),
    )


def test_the_line_of_no_topic_is_the_main_line() -> None:
    assert step_line(SHORT, "", {}) == tuple(
        (id, Mark.NONE) for id in ("collect", "meet", "tell", "done")
    )
