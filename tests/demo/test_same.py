"""Told twice as of the same moment, the demo is the same."""

from typing import Any

from tests.demo.conftest import MOMENTS, tell
from yishi.demo.seed import seed
from yishi.records.models import Case, Clock, Entry, Rating, Report


def content() -> list[Any]:
    """What people see of it, without the database's own keys."""
    return [
        list(Case.objects.order_by("number").values_list("uid", "number", "state", "due_at")),
        list(Report.objects.order_by("number").values_list("number", "words", "answer")),
        list(Rating.objects.order_by("rated_at", "uid").values_list("uid", "words", "speed")),
        list(Clock.objects.order_by("uid").values_list("uid", "state", "due_at", "ended_at")),
        list(Entry.objects.order_by("id").values_list("uid", "code", "at", "role", "params")),
    ]


def test_the_same_moment_tells_the_same(db: None) -> None:
    now, found = MOMENTS["wednesday"], []
    for _turn in range(2):
        telling = tell(now, lambda: seed(now, every=8))
        next(telling)
        found.append(content())
        next(telling, None)
    assert found[0] == found[1]
