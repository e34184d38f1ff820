"""民主评议: an item that is no topic keeps its scores with the meeting. Source: practice C6."""

from datetime import UTC, datetime

import pytest

from tests.acts.hall import DESK, Hall, make_hall
from tests.acts.test_meeting import TALK, called, code_of, items_of, opened
from tests.acts.world import World
from yishi.acts.meeting import agenda, minutes, sitting
from yishi.acts.meeting.asked import ItemAsk
from yishi.records.models import Entry


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi", "c4321")


def test_an_appraisal_on_no_topic_keeps_its_scores_with_the_meeting(hall: Hall) -> None:
    w = hall.world
    day = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
    two = (ItemAsk("两委一年的工作"), ItemAsk("物业一年的服务"))
    row = called(hall, title="年终评议", form="appraisal", rhythm="", starts_at=day, items=two)
    opened(hall, row)
    for name in ("李大爷", "赵阿姨"):
        hall.did(sitting.sign_in_for(w.ask(DESK, day), row.uid, name=name))
    first, second = items_of(row)

    def scored(uid: str, *scores: int) -> str:
        ask = w.ask(DESK, day)
        return code_of(agenda.settle_item(ask, uid, "报告听过了", scores=scores))  # type: ignore[arg-type]

    assert scored(first.uid, 3, 1, 0) == "scores_wrong"  # three have signed in
    assert scored(first.uid, 0, 0, 0) == "scores_wrong"
    assert scored(first.uid, 2, -1, 1) == "scores_wrong"
    assert scored(first.uid, 1, 1, 1) == ""
    assert scored(first.uid, 1, 1, 1) == "item_done"
    hall.did(agenda.settle_item(w.ask(DESK, day), second.uid, "物业没有来，下次再评"))
    told = Entry.objects.get(subject_uid=row.uid, code="meeting.item_ended", params__no=1)
    assert {name: told.params[name] for name in ("satisfied", "basically", "dissatisfied")} == {
        "satisfied": 1, "basically": 1, "dissatisfied": 1,
    }  # fmt: skip
    hall.did(minutes.close(w.ask(DESK, day), row.uid))
    row.refresh_from_db()
    assert row.counted["scores"] == {"1": {"satisfied": 1, "basically": 1, "dissatisfied": 1}}
    assert row.counted["people"] == {"all": 3}


def test_only_an_appraisal_is_scored(hall: Hall) -> None:
    row = called(hall)
    opened(hall, row)
    ask = hall.world.ask(DESK, TALK)
    refused = agenda.settle_item(ask, items_of(row)[0].uid, "装总表", scores=(1, 0, 0))
    assert code_of(refused) == "not_scored"
