"""The topics of the demo stand where they were told to, on whatever day it is made."""

import pytest
from django.db.models import F

from tests.demo.conftest import Told
from yishi.core.place import BodyKind
from yishi.demo.methods import BEGUN, OWN, VOTED
from yishi.records.models import (
    Attempt,
    Case,
    Entry,
    Message,
    MethodDraft,
    MethodWord,
    Option,
    Passage,
    Place,
    Project,
    Report,
    RollTold,
    Topic,
    TopicLink,
    TopicPaper,
    Voice,
    Vote,
    Voter,
)
from yishi.records.queries.method_draft import assess
from yishi.records.queries.rule import methods_at, today_of
from yishi.rulebook.draft import slug

pytestmark = pytest.mark.django_db
VOTED_BY = slug("LY", VOTED)
LIFT = "君怡小区八部电梯坏了四部，怎么修"


def test_two_communities_work_by_their_methods(told: Told) -> None:
    works = {
        code: sorted(methods_at(Place.objects.get(code=code), today_of(told.now)))
        for code in ("LY", "CC", "SQ")
    }
    assert works == {
        "LY": ["canteen", "charter", VOTED_BY, "owners", "siyi", "talkday", "weishi"],
        "CC": ["c4321"],
        "SQ": ["h11235"],
    }


def test_whoever_stands_on_the_roll_of_a_vote_was_told_of_it_then(told: Told) -> None:
    """As the job does within minutes: nobody is told today of a vote that was counted weeks ago."""
    assert not RollTold.objects.filter(ended_at=None).exists()
    messages = Message.objects.filter(entry__in=RollTold.objects.values("entry"))
    assert messages.exists()
    assert not messages.exclude(not_before=F("entry__at")).exists()


def test_each_stands_where_it_was_told_to(told: Told) -> None:
    rows = Topic.objects.order_by("raised_at", "id")
    found = {row.title: (row.state, row.stage or row.outcome) for row in rows}
    assert found == {
        LIFT: ("ended", "done"),
        "柳荫苑自行车棚改成充电车棚": ("ended", "done"),
        "家属院里怎么划停车线": ("running", "propose"),
        "锦绣里步道换石凳、补路灯座": ("running", "notice"),
        "锦绣里后墙排水沟清淤加盖": ("ended", "done"),
        "柳荫苑北门内空地做晾晒场还是健身角": ("running", "resolve"),
        "柳荫苑楼道灯改声控": ("running", "discuss"),
        "柳荫苑3栋单元门的门禁坏了": ("running", "carry_out"),
        "柳荫苑7栋晒被杆松动": ("running", "accept"),
        "锦绣里2号楼三层的鞋柜和童车": ("ended", "settled"),
        "给欠物业费的住户停水停电": ("ended", "declined"),
        "柳荫街路灯暗了一半，要不要凑钱装太阳能灯": ("ended", "handed_over"),
        "5栋门口添两把休息椅": ("running", "ask"),
        "老船厂俱乐部空着，改作什么": ("proposed", ""),
        "锦绣里六十辆车三十八个车位，怎么分": ("proposed", ""),
        "柳荫苑信报箱的锁坏了一半": ("proposed", ""),
        "柳荫社区居民自治章程": ("running", "resolve"),
        "用维修资金换柳荫苑两台二次供水水泵": ("running", "resolve"),
        "柳荫社区2026年第一轮微实事": ("running", "works"),
        "柳荫社区2026年第二轮微实事": ("running", "call"),
        "柳荫社区2026年投票定的微实事": ("running", "result"),
        "柳荫社区2026年年末微实事": ("running", "vote"),
    }


def test_the_yard_was_paid_for_by_four_and_handed_over(told: Told) -> None:
    """东大路160号院: a sixth from the fund, the rest from a firm, an institute and residents."""
    yard, lamps = Project.objects.filter(topic__title__contains="第一轮").order_by("id")
    assert (yard.state, lamps.state) == ("handed_over", "under_way")
    assert list(yard.pledges.order_by("id").values_list("payer", "form", "amount_fen")) == [
        ("fund", "money", 3_000_000),
        ("society", "kind", 9_000_000),
        ("society", "claim", 4_000_000),
        ("residents", "money", 2_000_000),
    ]
    assert (yard.cost_fen, yard.settled_fen) == (18_000_000, 17_950_000)
    assert yard.proposals.count() == 3


def test_one_round_was_counted_by_shares_and_one_is_voted_on(told: Told) -> None:
    """Most votes alone would have built the square and the lamps, for 24 of 41 households."""
    counted = Vote.objects.get(topic__title="柳荫社区2026年投票定的微实事")
    numbers = {uid: no for uid, no, _title in counted.options}
    assert counted.rule["ballot"] == "knapsack"
    assert [numbers[uid] for uid in counted.result["passing"]] == [5, 4, 6]
    assert (counted.state, counted.result["heads"]) == ("decided", 41)
    states = Project.objects.filter(topic=counted.topic).order_by("option__no")
    assert list(states.values_list("state", flat=True)) == [
        "not_chosen", "not_chosen", "not_chosen", "chosen", "chosen", "chosen",
    ]  # fmt: skip
    running = Vote.objects.get(topic__title="柳荫社区2026年年末微实事")
    assert (running.state, running.rule["projects"]["gifts"]) == ("open", [0, 0, 0, 900_000, 0])
    open_to = Voter.objects.filter(vote=running, holders__person__login="demo-wang")
    assert open_to.filter(part=None).count() == 1


def test_the_lift_was_tried_three_times_after_four_meetings(told: Told) -> None:
    lift = Topic.objects.get(title=LIFT)
    assert (lift.visits["resolve"], lift.visits["carry_out"]) == (4, 3)
    tried = Attempt.objects.filter(topic=lift).order_by("no")
    assert [(row.option.no, row.unit.code, row.state) for row in tried] == [
        (1, "CCWY", "failed"),
        (2, "CBZC", "failed"),
        (2, "CBZC", "done"),
    ]
    options = Option.objects.filter(topic=lift).values_list("no", "state", "matter", "competence")
    assert list(options) == [
        (1, "failed", "", ""),
        (2, "done", "", ""),
        (3, "open", "repair_fund", "owners"),
    ]
    third = Passage.objects.filter(topic=lift, kind="confer", edge="pass", visit=2).first()
    assert third is not None
    assert "民法典第二百七十八条" in third.words


def test_everybody_who_raised_it_was_answered(told: Told) -> None:
    links = TopicLink.objects.filter(topic__title=LIFT)
    assert [link.until_at is None for link in links] == [False, False, False]
    reports = Report.objects.filter(links__case__in=links.values("case_id"))
    assert ["四次代表会议" in report.answer for report in reports] == [True, True, True]
    assert Topic.objects.filter(state="ended", answered_at=None).count() == 0
    # What is a duty waits to be dispatched.
    lamps = Case.objects.get(topic_links__topic__outcome="handed_over")
    assert lamps.state == "filed"


def test_what_waits_waits_for_somebody(told: Told) -> None:
    vote = Topic.objects.get(title="柳荫苑北门内空地做晾晒场还是健身角")
    assert sorted(vote.tally) == ["by", "present", "votes"]
    waiting = Voice.objects.filter(answered_at=None).order_by("kind")
    assert list(waiting.values_list("kind", "passage__topic__stage")) == [
        ("comment", "ask"),
        ("objection", "notice"),
    ]
    late = Topic.objects.filter(state="running", due_at__lt=told.now)
    assert list(late.values_list("title", flat=True)) == ["家属院里怎么划停车线"]


def test_an_exception_carries_a_name_and_its_reason(told: Told) -> None:
    entry = Entry.objects.get(code="topic.overridden")
    assert entry.params["by_name"] == "宋明远"
    assert "暴雨" in entry.params["why"]


def test_a_stage_was_left_with_what_it_wants(told: Told) -> None:
    papers = TopicPaper.objects.filter(passage__topic__title=LIFT)
    kinds = {"opinion", "minutes", "plan", "register", "photo", "acceptance"}
    assert set(papers.values_list("kind", flat=True)) == kinds


def test_a_method_of_its_own_waits_for_the_legal_adviser(told: Told) -> None:
    draft = MethodDraft.objects.get(name=OWN)
    assert (draft.place.code, draft.state) == ("LY", "sent")
    said = MethodWord.objects.filter(draft=draft).order_by("id").values_list("part", "is_yes")
    assert list(said) == [("party_committee", True), ("residents_committee", True)]


def test_a_method_copied_elsewhere_is_told_who_is_missing(told: Told) -> None:
    draft = MethodDraft.objects.select_related("place", "base").get(name=BEGUN)
    found = assess(draft, today_of(told.now))
    assert (draft.place.code, draft.state) == ("CC", "drafting")
    assert {(fault.code, fault.have) for fault in found.faults} == {
        ("body_missing", BodyKind.PARTY_MEMBERS),
        ("body_missing", BodyKind.RESIDENTS_ASSEMBLY),
    }
