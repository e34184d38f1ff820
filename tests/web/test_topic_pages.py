"""Topics on the pages: where each stands and why, who reads what, what may be done now."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.acts.hall import DESK, OVERSEER, SECRETARY, Hall, make_hall
from tests.acts.world import NOW, World
from tests.web.staff import Desk, at
from tests.web.test_ceilings import LIST_MOST, statements
from yishi.acts.door import Done
from yishi.acts.topic import reviewing, staging
from yishi.core.place import BodyKind
from yishi.core.topic.review import Reviewed, Verdict
from yishi.phrases.clock import say_by
from yishi.records.files import blank
from yishi.records.models import Case, Passage, Topic, TopicLink, TopicPaper

SECRET = "两家为晾衣架吵过架，赔了三百元"


@pytest.fixture
def hall(world: World) -> Hall:
    return make_hall(world, "siyi")


@pytest.fixture
def desk(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(hall.world, at(monkeypatch))


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def visitor(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def lifts(hall: Hall) -> str:
    """A large matter with one option, taken up."""
    uid = hall.raise_("四部电梯怎么修")
    hall.option(uid, "由物业公司维修")
    hall.take_up(uid, "siyi")
    return uid


def quarrel(hall: Hall) -> str:
    """A small matter, talked over by those concerned; what they said is theirs."""
    uid = hall.raise_("一楼晾衣架挡了路")
    hall.option(uid, "移到东墙")
    hall.take_up(uid, "siyi", "minor", "disputes")
    hall.attach(uid)
    came = frozenset({BodyKind.RESIDENTS_COMMITTEE, BodyKind.GROUP_LEADERS})
    ask = hall.world.ask(DESK, hall.now)
    done(staging.meet(ask, uid, came, {}, 6, SECRET, agreed=True))
    return uid


def test_a_proposed_topic_waits_for_its_review(hall: Hall, desk: Desk) -> None:
    uid = hall.raise_()
    page = visitor(f"/topics/{uid}")
    assert "等社区党组织审核" in page
    assert f"/topics/{uid}/review" not in page
    assert "八部电梯坏了四部" in page
    assert f"/topics/{uid}/review" in desk.get(SECRETARY, f"/topics/{uid}")
    assert "王桂英" not in page
    visitor("/topics/nowhere", 404)


def test_anybody_sees_where_a_topic_stands_and_what_it_takes_to_go_on(
    hall: Hall, desk: Desk
) -> None:
    uid = lifts(hall)
    hall.option(uid, "动用维修资金", matter="repair_fund", matter_name="使用维修资金",
                competence="owners", source="民法典第二百七十八条")  # fmt: skip
    page = visitor(f"/topics/{uid}")
    assert "正在“居民代表提议”，由居民代表会议主持，最迟" in page
    assert "要听够10人的意见，已经听了0人" in page
    assert "居民自己的事，由居民议定" in page
    for name in ("柳荫社区居民代表会议", "柳荫社区居委会", "柳荫社区党委"):
        assert name in page
    body = hall.world.bodies["柳荫社区居民代表会议"].uid
    assert f"/bodies/{body}" in page
    assert "使用维修资金" in page and "由业主共同决定，这里不表决" in page
    assert "step-line" in page and f"/topics/{uid}/flow" in page
    chart = visitor(f"/topics/{uid}/flow")
    assert "正在“居民代表提议”" in chart and "<svg" in chart


def test_each_sees_the_acts_that_are_theirs(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    collect = f"/topics/{uid}/do/collect"
    assert collect not in visitor(f"/topics/{uid}")
    assert collect not in desk.get("王桂英", f"/topics/{uid}")
    page = desk.get(DESK, f"/topics/{uid}")
    assert collect in page and "再提一个方案" in page
    chair = hall.chair(BodyKind.REPRESENTATIVES)
    assert collect in desk.get(chair, f"/topics/{uid}")
    hall.to(uid, "discuss")
    assert collect not in desk.get(DESK, f"/topics/{uid}")
    assert f"/topics/{uid}/do/confer" in desk.get(DESK, f"/topics/{uid}")


def test_a_vote_is_told_in_numbers_with_its_rule(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    hall.to(uid, "resolve")
    page = visitor(f"/topics/{uid}")
    assert "居民会议：在任30人，至少16人到会" in page
    first = hall.open_options(uid)[0].uid
    hall.attach(uid)
    hall.vote(uid, {first: 17}, present=20)
    page = visitor(f"/topics/{uid}")
    assert "到会20/30，至少要到16人" in page
    assert "方案1：赞成17，反对3，弃权0，需要11" in page
    assert "城市居民委员会组织法" in page
    assert "表决通过方案1：到会20/30，需要11票赞成" in page


def test_every_try_stays_with_its_reason(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    hall.to(uid, "carry_out")
    unit = hall.world.bodies["区水务公司"].uid
    done(staging.assign(hall.world.ask(DESK, hall.now), uid, unit))
    waits = f"/topics/{uid}"
    assert waits in desk.get("水务小吴", "/work") and waits in desk.get(DESK, "/work")
    done(staging.report_failed(hall.world.ask("水务小吴", hall.now), uid, "产权单位不同意"))
    assert waits not in desk.get("水务小吴", "/work")
    page = visitor(f"/topics/{uid}")
    assert "产权单位不同意" in page
    assert "区水务公司" in page
    assert "没有办成" in page


def test_words_of_a_closed_stage_are_for_those_who_take_part(hall: Hall, desk: Desk) -> None:
    uid = quarrel(hall)
    assert Passage.objects.get(topic__uid=uid, stage="meet").words == SECRET
    leader = hall.chair(BodyKind.GROUP_LEADERS)
    for who, reads in (
        (DESK, True),
        (SECRETARY, True),
        (OVERSEER, True),
        (leader, True),
        ("王桂英", True),  # raised it
        ("李建国", False),
        (hall.chair(BodyKind.REPRESENTATIVES), False),
        ("城管小孙", False),
        ("审计员", False),
        ("分拨员老赵", False),
    ):
        page = desk.get(who, f"/topics/{uid}")
        assert (SECRET in page) == reads, who
        assert "6人参加" in page, who
    page = visitor(f"/topics/{uid}")
    assert SECRET not in page
    assert "这一步说了什么，只有参加的人能看" in page
    assert SECRET not in visitor(f"/topics/{uid}?story=1&step=1")
    assert SECRET not in visitor("/topics?place=")


def test_a_paper_that_may_hold_names_is_only_named_to_everybody(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    hall.attach(uid)
    papers = {one.kind: one.uid for one in TopicPaper.objects.filter(passage__topic__uid=uid)}
    register, plan = (f"/topics/{uid}/papers/{papers[kind]}" for kind in ("register", "plan"))
    for page, has in ((visitor(f"/topics/{uid}"), False), (desk.get(DESK, f"/topics/{uid}"), True)):
        assert "签到表" in page
        assert plan in page
        assert (register in page) == has


def test_what_a_public_stage_left_is_read_by_everybody(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    hall.to(uid, "review")
    assert "一致同意" in visitor(f"/topics/{uid}")


def test_a_review_that_ends_it_is_published_with_its_clause(hall: Hall, desk: Desk) -> None:
    uid = hall.raise_("换路灯")
    said = Reviewed(Verdict.DUTY, words="路灯归区城管局管", clause="职责清单 D0")
    done(reviewing.review_topic(hall.world.ask(SECRETARY, NOW), uid, "siyi", said))
    page = visitor(f"/topics/{uid}")
    assert "已结束：属职责内的事，已转交办理" in page
    assert "路灯归区城管局管" in page and "职责清单 D0" in page


def test_the_matters_behind_a_topic_are_counted_for_all_and_named_to_staff(
    hall: Hall, desk: Desk
) -> None:
    uid = lifts(hall)
    case = desk.filed("电梯又坏了")
    TopicLink.objects.create(topic=hall.topic(uid), case=case, from_at=NOW)
    address = f"/cases/{case.uid}"
    for who, named in (("分拨员老赵", True), (DESK, True), ("李建国", False), ("城管小孙", False)):
        page = desk.get(who, f"/topics/{uid}")
        assert (address in page) == named, who
        assert "有1件居民诉求在这里一起议" in page
    assert case.uid not in visitor(f"/topics/{uid}")


def test_what_one_is_told_of_a_topic_leads_to_it(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    number = hall.topic(uid).number
    inbox = desk.get("王桂英", "/messages")
    assert "四部电梯怎么修" in inbox and "您现在不能打开了" not in inbox
    assert f"/m/{number}" in inbox and "全部标为已读" in inbox
    answer = desk.browser("王桂英").get(f"/m/{number}")
    assert (answer.status_code, answer["Location"]) == (302, f"/topics/{uid}")
    assert "全部标为已读" not in desk.get("王桂英", "/messages")


def test_the_list_is_of_ones_own_place_first_and_of_every_place_for_a_visitor(
    hall: Hall, desk: Desk
) -> None:
    uid, small = lifts(hall), quarrel(hall)
    waiting = hall.raise_("院子里停车")
    page = visitor("/topics")
    for one in (uid, small, waiting):
        assert f"/topics/{one}" in page
    assert "居民代表提议" in page and "待审核" in page
    assert "四部电梯怎么修" in visitor("/topics?q=电梯")
    assert "院子里停车" not in visitor("/topics?q=电梯")
    number = hall.topic(uid).number
    assert f"/topics/{uid}" in visitor(f"/topics?q={number}")
    assert f"/topics/{small}" not in visitor("/topics?entry=facilities")
    assert f"/topics/{uid}" in visitor("/topics?entry=facilities")
    assert f"/topics/{waiting}" in visitor("/topics?state=proposed")
    assert f"/topics/{uid}" not in visitor("/topics?state=proposed")
    code = hall.world.places["石桥社区"].code
    assert "没有符合的议题" in visitor(f"/topics?place={code}")
    assert f"/topics/{uid}" in desk.get(DESK, "/topics")
    assert f"/topics/{uid}" in desk.get("分拨员老赵", "/topics")  # of the sub-district
    workbook = Client().get("/topics.xlsx")
    assert workbook["Content-Type"].startswith("application/vnd.openxmlformats")


def test_a_topic_that_is_late_is_counted_and_found(
    hall: Hall, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = lifts(hall)
    assert f"/topics/{uid}" not in visitor("/topics?state=late")
    at(monkeypatch, NOW + timedelta(days=40))
    assert f"/topics/{uid}" in visitor("/topics?state=late")
    assert "已经超时" in visitor(f"/topics/{uid}")


def form(hall: Hall, **more: str) -> dict[str, str]:
    return {
        "key": "topic-1",
        "place": hall.world.places["柳荫社区"].uid,
        "title": "自行车停在哪里",
        "words": "楼道里停满了自行车，家家进出都不方便。",
        "option": "东墙搭一个车棚",
        "option_words": "大概要八千元。",
        **more,
    }


def test_a_resident_raises_a_topic(hall: Hall, desk: Desk) -> None:
    assert Client().get("/topics/new").status_code == 302
    page = desk.get("王桂英", "/topics/new")
    assert "只是自家的事？您可能想反映诉求" in page and "/report/new" in page
    answer = desk.browser("王桂英").post("/topics/new", form(hall))
    topic = Topic.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/topics/{topic.uid}")
    assert (topic.title, topic.raised_as) == ("自行车停在哪里", "resident")
    assert topic.options.get().title == "东墙搭一个车棚"
    again = desk.browser("王桂英").post("/topics/new", form(hall))
    assert again["Location"] == f"/topics/{topic.uid}"
    assert Topic.objects.count() == 1


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("title", "请用一行字写明要议什么"),
        ("words", "请写明为什么不只是一家的事"),
        ("place", "请选择事情发生在哪个社区"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    hall: Hall, desk: Desk, missing: str, said: str
) -> None:
    answer = desk.browser("王桂英").post("/topics/new", form(hall, **{missing: ""}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "大概要八千元。" in page
    assert not Topic.objects.exists()


@pytest.mark.parametrize("where", ["title", "words", "option_words"])
def test_a_number_of_somebody_in_what_everybody_reads_is_pointed_out_before_it_is_sent(
    hall: Hall, desk: Desk, where: str
) -> None:
    typed = form(hall, **{where: "找老李，13812345678"})
    answer = desk.browser("王桂英").post("/topics/new", typed)
    page = answer.content.decode()
    assert (answer.status_code, Topic.objects.count()) == (422, 0)
    assert "写有能找到人或者认出人的号码：13812345678。" in page and "确认可以公开" in page
    answer = desk.browser("王桂英").post("/topics/new", {**typed, "personal": "on"})
    assert (answer.status_code, Topic.objects.count()) == (302, 1)


def test_something_alike_is_shown_once_before_it_is_sent(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    typed = form(hall, title="电梯坏了怎么修")
    answer = desk.browser("李建国").post("/topics/new", typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"/topics/{uid}" in page and "大概要八千元。" in page
    assert Topic.objects.count() == 1
    answer = desk.browser("李建国").post("/topics/new", {**typed, "seen": "yes"})
    assert answer.status_code == 302
    assert Topic.objects.count() == 2


def test_a_draft_is_kept_over_signing_in(hall: Hall, desk: Desk) -> None:
    lost = Client()
    assert lost.post("/topics/new", form(hall)).status_code == 302
    lost.force_login(
        hall.world.people["王桂英"], backend="django.contrib.auth.backends.ModelBackend"
    )
    page = lost.get("/topics/new").content.decode()
    assert "还没有发送，您写的都在" in page
    assert "东墙搭一个车棚" in page


def test_the_door_to_talks_shows_what_one_may_speak_on(
    hall: Hall, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = lifts(hall)
    page = visitor("/talk")
    assert f"/topics/{uid}" in page and "现在可以提意见的" not in page
    assert "/bodies" in page and "/methods" in page
    hall.to(uid, "notice")
    done(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    page = desk.get("王桂英", "/talk")
    assert "现在可以提意见的" in page and "我提出的</span>" in page
    assert page.count(f'href="/topics/{uid}"') == 1 and "我提出的议题" not in page
    other = lifts(hall)
    page = desk.get("王桂英", "/talk")
    assert page.count(f'href="/topics/{other}"') == 1 and "我提出的议题" in page
    page = desk.get("李建国", "/talk")
    assert page.count(f'href="/topics/{other}"') == 1 and page.count(f'href="/topics/{uid}"') == 1
    assert "还在议的" in page
    assert "再提一个方案" not in desk.get(SECRETARY, f"/topics/{uid}")
    assert f"/topics/{uid}/do/object" in desk.get("李建国", f"/topics/{uid}")
    assert f"/topics/{uid}" in visitor("/board")


def test_what_is_said_of_time_is_how_long_one_may_speak(
    hall: Hall, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = lifts(hall)
    hall.to(uid, "notice")
    done(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    desk.now = at(monkeypatch, hall.now)
    until = datetime.fromisoformat(hall.topic(uid).tally["until"])
    said = f"异议提到{say_by(until, hall.now)}止"
    for page in ("/talk", "/topics?place=", "/board", f"/topics/{uid}"):
        assert said in visitor(page), page
    assert said in desk.get("李建国", f"/topics/{uid}/do/object")
    assert "现在可以提意见的" in visitor("/talk")
    at(monkeypatch, until)
    assert "现在可以提意见的" not in visitor("/talk")
    for page in ("/talk", "/topics?place=", "/board", f"/topics/{uid}"):
        assert "异议提到" not in visitor(page), page


def test_the_filters_are_folded_and_say_what_they_are_set_to(hall: Hall) -> None:
    lifts(hall)
    page = visitor("/topics")
    assert '<details class="narrow"><summary><span>按条件找议题</span></summary>' in page
    page = visitor("/topics?place=&state=running&q=电梯")
    assert "按条件找议题： <b>进行中 · 电梯</b>" in page


def test_the_board_shows_what_came_of_topics(hall: Hall, desk: Desk) -> None:
    uid = lifts(hall)
    assert f"/topics/{uid}" not in visitor("/board")
    while hall.topic(uid).state == "running":
        hall.pass_stage(uid)
    page = visitor("/board")
    assert f"/topics/{uid}" in page and "办成，结果已公布" in page
    page = visitor(f"/topics/{uid}")
    assert "到这里结束" in page and "正在这一步" not in page
    assert "已办成" in page and "逐条看谁在什么时候、依据什么办的" in page
    assert "到这里结束" in visitor(f"/topics/{uid}/flow")


def copies(hall: Hall, uid: str, number: int) -> None:
    """So many more visits to stages, each with a voice and a paper, and so many more topics."""
    topic = hall.topic(uid)
    base = hall.passage(uid)
    base_no = base.no
    for no in range(number):
        fields: dict[str, Any] = {
            f.attname: getattr(base, f.attname) for f in Passage._meta.concrete_fields
        }
        fields |= {"id": None, "uid": f"p{no}", "no": base_no + no, "left_at": NOW, "edge": "fail"}
        Passage.objects.filter(pk=base.pk).update(no=base_no + no + 1)
        passage = Passage.objects.create(**fields)
        passage.voices.create(uid=f"v{no}", kind="comment", words="好", at=NOW)
        hall_paper(hall, passage)
    rows = []
    for no in range(number):
        fields = {f.attname: getattr(topic, f.attname) for f in Topic._meta.concrete_fields}
        rows.append(Topic(**{**fields, "id": None, "uid": f"t{no}", "number": f"n{no}",
                             "chosen_id": None}))  # fmt: skip
    Topic.objects.bulk_create(rows)


def hall_paper(hall: Hall, passage: Passage) -> None:
    hall.papers += 1
    passage.papers.create(uid=f"f{hall.papers}", kind="minutes", file=blank(NOW), added_at=NOW)


@pytest.mark.parametrize("who", [None, "王桂英", DESK, SECRETARY])
def test_pages_ask_as_often_for_many_topics_and_stages_as_for_few(
    hall: Hall, desk: Desk, who: str | None
) -> None:
    uid = lifts(hall)
    hall.to(uid, "notice")
    done(staging.post(hall.world.ask(DESK, hall.now), uid, "各楼道口"))
    case: Case = desk.filed("电梯又坏了")
    TopicLink.objects.create(topic=hall.topic(uid), case=case, from_at=NOW)
    browser = desk.browser(who) if who else Client()
    pages = (f"/topics/{uid}", f"/topics/{uid}?step=2", "/topics", "/talk", "/board")
    few = [statements(browser, page) for page in pages]
    copies(hall, uid, 30)
    many = [statements(browser, page) for page in pages]
    assert many == few
    assert max(many) <= LIST_MOST, dict(zip(pages, many, strict=True))
