"""A payment entered by mistake is undone by an entry of its own, and both stay in the accounts."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.acts.hall import DESK, SECRETARY
from tests.acts.paid import paper
from tests.acts.works import YUAN, Works, accepted, under_way
from tests.acts.world import World
from yishi.acts.door import Done
from yishi.acts.project import paying, settling
from yishi.acts.project.moving import move
from yishi.acts.round import sweeping
from yishi.core.ledger import AccountKind, Moved
from yishi.core.number import show_number
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.jobs.sequence import sequence
from yishi.jobs.sweep_funds import sweep_funds
from yishi.jobs.tick import Ticker, done
from yishi.jobs.verify.whole import verify
from yishi.jobs.verify.wrong import Looked
from yishi.phrases.message import say_message
from yishi.records.models import Entry, Message, Topic, Transfer
from yishi.records.queries.accounts import every_payment, fund_lines, project_line, whole_of
from yishi.records.queries.money import account_of
from yishi.records.queries.project_money import money_paid, pledge_now, pledge_of

LEADER = "街道主任"
# The fund's last day, 31 March 2027, is over in Chengdu.
SWEPT = datetime(2027, 3, 31, 16, 0, tzinfo=UTC)
WHY = "金额多录了一位"


def pay(w: Works, pledge: int, yuan: int, voucher: str, file: str = "") -> Done | Refusal:
    """What the desk is answered that pays."""
    sent = paper(file or voucher)
    args = (w.pledges[pledge], yuan * YUAN, voucher, sent, "付柳荫市政工程公司")
    return paying.pay(w.ask(), w.uid, *args)


def reverse(w: Works, voucher: str, who: str = LEADER, words: str = WHY) -> Done | Refusal:
    """What somebody is answered that reverses the payment on that voucher."""
    payment = Transfer.objects.filter(voucher_no=voucher).latest("id").uid
    return paying.reverse_payment(w.ask(who), w.uid, payment, words)


def code(answer: object) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.code


def left(w: Works, at: int) -> int:
    """What that funder has left, in yuan."""
    pledge = pledge_of(w.row, w.pledges[at])
    assert pledge is not None
    return pledge_now(pledge).left_fen // YUAN


def test_a_reversed_payment_goes_back_to_its_funder_and_both_lines_stay(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 50_000, "A-1"), Done)
    assert (left(w, 1), money_paid(w.row)) == (10_000, 50_000 * YUAN)
    assert isinstance(reverse(w, "A-1"), Done)
    assert (left(w, 1), money_paid(w.row)) == (60_000, 0)
    line, whole = project_line(w.row), whole_of(w.row.topic)
    assert (line.spent_fen, line.left_fen) == (0, 180_000 * YUAN)
    assert (whole.spent_fen, whole.set_aside_fen) == (0, 180_000 * YUAN)
    first, second = every_payment(w.row.topic)
    assert (first.moved, first.amount_fen, first.voucher_no) == ("paid", 50_000 * YUAN, "A-1")
    assert (second.moved, second.amount_fen, second.voucher_no, second.reverses) == (
        "reversed",
        -50_000 * YUAN,
        "A-1",
        first.no,
    )
    assert second.words == WHY
    entry = Entry.objects.get(code="project.payment_reversed")
    assert (entry.params["words"], entry.params["payment"]) == (WHY, first.no)


def test_the_voucher_of_a_reversed_payment_is_paid_on_again_and_reversed_again(
    world: World,
) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 50_000, "A-1"), Done)
    assert code(pay(w, 1, 5_000, "A-1")) == "voucher_used"
    assert isinstance(reverse(w, "A-1"), Done)
    assert isinstance(pay(w, 1, 5_000, "A-1"), Done)
    assert code(pay(w, 1, 1, "A-1")) == "voucher_used"
    assert isinstance(reverse(w, "A-1"), Done)
    assert left(w, 1) == 60_000


def test_it_is_reversed_once_with_a_reason(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 50_000, "A-1"), Done)
    assert code(reverse(w, "A-1", words="  ")) == "words_missing"
    assert isinstance(reverse(w, "A-1"), Done)
    assert code(reverse(w, "A-1")) == "payment_reversed"
    assert code(paying.reverse_payment(w.ask(LEADER), w.uid, "none", WHY)) == "not_found"
    undone = Transfer.objects.get(moved="reversed").uid
    assert code(paying.reverse_payment(w.ask(LEADER), w.uid, undone, WHY)) == "not_found"


def test_who_paid_and_who_confirmed_the_funder_do_not_reverse(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 50_000, "A-1"), Done)
    by_payer, by_confirmer = reverse(w, "A-1", DESK), reverse(w, "A-1", SECRETARY)
    assert isinstance(by_payer, Refusal) and isinstance(by_confirmer, Refusal)
    assert (by_payer.code, by_payer.have) == ("not_independent", "paid")
    assert (by_confirmer.code, by_confirmer.have) == ("not_independent", "confirmed")
    assert code(reverse(w, "A-1", "王桂英")) == "not_yours"


def test_after_the_account_is_settled_nothing_is_reversed(world: World) -> None:
    w = accepted(world)
    w.pay_all()
    assert isinstance(reverse(w, "2026-002"), Done)
    short = settling.settle(
        w.ask(SECRETARY), w.uid, 178_000 * YUAN, w.body("望江街道办事处"), paper("审核")
    )
    assert code(short) == "settled_unpaid"
    assert isinstance(pay(w, 1, 60_000, "2026-002"), Done)
    w.settle()
    assert code(reverse(w, "2026-002")) == "not_now"


@pytest.mark.parametrize("typed", ["A-1", " a-1 ", "Ａ－１", "A - 1", "Ａ—1", "A-\u200b1"])
def test_one_number_is_one_however_it_is_written(world: World, typed: str) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 1, "A-1"), Done)
    answer = pay(w, 1, 1, typed, "another paper")
    assert isinstance(answer, Refusal)
    where = f"160号院路面 {show_number(w.row.number)} · A-1"
    assert (answer.code, answer.have) == ("voucher_used", where)


@pytest.mark.parametrize("kept", ["a-1", "Ａ－１", "A - 1", "Ａ—1"])
def test_a_number_kept_as_it_was_typed_is_the_same_number(world: World, kept: str) -> None:
    w = under_way(world)
    pledge = pledge_of(w.row, w.pledges[1])
    assert pledge is not None
    source = account_of(w.ask().entropy, w.row.topic, AccountKind.PLEDGE, pledge=pledge)
    target = account_of(w.ask().entropy, w.row.topic, AccountKind.SPENT, project=w.row)
    # As one stands that was entered before numbers were written one way.
    old = move(w.ask(), Moved.PAID, source, target, 1, project=w.row, voucher_no=kept)
    assert isinstance(old, Transfer)
    answer = pay(w, 1, 1, "A-1")
    assert isinstance(answer, Refusal)
    where = f"160号院路面 {show_number(w.row.number)} · {kept}"
    assert (answer.code, answer.have) == ("voucher_used", where)
    assert isinstance(pay(w, 1, 1, "A-2"), Done)


def test_one_paper_is_one_whatever_its_number(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 1, "A-1"), Done)
    answer = pay(w, 1, 1, "A-2", "A-1")
    assert isinstance(answer, Refusal)
    assert (answer.code, str(answer.have)[-3:]) == ("voucher_file_used", "A-1")


def test_what_was_given_is_what_was_not_given_back(world: World) -> None:
    """Settled 2,000 below what the fund set aside; a stopped one gives all of it back."""
    w = accepted(world)
    w.pay_all()
    w.settle()
    line, whole = project_line(w.row), whole_of(w.row.topic)
    assert {payer: fen // YUAN for payer, fen in line.given.items()} == {
        "fund": 28_000,
        "government": 0,
        "society": 130_000,
        "residents": 20_000,
    }
    assert (line.leverage.fund_fen, line.leverage.whole_fen) == (28_000 * YUAN, 178_000 * YUAN)
    assert (whole.leverage.fund_fen, whole.leverage.whole_fen) == (28_000 * YUAN, 178_000 * YUAN)


def test_a_stopped_project_was_given_what_it_spent(world: World) -> None:
    w = under_way(world)
    w.pay(1, 1_000)
    w.hall.now += timedelta(days=1)
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "地下有管线，不能开挖"))
    line, whole = project_line(w.row), whole_of(w.row.topic)
    assert (sum(line.given.values()), line.spent_fen, line.left_fen) == (100_000, 100_000, 0)
    assert (line.leverage.fund_fen, line.leverage.whole_fen) == (0, 100_000)
    assert sum(whole.given.values()) == 100_000


def stopped(w: Works) -> None:
    """No further, a day later; what was not spent goes back."""
    w.hall.now += timedelta(days=1)
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "地下有管线，不能开挖"))


def moves(w: Works, since: int) -> list[tuple[str, str, str, int]]:
    """What moved after that many movements: why, from, to, yuan."""
    rows = Transfer.objects.filter(topic=w.row.topic).order_by("no")[since:]
    found = rows.values_list("moved", "source__kind", "target__kind", "amount_fen")
    return [(why, source, target, fen // YUAN) for why, source, target, fen in found]


@pytest.mark.parametrize(
    ("pledge", "on"), [(0, ("released", "pledge", "fund")), (1, ("returned", "pledge", "outside"))]
)
def test_of_a_stopped_project_it_goes_on_to_where_the_funder_had_it_from(
    world: World, pledge: int, on: tuple[str, str, str]
) -> None:
    w = under_way(world)
    assert isinstance(pay(w, pledge, 20_000, "A-1"), Done)
    stopped(w)
    before = Transfer.objects.filter(topic=w.row.topic).count()
    assert code(reverse(w, "A-1", DESK)) == "not_independent"
    assert isinstance(reverse(w, "A-1"), Done)
    assert moves(w, before) == [("reversed", "spent", "pledge", 20_000), (*on, 20_000)]
    line, whole = project_line(w.row), whole_of(w.row.topic)
    assert (line.spent_fen, line.left_fen, sum(line.given.values())) == (0, 0, 0)
    assert (whole.spent_fen, whole.set_aside_fen) == (0, 0)
    assert whole.in_funds_fen == 40_000 * YUAN
    assert Entry.objects.get(code="project.payment_reversed").params["back"] == 20_000 * YUAN
    assert code(reverse(w, "A-1")) == "payment_reversed"
    sequence()
    assert [wrong.code for wrong in verify(Looked())] == []


def test_after_the_sweep_what_comes_back_to_the_fund_is_swept(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 0, 20_000, "A-1"), Done)
    stopped(w)
    w.hall.did(sweeping.sweep(world.ask(SYSTEM, SWEPT), w.round))
    w.hall.now = SWEPT + timedelta(days=1)
    assert isinstance(reverse(w, "A-1"), Done)
    (fund,) = fund_lines(w.row.topic)
    assert (fund.left_fen, fund.swept_fen) == (20_000 * YUAN, 20_000 * YUAN)
    assert sweep_funds(Ticker()._batch, done, w.now + timedelta(minutes=1)) == 1
    (fund,) = fund_lines(w.row.topic)
    assert (fund.left_fen, fund.swept_fen) == (0, 40_000 * YUAN)


def test_after_the_end_of_its_round_it_goes_on_too(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 0, 20_000, "A-1"), Done)
    ended = {"state": "ended", "stage": "", "stage_kind": "", "ended_at": w.now}
    Topic.objects.filter(uid=w.round).update(**ended, outcome="none")
    before = Transfer.objects.filter(topic=w.row.topic).count()
    assert isinstance(reverse(w, "A-1"), Done)
    back = [("reversed", "spent", "pledge", 20_000), ("released", "pledge", "fund", 20_000)]
    assert moves(w, before) == back
    assert left(w, 0) == 10_000
    w.hall.did(settling.stop(w.ask(SECRETARY), w.uid, "这一轮已经结束"))
    whole = whole_of(w.row.topic)
    assert (whole.spent_fen, whole.set_aside_fen) == (0, 0)
    assert whole.in_funds_fen == 40_000 * YUAN
    # The tick sweeps what an ended round has left, as that of any other.
    assert sweep_funds(Ticker()._batch, done, SWEPT) == 1


def test_who_entered_a_payment_learns_that_it_was_reversed_and_why(world: World) -> None:
    w = under_way(world)
    assert isinstance(pay(w, 1, 50_000, "A-1"), Done)
    assert isinstance(reverse(w, "A-1"), Done)
    told = Message.objects.get(template="project.payment_reversed")
    assert told.recipient == world.people[DESK]
    said = say_message(told.template, told.params)
    assert all(part in said for part in ("160号院路面", "50,000", "A-1", WHY)), said
