"""The pages of the stages: each opens for whom it should, and its act does what it says."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from tests.acts.hall import COMMUNITY, DESK, SECRETARY, B, Hall, make_hall
from tests.acts.world import NOW, World
from tests.core.sound_method import SOUND, sound_bundle
from tests.web.staff import Desk, at
from tests.web.test_ceilings import statements
from yishi.acts import rule
from yishi.acts.door import Done
from yishi.core.person import SYSTEM, Role
from yishi.records.models import Passage, StageEntry, Voice

RESIDENT = "王桂英"
MOST = 12


class Room:
    """A hall and its people's browsers."""

    def __init__(self, hall: Hall, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.hall, self.desk, self.patch = hall, desk, patch

    def later(self, days: int) -> None:
        """So many days go by."""
        self.desk.now = at(self.patch, NOW + timedelta(days=days))
        for who in list(self.desk.browsers):
            del self.desk.browsers[who]

    def address(self, uid: str, name: str) -> str:
        return f"/topics/{uid}/do/{name}"

    def status(self, who: str, uid: str, name: str) -> int:
        """What `who` meets at the page of a deed."""
        return int(self.desk.browser(who).get(self.address(uid, name)).status_code)

    def page(self, who: str, uid: str, name: str) -> str:
        """The page of a deed, which must be there."""
        return self.desk.get(who, self.address(uid, name))

    def send(self, who: str, uid: str, deed: str, /, **fields: Any) -> Any:
        """What the server answers to a deed's form."""
        self.desk.keys += 1
        version = fields.pop("version", self.hall.topic(uid).version)
        form = {"key": f"form-{self.desk.keys}", "version": version, **fields}
        return self.desk.browser(who).post(self.address(uid, deed), form)

    def does(self, who: str, uid: str, deed: str, /, **fields: Any) -> None:
        """Does a deed, which must succeed and lead to the topic."""
        answer = self.send(who, uid, deed, **fields)
        assert answer.status_code == 302, answer.content.decode()[-4000:]
        assert answer["Location"] == f"/topics/{uid}"

    def refused(self, who: str, uid: str, deed: str, /, **fields: Any) -> str:
        """The page after a deed that is refused; nothing has changed."""
        before = self.hall.topic(uid)
        answer = self.send(who, uid, deed, **fields)
        assert answer.status_code == 422, (answer.status_code, answer.content.decode()[-2000:])
        after = self.hall.topic(uid)
        assert (after.version, after.stage, after.tally) == (
            before.version,
            before.stage,
            before.tally,
        )
        return str(answer.content.decode())

    def reviewed(self, uid: str, status: int, **fields: Any) -> str:
        """The page after the secretary's review, which is answered with `status`."""
        self.desk.keys += 1
        form = {"key": f"form-{self.desk.keys}", "version": self.hall.topic(uid).version}
        answer = self.desk.browser(SECRETARY).post(f"/topics/{uid}/review", form | fields)
        page = str(answer.content.decode())
        assert answer.status_code == status, page[-3000:]
        return page

    def asks(self, who: str, uid: str, name: str) -> int:
        """How often the page asks the database."""
        return statements(self.desk.browser(who), self.address(uid, name))


@pytest.fixture
def room(world: World, monkeypatch: pytest.MonkeyPatch) -> Room:
    hall = make_hall(world, "siyi", "c4321")
    world.appoint("社区小马", Role.COMMUNITY_DESK, "石桥社区")
    return Room(hall, Desk(world, at(monkeypatch)), monkeypatch)


def running(room: Room, method: str = "c4321", size: str = "major", stage: str = "") -> str:
    """A topic taken up, standing in `stage` (the first where none is named)."""
    hall = room.hall
    uid = hall.raise_()
    hall.take_up(uid, method, size)
    hall.option(uid, "物业公司维修")
    if stage:
        hall.to(uid, stage)
    return uid


def test_hearing_people_adds_up_until_enough_were_heard(room: Room) -> None:
    uid = running(room)
    assert room.status(RESIDENT, uid, "collect") == 403
    assert room.status("社区小马", uid, "collect") == 404
    assert room.asks(DESK, uid, "collect") <= MOST
    room.does(DESK, uid, "collect", people=12, way="door", words="都盼着修")
    said = StageEntry.objects.get(passage__topic__uid=uid).words
    assert said == "上门走访：都盼着修"
    page = room.page(DESK, uid, "end-collecting")
    for shown in ("至少要听", "20人", "已经听了", "12人", "还差", "8人", "书面意见", "缺"):
        assert shown in page
    room.hall.attach(uid)
    page = room.refused(DESK, uid, "end-collecting")
    assert "20人" in page and "12人" in page
    room.does(DESK, uid, "collect", people=8, way="meeting", words="有人担心费用")
    room.does(DESK, uid, "end-collecting")
    assert room.hall.topic(uid).stage == "discuss"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "这里要填一个数"), ("0", "至少1"), ("十二", "请填整数"), ("100000", "最多99999")],
)
def test_a_number_that_cannot_be_is_told_beside_its_field(
    room: Room, typed: str, told: str
) -> None:
    uid = running(room)
    page = room.refused(DESK, uid, "collect", people=typed, way="door", words="都盼着修")
    assert told in page and "都盼着修" in page


def test_conferring_counts_each_body_for_itself(room: Room) -> None:
    uid = running(room, stage="discuss")
    assert room.asks(DESK, uid, "confer") <= MOST
    page = room.page(DESK, uid, "confer")
    for shown in (
        "社区党组织（5席）",
        "至少3人",
        "到会3人要2人",
        "到会5人要3人。参照：城市居民委员会组织法",
        "两委各过半",
    ):
        assert shown in page
    few = {"present_party_committee": 2, "agreed_party_committee": 2}
    full = {"present_residents_committee": 5, "agreed_residents_committee": 4}
    page = room.refused(DESK, uid, "confer", **few, **full, words="商量过了")
    needed, here = (re.sub(r"\s", "", part)[:6] for part in re.findall(r"<dd>(.*?)</dd>", page)[:2])
    assert (needed, here) == ("社区党组织3", "社区党组织2")
    assert "商量过了" in page
    few = {"present_party_committee": 6, "agreed_party_committee": 2}
    page = room.refused(DESK, uid, "confer", **few, **full, words="商量过了")
    assert "只有5席" in page
    few = {"present_party_committee": 3, "agreed_party_committee": 4}
    page = room.refused(DESK, uid, "confer", **few, **full, words="商量过了")
    assert "到会3人，同意的不会有4人" in page
    three = {"present_party_committee": 3, "agreed_party_committee": 2}
    page = room.refused(DESK, uid, "confer", **three, **full, words="商量过了")
    assert "会议记录" in page  # nothing is attached yet
    room.hall.attach(uid)
    room.does(DESK, uid, "confer", **three, **full, words="商量过了", dissent="一人嫌贵")
    passage = Passage.objects.get(topic__uid=uid, stage="discuss")
    assert (passage.edge, passage.dissent) == ("pass", "一人嫌贵")
    assert room.hall.topic(uid).stage == "review"


def test_what_is_wrong_with_a_number_names_the_body_it_is_of(room: Room) -> None:
    uid = running(room, stage="discuss")
    typed = {"present_party_committee": "", "agreed_party_committee": "三"}
    page = room.refused(DESK, uid, "confer", **typed, agreed_residents_committee="-1", words="谈了")
    for told in (
        "到会人数：社区党组织的人数还没有填。",
        "其中同意的人数：社区党组织的人数，请填整数。",
        "到会人数：居委会的人数还没有填。",
        "其中同意的人数：居委会的人数不能小于0。",
    ):
        assert told in page


def test_a_step_whose_turn_it_is_not_says_where_the_topic_stands(room: Room) -> None:
    uid = running(room, stage="discuss")
    page = room.refused(DESK, uid, "collect", people=3, way="door", words="又听了三户")
    assert "两委商议" in page and "又听了三户" in page
    assert room.status(RESIDENT, uid, "confer") == 403


def test_two_at_one_page_the_second_is_told_and_keeps_what_was_typed(room: Room) -> None:
    uid = running(room)
    version = room.hall.topic(uid).version
    room.does(DESK, uid, "collect", people=3, way="door", words="三户", version=version)
    page = room.refused(
        DESK, uid, "collect", people=4, way="door", words="四户人家", version=version
    )
    assert "四户人家" in page and "居委会提议" in page


def test_a_meeting_needs_those_who_have_to_come(room: Room) -> None:
    uid = running(room, size="minor", stage="meet")
    assert room.asks(DESK, uid, "meet") <= MOST
    page = room.page(DESK, uid, "meet")
    for shown in ("居委会（必须到）", "居民小组长会议（必须到）", "当场解决", "至少4人"):
        assert shown in page
    form = {
        "present_deliberation_committee": 4,
        "people": 9,
        "words": "每户出一百",
        "result": "agreed",
    }
    page = room.refused(DESK, uid, "meet", came=["residents_committee"], **form)
    assert "居民小组长会议" in page
    both = ["residents_committee", "group_leaders"]
    page = room.refused(
        DESK, uid, "meet", came=both, **form | {"present_deliberation_committee": 3}
    )
    assert "4" in page and "3" in page
    room.hall.attach(uid)
    option = room.hall.open_options(uid)[0].uid
    room.does(DESK, uid, "meet", came=both, **form, option=option)
    topic = room.hall.topic(uid)
    assert (topic.stage, topic.chosen.uid if topic.chosen else "") == ("carry_out", option)


def test_what_is_settled_on_the_spot_is_only_published(room: Room) -> None:
    uid = running(room, "siyi", "minor")
    room.hall.attach(uid)
    came = ["residents_committee", "group_leaders"]
    room.does(
        DESK,
        uid,
        "meet",
        came=came,
        people=4,
        words="当场说好了",
        result="settled",
        present_residents_committee=3,
    )
    assert room.hall.topic(uid).stage == "tell_settled"


def test_comments_are_answered_before_the_topic_goes_on(room: Room) -> None:
    uid = running(room, size="minor")
    page = room.refused(RESIDENT, uid, "comment", words="能不能晚点开工")
    assert "能不能晚点开工" in page
    assert room.status(RESIDENT, uid, "post") == 403
    room.does(DESK, uid, "post", where="各楼门口和业主群")
    assert room.asks(RESIDENT, uid, "comment") <= MOST
    assert "谁说的" not in room.page(RESIDENT, uid, "comment")
    assert "谁说的" in room.page(DESK, uid, "comment")
    room.does(RESIDENT, uid, "comment", words="能不能晚点开工")
    room.does(DESK, uid, "comment", words="费用要公开", name="三楼张阿姨")
    names = [(one.name, one.person_id is None) for one in Voice.objects.order_by("id")]
    assert names == [("", False), ("三楼张阿姨", True)]
    assert room.asks(DESK, uid, "answer") <= MOST
    assert "三楼张阿姨" not in room.page(DESK, uid, "answer")
    room.hall.attach(uid)
    page = room.refused(DESK, uid, "end-posting")
    assert "2" in page
    first, second = Voice.objects.order_by("id").values_list("uid", flat=True)
    room.does(DESK, uid, "answer", voice=first, words="七点以后才动工")
    page = room.page(DESK, uid, "answer")
    assert "能不能晚点开工" not in page and "费用要公开" in page
    room.does(DESK, uid, "answer", voice=second, words="逐笔公布")
    page = room.refused(DESK, uid, "end-posting")
    assert "2026-03-1" in page
    room.hall.now += timedelta(days=4)
    room.later(days=4)
    room.does(DESK, uid, "end-posting")
    assert room.hall.topic(uid).stage == "meet"


def test_the_review_takes_a_topic_up_by_one_of_two_methods(room: Room) -> None:
    uid = room.hall.raise_()
    page = room.desk.get(SECRETARY, f"/topics/{uid}/review")
    for shown in ("四议工作法", "4321社区协商", "大事四议", "大事七步", "私事", "议的是哪一类"):
        assert shown in page
    assert room.desk.browser(DESK).get(f"/topics/{uid}/review").status_code == 403
    assert statements(room.desk.browser(SECRETARY), f"/topics/{uid}/review") <= MOST
    taken = {"verdict": "taken_up", "competence": "residents"}
    assert "先选它有多大" in room.reviewed(uid, 422, **taken)
    page = room.reviewed(uid, 422, **taken, size="siyi:major", entry="c4321:estate")
    assert "同一个工作法" in page
    room.reviewed(uid, 302, **taken, size="c4321:major", entry="c4321:estate", words="同意")
    topic = room.hall.topic(uid)
    assert (topic.stage, topic.entry, topic.competence) == ("propose", "estate", "residents")
    assert room.desk.browser(SECRETARY).get(f"/topics/{uid}/review").status_code == 422


def test_a_review_without_its_words_says_which_are_missing(room: Room) -> None:
    uid = room.hall.raise_()
    page = room.reviewed(uid, 422, verdict="declined", competence="residents")
    assert "公布的审核意见：请写明理由，提出人会看到。" in page
    assert "依据的条款：请写明依据哪部法律" in page
    page = room.reviewed(uid, 422, verdict="declined", competence="residents", words="只关一家")
    assert "请写明理由" not in page and "请写明依据哪部法律" in page
    helped = {"verdict": "taken_up", "size": "c4321:private", "entry": "c4321:estate"}
    page = room.reviewed(uid, 422, **helped, competence="residents")
    assert "审核意见要公布，还没有写" in page and "这一步的话" not in page
    assert room.hall.topic(uid).state == "proposed"


def test_the_review_is_told_what_the_law_says_of_the_words(room: Room) -> None:
    uid = room.hall.raise_("用维修资金修电梯")
    page = room.desk.get(SECRETARY, f"/topics/{uid}/review")
    assert "文中提到“维修资金”" in page and "民法典" in page and "由业主共同决定" in page
    code = page.partition("?matter=")[2].partition("#")[0]
    filled = room.desk.get(SECRETARY, f"/topics/{uid}/review?matter={code}")
    assert filled.count("民法典") > page.count("民法典")
    page = room.reviewed(uid, 422, verdict="owners", words="交业主共同决定")
    assert "交业主共同决定" in page
    room.reviewed(uid, 302, verdict="owners", words="交业主共同决定", clause="民法典第278条")
    topic = room.hall.topic(uid)
    assert (topic.state, topic.outcome, topic.clause) == ("ended", "to_owners", "民法典第278条")


def test_the_owners_decision_needs_a_course_with_their_vote(room: Room) -> None:
    uid = room.hall.raise_()
    taken = {"verdict": "taken_up", "competence": "owners"}
    page = room.reviewed(uid, 422, **taken, size="siyi:major", entry="siyi:facilities")
    assert "大事四议" in page


def test_who_raised_a_topic_does_not_review_it(room: Room) -> None:
    uid = room.hall.raise_(who=SECRETARY)
    assert room.desk.browser(SECRETARY).get(f"/topics/{uid}/review").status_code == 422


ASK = """
[[procedures.stages]]
id = "ask"
kind = "consent"
name = { zh = "征得同意" }
lead = "residents_committee"
asked = ["property_firm", "owners_committee"]
limit = { length = 10, kind = "working_day", source = "ours" }
pass = "resolve"
fail = "tell_dropped"

"""
VOTE = '[[procedures.stages]]\nid = "resolve"'
ASKED = SOUND.replace('pass = "resolve"\n', 'pass = "ask"\n', 1).replace(VOTE, ASK + VOTE, 1)


def of_own_method(room: Room, stage: str) -> str:
    """A topic in a method of the community's own, standing in `stage`."""
    world, bundle = room.hall.world, sound_bundle(ASKED)
    for done in (
        rule.load_bundle(world.ask(SYSTEM), bundle),
        rule.adopt(world.ask("管理员"), world.places[COMMUNITY], bundle, date(2026, 3, 11)),
    ):
        assert isinstance(done, Done), done
    uid = room.hall.raise_()
    taken = {"verdict": "taken_up", "competence": "residents"}
    room.reviewed(uid, 302, **taken, size="small:large", entry="small:works")
    room.hall.option(uid, "物业公司维修")
    room.hall.to(uid, stage)
    return uid


def test_a_screening_refuses_only_on_a_ground_of_the_method(room: Room) -> None:
    uid = of_own_method(room, "screen")
    assert room.status(DESK, uid, "screen") == 403
    assert room.asks(SECRETARY, uid, "screen") <= MOST
    page = room.refused(SECRETARY, uid, "screen", fit="no", words="不合适")
    assert "不属于居民自治事务" in page and "不合适" in page
    assert "请在两个里选一个" in room.refused(SECRETARY, uid, "screen", words="看过了")
    room.does(SECRETARY, uid, "screen", fit="no", ground="not_ours", words="不归居民议")
    assert room.hall.topic(uid).stage == "tell_dropped"
    told = room.desk.get(SECRETARY, f"/topics/{uid}")
    assert "审查不通过" in told and "不列为议题" not in told


def test_where_nobody_counts_agreement_whoever_disagrees_is_written_down(room: Room) -> None:
    uid = of_own_method(room, "confer")
    page = room.page(DESK, uid, "confer")
    assert "到会的人没有全部同意时，必须写明" in page
    numbers = {f"present_{body}": 5 for body in ("party_committee", "residents_committee")}
    numbers |= {"agreed_party_committee": 4, "agreed_residents_committee": 5}
    page = room.refused(DESK, uid, "confer", **numbers, words="大家都说了")
    assert "5" in page and "4" in page and "大家都说了" in page
    room.does(DESK, uid, "confer", **numbers, words="大家都说了", dissent="一人认为应先修屋顶")
    assert room.hall.topic(uid).stage == "tell_dropped"


def test_each_of_those_asked_consents_for_itself(room: Room) -> None:
    uid = of_own_method(room, "ask")
    room.later(days=40)
    firm, owners = (room.hall.chair(kind) for kind in (B.PROPERTY_FIRM, B.OWNERS_COMMITTEE))
    assert room.status(room.hall.chair(B.REPRESENTATIVES), uid, "consent") == 404
    assert room.status(RESIDENT, uid, "consent") == 403
    assert room.asks(firm, uid, "consent") <= MOST
    page = room.page(firm, uid, "consent")
    assert "物业服务企业：柳荫物业公司" in page and "业委会：柳荫苑业主委员会" not in page
    room.refused(firm, uid, "consent", body="owners_committee", yes="yes")
    assert "业委会：柳荫苑业主委员会" in room.page(DESK, uid, "consent")
    page = room.refused(firm, uid, "consent", body="property_firm", yes="no")
    assert "物业服务企业：柳荫物业公司" in page
    room.does(firm, uid, "consent", body="property_firm", yes="yes", words="三天内开工")
    assert "柳荫物业公司" not in room.page(owners, uid, "consent")
    room.does(owners, uid, "consent", body="owners_committee", yes="yes")
    assert room.hall.topic(uid).stage == "resolve"


def test_before_its_review_a_topic_has_no_step(room: Room) -> None:
    uid = room.hall.raise_()
    answer = room.desk.browser(DESK).get(room.address(uid, "collect"))
    assert (answer.status_code, "审核" in answer.content.decode()) == (422, True)
    assert room.status(DESK, "nothing", "collect") == 404
