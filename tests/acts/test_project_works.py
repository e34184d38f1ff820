"""The works of a project, by people's acts: who may, who is told, and every fen in its place."""

from datetime import date, timedelta

import pytest

from tests.acts.hall import CONVENER, DESK, OVERSEER, SECRETARY
from tests.acts.rounds import ends
from tests.acts.works import (
    BUILDER,
    COST,
    KEEPER,
    REVIEWER,
    YUAN,
    Works,
    accepted,
    built,
    chosen,
    funded,
    handed_over,
    in_talks,
    live_at,
    paper,
    photo,
    scored_by,
    scoring,
    settled,
    under_way,
)
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.project import (
    accepting,
    building,
    changing,
    costing,
    funding,
    paying,
    settling,
    watching,
)
from yishi.acts.project import (
    scoring as scores,
)
from yishi.acts.report import Words
from yishi.acts.round import ending
from yishi.acts.topic import staging
from yishi.core.method.language import Paper
from yishi.core.person import Role
from yishi.core.project.now import Form, OpinionOn
from yishi.core.refusal import Refusal
from yishi.records.models import (
    Account,
    Case,
    Change,
    Defect,
    Entry,
    Message,
    Milestone,
    Pledge,
    Project,
    ProjectLook,
    ProjectScore,
    Quotation,
    Transfer,
)
from yishi.records.queries.money import held_by

pytestmark = pytest.mark.django_db
COMMITTEE = "柳荫社区居务监督委员会"


@pytest.fixture
def world() -> World:
    return make_world()


def refused(answer: Done | Refusal) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def told(template: str) -> list[str]:
    """Whom it was told, by name; databases sort Chinese in their own ways."""
    rows = Message.objects.filter(template=template)
    return sorted(rows.values_list("recipient__name", flat=True))


def balances() -> dict[str, int]:
    """What all accounts of a kind hold together, in yuan."""
    found: dict[str, int] = {}
    rows = list(Account.objects.all())
    held = held_by(rows)
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + held[row.pk] // YUAN
    return found


# By contract, or by themselves


def test_the_works_begin_with_the_contract(world: World) -> None:
    w = under_way(world)
    row = w.row
    assert (row.state, row.contractor, row.contract_fen) == (
        "under_way", "柳荫市政工程公司", 110_000 * YUAN,
    )  # fmt: skip
    assert (row.self_built, row.ends_on) == (False, w.today + timedelta(days=61))
    assert row.contract is not None and row.papers.get().kind == "contract"
    # Both whose wish it was are told; of the funders one has an account.
    assert told("project.under_way") == ["李建国", "王桂英"]
    assert told("project.begun") == ["王桂英"]


def test_a_contract_waits_for_every_yuan_and_is_the_quotation(world: World) -> None:
    w = chosen(world)
    entered = building.Contract("清河路桥公司", 110_000 * YUAN, date(2026, 8, 1), date(2026, 9, 1))
    assert refused(building.contract(w.ask(), w.uid, entered)) == "not_now"
    w = w if w.row.state == "funded" else _funded(w)
    more = building.Contract(
        "清河路桥公司", 120_000 * YUAN, date(2026, 8, 1), date(2026, 9, 1), paper()
    )
    answer = building.contract(w.ask(), w.uid, more)
    assert answer == Refusal(
        "contract_differs", 110_000 * YUAN, 120_000 * YUAN, "fen", "norms.md §3"
    )
    assert refused(building.contract(w.ask("王桂英"), w.uid, more)) == "not_yours"


def _funded(w: Works) -> Works:
    for payer, form, yuan in (
        ("fund", Form.MONEY, 40_000),
        ("society", Form.KIND, 140_000),
    ):
        w.pledge(payer, form, yuan)
    w.fund()
    return w


def test_residents_build_only_what_is_small(world: World) -> None:
    w = funded(world)
    days = (date(2026, 8, 1), date(2026, 9, 1))
    answer = building.build_selves(w.ask(), w.uid, w.body("柳荫志愿服务队"), *days)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.need, answer.have) == ("self_built_over", 5_000_000, COST)


def test_a_small_one_is_built_by_the_residents_themselves(world: World) -> None:
    w = in_talks(world)
    w.cost(40_000 * YUAN)
    w.agree()
    w = _to_works(w)
    w.pledge("fund", Form.MONEY, 40_000)
    w.fund()
    days = (w.today, w.today + timedelta(days=30))
    done = building.build_selves(w.ask(), w.uid, w.body("柳荫志愿服务队"), *days)
    assert isinstance(done, Done)
    assert (w.row.self_built, w.row.contract_fen, w.row.state) == (True, None, "under_way")
    # The body that builds it plans its steps itself.
    by_builder = w.ask(f"柳荫志愿服务队{CONVENER}")
    steps = [("刷墙", w.today + timedelta(days=3))]
    assert isinstance(building.plan_milestones(by_builder, w.uid, steps), Done)


def _to_works(w: Works) -> Works:
    ends(w.hall, w.round, Paper.MINUTES, Paper.REGISTER)
    w.hall.did(staging.post(w.ask(), w.round, "各楼道口"))
    w.hall.now += timedelta(days=8)
    w.hall.attach(w.round, Paper.PHOTO)
    w.hall.did(staging.end_posting(w.ask(), w.round))
    return w


# Steps, looks


def test_steps_have_photos_and_it_is_built_when_all_are_reached(world: World) -> None:
    w = under_way(world)
    steps = [("挖开旧路面", w.today + timedelta(days=3)), ("铺沥青", w.today + timedelta(days=9))]
    w.hall.did(building.plan_milestones(w.ask(), w.uid, steps))
    w.hall.did(building.reach_milestone(w.ask(), w.uid, 1, "挖好了", photo("一")))
    answer = building.report_built(w.ask(), w.uid, "完工", photo("二"))
    assert answer == Refusal("milestones_open", 2, 1, "milestone", "norms.md §3")
    assert refused(building.reach_milestone(w.ask(), w.uid, 2, "", None)) == "proof_missing"
    w.hall.did(building.reach_milestone(w.ask(), w.uid, 2, "铺好了", photo("二")))
    w.hall.did(building.report_built(w.ask(), w.uid, "完工", photo("三")))
    assert (w.row.state, w.row.built_at) == ("built", w.now)
    assert [one.done_at for one in Milestone.objects.order_by("no")] == [w.now, w.now]


def test_committees_and_residents_look_on_and_nobody_else(world: World) -> None:
    w = under_way(world, BUILDER)
    world.person("外来的人", "13800009999")
    look = watching.watch
    w.hall.did(look(w.ask(OVERSEER), w.uid, "料单对得上", photo()))
    w.hall.did(look(w.ask("王桂英"), w.uid, "路边堆料没有围"))
    assert refused(look(w.ask("外来的人"), w.uid, "看看")) == "not_resident_here"
    assert refused(look(w.ask(f"{BUILDER}{CONVENER}"), w.uid, "都好")) == "not_independent"
    rows = ProjectLook.objects.order_by("id")
    assert list(rows.values_list("body__name", "person__name")) == [
        (COMMITTEE, OVERSEER), (None, "王桂英"),
    ]  # fmt: skip
    # What was seen is a row of its own, and not in the story.
    assert Entry.objects.filter(code="project.watched").latest("id").params == {}


def test_three_looks_a_day_and_more_tomorrow(world: World) -> None:
    w = under_way(world)
    for _ in range(3):
        w.hall.did(watching.watch(w.ask("王桂英"), w.uid, "在看"))
    assert refused(watching.watch(w.ask("王桂英"), w.uid, "在看")) == "looks_many"
    assert isinstance(watching.watch(w.ask("李建国"), w.uid, "也在看"), Done)
    w.hall.now += timedelta(days=1)
    assert isinstance(watching.watch(w.ask("王桂英"), w.uid, "又来看"), Done)


# Changes


def test_a_higher_cost_waits_for_the_money_and_goes_on_by_a_new_contract(world: World) -> None:
    w = under_way(world)
    w.hall.did(changing.ask_change(w.ask(), w.uid, COST + 5_000 * YUAN, "地下有旧管"))
    assert refused(changing.ask_change(w.ask(), w.uid, COST + 1, "再加")) == "change_open"
    done = changing.decide_change(w.ask(SECRETARY), w.uid, 1, "同意", yes=True)
    assert isinstance(done, Done)
    assert (w.row.state, w.row.cost_fen) == ("chosen", COST + 5_000 * YUAN)
    # In between the works wait.
    steps = [("铺沥青", w.today + timedelta(days=9))]
    assert refused(building.plan_milestones(w.ask(), w.uid, steps)) == "not_now"
    answer = funding.fund(w.ask(), w.uid)
    assert isinstance(answer, Refusal) and answer.code == "funders_short"
    w.pledge("society", Form.MONEY, 5_000)
    w.fund()
    begins = w.today
    entered = building.Contract(
        "柳荫市政工程公司", 115_000 * YUAN, begins, begins, paper("补充协议"), why="加挖旧管"
    )
    w.hall.did(building.contract(w.ask(), w.uid, entered))
    assert (w.row.state, w.row.contract_fen) == ("under_way", 115_000 * YUAN)
    assert [one.amount_fen for one in w.row.papers.order_by("id")] == [
        110_000 * YUAN, 115_000 * YUAN,
    ]  # fmt: skip
    assert told("project.changed") == ["李建国", "王桂英"]


def test_a_contract_signed_anew_takes_in_what_was_paid_before_it(world: World) -> None:
    w = under_way(world)
    w.pay(1, 60_000)
    w.hall.did(changing.ask_change(w.ask(), w.uid, COST - 5_000 * YUAN, "少铺一段"))
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, yes=True))
    w.hall.did(changing.lower_pledge(w.ask(), w.uid, w.pledges[0], 25_000 * YUAN))
    w.fund()

    def signed(yuan: int) -> Done | Refusal:
        sum_ = yuan * YUAN
        entered = building.Contract(
            "清河路桥公司", sum_, w.today, w.today, paper("新合同"), why="换了一家"
        )
        return building.contract(w.ask(), w.uid, entered)

    assert signed(59_999) == Refusal(
        "contract_below_paid", 60_000 * YUAN, 59_999 * YUAN, "fen", "norms.md §3"
    )
    w.hall.did(signed(60_000))
    assert (w.row.state, w.row.contract_fen) == ("under_way", 60_000 * YUAN)


def test_a_lower_cost_gives_back_what_is_over_to_the_fen(world: World) -> None:
    w = under_way(world)
    w.pay(0, 10_000)
    w.hall.did(changing.ask_change(w.ask(), w.uid, COST - 5_000 * YUAN, "少铺一段"))
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, yes=True))
    lower, fund = changing.lower_pledge, w.pledges[0]
    assert refused(lower(w.ask(), w.uid, fund, 24_999 * YUAN)) == "funders_not_over"
    assert refused(lower(w.ask(), w.uid, fund, 9_999 * YUAN)) == "pledge_spent_more"
    w.hall.did(lower(w.ask(), w.uid, fund, 25_000 * YUAN))
    assert Pledge.objects.get(uid=fund).amount_fen == 25_000 * YUAN
    assert balances() == {
        "outside": -190_000,
        "fund": 15_000,
        "pledge": 165_000,
        "spent": 10_000,
    }
    w.fund()
    assert w.row.state == "funded"


def test_a_change_is_decided_by_somebody_else_and_refused_with_a_reason(world: World) -> None:
    w = under_way(world)
    convener = f"柳荫社区党群服务中心{CONVENER}"
    w.hall.did(changing.ask_change(w.ask(convener), w.uid, COST + 1, "贵一分"))
    own = changing.decide_change(w.ask(convener), w.uid, 1, "同意", yes=True)
    assert refused(own) == "not_independent"
    assert refused(changing.decide_change(w.ask(SECRETARY), w.uid, 1, yes=False)) == "words_missing"
    w.hall.did(changing.decide_change(w.ask(SECRETARY), w.uid, 1, "没有钱", yes=False))
    assert (w.row.state, w.row.cost_fen) == ("under_way", COST)
    assert told("project.change_refused") == [convener]
    again = changing.decide_change(w.ask(SECRETARY), w.uid, 1, yes=True)
    assert refused(again) == "change_decided"


def test_a_cost_that_comes_to_be_compared_waits_for_the_quotations(world: World) -> None:
    w = in_talks(world)
    centre = w.body("柳荫社区党群服务中心")
    said = costing.Said(OpinionOn.COST, True, "换两盏灯", 4_000 * YUAN, paper("造价"))
    w.hall.did(costing.add_opinion(w.ask(), w.uid, centre, said))
    w.hall.did(costing.cost(w.ask(), w.uid, centre, 4_000 * YUAN, 2, 96))
    w.agree()
    w = _to_works(w)
    w.pledge("fund", Form.MONEY, 4_000)
    w.fund()
    days = (w.today, w.today + timedelta(days=30))
    small = building.Contract("清河路桥公司", 4_000 * YUAN, *days, paper(), why="没有比价")
    w.hall.did(building.contract(w.ask(), w.uid, small))
    w.hall.did(changing.ask_change(w.ask(), w.uid, 9_000 * YUAN, "线也要换"))
    decide = lambda: changing.decide_change(w.ask(SECRETARY), w.uid, 1, "同意", yes=True)  # noqa: E731
    assert decide() == Refusal("quotes_few", 3, 0, "quotation", "ours：货比三家")
    for more, name in enumerate(("清河路桥公司", "望江建设公司", "柳荫市政工程公司")):
        fen = (8_600 + more * 100) * YUAN
        w.hall.did(costing.add_quotation(w.ask(), w.uid, name, fen, paper(name)))
    lowest = Quotation.objects.get(bidder="清河路桥公司").uid
    # While it is being built nobody takes another; once the money is looked for anew, one is.
    assert refused(costing.take_quotation(w.ask(), w.uid, lowest)) == "not_now"
    w.hall.did(decide())
    w.hall.did(costing.take_quotation(w.ask(), w.uid, lowest))
    w.pledge("fund", Form.MONEY, 5_000)
    w.fund()
    again = building.Contract("清河路桥公司", 8_600 * YUAN, *days, paper("补充协议"))
    w.hall.did(building.contract(w.ask(), w.uid, again))
    assert (w.row.state, w.row.contract_fen) == ("under_way", 8_600 * YUAN)


# Accepted


def test_accepted_delivers_what_was_given_in_kind(world: World) -> None:
    w = built(world)
    assert "spent" not in balances()
    w.accept()
    assert (w.row.state, w.row.accepted_at) == ("accepted", w.now)
    kind = Pledge.objects.get(uid=w.pledges[2])
    assert (kind.form, kind.delivered_at) == ("kind", w.now)
    assert balances()["spent"] == 70_000
    looks = ProjectLook.objects.filter(on="accept").order_by("id")
    assert [(one.body.name if one.body else one.name, one.is_fit) for one in looks] == [
        (COMMITTEE, True), ("王桂英", True),
    ]  # fmt: skip
    assert told("project.accepted") == ["李建国", "王桂英"]


def test_not_fit_goes_back_to_the_works(world: World) -> None:
    w = built(world)
    done = accepting.accept(
        w.ask(OVERSEER), w.uid, [w.body(COMMITTEE)], [], "井盖高出路面", fit=False
    )
    assert isinstance(done, Done)
    assert (w.row.state, w.row.built_at) == ("under_way", None)
    w.hall.did(building.report_built(w.ask(), w.uid, "井盖降平了", photo("四")))
    w.accept()
    assert w.row.state == "accepted"


def test_who_built_it_neither_accepts_nor_settles(world: World) -> None:
    w = built(world, BUILDER)
    committee, builder = w.body(COMMITTEE), w.body(BUILDER)
    accept = accepting.accept
    # The desk reported its steps, so that the desk built it, as far as independence goes.
    assert refused(accept(w.ask(DESK), w.uid, [committee], [], "好", fit=True)) == "not_independent"
    both = accept(w.ask(OVERSEER), w.uid, [committee, builder], [], "好", fit=True)
    assert refused(both) == "inspector_built"
    alone = accept(w.ask(OVERSEER), w.uid, [w.body("柳荫社区居委会")], ["王桂英"], "好", fit=True)
    assert refused(alone) == "inspector_of_committee"
    w.accept()
    w.pay_all()
    settle = settling.settle
    own = settle(w.ask(SECRETARY), w.uid, 178_000 * YUAN, builder, paper())
    assert refused(own) == "reviewer_built"
    desk = settle(w.ask(DESK), w.uid, 178_000 * YUAN, w.body(REVIEWER), paper())
    assert refused(desk) == "not_independent"
    world.appoint(SECRETARY, Role.MEMBER, "柳荫社区", BUILDER)
    joined = settle(w.ask(SECRETARY), w.uid, 178_000 * YUAN, w.body(REVIEWER), paper())
    assert refused(joined) == "not_independent"


# Settled, handed over


def test_the_final_account_is_what_was_spent_and_the_rest_goes_back(world: World) -> None:
    w = accepted(world)
    answer = settling.settle(w.ask(SECRETARY), w.uid, 178_000 * YUAN, w.body(REVIEWER), paper())
    assert answer == Refusal("settled_unpaid", 178_000 * YUAN, 70_000 * YUAN, "fen", "norms.md §3")
    w.pay_all()
    w.settle()
    assert (w.row.state, w.row.settled_fen) == ("settled", 178_000 * YUAN)
    # 2,000 of the fund were left: back with the 10,000 it never gave.
    assert balances() == {"outside": -190_000, "fund": 12_000, "pledge": 0, "spent": 178_000}
    back = Transfer.objects.get(moved="released")
    assert (back.amount_fen, back.source.pledge) == (
        2_000 * YUAN, Pledge.objects.get(uid=w.pledges[0]),
    )  # fmt: skip
    entry = Entry.objects.get(code="project.settled")
    assert entry.params == {
        "settled": 178_000 * YUAN, "back": 2_000 * YUAN, "unit": REVIEWER,
    }  # fmt: skip


def test_nothing_is_paid_twice_or_after_the_account_is_settled(world: World) -> None:
    w = settled(world)
    done = paying.pay(w.ask(), w.uid, w.pledges[1], 1 * YUAN, "2026-999", paper(), "再付一点")
    assert refused(done) == "not_now"


def test_the_keeper_itself_takes_it_over(world: World) -> None:
    w = settled(world)
    assert refused(settling.take_over(w.ask("城管小孙"), w.uid)) == "not_yours"
    hand = settling.hand_over
    late = hand(w.ask(), w.uid, w.body(KEEPER), date(2026, 1, 1), "合同第九条", paper())
    assert refused(late) == "liable_past"
    w.hall.did(hand(w.ask(), w.uid, w.body(KEEPER), date(2028, 8, 1), "合同第九条", paper()))
    assert told("project.handed") == ["城管小孙"]
    assert refused(settling.take_over(w.ask("水务小吴"), w.uid)) == "not_yours"
    w.hall.did(settling.take_over(w.ask("城管小孙"), w.uid))
    row = w.row
    assert (row.state, row.keeper, row.handed_at) == ("handed_over", world.bodies[KEEPER], w.now)
    assert row.liable_until == date(2028, 8, 1)
    assert told("project.handed_over") == ["李建国", "王桂英"]


def test_a_stopped_project_gives_back_what_it_has_left(world: World) -> None:
    w = under_way(world)
    w.pay(1, 10_000)
    assert refused(settling.stop(w.ask(SECRETARY), w.uid, " ")) == "why_missing"
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "地下是主管道，不能挖"))
    assert (w.row.state, w.row.why) == ("stopped", "地下是主管道，不能挖")
    # The fund has all of its 40,000 again; what was paid stays paid.
    assert balances() == {"outside": -50_000, "fund": 40_000, "pledge": 0, "spent": 10_000}
    assert told("project.stopped") == ["李建国", "王桂英"]
    assert refused(settling.stop(w.ask(SECRETARY), w.uid, "再停")) == "not_now"


def test_a_change_still_asked_for_is_refused_where_the_project_stops(world: World) -> None:
    w = under_way(world)
    convener = f"柳荫社区党群服务中心{CONVENER}"
    w.hall.did(changing.ask_change(w.ask(convener), w.uid, COST + 1, "贵一分"))
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "地下是主管道，不能挖"))
    change = Change.objects.get()
    assert (change.state, change.answer) == ("refused", "地下是主管道，不能挖")
    assert (change.decided_at, change.decided_by.name) == (w.now, SECRETARY)
    assert told("project.change_refused") == [convener]


def test_after_it_is_accepted_nobody_stops_it(world: World) -> None:
    w = accepted(world)
    assert refused(settling.stop(w.ask(SECRETARY), w.uid, "不要了")) == "not_now"


# Used


@pytest.mark.parametrize(("number", "few"), [(9, 1), (10, 0)])
def test_what_too_few_scored_goes_on_as_neither_when_the_limit_is_over(
    world: World, number: int, few: int
) -> None:
    w = scoring(world)
    scored_by(w, number)
    due_at = w.hall.topic(w.round).due_at
    assert due_at is not None
    if few:
        early = ending.end_projects(w.world.ask(DESK, due_at - timedelta(minutes=1)), w.round)
        assert refused(early) == "scores_run"
        w.hall.now = due_at
    w.hall.did(ending.end_projects(w.ask(), w.round))
    assert w.hall.topic(w.round).stage == "accounts"
    facts = Entry.objects.filter(code="topic.projects_ended").latest("id").params
    assert (facts["going"], facts["stopped"], facts.get("few", 0)) == (1 - few, 0, few)


def test_residents_score_it_once_each(world: World) -> None:
    w = handed_over(world)
    early = scores.score(w.ask("王桂英"), w.uid, "satisfied")
    assert refused(early) == "round_elsewhere"
    ends(w.hall, w.round)
    assert w.hall.topic(w.round).stage == "score"
    w.hall.did(scores.score(w.ask("王桂英"), w.uid, "satisfied", "路平了"))
    assert refused(scores.score(w.ask("王桂英"), w.uid, "basically")) == "scored_before"
    world.person("外来的人", "13800009999")
    assert refused(scores.score(w.ask("外来的人"), w.uid, "satisfied")) == "not_resident_here"
    world.person("周大妈", "13800009998")
    live_at(world, "柳荫2栋", "周大妈")
    w.hall.did(scores.score(w.ask("周大妈"), w.uid, "dissatisfied"))
    assert list(ProjectScore.objects.order_by("id").values_list("score", flat=True)) == [
        "satisfied", "dissatisfied",
    ]  # fmt: skip
    assert Entry.objects.filter(code="project.scored").latest("id").params == {}


def test_a_defect_is_a_matter_like_any_other_and_stands_with_the_project(world: World) -> None:
    w = scoring(world)
    words = Words("新铺的路又裂了", building=world.buildings["柳荫1栋"].uid)
    ask = w.ask("王桂英", key="defect-1")
    done = scores.report_defect(ask, w.uid, words)
    assert isinstance(done, Done)
    case = Case.objects.get(number=done.number)
    assert (Defect.objects.get().case, Defect.objects.get().project) == (case, w.row)
    # The same form sent twice files it once.
    assert scores.report_defect(ask, w.uid, words) == Done(
        done.uid, done.number, done.version, done.code, again=True
    )
    assert Case.objects.count() == 1
    # What a matter needs is refused as there, and nothing is done.
    assert refused(scores.report_defect(w.ask("王桂英"), w.uid, Words(""))) == "words_missing"
    assert (Case.objects.count(), Defect.objects.count()) == (1, 1)


def test_who_is_too_late_is_told_that_it_has_changed(world: World) -> None:
    w = built(world)
    seen = w.row.version
    w.accept()
    done = accepting.accept(
        w.ask(OVERSEER, version=seen), w.uid, [w.body(COMMITTEE)], [], "好", fit=True
    )
    assert refused(done) == "not_now"
    assert Project.objects.get().version == seen + 1
