"""The one door: wholly or not at all, once a key, and never past somebody else's change."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.world import NOW, World
from yishi.acts import account, report
from yishi.acts.appointment import giving
from yishi.acts.case import handling, intake
from yishi.acts.door import Done
from yishi.acts.report import Words
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.records.models import (
    Appointment,
    Asked,
    Assignment,
    Case,
    Clock,
    Entry,
    Hand,
    Link,
    Message,
    Report,
    Seal,
)

TABLES = (Asked, Assignment, Case, Clock, Entry, Hand, Link, Message, Report, Seal)


def count() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABLES}


def words(world: World, **more: object) -> Words:
    known = {"text": "井盖不见了", "building": world.buildings["柳荫1栋"].uid, **more}
    return Words(**known)  # type: ignore[arg-type]


def filed(world: World) -> Done:
    done = report.file(world.ask("王桂英"), words(world))
    assert isinstance(done, Done), done
    return done


def test_a_second_click_returns_the_first_number_and_writes_nothing(world: World) -> None:
    ask = world.ask("王桂英", key="click")
    first = report.file(ask, words(world))
    before = count()
    second = report.file(ask, words(world))
    assert isinstance(first, Done) and isinstance(second, Done)
    assert (second.number, second.again) == (first.number, True)
    assert count() == before


def test_another_persons_key_is_refused_and_tells_nothing(world: World) -> None:
    assert isinstance(report.file(world.ask("王桂英", key="k"), words(world)), Done)
    assert report.file(world.ask("李建国", key="k"), words(world)) == Refusal("key_used")


def test_a_key_used_for_one_case_does_nothing_for_another_and_says_so(world: World) -> None:
    first, second = filed(world), filed(world)
    ask = world.ask("分拨员老赵", key="refused")
    assert isinstance(intake.refuse(ask, first.uid, "emergency"), Done)
    before = count()
    assert intake.refuse(ask, second.uid, "emergency") == Refusal("key_used")
    assert count() == before
    again = intake.refuse(ask, first.uid, "emergency")
    assert isinstance(again, Done) and (again.uid, again.again) == (first.uid, True)


def test_a_key_used_to_end_one_post_does_not_end_another(world: World) -> None:
    uids = list(Appointment.objects.order_by("id").values_list("uid", flat=True)[:2])
    ask = world.ask("管理员", key="ended")
    assert isinstance(giving.end(ask, uids[0], date(2026, 4, 1)), Done)
    assert giving.end(ask, uids[1], date(2026, 4, 1)) == Refusal("key_used")
    ended = Appointment.objects.filter(until_on__isnull=False).values_list("uid", flat=True)
    assert list(ended) == uids[:1]


def test_an_act_that_makes_its_subject_returns_the_same_one_again(world: World) -> None:
    ask = world.ask(SYSTEM, key="joined")
    first = account.join(ask, "+8613700000001")
    second = account.join(ask, "+8613700000001")
    assert isinstance(first, Done) and isinstance(second, Done)
    assert (second.uid, second.again) == (first.uid, True)


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_form_without_a_usable_key_is_refused(world: World, key: str) -> None:
    ask = replace(world.ask("王桂英"), key=key)
    assert report.file(ask, words(world)) == Refusal("key_missing")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": ""}, "words_missing"),
        ({"building": "nowhere"}, "place_unknown"),
        ({"building": "", "place": ""}, "place_missing"),
        ({"channel": "x"}, "channel_unknown"),
    ],
)
def test_a_refused_act_leaves_no_trace(world: World, more: dict[str, object], code: str) -> None:
    before = count()
    said = report.file(world.ask("王桂英"), words(world, **more))
    assert isinstance(said, Refusal) and said.code == code
    assert count() == before


def test_a_stale_form_is_told_so_and_changes_nothing(world: World) -> None:
    case = filed(world)
    duty = world.duties["井盖缺失"].uid
    assert isinstance(intake.dispatch(world.ask("分拨员老赵", version=1), case.uid, duty), Done)
    before = count()
    again = intake.refuse(world.ask("分拨员老赵", version=1), case.uid, "emergency")
    assert again == Refusal("stale")
    assert count() == before


def test_nobody_acts_on_a_case_that_is_not_theirs(world: World) -> None:
    case = filed(world)
    duty = world.duties["井盖缺失"].uid
    said = intake.dispatch(world.ask("李建国"), case.uid, duty)
    assert isinstance(said, Refusal) and said.code == "not_yours"
    assert isinstance(intake.dispatch(world.ask("分拨员老赵"), case.uid, duty), Done)
    said = handling.sign(world.ask("社区小周"), case.uid)
    assert isinstance(said, Refusal) and said.code == "not_yours"


def test_a_case_that_is_not_there_is_said_to_be_not_there(world: World) -> None:
    said = intake.refuse(world.ask("分拨员老赵"), "nothing", "emergency")
    assert said == Refusal("not_found", have="case")


def test_every_open_clock_of_a_case_names_who_it_waits_for(world: World) -> None:
    case = filed(world)
    intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties["井盖缺失"].uid)
    rows = Clock.objects.filter(case__uid=case.uid).order_by("id")
    assert [(c.kind, c.state, c.assignment and c.assignment.unit.name) for c in rows] == [
        ("intake", "done", None),
        ("sign", "running", "区城市管理局"),
        ("handle", "running", "区城市管理局"),
        ("sign", "running", "区水务公司"),
        ("handle", "running", "区水务公司"),
        ("contact", "running", "区城市管理局"),
    ]


def test_a_year_without_a_calendar_leaves_the_case_filed_and_its_clock_waiting(
    world: World,
) -> None:
    late = NOW.replace(year=2031)
    done = report.file(world.ask("王桂英", now=late), words(world))
    assert isinstance(done, Done)
    case = Case.objects.get(uid=done.uid)
    assert (case.state, case.due_at, case.due_kind) == ("submitted", None, "handle")
    assert [c.state for c in case.clocks.all()] == ["waits"]


def test_filing_takes_at_most_twenty_statements(world: World) -> None:
    filed(world)
    with CaptureQueriesContext(connection) as statements:
        filed(world)
    assert len(statements) <= 20


def test_the_list_names_a_lead_nobody_may_replace(world: World) -> None:
    case = filed(world)
    other = world.bodies["区水务公司"].uid
    row = world.duties["井盖缺失"]
    said = intake.dispatch(world.ask("分拨员老赵"), case.uid, row.uid, other)
    assert said == Refusal(
        "lead_not_listed", need="区城市管理局", have="区水务公司", source="井盖缺失"
    )


@pytest.mark.parametrize(
    ("duty", "lead", "answer"),
    [
        ("楼道堆物", "", ["柳荫社区居委会"]),
        ("不明井盖", "", "lead_missing"),
        ("不明井盖", "区水务公司", ["区水务公司"]),
    ],
)
def test_a_list_that_names_nobody_in_particular_means_the_nearest_or_a_choice(
    world: World, duty: str, lead: str, answer: list[str] | str
) -> None:
    case = filed(world)
    chosen = world.bodies[lead].uid if lead else ""
    said = intake.dispatch(world.ask("分拨员老赵"), case.uid, world.duties[duty].uid, chosen)
    if isinstance(said, Refusal):
        assert said.code == answer
    else:
        rows = Assignment.objects.filter(case__uid=case.uid).order_by("id")
        assert [row.unit.name for row in rows] == answer


def test_a_unit_a_dispatcher_made_up_is_refused(world: World) -> None:
    case = filed(world)
    row = world.duties["不明井盖"].uid
    said = intake.dispatch(world.ask("分拨员老赵"), case.uid, row, "made-up")
    assert said == Refusal("unit_unknown", have="made-up")
