"""一事一档 of a topic: the public edition names nobody, the whole one is noted."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acts.hall import DESK, OVERSEER, SECRETARY, make_hall
from tests.acts.test_topic_carrying import (
    CALLER,
    HANDLER,
    SCHOOL,
    accepting,
    back,
    call,
    carrying_out,
)
from tests.acts.world import World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import statements
from tests.web.test_topic_stages import RESIDENT, Room
from yishi.acts.topic import carrying
from yishi.core.method.language import Paper
from yishi.records.models import Audit, Entry, Passage, TopicPaper, TopicTask, Voice
from yishi.rulebook.shipped import shipped_bundle
from yishi.tlog.excerpt import verify_excerpt

MOST = 26
HIDDEN = "骂人的话"


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "c4321"), Desk(world, at(monkeypatch)), monkeypatch)


@pytest.fixture
def told(room: Room) -> str:
    """A topic on its way to acceptance, with comments, a part, a look refused and calls back."""
    uid = accepting(room.hall)
    notice = Passage.objects.filter(topic__uid=uid, kind="notice").first()
    assert notice is not None
    w, now = room.hall.world, room.hall.now
    voice = {"passage": notice, "kind": "objection", "at": now}
    Voice.objects.create(uid=w.uid(), words="报价太高", name="六楼老孙", answer="三家比过", **voice)
    hidden = {"hidden_at": now, "hidden_ground": "insult"}
    Voice.objects.create(uid=w.uid(), words=HIDDEN, **voice, **hidden)
    said = {"score": "dissatisfied", "name": "三楼老李", "words": "夜里还响，电话13912345678"}
    assert not hasattr(back(room.hall, uid, **said), "need")
    return uid


def unpacked(room: Room, who: str, address: str) -> dict[str, bytes]:
    answer: Any = room.desk.browser(who).get(address)
    assert answer.status_code == 200, answer.status_code
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return {name: packed.read(name) for name in packed.namelist()}


def read(room: Room, who: str, address: str) -> str:
    answer: Any = room.desk.browser(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content).decode()


def test_the_public_page_has_every_stage_its_numbers_and_its_rule(room: Room, told: str) -> None:
    page = read(room, RESIDENT, f"/topics/{told}/dossier")
    method = shipped_bundle("methods", "c4321")
    stages = Passage.objects.filter(topic__uid=told)
    for stage in stages:
        assert stage.name["zh"] in page
    assert page.count(stages[0].method.sha256) == stages.count() + 1
    assert method.sha256 != stages[0].method.sha256  # the version it goes by is a newer one
    for shown in (
        "报价太高",
        "三家比过",
        "物业公司维修",
        "区水务公司",
        "装好了",
        "联系上1人",
        "侮辱、诽谤他人",
    ):
        assert shown in page


@pytest.mark.parametrize("end", ["dossier", "dossier.zip"])
def test_the_public_edition_names_no_private_person(room: Room, told: str, end: str) -> None:
    address = f"/topics/{told}/{end}"
    for who in (RESIDENT, DESK):
        if end == "dossier":
            everything = read(room, who, address)
        else:
            parts = unpacked(room, who, address)
            everything = " ".join(
                name + body.decode(errors="replace") for name, body in parts.items()
            )
        for secret in ("六楼老孙", "三楼老李", "夜里还响", "13912345678", HIDDEN, "王桂英"):
            assert secret not in everything, (who, secret)


def test_papers_that_may_hold_names_are_told_of_and_not_in_the_public_edition(
    room: Room, told: str
) -> None:
    rows = TopicPaper.objects.filter(passage__topic__uid=told)
    rows.filter(kind=Paper.MINUTES).update(file=rows[0].file)
    public = unpacked(room, RESIDENT, f"/topics/{told}/dossier.zip")
    whole = unpacked(room, OVERSEER, f"/topics/{told}/dossier-whole.zip")
    assert not any("会议记录" in name for name in public)
    assert len([one for one in whole if one.startswith("材料/")]) >= 1
    assert "目录.html" in public and "样式.css" in public


def test_the_words_of_a_stage_that_is_not_public_stay_out(room: Room, told: str) -> None:
    passage = Passage.objects.filter(topic__uid=told).order_by("no")[1]
    Passage.objects.filter(pk=passage.pk).update(is_public=False, words="谁和谁吵了架")
    assert "谁和谁吵了架" not in read(room, RESIDENT, f"/topics/{told}/dossier")
    assert "谁和谁吵了架" in read(room, SECRETARY, f"/topics/{told}/dossier/whole")


@pytest.mark.parametrize("who", [DESK, SECRETARY, OVERSEER, "督查员老冯", "街道主任", "审计员"])
def test_those_who_watch_over_it_have_it_whole_and_it_is_noted(
    room: Room, told: str, who: str
) -> None:
    page = read(room, who, f"/topics/{told}/dossier/whole")
    for name in ("六楼老孙", "三楼老李", HIDDEN):
        assert name in page
    noted = Audit.objects.get(what="topic.dossier")
    assert (noted.person, noted.subject) == (room.hall.world.people[who], told)


@pytest.mark.parametrize("who", [RESIDENT, HANDLER, SCHOOL, CALLER, "管理员"])
def test_others_do_not(room: Room, told: str, who: str) -> None:
    for end in ("dossier/whole", "dossier-whole.zip"):
        assert room.desk.browser(who).get(f"/topics/{told}/{end}").status_code in (403, 404)
    assert not Audit.objects.filter(what="topic.dossier").exists()


def test_every_entry_is_in_the_record_files(room: Room, told: str) -> None:
    parts = unpacked(room, RESIDENT, f"/topics/{told}/dossier.zip")
    record = json.loads(parts["record 001.json"])
    entries = Entry.objects.filter(subject_uid=told).count()
    assert len(record["entries"]) + len(record["pending"]) == entries
    report = verify_excerpt(parts["record 001.json"], lambda *signed: None)
    assert report is not None


def test_it_asks_as_often_for_a_hundred_voices_as_for_two(room: Room, told: str) -> None:
    address = f"/topics/{told}/dossier"

    def asked() -> int:
        browser = room.desk.browser(RESIDENT)
        return statements_of(browser, address)

    few = asked()
    notice = Passage.objects.filter(topic__uid=told, kind="notice")[0]
    w, now = room.hall.world, room.hall.now
    Voice.objects.bulk_create(
        Voice(uid=w.uid(), passage=notice, kind="objection", words=f"意见{n}", at=now)
        for n in range(100)
    )
    assert asked() == few
    assert few <= MOST


def statements_of(browser: object, address: str) -> int:
    """How often the whole page asks, read to its end."""
    with CaptureQueriesContext(connection) as caught:
        answer = browser.get(address)  # type: ignore[attr-defined]
        b"".join(answer.streaming_content)
    return len(caught)


# Late topics


def test_what_is_late_stands_on_the_public_page_and_the_officers_first_screen(room: Room) -> None:
    uid = carrying_out(room.hall)
    assert not hasattr(call(room.hall, uid), "need")
    task = TopicTask.objects.get()
    answer = carrying.answer_call(
        room.hall.world.ask(SCHOOL, room.hall.now), uid, task.uid, yes=True
    )
    assert not isinstance(answer, type(None))
    page = room.desk.get(RESIDENT, "/topics/late")
    assert "没有超期的" in page
    room.later(120)
    page = room.desk.get(RESIDENT, "/topics/late")
    for shown in ("老楼加装电梯", "柳荫小学", "居委会", "超期的协办", "主办：区水务公司"):
        assert shown in page
    first = room.desk.get("督查员老冯", "/work")
    assert "超期的议题和协办" in first and "老楼加装电梯" in first
    assert "/topics/late" in room.desk.get(RESIDENT, "/board")
    assert statements(room.desk.browser(RESIDENT), "/topics/late") <= 12
