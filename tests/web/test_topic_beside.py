"""The pages beside the stages, the way from matters to a topic, and what waits for whom."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.acts.hall import DESK, OVERSEER, SEATS, SECRETARY, Hall, make_hall
from tests.acts.world import World
from tests.web.staff import Desk, at, jpeg
from tests.web.test_ceilings import statements
from yishi.acts.case import intake
from yishi.acts.topic import leaving
from yishi.core.place import BodyKind
from yishi.jobs.tick import Ticker
from yishi.records.models import Case, Option, Report, Topic, TopicLink, TopicPaper

RESIDENT, DISPATCHER, LEADER = "王桂英", "分拨员老赵", "街道主任"
MOST = 12


class Room:
    """A hall and its people's browsers."""

    def __init__(self, hall: Hall, desk: Desk) -> None:
        self.hall, self.desk = hall, desk

    def running(self, title: str = "老楼加装电梯") -> str:
        uid = self.hall.raise_(title)
        self.hall.take_up(uid, "c4321")
        return uid

    def aside(self, words: str = "电梯总坏") -> Case:
        done = self.desk.filed(words)
        intake.set_aside(self.desk.world.ask(DISPATCHER, self.desk.now), done.uid, "要大家商量")
        return Case.objects.get(uid=done.uid)

    def send(self, who: str, address: str, /, **fields: Any) -> Any:
        self.desk.keys += 1
        return self.desk.browser(who).post(address, {"key": f"k-{self.desk.keys}", **fields})

    def does(self, who: str, address: str, /, **fields: Any) -> str:
        answer = self.send(who, address, **fields)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        return str(answer["Location"])

    def refused(self, who: str, address: str, /, **fields: Any) -> str:
        answer = self.send(who, address, **fields)
        assert answer.status_code == 422, answer.status_code
        return str(answer.content.decode())

    def status(self, who: str, address: str) -> int:
        return int(self.desk.browser(who).get(address).status_code)


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(make_hall(world, "siyi", "c4321"), Desk(world, at(monkeypatch)))


# From matters


def test_a_matter_set_aside_is_put_into_a_topic_from_its_page(room: Room) -> None:
    one, two = room.aside(), room.aside("电梯困人")
    page = room.desk.get(DISPATCHER, f"/cases/{one.uid}")
    assert f"/cases/{one.uid}/topic" in page
    began = room.desk.browser(DISPATCHER).get(f"/cases/{one.uid}/topic")
    assert began["Location"] == f"/topics/from-cases?case={one.uid}"
    form = room.desk.get(DISPATCHER, f"/topics/from-cases?case={one.uid}&case={two.uid}")
    assert "电梯总坏" in form
    assert "电梯困人" in form
    missing = room.refused(
        DISPATCHER,
        "/topics/from-cases",
        shown=[one.uid, two.uid],
        case=[one.uid],
        into="new",
        title="",
        words="",
    )
    assert "请用一句话说明要议什么" in missing or "aria-invalid" in missing
    to = room.does(
        DISPATCHER,
        "/topics/from-cases",
        shown=[one.uid, two.uid],
        case=[one.uid, two.uid],
        into="new",
        title="电梯怎么修",
        words="全楼上下不便",
    )
    topic = Topic.objects.get(title="电梯怎么修")
    assert to == f"/topics/{topic.uid}"
    assert TopicLink.objects.filter(topic=topic, until_at=None).count() == 2
    page = room.desk.get(DISPATCHER, f"/cases/{one.uid}")
    assert f'href="/topics/{topic.uid}"' in page
    assert f"/cases/{one.uid}/topic" not in page


def test_a_group_of_matters_is_set_aside_and_made_a_topic_at_once(room: Room) -> None:
    new, aside = Case.objects.get(uid=room.desk.filed("电梯坏了").uid), room.aside()
    room.does(
        DESK,
        "/topics/from-cases",
        shown=[new.uid, aside.uid],
        case=[new.uid, aside.uid],
        into="new",
        title="电梯怎么修",
        words="全楼上下不便",
    )
    new.refresh_from_db()
    assert new.state == "topic"
    assert TopicLink.objects.filter(until_at=None).count() == 2


def test_the_second_press_with_matters_meets_what_the_first_one_did(room: Room) -> None:
    aside, uid = room.aside(), room.running()
    browser, form = room.desk.browser(DESK), {"shown": aside.uid, "case": aside.uid, "into": uid}
    answers = [browser.post("/topics/from-cases", form | {"key": "twice"}) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, f"/topics/{uid}")] * 2


def test_a_form_without_its_key_sets_no_matter_aside(room: Room) -> None:
    case = Case.objects.get(uid=room.desk.filed("电梯坏了").uid)
    form = {"shown": case.uid, "case": case.uid, "into": "new", "title": "电梯", "words": "不便"}
    assert room.desk.browser(DESK).post("/topics/from-cases", form).status_code == 422
    case.refresh_from_db()
    assert case.state == "submitted"


def test_a_matter_joins_a_topic_under_way(room: Room) -> None:
    uid, case = room.running(), room.aside()
    assert "老楼加装电梯" in room.desk.get(SECRETARY, "/topics/from-cases")
    to = room.does(DESK, "/topics/from-cases", shown=case.uid, case=case.uid, into=uid)
    assert to == f"/topics/{uid}"
    assert TopicLink.objects.get().topic.uid == uid


def test_who_raised_it_reads_where_it_stands_and_is_answered(room: Room) -> None:
    case = room.aside()
    report = Report.objects.get(links__case=case)
    uid = room.running()
    room.does(DESK, "/topics/from-cases", shown=case.uid, case=case.uid, into=uid)
    who = report.person.login
    page = room.desk.get(who, f"/reports/{report.uid}")
    assert "您反映的事已成为议题" in page
    assert "居委会提议" in page
    assert f'href="/topics/{uid}"' in page
    assert statements(room.desk.browser(who), f"/reports/{report.uid}") <= MOST
    leaving.override(room.desk.world.ask(LEADER, room.desk.now), uid, "tell_stopped", "另有安排")
    from yishi.acts.topic import staging

    room.hall.attach(uid)
    staging.publish(room.desk.world.ask(DESK, room.desk.now), uid, "物业已经修好，不再议。")
    Ticker().tick(room.desk.now)
    assert "物业已经修好，不再议。" in room.desk.get(who, f"/reports/{report.uid}")


def test_residents_and_units_make_no_topics_of_matters(room: Room) -> None:
    assert room.status(RESIDENT, "/topics/from-cases") == 403
    assert room.status("水务小吴", "/topics/from-cases") == 403


# Options


def test_words_of_the_repair_fund_are_shown_before_the_option_is_added(room: Room) -> None:
    uid = room.running()
    address = f"/topics/{uid}/option"
    assert statements(room.desk.browser(DESK), address) <= MOST
    first = room.refused(DESK, address, title="动用维修资金修理", words="", matter="")
    assert "维修资金" in first
    assert "使用维修资金" in first
    assert 'value="repair_fund" ' in first
    assert not Option.objects.exists()
    room.does(DESK, address, title="动用维修资金修理", words="", matter="repair_fund")
    assert Option.objects.get().competence == "owners"


def test_where_no_option_may_be_added_the_page_says_why(room: Room) -> None:
    uid = room.running()
    room.hall.option(uid, "请人大修")
    room.hall.to(uid, "carry_out")
    answer = room.desk.browser(DESK).get(f"/topics/{uid}/option")
    assert answer.status_code == 422
    assert room.status(RESIDENT, f"/topics/{uid}/option") == 403


# Papers


def test_a_photo_or_a_pdf_is_laid_with_the_step_and_nothing_else(room: Room) -> None:
    uid = room.running()
    address = f"/topics/{uid}/paper"
    assert statements(room.desk.browser(DESK), address) <= MOST
    room.refused(DESK, address, kind="minutes")
    bad = SimpleUploadedFile("a.exe", b"MZ not a paper", "application/pdf")
    assert "PDF" in room.refused(DESK, address, kind="minutes", paper=bad)
    assert not TopicPaper.objects.exists()
    pdf = SimpleUploadedFile("m.pdf", b"%PDF-1.4 minutes", "application/pdf")
    room.does(DESK, address, kind="minutes", title="第一次会", paper=pdf)
    room.does(DESK, address, kind="photo", title="", paper=jpeg())
    assert list(TopicPaper.objects.order_by("id").values_list("kind", "file__media_type")) == [
        ("minutes", "application/pdf"),
        ("photo", "image/jpeg"),
    ]


def test_minutes_are_for_staff_and_those_with_part_and_photos_for_anybody(room: Room) -> None:
    uid = room.running()
    address = f"/topics/{uid}/paper"
    pdf = SimpleUploadedFile("m.pdf", b"%PDF-1.4 minutes", "application/pdf")
    room.does(DESK, address, kind="minutes", title="", paper=pdf)
    room.does(DESK, address, kind="photo", title="", paper=jpeg())
    minutes, photo = TopicPaper.objects.order_by("id")
    of = {row.kind: f"/topics/{uid}/papers/{row.uid}" for row in (minutes, photo)}
    committee = f"{SEATS[BodyKind.RESIDENTS_COMMITTEE][0]}召集人"
    for who, seen in ((DESK, 200), (OVERSEER, 200), (committee, 200), (RESIDENT, 404)):
        assert room.status(who, of["minutes"]) == seen, who
        assert room.status(who, of["photo"]) == 200, who
    visitor = Client()
    assert visitor.get(of["minutes"]).status_code == 404
    answer = visitor.get(of["photo"])
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    saved = room.desk.browser(DESK).get(of["minutes"])
    assert saved["Content-Disposition"].startswith("attachment")
    assert of["minutes"] not in visitor.get(f"/topics/{uid}").content.decode()
    assert of["photo"] in visitor.get(f"/topics/{uid}").content.decode()
    assert visitor.get(f"/topics/x/papers/{photo.uid}").status_code == 404


# Back, against, over


def test_a_resident_takes_their_topic_back(room: Room) -> None:
    uid = room.hall.raise_()
    address = f"/topics/{uid}/withdraw"
    assert room.status("李建国", address) == 404
    room.refused(RESIDENT, address, words="")
    room.does(RESIDENT, address, words="物业答应修了")
    assert Topic.objects.get().outcome == "withdrawn"
    assert room.desk.browser(RESIDENT).get(address).status_code == 422


def test_an_exception_says_before_what_will_happen_and_then_stands_for_everybody(
    room: Room,
) -> None:
    uid = room.running()
    address = f"/topics/{uid}/override"
    page = room.desk.get(LEADER, address)
    assert "您的姓名、职务和理由会公开" in page
    assert statements(room.desk.browser(LEADER), address) <= MOST
    for who in (DESK, SECRETARY, RESIDENT):
        assert room.status(who, address) == 403
    kept = room.refused(LEADER, address, to="carry_out", why="")
    assert 'value="carry_out"' in kept
    room.does(LEADER, address, to="carry_out", why="汛期临近")
    page = Client().get(f"/topics/{uid}").content.decode()
    assert "汛期临近" in page
    assert LEADER in page
    assert "汛期临近" in Client().get("/board").content.decode()
    assert "老楼加装电梯" in room.desk.get(OVERSEER, "/work")


def test_moving_without_a_newer_version_is_refused_with_the_reason(room: Room) -> None:
    uid = room.running()
    answer = room.desk.browser(SECRETARY).get(f"/topics/{uid}/move")
    assert answer.status_code == 422
    assert room.status(DESK, f"/topics/{uid}/move") == 403


def test_moving_is_offered_only_where_it_could_go(room: Room) -> None:
    uid = room.running()
    move = f'href="/topics/{uid}/move"'
    assert move not in room.desk.get(SECRETARY, f"/topics/{uid}")
    # Ahead of it, another name for the step of acceptance.
    room.hall.adopt_newer(('zh = "共同验收"', 'zh = "联合验收"'))
    assert move in room.desk.get(SECRETARY, f"/topics/{uid}")
    assert statements(room.desk.browser(SECRETARY), f"/topics/{uid}") <= MOST
    assert move not in room.desk.get(DESK, f"/topics/{uid}")
    room.does(SECRETARY, f"/topics/{uid}/move", why="社区通过了新版")
    assert room.hall.topic(uid).method.version == "99"


def test_moving_is_not_offered_where_the_steps_behind_it_differ(room: Room) -> None:
    uid = room.running()
    room.hall.adopt_newer(('zh = "居委会提议"', 'zh = "提议"'))
    assert f'href="/topics/{uid}/move"' not in room.desk.get(SECRETARY, f"/topics/{uid}")


# First screens


def test_what_waits_stands_on_the_first_screen_of_whom_it_waits_for(room: Room) -> None:
    room.hall.raise_("停车棚")
    uid = room.running()
    assert "停车棚" in room.desk.get(SECRETARY, "/work")
    assert "老楼加装电梯" in room.desk.get(SECRETARY, "/work")
    committee = f"{SEATS[BodyKind.RESIDENTS_COMMITTEE][0]}召集人"
    owners = f"{SEATS[BodyKind.OWNERS_COMMITTEE][0]}召集人"
    assert "老楼加装电梯" in room.desk.get(committee, "/work")
    assert "老楼加装电梯" not in room.desk.get(owners, "/work")
    room.hall.option(uid, "请人大修")
    room.hall.to(uid, "accept")
    assert "老楼加装电梯" in room.desk.get(OVERSEER, "/work")
    for who in (SECRETARY, DESK, committee, OVERSEER, LEADER):
        assert statements(room.desk.browser(who), "/work") <= MOST, who


@pytest.mark.parametrize(
    ("who", "page", "typed"),
    [
        (RESIDENT, "withdraw", {"words": "想好了再提"}),
        (SECRETARY, "review", {"verdict": "declined", "words": "不归我们", "clause": "清单第三条"}),
        (LEADER, "override", {"to": "resolve", "why": "汛期将至"}),
        (DESK, "option", {"title": "请人大修", "words": "", "matter": ""}),
    ],
)
def test_the_second_press_meets_what_the_first_one_did(
    room: Room, who: str, page: str, typed: dict[str, str]
) -> None:
    proposed = page in ("withdraw", "review")
    uid = room.hall.raise_() if proposed else room.running()
    form = {"key": "pressed-twice", "version": room.hall.topic(uid).version, **typed}
    answers = [room.desk.browser(who).post(f"/topics/{uid}/{page}", form) for _ in range(2)]
    assert [(one.status_code, one.get("Location")) for one in answers] == [
        (302, f"/topics/{uid}"),
        (302, f"/topics/{uid}"),
    ]
    assert room.hall.topic(uid).version == form["version"] + 1
