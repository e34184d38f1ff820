"""What is written into an act on a project is read by everybody: no phone, no number of a paper."""

from collections.abc import Callable

import pytest

from tests.acts.hall import SECRETARY
from tests.acts.works import COST, YUAN, Works, in_talks, paper, photo, under_way
from tests.acts.world import World, make_world
from yishi.acts.door import Done
from yishi.acts.project import building, changing, costing, paying, settling, watching
from yishi.core.refusal import Refusal

pytestmark = pytest.mark.django_db
PHONE = "有事找老王，13800138000"
CARD = "付工头王师傅，6222021234567890123"
Act = Callable[[Works, str], Done | Refusal]


@pytest.fixture
def world() -> World:
    return make_world()


def pay(w: Works, words: str) -> Done | Refusal:
    """Somebody is paid, as the words say."""
    voucher = paper("发票一")
    return paying.pay(w.ask(), w.uid, w.pledges[1], 100 * YUAN, "2026-001", voucher, words)


def watch(w: Works, words: str) -> Done | Refusal:
    """A resident looks on."""
    return watching.watch(w.ask("王桂英"), w.uid, words, photo())


def ask_change(w: Works, words: str) -> Done | Refusal:
    """A dearer cost, for that reason."""
    return changing.ask_change(w.ask(), w.uid, COST + 100, words)


def stop(w: Works, words: str) -> Done | Refusal:
    """No further, for that reason."""
    return settling.stop(w.ask(SECRETARY), w.uid, words)


def reach(w: Works, words: str) -> Done | Refusal:
    """The first step is done."""
    steps = [("挖开旧路面", w.today.replace(month=12))]
    w.hall.did(building.plan_milestones(w.ask(), w.uid, steps))
    return building.reach_milestone(w.ask(), w.uid, 1, words, photo())


def plan(w: Works, words: str) -> Done | Refusal:
    """A step of that name, beside another."""
    day = w.today.replace(month=12)
    return building.plan_milestones(w.ask(), w.uid, [("挖开旧路面", day), (words, day)])


@pytest.mark.parametrize("act", [pay, watch, ask_change, stop, reach, plan])
@pytest.mark.parametrize("words", [PHONE, CARD])
def test_what_everybody_reads_of_a_project_reaches_nobody(
    world: World, act: Act, words: str
) -> None:
    w = under_way(world)
    answer = act(w, words)
    assert isinstance(answer, Refusal) and answer.code == "words_personal"
    assert w.row.state == "under_way"


def test_a_firm_and_the_number_of_a_contract_are_no_persons(world: World) -> None:
    w = under_way(world)
    w.hall.did(pay(w, "付柳荫市政工程公司，合同2026-041号首付款"))


@pytest.mark.parametrize("bidder", [PHONE, CARD])
def test_who_quoted_is_named_without_a_phone(world: World, bidder: str) -> None:
    w = in_talks(world)
    answer = costing.add_quotation(w.ask(), w.uid, bidder, 100 * YUAN, paper(bidder))
    assert isinstance(answer, Refusal) and answer.code == "words_personal"
    w.hall.did(costing.add_quotation(w.ask(), w.uid, "王师傅工程队", 100 * YUAN, paper("王师傅")))
