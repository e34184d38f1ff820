"""Marks, tracks and sparks: ready SVG, escaped, and never outside its frame."""

import re

import pytest

from yishi.web.templatetags.course import course, round_top
from yishi.web.templatetags.yishi import mark, spark, track


def test_a_mark_points_into_the_sprite_and_is_silent_to_a_reader() -> None:
    drawn = mark("clock", "small")
    assert 'class="mark small"' in drawn
    assert 'marks.svg#clock"' in drawn
    assert 'aria-hidden="true"' in drawn


def test_no_name_draws_nothing() -> None:
    assert mark("") == ""


@pytest.mark.parametrize(
    ("share", "width"),
    [(0, "0%"), (None, "0%"), (-3, "0%"), (33.4, "33.4%"), (100, "100%"), (130, "100%")],
)
def test_a_track_is_filled_to_its_share(share: float | None, width: str) -> None:
    assert f'<rect width="{width}"' in track(share)


@pytest.mark.parametrize("values", [[5], [0, 0, 0], [1, 2, 3, 4], list(range(60))])
def test_a_spark_keeps_within_its_frame_and_marks_the_last(values: list[float]) -> None:
    drawn = spark(values)
    bars = [
        (float(x), float(y), float(width), float(height))
        for x, y, width, height in re.findall(
            r'x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawn
        )
    ]
    assert len(bars) == len(values)
    assert all(x + width <= 100.02 and y + height <= 40.02 for x, y, width, height in bars)
    assert drawn.count("opacity") == len(values) - 1


def test_a_spark_of_nothing_is_nothing() -> None:
    assert spark([]) == ""


def test_a_name_cannot_break_out_of_its_attribute() -> None:
    assert '"><script' not in mark('x"><script')


def points(*values: tuple[str, int, int]) -> list[dict[str, object]]:
    return [{"mark": mark, "value": value, "earlier": earlier} for mark, value, earlier in values]


@pytest.mark.parametrize(
    ("value", "top"),
    [(1, 1), (2, 2), (3, 4), (5, 6), (7, 10), (10, 10), (11, 20), (61, 100), (5925, 6000)],
)
def test_a_course_ends_at_a_round_number(value: int, top: int) -> None:
    assert round_top(value) == top


def test_a_course_has_two_lines_where_there_was_a_year_before_and_else_one() -> None:
    both = course(points(("1月", 3, 1), ("2月", 5, 4)), "收到的件")
    assert (both.count('class="now"'), both.count('class="past"')) == (1, 1)
    alone = course(points(("1月", 3, 0), ("2月", 5, 0)), "收到的件")
    assert (alone.count('class="now"'), alone.count('class="past"')) == (1, 0)
    assert 'role="img" aria-label="收到的件"' in alone


@pytest.mark.parametrize("many", [1, 2, 36, 62])
def test_a_course_keeps_within_its_frame_and_names_its_last_period(many: int) -> None:
    drawn = course(points(*((f"<{n}>", n, many - n) for n in range(many))), "")
    for across in re.findall(r'(?:x|x1|x2|cx)="([\d.]+)%"', drawn):
        assert 0 <= float(across) <= 100
    for down in re.findall(r'(?:y|y1|y2|cy)="([\d.]+)"', drawn):
        assert 0 <= float(down) <= 220
    assert f"&lt;{many - 1}&gt;</text>" in drawn
    assert drawn.count("&lt;") <= 4 + 1
    assert "style" not in drawn


def test_no_periods_draw_nothing() -> None:
    assert course([], "") == ""
