"""The account of a limit in Chinese: which days counted, which stood still, and why."""

from datetime import date

import pytest

from yishi.core.calendar import Line, Reason, Span, SpanKind
from yishi.phrases.account import say_account


@pytest.mark.parametrize(
    ("cause", "why"),
    [
        ("returned", "停表 · 退回后待重派"),
        ("disputed", "停表 · 争议裁定中"),
        ("suspended", "停表 · 中止"),
        ("merged", "停表 · 并案"),
        ("withdrawn", "停表"),
        ("", "停表"),
    ],
)
def test_a_paused_day_says_its_cause(cause: str, why: str) -> None:
    line = Line(date(2026, 3, 12), None, Reason.PAUSED, cause)
    assert say_account([line], Span(3, SpanKind.WORKING_DAY)) == [
        {"text": "2026-03-12 周四", "value": "不计", "source": why}
    ]


def test_a_day_paused_in_part_gives_its_minutes() -> None:
    line = Line(date(2026, 3, 12), 90, Reason.PAUSED, "returned")
    assert say_account([line], Span(4, SpanKind.WORKING_HOUR)) == [
        {
            "text": "2026-03-12 周四",
            "value": "用去 1小时30分",
            "source": "停表 · 退回后待重派",
        }
    ]
