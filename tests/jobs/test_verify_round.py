"""A wish, a project, a sum and a ballot changed behind the door are named; what was sealed before
rows were sealed with what they belong to holds as it did."""

import pytest
from django.db import connection, transaction

from tests.acts.roll import settle
from tests.acts.rounds_voted import make_poll
from tests.acts.test_round_vote import COSTS, SIX, all_cast, done
from tests.acts.test_vote import DESK, FOR, make_ballots
from tests.acts.works import Works, chosen, scored_by, scoring
from tests.acts.world import World
from tests.jobs.test_verify import found, raw
from yishi.acts.vote import opening, proxy
from yishi.core.project.now import Form
from yishi.jobs.sequence import sequence
from yishi.phrases.verify import say_wrong
from yishi.records.models import Account, Pledge, ProjectScore, Seal, Transfer


@pytest.fixture
def works(world: World) -> Works:
    """Wished for, paid for by four, built, accepted, settled, handed over and scored."""
    works = scoring(world)
    scored_by(works, 1)
    sequence()
    return works


def behind(statement: str, *values: object) -> None:
    """Changed by whoever keeps the database, who takes its triggers off first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
    raw(statement, *values)


def test_works_that_were_done_through_acts_hold(works: Works) -> None:
    assert found() == []


CHANGES = [
    ("UPDATE records_proposal SET words = '别的话'", {"text_changed"}),
    ("UPDATE records_proposal SET project_id = NULL", {"row_changed"}),
    ("UPDATE records_project SET cost_fen = cost_fen + 1", {"row_changed"}),
    ("UPDATE records_project SET keeper_id = costed_by_id", {"row_changed"}),
    ("UPDATE records_pledge SET name = '别人' WHERE payer = 'society'", {"row_changed"}),
    ("UPDATE records_pledge SET fund_id = NULL WHERE payer = 'fund'", {"row_changed"}),
    ("UPDATE records_transfer SET amount_fen = 1 WHERE moved = 'paid'", {"row_changed"}),
    ("UPDATE records_transfer SET project_id = NULL WHERE moved = 'paid'", {"row_changed"}),
    ("UPDATE records_transfer SET voucher_id = NULL WHERE moved = 'paid'", {"row_changed"}),
    ("UPDATE records_projectscore SET score = 'dissatisfied'", {"row_changed"}),
    ("UPDATE records_projectpaper SET body_id = NULL WHERE kind = 'review'", {"row_changed"}),
    ("UPDATE records_projectopinion SET file_id = NULL", {"row_changed"}),
]


def test_a_row_changed_behind_the_door_is_named(works: Works) -> None:
    for statement, codes in CHANGES:
        with transaction.atomic():
            behind(statement)
            wrong = found()
            assert {one.code for one in wrong} == codes, statement
            assert all(say_wrong(one.code, one.params) for one in wrong)
            transaction.set_rollback(True)
    assert found() == []


def test_a_payment_moved_to_another_funder_is_named(works: Works) -> None:
    first, *_, last = Account.objects.filter(kind="pledge").order_by("id")
    behind("UPDATE records_transfer SET source_id = %s WHERE source_id = %s", first.pk, last.pk)
    assert {one.code for one in found()} == {"row_changed"}


def test_a_row_put_in_without_an_act_is_named(works: Works) -> None:
    grant = Transfer.objects.order_by("id")[0]
    Transfer(
        uid="abcdefghij0123456789",
        topic=grant.topic,
        no=1_000,
        moved=grant.moved,
        source=grant.source,
        target=grant.target,
        amount_fen=grant.amount_fen,
        at=grant.at,
    ).save(force_insert=True)
    score = ProjectScore.objects.get()
    score.pk, score.uid, score.person = None, "abcdefghij012345678x", works.world.people["李建国"]
    score.save(force_insert=True)
    assert {(one.code, one.params["uid"]) for one in found()} == {
        ("row_unsealed", "abcdefghij0123456789"),
        ("row_unsealed", "abcdefghij012345678x"),
    }


def test_what_others_give_seals_the_outside_it_comes_from(world: World) -> None:
    w = chosen(world)
    outside = Account.objects.get(kind="outside")
    seals = Seal.objects.filter(name=f"account:{outside.uid}")
    before = seals.count()
    w.pledge("society", Form.MONEY, 60_000)
    assert seals.count() == before + 1


def test_what_was_sealed_without_what_it_belongs_to_still_holds(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        for model in (Transfer, Account, Pledge):
            older.setattr(model, "SEALED_SINCE", ())
        works = scoring(world)
        sequence()
    assert found() == []
    behind("UPDATE records_transfer SET amount_fen = 1 WHERE moved = 'paid'")
    assert {one.code for one in found()} == {"row_changed"}
    assert works.row.state == "handed_over"


@pytest.mark.parametrize("secret", ["true", "false"])
@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE records_ballot SET chosen = '"0111"' WHERE chosen = '"1000"'""",
        """DELETE FROM records_ballot WHERE chosen = '"1000"'""",
    ],
)
def test_ballots_that_are_not_those_counted_are_named(
    world: World, secret: str, statement: str
) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000, None, secret=secret)
    poll.open()
    all_cast(poll)
    done(poll.close())
    sequence()
    assert found() == []
    raw(statement)
    [wrong] = found()
    assert wrong.code == "ballots_changed"
    assert wrong.params["uid"] == poll.vote.uid
    assert say_wrong(wrong.code, wrong.params)


def test_the_order_of_ties_of_a_vote_is_sealed(world: World) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000)
    vote = poll.open()
    sequence()
    vote.rule["projects"]["lot"].reverse()
    vote.save(update_fields=["rule"])
    assert [one.code for one in found()] == ["row_changed"]


def test_a_part_moved_to_another_line_is_named(world: World) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000)
    poll.open()
    done(poll.cast("赵一", ["修路"]))
    sequence()
    behind("UPDATE records_part SET voter_id = %s", poll.line("钱二").pk)
    assert [one.code for one in found()] == ["row_changed"]


def test_a_proxy_taken_back_by_voting_oneself_holds(world: World) -> None:
    settle(world, SIX[:4])
    b = make_ballots(world, roll="7", proxies="1")
    b.roll()
    lines = (b.line("赵一").uid, b.line("钱二").uid)
    done(proxy.file_proxy(b.ask(DESK), b.vote.uid, *lines))
    b.hall.now = b.vote.roll_until_at or b.hall.now
    done(opening.open_vote(b.ask(DESK), b.topic))
    done(b.cast("赵一", FOR))
    sequence()
    # The options of this vote stand there past the door.
    assert {one.params["kind"] for one in found()} == {"option"}
