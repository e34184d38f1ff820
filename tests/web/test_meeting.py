"""The pages of meetings: calling one, its public page, the desk's one screen, signing in."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.hall import DESK, SECRETARY, Hall, make_hall
from tests.acts.world import NOW, World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from yishi.acts.door import Done
from yishi.acts.meeting import calling, sitting
from yishi.acts.meeting.asked import Called, Guest, ItemAsk
from yishi.core.person import Role
from yishi.core.place import BodyKind
from yishi.jobs.tick import Ticker
from yishi.records.models import AgendaItem, Attendance, Invitee, Meeting, MeetingPaper
from yishi.web.account.door import LIMITS

TALK = datetime(2026, 4, 10, 7, 0, tzinfo=UTC)
RESIDENT = "王桂英"
MOST = 12


class Room:
    """A hall, a meeting in it, and everybody's browsers."""

    def __init__(self, hall: Hall, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.hall, self.desk, self.patch = hall, desk, patch

    def at(self, moment: datetime) -> None:
        """It is that moment now, for everybody."""
        self.hall.now = self.desk.now = at(self.patch, moment)
        self.desk.browsers.clear()

    def call(self, **more: Any) -> str:
        """A talk with two items, one guest by name and a unit; its uid."""
        w = self.hall.world
        given: dict[str, Any] = {
            "title": "四月居民恳谈日",
            "where": "居民议事厅二楼",
            "starts_at": TALK,
            "rhythm": "talk_day",
            "items": (ItemAsk("一户一表改造"), ItemAsk("楼道照明")),
            "guests": (Guest(body=w.bodies["区水务公司"].uid), Guest(name="代表钱大姐")),
        }
        body = w.bodies["柳荫社区居委会"].uid
        ask = w.ask(DESK, self.hall.now)
        done = calling.call(ask, w.places["柳荫社区"].uid, body, Called(**(given | more)))
        return self.hall.did(done).uid

    def row(self, uid: str) -> Meeting:
        """The meeting as it is now."""
        return Meeting.objects.get(uid=uid)

    def items(self, uid: str) -> list[AgendaItem]:
        """Its items, in order."""
        return list(AgendaItem.objects.filter(meeting__uid=uid).order_by("no"))

    def send(self, who: str, address: str, /, **fields: Any) -> Any:
        """What the server answers to a form, of the page as it stands now."""
        self.desk.keys += 1
        if address.endswith(("/do/minutes", "/do/sign-off")):
            fields.setdefault("version", self.row(address.split("/")[2]).version)
        return self.desk.browser(who).post(address, {"key": f"form-{self.desk.keys}", **fields})

    def does(self, who: str, address: str, /, **fields: Any) -> None:
        """Does an act by its form, which must succeed."""
        answer = self.send(who, address, **fields)
        assert answer.status_code == 302, answer.content.decode()[-3000:]

    def refused(self, who: str, address: str, /, **fields: Any) -> str:
        """The page after a form that is refused."""
        answer = self.send(who, address, **fields)
        assert answer.status_code == 422, answer.status_code
        return str(answer.content.decode())

    def sitting(self) -> str:
        """A meeting that sits, with a resident signed in."""
        uid = self.call()
        self.at(TALK)
        self.does(RESIDENT, f"/in/{self.row(uid).code}/here")
        self.does(DESK, f"/meetings/{uid}/do/open")
        return uid

    def closed(self) -> str:
        """A meeting that is over: one item settled, one on the dated list."""
        uid = self.sitting()
        one, two = self.items(uid)
        self.does(DESK, f"/meetings/{uid}/items/{one.uid}/settle", words="本周装表")
        unit = self.hall.world.bodies["区水务公司"].uid
        listed = {"unit": unit, "due_on": "2026-04-30", "words": "四月底修好"}
        self.does(DESK, f"/meetings/{uid}/items/{two.uid}/list", **listed)
        self.does(DESK, f"/meetings/{uid}/do/close")
        return uid


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    hall = make_hall(world, "siyi", "c4321")
    world.appoint("社区小马", Role.COMMUNITY_DESK, "石桥社区")
    return Room(hall, Desk(world, at(monkeypatch)), monkeypatch)


def test_the_list_proposes_what_the_rhythm_asks_and_says_what_is_called(room: Room) -> None:
    place = room.hall.world.places["柳荫社区"].code
    page = room.desk.get(DESK, f"/meetings?place={place}")
    assert "还没召集" in page and "rhythm=talk_day" in page
    assert "rhythm=talk_day" not in room.desk.get(RESIDENT, f"/meetings?place={place}")
    room.call()
    page = room.desk.get(RESIDENT, f"/meetings?place={place}")
    assert "四月居民恳谈日" in page
    assert "四月居民恳谈日" in room.desk.get(RESIDENT, f"/meetings?place={place}&period=coming")
    assert "四月居民恳谈日" not in room.desk.get(RESIDENT, f"/meetings?place={place}&form=hearing")
    assert room.desk.browser(RESIDENT).get("/meetings.xlsx").status_code == 200


def test_calling_shows_the_sum_of_the_notice_before_it_is_sent(room: Room) -> None:
    w = room.hall.world
    place, body = w.places["柳荫社区"].code, w.bodies["柳荫社区居委会"].uid
    address = f"/meetings/new?place={place}&rhythm=talk_day&on=2026-04-10"
    page = room.desk.get(DESK, address)
    assert "2026-04-10" in page and "居民恳谈日" in page
    form = {
        "place": place,
        "rhythm": "talk_day",
        "title": "四月居民恳谈日",
        "form": "talk",
        "body": body,
        "on": "2026-04-10",
        "at": "15:00",
        "until": "17:00",
        "where": "居民议事厅",
        "more": "1．一户一表改造\n2、楼道照明",
        "guests": "代表钱大姐",
        "urgent": "",
        "words": "",
    }
    answer = room.send(DESK, "/meetings/new", **form)
    page = answer.content.decode()
    assert answer.status_code == 200 and Meeting.objects.count() == 0
    assert "发出通知" in page and "2026年4月10日15:00" in page and "够" in page
    room.does(DESK, "/meetings/new", **form, send="yes")
    row = Meeting.objects.get()
    assert (row.rhythm, row.where, row.starts_at) == ("talk_day", "居民议事厅", TALK)
    assert [one.title for one in room.items(row.uid)] == ["一户一表改造", "楼道照明"]
    assert Invitee.objects.filter(meeting=row, body=None).count() == 1


def test_a_line_keeps_the_number_of_a_building_and_none_is_dropped(room: Room) -> None:
    w = room.hall.world
    form = {
        "place": w.places["柳荫社区"].code,
        "title": "四月居民恳谈日",
        "form": "talk",
        "body": w.bodies["柳荫社区居委会"].uid,
        "on": "2026-04-10",
        "at": "15:00",
        "where": "居民议事厅",
        "more": "1．3号楼电梯\n2、 3.5万元公益金\n3.5万元怎么用\n12）楼道照明",
        "send": "yes",
    }
    page = room.refused(DESK, "/meetings/new", **form | {"guests": "代表" * 21})
    assert "每行最多40字，“代表代表代表代表代表…”这一行有42字" in page
    page = room.refused(DESK, "/meetings/new", **form | {"more": "楼道照明\n" * 31})
    assert "最多30行，现在有31行" in page
    room.does(DESK, "/meetings/new", **form, guests="钱大姐" * 13)
    row = Meeting.objects.get()
    assert [one.title for one in room.items(row.uid)] == [
        "3号楼电梯",
        "3.5万元公益金",
        "3.5万元怎么用",
        "楼道照明",
    ]
    assert Invitee.objects.get(meeting=row, body=None).name == "钱大姐" * 13


def test_a_meeting_for_a_stage_is_called_from_its_topic_and_keeps_its_terms(room: Room) -> None:
    w = room.hall.world
    place, uid = w.places["柳荫社区"].code, room.hall.raise_("三楼漏水")
    room.hall.take_up(uid, "siyi", "minor")
    address = f"/meetings/new?place={place}&topic={uid}"
    assert address.replace("&", "&amp;") in room.desk.get(DESK, f"/topics/{uid}")
    assert "meetings/new" not in room.desk.get(RESIDENT, f"/topics/{uid}")
    page = room.desk.get(DESK, address)
    assert "这次会为议题“三楼漏水”召集" in page and f'name="topic" value="{uid}"' in page
    form = {
        "place": place,
        "topic": uid,
        "title": "三楼漏水面商",
        "form": "talk",
        "body": w.bodies["柳荫社区居委会"].uid,
        "on": "2026-04-10",
        "at": "15:00",
        "where": "居民议事厅",
        "send": "yes",
    }
    room.does(DESK, "/meetings/new", **form)
    row = Meeting.objects.get()
    assert row.topic == room.hall.topic(uid)
    assert row.rule["must_come"] == ["residents_committee", "group_leaders"]
    assert [one.title for one in room.items(row.uid)] == ["三楼漏水"]
    room.hall.pass_stage(uid)  # the topic has gone on meanwhile
    assert 'name="topic"' not in room.desk.get(DESK, address)
    room.refused(DESK, "/meetings/new", **form)
    assert Meeting.objects.count() == 1


def test_the_notice_shown_is_of_the_body_whose_meeting_the_rhythm_says_it_is(room: Room) -> None:
    """The owners' assembly has fifteen days of its own; the talk day is the committee's."""
    w = room.hall.world
    w.body("柳荫苑业主大会", BodyKind.OWNERS_ASSEMBLY, "柳荫社区")
    form = {
        "place": w.places["柳荫社区"].code,
        "rhythm": "talk_day",
        "title": "三月居民恳谈日",
        "form": "talk",
        "body": w.bodies["柳荫苑业主大会"].uid,
        "on": "2026-03-20",
        "at": "15:00",
        "where": "居民议事厅",
        "more": "楼道照明",
    }
    page = room.send(DESK, "/meetings/new", **form).content.decode()
    assert "2026年3月15日" in page and "不够" not in page
    room.does(DESK, "/meetings/new", **form, send="yes")


def test_a_call_at_short_notice_is_refused_with_both_moments_and_keeps_what_was_typed(
    room: Room,
) -> None:
    w = room.hall.world
    form = {
        "place": w.places["柳荫社区"].code,
        "title": "临时恳谈",
        "form": "talk",
        "body": w.bodies["柳荫社区居委会"].uid,
        "on": "2026-03-12",
        "at": "15:00",
        "where": "居民议事厅",
        "more": "停水",
        "send": "yes",
    }
    page = room.refused(DESK, "/meetings/new", **form)
    assert "临时恳谈" in page and "停水" in page and "3月12日" in page
    assert Meeting.objects.count() == 0
    room.does(DESK, "/meetings/new", **form, urgent="全小区停水，等不得")
    uid = Meeting.objects.get().uid
    assert "全小区停水，等不得" in room.desk.get(RESIDENT, f"/meetings/{uid}")


@pytest.mark.parametrize(("who", "status"), [(RESIDENT, 403), ("社区小马", 404)])
def test_only_who_keeps_the_place_calls_a_meeting_there(room: Room, who: str, status: int) -> None:
    place = room.hall.world.places["柳荫社区"].code
    assert room.desk.browser(who).get(f"/meetings/new?place={place}").status_code == status


def test_anybody_reads_when_where_and_what_and_nobody_reads_a_guest(room: Room) -> None:
    uid = room.call()
    for browser in (Client(), room.desk.browser(RESIDENT), room.desk.browser(DESK)):
        page = browser.get(f"/meetings/{uid}").content.decode()
        assert "居民议事厅二楼" in page and "一户一表改造" in page and "区水务公司" in page
        assert "钱大姐" not in page and "来宾1位" in page
    for name in ("notice", "agenda"):
        page = Client().get(f"/meetings/{uid}/sheets/{name}").content.decode()
        assert "一户一表改造" in page and "钱大姐" not in page
    feed = Client().get(f"/meetings/{uid}.ics").content.decode()
    assert "SUMMARY:四月居民恳谈日" in feed and "钱大姐" not in feed
    place = room.hall.world.places["柳荫社区"].code
    assert uid in Client().get(f"/places/{place}/meetings.ics").content.decode()


def test_the_desks_screen_and_the_register_are_for_who_holds_the_meeting(room: Room) -> None:
    uid = room.call()
    assert room.desk.browser(RESIDENT).get(f"/meetings/{uid}/desk").status_code == 302
    assert room.desk.browser("社区小马").get(f"/meetings/{uid}/desk").status_code == 302
    assert room.desk.browser(RESIDENT).get(f"/meetings/{uid}/called").status_code == 404
    for name in ("signin", "minutes", "nothing"):
        assert Client().get(f"/meetings/{uid}/sheets/{name}").status_code == 404
    page = room.desk.get(DESK, f"/meetings/{uid}/called")
    assert "钱大姐" in page
    guest = Invitee.objects.get(meeting__uid=uid, body=None)
    room.does(DESK, f"/meetings/{uid}/called/told", invitee=guest.uid, how="phone")
    guest.refresh_from_db()
    assert guest.told_how == "phone"


def test_a_unit_answers_its_own_call_and_no_other(room: Room) -> None:
    uid = room.call()
    mine = Invitee.objects.get(meeting__uid=uid, body__name="区水务公司")
    other = Invitee.objects.filter(meeting__uid=uid).exclude(pk=mine.pk).first()
    assert other is not None
    address = f"/meetings/{uid}/called/{mine.uid}/answer"
    assert address in room.desk.get("水务小吴", f"/meetings/{uid}")
    assert address not in room.desk.get("城管小孙", f"/meetings/{uid}")
    browser = room.desk.browser("水务小吴")
    assert browser.get(f"/meetings/{uid}/called/{other.uid}/answer").status_code == 404
    page = room.refused("水务小吴", address, comes="no", words="")
    assert "区水务公司" in page
    room.does("水务小吴", address, comes="yes", words="吴工到会")
    mine.refresh_from_db()
    assert (mine.answer, mine.answer_words) == ("comes", "吴工到会")


def test_signing_in_by_the_code_takes_one_tap_and_counts_once(room: Room) -> None:
    uid = room.call()
    code = room.row(uid).code
    room.at(TALK - timedelta(hours=3))
    assert "可以签到" in room.desk.get(RESIDENT, f"/in/{code}")
    room.at(TALK)
    page = Client().get(f"/in/{code}").content.decode()
    assert "登录我的账号" in page and "我到了，签到" not in page
    assert "我到了，签到" in room.desk.get(RESIDENT, f"/in/{code}")
    room.does(RESIDENT, f"/in/{code}/here")
    assert "您已签到" in room.desk.get(RESIDENT, f"/in/{code}")
    room.send(RESIDENT, f"/in/{code}/here")
    assert Attendance.objects.filter(meeting__uid=uid).count() == 1
    assert room.desk.browser(RESIDENT).get("/in/999999").status_code == 404
    assert "王桂英" in room.desk.get(DESK, f"/meetings/{uid}/desk")
    page = room.desk.get(RESIDENT, f"/meetings/{uid}")
    assert "王桂英" not in re.sub(r"<header.*?</header>", "", page, flags=re.S)


def test_the_desk_signs_in_by_phone_by_name_of_a_seat_and_by_name_alone(room: Room) -> None:
    uid = room.call()
    room.at(TALK)
    person = room.hall.world.people[RESIDENT]
    person.phone = "+8613800000001"
    person.save(update_fields=["phone", "phone_index"])
    address = f"/meetings/{uid}/do/sign-in-for"
    room.does(DESK, address, who="13800000001")
    room.does(DESK, address, who="居民03")
    room.does(DESK, address, who="路过的老刘")
    came = list(Attendance.objects.filter(meeting__uid=uid).order_by("id"))
    assert [one.person.name if one.person else one.name for one in came] == [
        "王桂英",
        "居民03",
        "路过的老刘",
    ]
    assert "13900000000" not in room.refused(DESK, address, who="13999999999")
    assert Attendance.objects.filter(meeting__uid=uid).count() == 3


def test_a_whole_talk_goes_over_one_screen(room: Room) -> None:
    uid = room.call()
    desk = f"/meetings/{uid}/desk"
    assert "已通知，等到开会那天" in room.desk.get(DESK, desk)
    room.at(TALK)
    code = room.row(uid).code
    page = room.desk.get(DESK, desk)
    assert f"{code[:3]} {code[3:]}" in page and "data:image/svg+xml" in page
    room.does(RESIDENT, f"/in/{code}/here")
    page = room.desk.get(DESK, desk)
    assert "可以开会了" in page and "宣布开会" in page
    room.does(DESK, f"/meetings/{uid}/do/open")
    one, two = room.items(uid)
    page = room.desk.get(DESK, desk)
    for shown in ("当场解决", "列入限期清单", "留到下次", "还有2项没议"):
        assert shown in page
    room.does(DESK, f"/meetings/{uid}/items/{one.uid}/settle", words="本周装表")
    unit = room.hall.world.bodies["区水务公司"].uid
    listed = {"unit": unit, "due_on": "2026-04-30", "words": "四月底修好"}
    page = room.refused(DESK, f"/meetings/{uid}/do/close")
    assert "1" in page
    room.does(DESK, f"/meetings/{uid}/items/{two.uid}/list", **listed)
    assert "可以散会了" in room.desk.get(DESK, desk)
    room.does(DESK, f"/meetings/{uid}/do/close")
    page = room.desk.get(DESK, f"/meetings/{uid}/do/minutes")
    assert "一户一表改造" in page and "签到1人" in page and "区水务公司" in page
    written = {"minutes": "王桂英说水压低。", "summary": "一件当场解决，一件限期。"}
    room.does(DESK, f"/meetings/{uid}/do/minutes", **written)
    assert "一件当场解决" not in room.desk.get(RESIDENT, f"/meetings/{uid}")
    room.does(DESK, f"/meetings/{uid}/papers/new", kind="photo", title="会场", paper=jpeg())
    page = room.desk.get(SECRETARY, desk)
    assert "审签会议记录" in page and "王桂英说水压低" in page
    room.does(SECRETARY, f"/meetings/{uid}/do/sign-off")
    page = Client().get(f"/meetings/{uid}").content.decode()
    assert "一件当场解决" in page and "王桂英" not in page and "四月底修好" in page
    room.does(DESK, f"/meetings/{uid}/items/{two.uid}/report-back", words="修好了，亮了")
    assert "修好了，亮了" in Client().get(f"/meetings/{uid}").content.decode()


def test_who_wrote_the_minutes_does_not_sign_them(room: Room) -> None:
    uid = room.closed()
    address = f"/meetings/{uid}/do/minutes"
    room.does(SECRETARY, address, minutes="写好了", summary="写好了")
    room.does(SECRETARY, f"/meetings/{uid}/papers/new", kind="photo", paper=jpeg())
    assert "审签发布" not in room.desk.get(SECRETARY, f"/meetings/{uid}/desk")
    room.refused(SECRETARY, f"/meetings/{uid}/do/sign-off")
    assert room.row(uid).state == "closed"


CHAIR = "柳荫社区居委会召集人"


def test_minutes_to_sign_are_on_the_first_screen_of_who_signs_them(room: Room) -> None:
    """Of whoever the form names and who did not write them, until one of them has signed."""
    uid = room.closed()
    waits = f'href="/meetings/{uid}/desk"'
    for who in (SECRETARY, CHAIR):
        assert "待审签的会议记录" not in room.desk.get(who, "/work")
    room.does(DESK, f"/meetings/{uid}/do/minutes", minutes="写好了", summary="写好了")
    for who in (SECRETARY, CHAIR):
        page = room.desk.get(who, "/work")
        assert '待审签的会议记录 <span class="count soon">1</span>' in page and waits in page
    for who in (DESK, "监督委员老何", "居民01", "柳荫物业公司召集人"):
        assert "待审签的会议记录" not in room.desk.get(who, "/work")
    room.does(SECRETARY, f"/meetings/{uid}/do/minutes", minutes="又改了", summary="又改了")
    assert "待审签的会议记录" not in room.desk.get(SECRETARY, "/work")
    assert "待审签的会议记录" in room.desk.get(CHAIR, "/work")
    due = room.row(uid).minutes_by
    assert due is not None
    room.at(due)
    assert '待审签的会议记录 <span class="count late">1</span>' in room.desk.get(CHAIR, "/work")
    room.does(DESK, f"/meetings/{uid}/papers/new", kind="photo", paper=jpeg())
    room.does(CHAIR, f"/meetings/{uid}/do/sign-off")
    assert "待审签的会议记录" not in room.desk.get(CHAIR, "/work")


@pytest.mark.parametrize("who", [SECRETARY, CHAIR])
def test_the_first_screen_asks_as_little_with_minutes_to_sign(room: Room, who: str) -> None:
    uid = room.closed()
    room.does(DESK, f"/meetings/{uid}/do/minutes", minutes="写好了", summary="写好了")
    room.desk.get(who, "/work")
    asked = []
    for more in (0, 3):
        for no in range(more):
            row = room.row(uid)
            row.pk, row.uid, row.number = None, f"copy{no}", f"2604482100{no}"
            row.save(force_insert=True)
        with CaptureQueriesContext(connection) as seen:
            page = room.desk.get(who, "/work")
        assert f'待审签的会议记录 <span class="count soon">{more + 1}</span>' in page
        asked.append(len(seen))
    assert asked[0] == asked[1] <= MOST


def test_minutes_somebody_wrote_meanwhile_are_shown_and_neither_overwritten_nor_signed(
    room: Room,
) -> None:
    uid = room.closed()
    address = f"/meetings/{uid}/do/minutes"
    opened = room.row(uid).version
    assert f'name="version" value="{opened}"' in room.desk.get(DESK, address)
    room.does(SECRETARY, address, minutes="主持人写的", summary="主持人的纪要")
    mine = {"minutes": "经办人写的", "summary": "经办人的纪要"}
    for sent in ({"version": opened}, {"version": ""}):
        page = room.refused(DESK, address, **sent, **mine)
        assert '<blockquote class="read">经办人写的</blockquote>' in page
        assert "主持人写的</textarea>" in page
    assert room.row(uid).minutes == "主持人写的"


def test_minutes_written_anew_are_signed_off_by_nobody_who_read_the_old(room: Room) -> None:
    uid = room.closed()
    address, sign = f"/meetings/{uid}/do/minutes", f"/meetings/{uid}/do/sign-off"
    room.does(DESK, f"/meetings/{uid}/papers/new", kind="photo", paper=jpeg())
    room.does(DESK, address, minutes="写好了", summary="写好了")
    read = room.row(uid).version
    assert f'name="version" value="{read}"' in room.desk.get(SECRETARY, f"/meetings/{uid}/desk")
    room.does(DESK, address, minutes="又改了", summary="又改了")
    for version in (read, ""):
        room.refused(SECRETARY, sign, version=version)
    assert room.row(uid).state == "closed"
    room.does(SECRETARY, sign)
    assert room.row(uid).state == "signed"


def test_a_day_beyond_all_years_and_a_title_of_two_lines_are_mended_at_the_form(
    room: Room,
) -> None:
    uid = room.sitting()
    one, _two = room.items(uid)
    unit = room.hall.world.bodies["区水务公司"].uid
    for far in ("9999-12-31", "0001-01-01"):
        listed = {"unit": unit, "due_on": far, "words": "修好"}
        page = room.refused(DESK, f"/meetings/{uid}/items/{one.uid}/list", **listed)
        assert "请选2000年到2100年之间的日期。" in page
    Meeting.objects.filter(uid=uid).update(title="四月\r\n居民恳谈日")
    answer = Client().get(f"/meetings/{uid}.ics")
    assert "SUMMARY:四月 居民恳谈日" in answer.content.decode()


def test_a_code_of_no_meeting_is_asked_for_once_more(room: Room) -> None:
    answer = Client().get("/in/000000")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "签到码不对" in page and 'name="code" value="000000"' in page
    code = room.row(room.call()).code
    answer = Client().get("/in", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.headers["Location"] == f"/in/{code}"


def test_what_a_body_answered_gives_way_to_whether_it_was_there(room: Room) -> None:
    uid = room.call()
    Invitee.objects.filter(meeting__uid=uid, body__isnull=False).update(answer="comes")
    assert "答复参加" in Client().get(f"/meetings/{uid}").content.decode()
    unit = room.hall.world.bodies["区水务公司"]
    Meeting.objects.filter(uid=uid).update(state="closed", closed_at=TALK)
    Attendance.objects.create(
        uid="there", meeting=room.row(uid), body=unit, name="老陈", part="party", at=TALK
    )
    assert "已到会" in Client().get(f"/meetings/{uid}").content.decode()


def test_a_second_press_does_nothing_twice_and_a_stale_form_loses_no_word(room: Room) -> None:
    uid = room.sitting()
    one, _two = room.items(uid)
    address = f"/meetings/{uid}/items/{one.uid}/settle"
    form = {"key": "same-key", "words": "本周装表"}
    browser = room.desk.browser(DESK)
    assert browser.post(address, form).status_code == 302
    assert browser.post(address, form).status_code == 302
    answer = browser.post(address, {"key": "other", "words": "我写了很久的话"})
    assert answer.status_code == 422 and "我写了很久的话" in answer.content.decode()
    assert room.items(uid)[0].outcome == "本周装表"


def test_what_is_missing_is_said_beside_its_field(room: Room) -> None:
    uid = room.sitting()
    one, _two = room.items(uid)
    page = room.refused(
        DESK, f"/meetings/{uid}/items/{one.uid}/list", unit="", due_on="", words="四月底修好"
    )
    assert "四月底修好" in page and page.count('aria-invalid="true"') == 2
    assert room.items(uid)[0].state == "open"


def test_too_few_and_it_is_called_again_with_the_same_items(room: Room) -> None:
    body = room.hall.world.bodies["柳荫社区居民代表会议"].uid
    w = room.hall.world
    called = Called("代表会议", "议事厅", TALK, form="assembly", items=(ItemAsk("停车办法"),))
    done = calling.call(w.ask(DESK, NOW), w.places["柳荫社区"].uid, body, called)
    uid = room.hall.did(done).uid
    room.at(TALK)
    room.does(RESIDENT, f"/in/{room.row(uid).code}/here")
    page = room.desk.get(DESK, f"/meetings/{uid}/desk")
    assert "还差：居民代表会议14人" in page and "会没有开成，改期再开" in page
    page = room.refused(DESK, f"/meetings/{uid}/do/open")
    assert "14" in page
    room.does(DESK, f"/meetings/{uid}/do/again", on="2026-04-20", at="15:00", where="议事厅")
    assert room.row(uid).state == "failed"
    again = Meeting.objects.get(again_of__uid=uid)
    assert [one.title for one in room.items(again.uid)] == ["停车办法"]
    assert "改期" in Client().get(f"/meetings/{uid}").content.decode()


def test_one_that_nobody_opened_is_called_not_held_and_may_be_called_again(room: Room) -> None:
    uid = room.call()
    later = TALK + timedelta(days=1)
    assert Ticker().tick(later)["lapse_meetings"] == 1
    room.at(later)
    page = room.desk.get(DESK, f"/meetings/{uid}/desk")
    assert "会没有开成" in page and "已改期再开" not in page
    assert f"/meetings/{uid}/do/again" in page
    assert "会没有开成" in Client().get(f"/meetings/{uid}").content.decode()
    room.does(DESK, f"/meetings/{uid}/do/again", on="2026-04-20", at="15:00", where="议事厅")
    page = room.desk.get(DESK, f"/meetings/{uid}/desk")
    assert "已改期再开" in page and f"/meetings/{uid}/do/again" not in page


def test_whoever_tries_many_codes_is_slowed_down_by_either_page(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "meeting_code", "3/10m/ip")
    uid = room.call()
    room.at(TALK)
    browser, code = room.desk.browser(RESIDENT), room.row(uid).code
    assert [browser.get(f"/in/{code}").status_code for _ in range(5)] == [200] * 5
    assert browser.get("/in/000001").status_code == 404
    seen = [room.send(RESIDENT, f"/in/00000{no}/here").status_code for no in (2, 3, 4)]
    assert seen == [404, 404, 429]
    answer = room.send(RESIDENT, f"/in/{code}/here")
    assert (answer.status_code, Attendance.objects.count()) == (429, 0)
    assert browser.get(f"/in/{code}").status_code == 429


def test_a_hearing_hears_both_sides_and_hides_who_spoke(room: Room) -> None:
    uid = room.call(form="hearing", rhythm="", title="停车听证会")
    room.at(TALK)
    room.does(RESIDENT, f"/in/{room.row(uid).code}/here")
    room.does(DESK, f"/meetings/{uid}/do/open")
    one = room.items(uid)[0]
    page = room.refused(DESK, f"/meetings/{uid}/items/{one.uid}/settle", words="定了")
    assert "反对" in page
    say = f"/meetings/{uid}/items/{one.uid}/say"
    room.does(DESK, say, side="for", name="张大爷", words="早该改了")
    room.does(RESIDENT, say, side="against", words="费用太高")
    assert "张大爷" in room.desk.get(DESK, f"/meetings/{uid}/desk")
    page = Client().get(f"/meetings/{uid}").content.decode()
    assert "早该改了" in page and "费用太高" in page
    assert "张大爷" not in page and "王桂英" not in page
    room.does(DESK, f"/meetings/{uid}/items/{one.uid}/settle", words="定了")


def test_photos_are_public_once_it_is_over_and_other_papers_never(room: Room) -> None:
    uid = room.closed()
    for kind in ("photo", "register"):
        room.does(DESK, f"/meetings/{uid}/papers/new", kind=kind, paper=jpeg())
    photo, register = MeetingPaper.objects.filter(meeting__uid=uid).order_by("id")
    address = f"/meetings/{uid}/papers/"
    assert Client().get(address + photo.uid).status_code == 200
    assert Client().get(address + register.uid).status_code == 404
    assert room.desk.browser(DESK).get(address + register.uid).status_code == 200
    page = room.refused(DESK, address + "new", kind="photo")
    assert "照片" in page


def test_every_sheet_has_its_code_and_opens_for_the_desk(room: Room) -> None:
    uid = room.closed()
    room.does(DESK, f"/meetings/{uid}/do/minutes", minutes="写好了", summary="写好了")
    for name in ("notice", "agenda", "signin", "minutes", "summary", "listed"):
        page = room.desk.get(DESK, f"/meetings/{uid}/sheets/{name}")
        assert "验真码" in page and 'lang="zh-Hans"' in page
    assert "王桂英" in room.desk.get(DESK, f"/meetings/{uid}/sheets/signin")
    assert Client().get(f"/meetings/{uid}/sheets/summary").status_code == 404
    page = Client().get(f"/meetings/{uid}/sheets/listed").content.decode()
    assert "楼道照明" in page and "2026年4月30日" in page


def test_calling_off_tells_the_reason_in_public(room: Room) -> None:
    uid = room.call()
    assert room.desk.browser(RESIDENT).get(f"/meetings/{uid}/do/cancel").status_code == 403
    room.does(DESK, f"/meetings/{uid}/do/cancel", words="台风停会")
    assert "台风停会" in Client().get(f"/meetings/{uid}").content.decode()
    assert "STATUS:CANCELLED" in Client().get(f"/meetings/{uid}.ics").content.decode()


def test_a_page_for_anybody_reads_nobody_who_came_or_is_called_by_name(room: Room) -> None:
    uid = room.sitting()
    with CaptureQueriesContext(connection) as asked:
        for address in ("", "/count", "/sheets/notice"):
            assert Client().get(f"/meetings/{uid}{address}").status_code == 200
    tables = ('FROM "records_attendance"', 'FROM "records_invitee"')
    rows = [one["sql"] for one in asked if any(table in one["sql"] for table in tables)]
    assert rows and not [sql for sql in rows if '"records_person"' in sql]


def test_the_pages_ask_the_database_at_most_twelve_times(room: Room) -> None:
    uid = room.call(items=tuple(ItemAsk(f"第{no}件") for no in range(1, 9)))
    place = room.hall.world.places["柳荫社区"].code
    desk = room.desk.browser(DESK)
    for address in (f"/meetings?place={place}", f"/meetings/{uid}", f"/meetings/{uid}/desk",
                    f"/meetings/{uid}/called", f"/meetings/{uid}/sheets/notice",
                    f"/meetings/{uid}/sheets/signin", f"/meetings/new?place={place}"):  # fmt: skip
        assert statements(desk, address) <= MOST, (address, statements(desk, address))
    room.at(TALK)
    for no in range(12):
        ask = room.hall.world.ask(DESK, TALK)
        assert isinstance(sitting.sign_in_for(ask, uid, name=f"居民甲{no}"), Done)
    room.does(DESK, f"/meetings/{uid}/do/open")
    desk = room.desk.browser(DESK)
    for address in (f"/meetings/{uid}", f"/meetings/{uid}/desk", f"/meetings/{uid}/count"):
        assert statements(desk, address) <= MOST, (address, statements(desk, address))
