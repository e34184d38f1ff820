"""What hangs out, on its pages: the sheet, the doors, comments taken up, voices not shown."""

import re
from datetime import timedelta

import pytest

from tests.acts.covenant import DESK, FIRST, covenant_hall, running, voice_of
from tests.acts.hall import COMMUNITY, OVERSEER, SECRETARY
from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import statements
from tests.web.test_topic_stages import Room
from yishi.acts.topic import doors, staging
from yishi.records.models import Building, Option, Voice

RESIDENT, GRID = "王桂英", "网格员小陈"
MOST = 12
SAID = "隔壁老李家天天打牌到半夜"
WORDED = "第一条 爱护花草树木。\n第二条 晚十点后不跳广场舞。"
CHANGED = "第一条 爱护花木。\n第二条 晚九点后不跳广场舞。"


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(covenant_hall(world, doors=True), Desk(world, at(monkeypatch)), monkeypatch)


def hung_out(room: Room, *, said: str = SAID) -> str:
    """A covenant open for comment, with one comment on it."""
    hall = room.hall
    uid = running(hall, stage="comment")
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    if said:
        hall.did(staging.comment(hall.world.ask(RESIDENT, hall.now), uid, said))
    return uid


def buildings(room: Room) -> list[str]:
    rows = Building.objects.filter(community=room.hall.world.places[COMMUNITY]).order_by("code")
    return list(rows.values_list("code", flat=True))


def test_the_sheet_holds_the_text_the_period_how_to_comment_and_its_codes(room: Room) -> None:
    hall = room.hall
    uid = running(hall, stage="comment")
    assert room.desk.browser(RESIDENT).get(f"/topics/{uid}/poster").status_code == 422
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    page = room.desk.get(RESIDENT, f"/topics/{uid}/poster")
    for told in (
        "“订立居民公约”征求意见稿",
        "柳荫社区全体居民：",
        "晚十点后不跳广场舞",
        "自2026年3月11日至2026年3月18日24:00",
        "怎样提意见",
        "柳荫社区居委会",
        f"/topics/{uid}",
        "data:image/svg",
    ):
        assert told in page, told
    assert "sheet" in room.desk.get(RESIDENT, f"/topics/{uid}/poster?paper=A3")
    assert statements(room.desk.browser(RESIDENT), f"/topics/{uid}/poster") <= MOST
    assert f"/topics/{uid}/poster" in room.desk.get(RESIDENT, f"/topics/{uid}")


def test_what_was_decided_is_on_the_sheet_of_a_notice(room: Room) -> None:
    hall = room.hall
    uid = hung_out(room, said="")
    hall.did(staging.comment(hall.world.ask(RESIDENT, hall.now), uid, "好"))
    hall.did(staging.answer_comment(hall.world.ask(DESK, hall.now), uid, voice_of(uid).uid, "谢谢"))
    for code in buildings(room):
        ask = hall.world.ask(GRID, hall.now)
        hall.did(doors.call_at_doors(ask, uid, code, "delivered"))
    hall.now += timedelta(days=8)
    hall.did(staging.end_posting(hall.world.ask(DESK, hall.now), uid))
    hall.to(uid, "announce")
    hall.did(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    page = room.desk.get(RESIDENT, f"/topics/{uid}/poster")
    assert "关于“订立居民公约”的公示" in page and "怎样提异议" in page


def test_a_comment_is_taken_up_and_the_difference_is_there_for_all(room: Room) -> None:
    uid = hung_out(room)
    voice = voice_of(uid).uid
    assert room.status(RESIDENT, uid, "take-up") == 403
    assert room.asks(DESK, uid, "take-up") <= MOST
    page = room.page(DESK, uid, "take-up")
    assert SAID in page and "晚十点后不跳广场舞" in page and "实质修改" in page
    form = {"voice": voice, "words": "采纳", "matters": "small"}
    page = room.refused(DESK, uid, "take-up", text_1=CHANGED, **form)
    assert "这不只是改字句" in page and "晚九点" in page
    answer = room.send(DESK, uid, "take-up", text_1=WORDED.replace("\n", "\r\n"), **form)
    assert answer.status_code == 302 and answer["Location"] == f"/topics/{uid}/texts"
    assert Option.objects.get(topic__uid=uid).words == WORDED
    page = room.desk.get(RESIDENT, f"/topics/{uid}/texts")
    text = re.sub(r"\s+", " ", page)
    assert '<ins><b class="what">增</b>草树</ins>' in text
    assert "第1稿 → 第2稿" in page and SAID in page and "采纳" in page
    assert statements(room.desk.browser(RESIDENT), f"/topics/{uid}/texts") <= MOST
    page = room.desk.get(RESIDENT, f"/topics/{uid}")
    assert "改过1次，看看改了哪里" in page and "已采纳" in page


def test_doors_are_counted_for_all_and_named_for_those_who_go_round(room: Room) -> None:
    uid = hung_out(room, said="")
    first, *others = buildings(room)
    assert room.status(RESIDENT, uid, "doors") == 403
    assert room.asks(GRID, uid, "doors") <= MOST
    form = {"building": first, "rooms": "1101 1102，1203", "found": "delivered", "words": ""}
    answer = room.send(GRID, uid, "doors", **form)
    assert answer.status_code == 302 and answer["Location"] == f"/topics/{uid}/doors"
    form |= {"rooms": "1305", "found": "absent", "words": "晚上再去"}
    assert room.send(GRID, uid, "doors", **form).status_code == 302
    page = room.desk.get(GRID, f"/topics/{uid}/doors")
    assert "1101 1102 1203" in page and "晚上再去" in page
    assert f"已送到1栋，共{1 + len(others)}栋" in page
    assert statements(room.desk.browser(GRID), f"/topics/{uid}/doors") <= MOST
    assert room.desk.browser(RESIDENT).get(f"/topics/{uid}/doors").status_code == 403
    page = room.desk.get(RESIDENT, f"/topics/{uid}")
    assert "上门送达：已送达 3、家中无人 1" in page
    for number in ("1101", "1203", "1305", "晚上再去"):
        assert number not in page
    room.later(9)
    room.hall.now = NOW + timedelta(days=9)
    page = room.refused(DESK, uid, "end-posting")
    assert "还有楼栋没有送到" in page
    assert f"{1 + len(others)}栋" in page and "1栋" in page


def test_a_hidden_voice_leaves_its_ground_and_not_a_word(room: Room) -> None:
    uid = hung_out(room)
    voice = voice_of(uid).uid
    desk = room.desk
    hide = f"/topics/{uid}/voices/{voice}/hide"
    assert desk.browser(RESIDENT).get(hide).status_code == 403
    assert hide in desk.get(DESK, f"/topics/{uid}")
    assert hide not in desk.get(RESIDENT, f"/topics/{uid}")
    page = desk.get(DESK, hide)
    assert SAID in page and "泄露他人个人信息" in page and "个人信息保护法" in page
    assert statements(desk.browser(DESK), hide) <= MOST
    form = {"key": "hide-1", "version": room.hall.topic(uid).version}
    assert desk.browser(DESK).post(hide, form).status_code == 422
    answer = desk.browser(DESK).post(hide, form | {"ground": "personal"})
    assert answer.status_code == 302
    for who in (RESIDENT, DESK, SECRETARY, OVERSEER):
        page = desk.get(who, f"/topics/{uid}")
        assert SAID not in page
        assert "不公开显示，理由：泄露他人个人信息" in page
        assert "有1条意见不公开显示" in page
    for address in (
        f"/topics/{uid}/texts",
        "/topics",
        "/board",
        "/search?q=老李家",
        f"/topics/{uid}/poster",
        f"/topics/{uid}/do/comment",
        "/record",
    ):
        answer = desk.browser(RESIDENT).get(address)
        assert answer.status_code == 200, address
        assert SAID not in answer.content.decode(), address
    page = desk.get(RESIDENT, "/board")
    assert "大家对议题提意见1条，其中不公开显示1条" in page and "泄露他人个人信息 1" in page
    # Whoever answers it reads it, and it is answered like any other.
    assert SAID in room.page(DESK, uid, "answer")
    room.does(DESK, uid, "answer", voice=voice, words="已转物业劝导")
    restore = f"/topics/{uid}/voices/{voice}/restore"
    assert SAID in desk.get(OVERSEER, restore)
    form = {"key": "restore-1", "version": room.hall.topic(uid).version}
    assert desk.browser(OVERSEER).post(restore, form).status_code == 302
    assert SAID in desk.get(RESIDENT, f"/topics/{uid}")
    assert Voice.objects.get(uid=voice).hidden_ground == ""


def test_a_comment_taken_up_is_not_read_by_its_words_once_hidden(room: Room) -> None:
    uid = hung_out(room)
    voice = voice_of(uid).uid
    form = {"voice": voice, "words": "采纳一半", "matters": "small", "text_1": WORDED}
    assert room.send(DESK, uid, "take-up", **form).status_code == 302
    hide = f"/topics/{uid}/voices/{voice}/hide"
    form = {"key": "hide-2", "version": room.hall.topic(uid).version, "ground": "insult"}
    assert room.desk.browser(DESK).post(hide, form).status_code == 302
    page = room.desk.get(RESIDENT, f"/topics/{uid}/texts")
    assert SAID not in page and "侮辱、诽谤他人" in page and "采纳一半" in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("打电话13812345678问问我", "13812345678"),
        ("身份证110101199003074274", "110101199003074274"),
        ("邮箱wang.gy@example.cn，电话0539-8123456", "wang.gy@example.cn、0539-8123456"),
    ],
)
def test_a_number_of_somebody_in_a_public_comment_is_pointed_out_before_it_is_sent(
    room: Room, words: str, found: str
) -> None:
    uid = hung_out(room, said="")
    page = room.refused(RESIDENT, uid, "comment", words=words)
    assert f"写有能找到人或者认出人的号码：{found}。" in page
    assert f"{words}</textarea>" in page and Voice.objects.count() == 0
    room.does(RESIDENT, uid, "comment", words=words, personal="on")
    assert Voice.objects.get().words == words


def test_a_room_or_a_price_in_a_public_comment_is_pointed_out_to_nobody(room: Room) -> None:
    uid = hung_out(room, said="")
    words = "3号楼2单元501门口，2026年要12000元"
    assert "确认可以公开" not in room.desk.get(RESIDENT, f"/topics/{uid}/do/comment")
    room.does(RESIDENT, uid, "comment", words=words)
    assert Voice.objects.get().words == words


def test_whoever_has_said_as_much_as_one_may_is_told_before_they_type(room: Room) -> None:
    uid = hung_out(room, said="")
    for no in range(10):
        room.does(RESIDENT, uid, "comment", words=f"第{no}条")
    pages = (
        room.desk.browser(RESIDENT).get(f"/topics/{uid}/do/comment").content.decode(),
        room.refused(RESIDENT, uid, "comment", words="再说一条"),
    )
    for page in pages:
        assert "您在这件事上已经提满了条数" in page
    assert Voice.objects.count() == 10
    room.does("李建国", uid, "comment", words="我也说一条")
    room.does(DESK, uid, "comment", words="替人写的", name="陈奶奶")


def test_the_draft_is_changed_beside_the_stages_with_a_reason(room: Room) -> None:
    hall = room.hall
    uid = running(hall, stage="draft")
    desk, address = room.desk, f"/topics/{uid}/change"
    assert statements(desk.browser(DESK), address) <= MOST
    assert FIRST.strip().splitlines()[0] in desk.get(DESK, address)
    form = {"key": "change-1", "version": hall.topic(uid).version, "text_1": CHANGED, "why": ""}
    assert desk.browser(DESK).post(address, form).status_code == 422
    form |= {"why": "居委会会议商定", "key": "change-2"}
    assert desk.browser(DESK).post(address, form).status_code == 302
    page = desk.get(RESIDENT, f"/topics/{uid}")
    assert "改过1次" in page and "居委会会议商定" in page


def test_the_page_of_a_topic_that_hangs_out_asks_as_seldom_as_ever(room: Room) -> None:
    uid = hung_out(room)
    for who in (RESIDENT, DESK, GRID):
        assert statements(room.desk.browser(who), f"/topics/{uid}") <= MOST
    assert statements(room.desk.browser(RESIDENT), "/board") <= MOST
