"""Marks, tracks and sparks: ready SVG, escaped, and never outside its frame."""

import re

import pytest

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
