"""What a fund has left when its last day is over is swept; what projects have set aside stays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.acts.hall import DESK, SECRETARY, Hall
from tests.acts.paid import YUAN, agreed, announced, costed, funded, paid, pledged
from tests.acts.rounds import round_at, taken_to
from tests.acts.test_project_money import first, refused
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.project import funding
from yishi.acts.round import sweeping
from yishi.core.method.round import Payer
from yishi.core.person import SYSTEM
from yishi.core.project.now import Form
from yishi.jobs.sweep_funds import sweep_funds
from yishi.jobs.tick import Ticker, done
from yishi.records.models import Entry, Fund, Message, Pledge, Project, Transfer
from yishi.records.queries.accounts import fund_lines, whole_of

LAST = date(2027, 3, 31)
# The last day is over at 24:00 in Chengdu.
BEFORE = datetime(2027, 3, 31, 15, 59, tzinfo=UTC)
AFTER = datetime(2027, 3, 31, 16, 0, tzinfo=UTC)


@pytest.fixture
def works(world: World) -> tuple[Hall, str, str]:
    """A hall, a round in its works, and its first project, paid for by the fund alone."""
    hall, uid = round_at(world, "works")
    project = first(uid)
    funded(hall, project)
    return hall, uid, project


def test_the_sweep_comes_the_day_after_the_last_and_leaves_what_is_set_aside(
    works: tuple[Hall, str, str],
) -> None:
    hall, uid, _ = works
    assert Fund.objects.get().sweeps_on == LAST
    tick = Ticker()
    assert sweep_funds(tick._batch, done, BEFORE) == 0
    assert sweep_funds(tick._batch, done, AFTER) == 1
    assert sweep_funds(tick._batch, done, AFTER + timedelta(days=1)) == 0
    (line,) = fund_lines(hall.topic(uid))
    assert (line.granted_fen, line.committed_fen, line.swept_fen, line.left_fen) == (
        30_000_000,
        18_000_000,
        12_000_000,
        0,
    )
    assert whole_of(hall.topic(uid)).set_aside_fen == 18_000_000
    entry = Entry.objects.get(code="round.swept")
    assert (entry.subject_uid, entry.params) == (uid, {"funds": 1, "amount": 12_000_000})
    told = Message.objects.get(template="round.swept")
    assert told.recipient == hall.world.people[DESK]
    assert told.params["amount_fen"] == 12_000_000


def test_nothing_is_swept_before_its_day(works: tuple[Hall, str, str]) -> None:
    hall, uid, _ = works
    early = sweeping.sweep(hall.world.ask(SYSTEM, BEFORE), uid)
    assert refused(early)[0] == "nothing_to_sweep"
    desk = sweeping.sweep(hall.world.ask(DESK, AFTER), uid)
    assert refused(desk)[0] == "not_yours"


def test_money_of_a_fund_whose_day_is_over_is_not_committed(world: World) -> None:
    hall, uid = round_at(world)
    fund = announced(hall, uid)
    taken_to(hall, uid, "discuss")
    project = first(uid)
    costed(hall, project)
    pledge = pledged(hall, project, 30_000, Payer.FUND, fund=fund, confirm=False)
    value, ask = funding.Value(30_000 * YUAN), hall.world.ask
    late = funding.confirm_pledge(ask(SECRETARY, AFTER), project, pledge, value)
    assert refused(late) == ("fund_over", LAST, date(2027, 4, 1))
    in_time = funding.confirm_pledge(ask(SECRETARY, BEFORE), project, pledge, value)
    assert isinstance(in_time, Done)


def test_what_comes_back_after_the_sweep_is_swept_too(world: World) -> None:
    hall, uid = round_at(world)
    fund = announced(hall, uid)
    taken_to(hall, uid, "discuss")
    project = first(uid)
    costed(hall, project)
    pledge = pledged(hall, project, 30_000, Payer.FUND, fund=fund)
    hall.did(sweeping.sweep(hall.world.ask(SYSTEM, AFTER), uid))
    later = AFTER + timedelta(days=3)
    declined = funding.decline_pledge(hall.world.ask(SECRETARY, later), project, pledge, "不做了")
    assert isinstance(declined, Done)
    assert sweep_funds(Ticker()._batch, done, later + timedelta(minutes=1)) == 1
    (line,) = fund_lines(hall.topic(uid))
    assert (line.left_fen, line.swept_fen) == (0, 30_000_000)


def test_a_round_without_a_day_that_is_over_costs_the_tick_nothing(
    works: tuple[Hall, str, str],
) -> None:
    assert Ticker().tick(BEFORE)["sweep_funds"] == 0
    assert not Transfer.objects.filter(moved="swept").exists()


def under_way(project: str) -> None:
    """The works have begun; how is another test's."""
    Project.objects.filter(uid=project).update(state="under_way")


def test_a_payment_has_a_funder_a_voucher_and_a_bound(works: tuple[Hall, str, str]) -> None:
    hall, uid, project = works
    pledge = Pledge.objects.get().uid
    assert refused(paid(hall, project, pledge, 1, "1"))[0] == "not_now"
    under_way(project)
    over = paid(hall, project, pledge, 180_001, "1")
    assert refused(over) == ("pledge_left", 18_000_000, 18_000_100)
    assert refused(paid(hall, project, pledge, 1, ""))[0] == "voucher_missing"
    assert refused(paid(hall, project, "none", 1, "1"))[0] == "not_found"
    assert isinstance(paid(hall, project, pledge, 100_000, "1"), Done)
    assert refused(paid(hall, project, pledge, 1, "1"))[0] == "voucher_used"
    assert refused(paid(hall, project, pledge, 80_001, "2"))[0] == "pledge_left"
    assert isinstance(paid(hall, project, pledge, 80_000, "2"), Done)
    whole = whole_of(hall.topic(uid))
    assert (whole.spent_fen, whole.set_aside_fen) == (18_000_000, 0)


def test_a_payment_stays_within_the_contract(works: tuple[Hall, str, str]) -> None:
    hall, _, project = works
    under_way(project)
    Project.objects.filter(uid=project).update(contract_fen=17_000_000)
    pledge = Pledge.objects.get().uid
    assert isinstance(paid(hall, project, pledge, 170_000, "1"), Done)
    more = paid(hall, project, pledge, 1, "2")
    assert refused(more) == ("contract_exceeded", 17_000_000, 17_000_100)


def test_who_confirmed_a_funder_does_not_pay_out_of_it(works: tuple[Hall, str, str]) -> None:
    hall, _, project = works
    under_way(project)
    Pledge.objects.update(confirmed_by=hall.world.people[DESK])
    own = paid(hall, project, Pledge.objects.get().uid, 1, "1")
    assert refused(own)[0] == "not_independent"


def test_nothing_is_paid_out_of_what_comes_in_kind_or_of_another_project(world: World) -> None:
    hall, uid = round_at(world, "discuss")
    one, two = Project.objects.filter(topic__uid=uid).order_by("id").values_list("uid", flat=True)
    for project in (one, two):
        costed(hall, project)
        agreed(hall, project)
    taken_to(hall, uid, "works")
    kind = pledged(hall, one, 90_000, form=Form.KIND, words="重铺路面")
    funded(hall, one)
    other = pledged(hall, two, 1_000)
    under_way(one)
    assert refused(paid(hall, one, kind, 1, "1"))[0] == "pledge_not_money"
    assert refused(paid(hall, one, other, 1, "1"))[0] == "not_found"
