"""The demo's own files: they hold together before a single act is asked for."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from yishi.core.calendar import Calendar
from yishi.demo.district import handlers, sheet
from yishi.demo.ending import AXES
from yishi.demo.moments import Moments
from yishi.demo.story import stories
from yishi.demo.topics.read import subjects
from yishi.demo.topics.steps import ACTS
from yishi.rulebook.kinds import office_hours
from yishi.rulebook.kinds.duties import duty_rows
from yishi.rulebook.load import load_bundle
from yishi.rulebook.shipped import shipped

LIST = Path(handlers.__code__.co_filename).parent / "duties" / "demo.toml"


def test_the_responsibility_list_covers_every_owner_of_a_manhole_cover() -> None:
    rows = duty_rows(load_bundle(LIST))
    covers = {row.minor: row.lead for row in rows if row.major == "井盖"}
    assert len(rows) >= 70
    assert covers == {
        "上水井盖": "清河水务有限公司",
        "污水井盖": "区市政设施管理处",
        "雨水井盖、雨水箅子": "区市政设施管理处",
        "电力井盖": "清河供电公司",
        "通信井盖": "清河通信管线有限公司",
        "权属不明井盖": "区城市管理局",
        "小区内井盖": "街道办事处",
    }
    assert all(row.basis and row.standard and row.promise for row in rows)


def test_the_list_is_loaded_by_the_demo_alone() -> None:
    assert "duties" not in {bundle.kind for bundle in shipped()}


def test_every_body_that_leads_has_somebody_who_handles() -> None:
    bodies = {row["名称"]: row["编码"] for row in sheet("bodies")}
    named = {row.lead for row in duty_rows(load_bundle(LIST))} & set(bodies)
    assert {bodies[name] for name in named} <= set(handlers())


def test_an_estate_has_neither_property_firm_nor_owners_committee() -> None:
    estates = {row["名称"]: row["编码"] for row in sheet("groupings") if row["类别"] == "小区"}
    served = {row["小区编码"] for row in sheet("bodies") if row["小区编码"]}
    assert estates["锦绣里"] not in served
    assert estates["柳荫苑"] in served


def test_nobody_says_the_same_twice() -> None:
    words = Counter(story.words for story in stories())
    assert [text for text, times in words.items() if times > 1] == []
    assert 150 <= len(words) <= 230


def test_a_rating_has_a_star_for_each_axis() -> None:
    stars = {rated.stars for story in stories() for rated in story.ratings}
    assert {len(four) for four in stars} == {len(AXES)}
    assert set("".join(stars)) <= set("12345")


def test_each_reason_of_refusal_has_its_story() -> None:
    assert {story.refuse for story in stories() if story.refuse} == {
        "emergency",
        "statutory",
        "repeated",
        "private",
        "out_of_scope",
        "unlawful",
    }


def test_a_topic_is_told_in_the_order_of_its_moments() -> None:
    now = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    moments = Moments(now, Calendar({}, ZoneInfo("Asia/Shanghai"), office_hours()), "")
    for subject in subjects():
        at = [moments.filed(step.at) for step in subject.steps]
        assert at == sorted(at), subject.title
        assert at[-1] < now, subject.title
        assert {step.do for step in subject.steps} <= set(ACTS), subject.title
