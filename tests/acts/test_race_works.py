"""Many at one project at once, in real processes: nothing is accepted, settled, paid, stopped or
scored twice, and every account holds what it should."""

from collections.abc import Iterator

import pytest

from tests.acts import works
from tests.acts.hall import DESK, OVERSEER, SECRETARY
from tests.acts.test_race import race
from tests.acts.works import COMMITTEE, REVIEWER, YUAN, Works
from tests.acts.world import World, make_world
from yishi.records.models import Account, Entry, Pledge, ProjectLook, ProjectScore, Transfer
from yishi.records.queries.money import held_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """The small world, committed, so that other processes see it."""
    yield make_world()


def orders(w: Works, *acts: dict[str, str]) -> list[dict[str, object]]:
    """Races these acts on the project at its moment, each under a key of its own."""
    known = {"works": w.uid, "at": w.now.isoformat()}
    return race([{**known, "key": f"k{no}", **act} for no, act in enumerate(acts)])


def kinds(answers: list[dict[str, object]]) -> list[str]:
    return sorted(str(one["kind"]) for one in answers)


def codes(answers: list[dict[str, object]]) -> set[object]:
    return {one["code"] for one in answers if one["kind"] == "Refusal"}


def sums() -> dict[str, int]:
    """Kind of account → what all of it hold, in yuan; together nothing."""
    rows = list(Account.objects.all())
    held = held_by(rows)
    assert sum(held.values()) == 0
    found: dict[str, int] = {}
    for row in rows:
        found[row.kind] = found.get(row.kind, 0) + held[row.pk] // YUAN
    return found


def test_two_who_accept_at_once_deliver_once(world: World) -> None:
    w = works.built(world)
    world.appoint("监督委员老钱", *works.overseer())
    accept = {"act": "accept_works", "body": w.body(COMMITTEE)}
    answers = orders(w, {**accept, "who": OVERSEER}, {**accept, "who": "监督委员老钱"})
    assert kinds(answers) == ["Done", "Refusal"]
    assert codes(answers) <= {"stale", "not_now"}
    assert w.row.state == "accepted"
    assert Transfer.objects.filter(moved="delivered").count() == 1
    assert ProjectLook.objects.filter(on="accept").count() == 1
    assert sums()["spent"] == 70_000


def test_two_who_settle_at_once_give_back_once(world: World) -> None:
    w = works.accepted(world)
    w.pay_all()
    settle = {"act": "settle", "fen": str(178_000 * YUAN), "body": w.body(REVIEWER)}
    answers = orders(w, {**settle, "who": SECRETARY}, {**settle, "who": "街道主任"})
    assert kinds(answers) == ["Done", "Refusal"]
    assert codes(answers) <= {"stale", "not_now"}
    assert w.row.settled_fen == 178_000 * YUAN
    assert Transfer.objects.filter(moved="released").count() == 1
    assert sums() == {"outside": -190_000, "fund": 12_000, "pledge": 0, "spent": 178_000}


def test_paid_and_settled_at_once_is_one_of_the_two(world: World) -> None:
    """1,000 more of the fund, or the account as it stands: never both."""
    w = works.accepted(world)
    w.pay_all()
    pay = {
        "act": "pay_works", "who": DESK, "pledge": w.pledges[0], "fen": str(1_000 * YUAN),
        "voucher": "2026-901",
    }  # fmt: skip
    settle = {"act": "settle", "fen": str(178_000 * YUAN), "body": w.body(REVIEWER)}
    answers = orders(w, pay, {**settle, "who": SECRETARY})
    assert kinds(answers) == ["Done", "Refusal"]
    held = sums()
    if w.row.state == "settled":
        assert codes(answers) <= {"stale", "not_now"}
        assert held == {"outside": -190_000, "fund": 12_000, "pledge": 0, "spent": 178_000}
    else:
        assert codes(answers) <= {"stale", "settled_unpaid"}
        assert held == {"outside": -190_000, "fund": 10_000, "pledge": 1_000, "spent": 179_000}


def test_paid_and_stopped_at_once_leaves_nothing_set_aside(world: World) -> None:
    w = works.under_way(world)
    pay = {
        "act": "pay_works", "who": DESK, "pledge": w.pledges[1], "fen": str(10_000 * YUAN),
        "voucher": "2026-901",
    }  # fmt: skip
    answers = orders(w, pay, {"act": "stop", "who": SECRETARY})
    assert "Done" in kinds(answers)
    held, stopped = sums(), w.row.state == "stopped"
    spent = held.get("spent", 0)
    assert spent in (0, 10_000)
    if stopped:
        assert held | {"spent": spent} == {
            "outside": -40_000 - spent, "fund": 40_000, "pledge": 0, "spent": spent,
        }  # fmt: skip
    else:
        assert held["pledge"] == 170_000


def test_accepted_and_stopped_at_once_is_one_of_the_two(world: World) -> None:
    w = works.built(world)
    accept = {"act": "accept_works", "who": OVERSEER, "body": w.body(COMMITTEE)}
    answers = orders(w, accept, {"act": "stop", "who": SECRETARY})
    assert kinds(answers) == ["Done", "Refusal"]
    assert sums()["pledge"] == (110_000 if w.row.state == "accepted" else 0)


def test_one_who_scores_many_times_at_once_has_one_score(world: World) -> None:
    w = works.scoring(world)
    score = {"act": "score_works", "who": "王桂英"}
    answers = orders(w, score, score, score)
    assert "Done" in kinds(answers)
    assert codes(answers) <= {"scored_before", "stale", "busy"}
    assert ProjectScore.objects.count() == 1
    assert Entry.objects.filter(code="project.scored").count() == 1


def test_many_looks_at_once_are_never_more_than_a_day_has(world: World) -> None:
    w = works.under_way(world)
    look = {"act": "watch_works", "who": "王桂英"}
    answers = orders(w, *[look] * 5)
    assert kinds(answers).count("Done") == ProjectLook.objects.count() <= 3
    assert codes(answers) <= {"looks_many", "stale", "busy"}
    assert Pledge.objects.count() == 4
