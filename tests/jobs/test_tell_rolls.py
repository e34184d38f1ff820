"""A vote tells people: that it is open, that it ends soon, what it came to. Once each."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.acts.roll import DESK, FOR, OVERSEER, SECRETARY, Ballots, Row, make_ballots, settle
from tests.acts.world import World, make_world
from tests.childenv import child_environment
from tests.needs import ROOT
from yishi.acts.door import Done
from yishi.acts.topic import leaving
from yishi.acts.vote import closing, opening, proxy
from yishi.acts.vote.reminding import remind
from yishi.core.person import SYSTEM
from yishi.core.refusal import Refusal
from yishi.jobs.tell_rolls import tell_rolls
from yishi.jobs.tick import Ticker
from yishi.records.models import Adoption, Message, RollTold
from yishi.records.queries.actor import actor_of
from yishi.records.queries.message import leads_of, list_messages, mark_topic_read

FOUR = ("赵一", "钱二", "孙三", "李四")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def opened(world: World, **voting: str) -> Ballots:
    settle(world, FOUR)
    b = make_ballots(world, **voting)
    b.open()
    return b


def did(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def told(template: str) -> list[str]:
    """Who has been told, by name."""
    rows = Message.objects.filter(template=template).order_by("id")
    return list(rows.values_list("recipient__name", flat=True))


def tick(b: Ballots) -> dict[str, int]:
    return Ticker().tick(b.hall.now)


def test_whoever_may_cast_is_told_once_that_the_vote_is_open_until_when_and_how(
    world: World,
) -> None:
    b = opened(world)
    assert told("vote.opened") == []  # opening waits for no message
    assert [tick(b)["tell_rolls"] for _ in range(3)] == [4, 0, 0]
    assert told("vote.opened") == list(FOUR)
    message = Message.objects.filter(template="vote.opened").first()
    assert message is not None and message.entry is not None
    assert (message.entry.code, message.entry.subject_uid) == ("topic.vote_opened", b.topic)
    number = b.hall.topic(b.topic).number
    assert message.text == (
        f"“老楼加装电梯”（{number[:4]}-{number[4:8]}-{number[8:]}）开始表决了，您在表决名册上。"
        "请在3月21日24:00前投票，可以这样投：网上；纸质票，投进票箱；纸质票，两人上门收。"
    )
    assert message.params["ways"] == ["online", "paper", "door"]


def test_the_message_leads_to_the_topic_and_is_read_with_it(world: World) -> None:
    b = opened(world)
    tick(b)
    actor = actor_of(world.people["赵一"], b.hall.now.date())
    row = list_messages(actor, b.hall.now).get(template="vote.opened")
    leads = leads_of(actor, [row])[row["id"]]
    assert (leads.page, leads.uid, leads.open) == ("topic", b.topic, True)
    mark_topic_read(actor, row["params"]["number"], b.hall.now)
    assert list_messages(actor, b.hall.now).get(id=row["id"])["read_at"] == b.hall.now


def test_an_account_that_was_closed_and_a_line_without_one_are_told_nothing(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world)
    b.roll([Row("没有账号的周五", "柳荫1栋", "901")])
    b.hall.did(opening.open_vote(b.ask(DESK), b.topic))
    world.people["李四"].is_active = False
    world.people["李四"].save()
    assert b.vote.voters == 5
    tick(b)
    assert told("vote.opened") == list(FOUR[:3])


@pytest.mark.parametrize("secret", ["false", "true"])
def test_a_day_before_the_end_who_has_not_taken_part_is_reminded_once(
    world: World, secret: str
) -> None:
    b = opened(world, secret=secret)
    tick(b)
    did(b.cast("赵一", FOR))
    did(b.take("孙三"))
    until = b.vote.until_at
    assert until is not None
    b.hall.now = until - DAY - SECOND
    assert tick(b)["remind_votes"] == 0
    b.hall.now = until - DAY
    assert tick(b)["remind_votes"] == 1
    assert told("vote.reminder") == ["钱二", "李四"]
    for _ in range(3):
        b.hall.now += timedelta(hours=1)
        assert (tick(b)["remind_votes"], len(told("vote.reminder"))) == (0, 2)
    kept = Message.objects.filter(template="vote.reminder").values_list("params", flat=True)
    assert {*map(frozenset, kept)} == {frozenset({"number", "title", "until", "ways"})}


def test_who_takes_part_before_the_portion_reaches_them_is_not_reminded(world: World) -> None:
    b = opened(world)
    assert b.vote.until_at is not None
    b.hall.now = b.vote.until_at - DAY
    did(remind(world.ask(SYSTEM, b.hall.now), b.vote.uid))
    RollTold.objects.filter(template="vote.opened").update(ended_at=b.hall.now)
    assert tell_rolls(b.hall.now, 1) == 1
    did(b.cast("孙三", FOR))
    assert [tell_rolls(b.hall.now, 5) for _ in range(2)] == [2, 0]
    assert told("vote.reminder") == ["赵一", "钱二", "李四"]


def test_who_votes_for_another_line_is_reminded_of_it(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world, proxies="1")
    b.roll()
    did(proxy.file_proxy(b.ask(DESK), b.vote.uid, b.line("钱二").uid, b.line("赵一").uid))
    did(opening.open_vote(b.ask(DESK), b.topic))
    for who in ("赵一", "孙三", "李四"):
        did(b.cast(who, FOR))
    assert b.vote.until_at is not None
    b.hall.now = b.vote.until_at - DAY
    tick(b)
    assert told("vote.reminder") == ["赵一", "钱二"]


def test_a_reminder_is_refused_before_its_moment_twice_and_to_anybody_but_the_job(
    world: World,
) -> None:
    b = opened(world)
    until = b.vote.until_at
    assert until is not None
    early = remind(world.ask(SYSTEM, b.hall.now), b.vote.uid)
    assert early == Refusal(
        "reminder_early", (until - DAY).isoformat(), b.hall.now.isoformat(), "moment", "ours"
    )
    b.hall.now = until - DAY
    person = remind(b.ask(DESK), b.vote.uid)
    assert isinstance(person, Refusal) and person.code == "not_yours"
    did(remind(world.ask(SYSTEM, b.hall.now, "one"), b.vote.uid))
    again = remind(world.ask(SYSTEM, b.hall.now, "two"), b.vote.uid)
    assert again == Refusal("reminder_sent", source="ours")


def test_where_no_rule_says_how_long_before_nobody_is_reminded(world: World) -> None:
    b = opened(world)
    Adoption.objects.filter(kind="messages").delete()
    assert b.vote.until_at is not None
    b.hall.now = b.vote.until_at - SECOND
    assert tick(b)["remind_votes"] == 0


def test_everybody_on_the_roll_is_told_what_it_came_to(world: World) -> None:
    b = opened(world, secret="true")
    tick(b)
    for who in FOUR[:3]:
        did(b.cast(who, FOR))
    b.end()
    assert tick(b)["close_votes"] == 1
    tick(b)
    assert told("vote.counted") == list(FOUR)
    message = Message.objects.filter(template="vote.counted").first()
    assert message is not None and message.params["outcome"] == "passed"
    assert "已经计票：通过。" in message.text


def test_nobody_is_called_to_a_vote_that_is_over(world: World) -> None:
    b = opened(world)
    for who in FOUR[:3]:
        did(b.cast(who, FOR))
    b.end()
    did(b.close(OVERSEER))
    tick(b)
    assert (told("vote.opened"), told("vote.counted")) == ([], list(FOUR))


def test_one_that_was_called_off_or_left_behind_is_told_too(world: World) -> None:
    b = opened(world)
    did(closing.void(b.ask(SECRETARY), b.vote.uid, "名册错了"))
    tick(b)
    assert (told("vote.opened"), told("vote.called_off")) == ([], list(FOUR))
    did(closing_again(b))
    did(leaving.override(b.ask("街道主任"), b.topic, "carry_out", "两委会议决定"))
    tick(b)
    assert len(told("vote.called_off")) == 8


def closing_again(b: Ballots) -> object:
    """The vote is held again."""
    b.roll()
    return opening.open_vote(b.ask(DESK), b.topic)


def test_one_called_off_while_its_roll_is_on_view_had_called_nobody(world: World) -> None:
    settle(world, FOUR)
    b = make_ballots(world)
    b.roll()
    did(closing.void(b.ask(SECRETARY), b.vote.uid, "名册错了"))
    tick(b)
    assert told("vote.called_off") == []


def test_a_long_roll_is_told_in_portions_and_shares_them_with_another(world: World) -> None:
    b = opened(world)
    assert [tell_rolls(b.hall.now, 3) for _ in range(3)] == [3, 1, 0]
    assert told("vote.opened") == list(FOUR)
    row = RollTold.objects.get()
    other = RollTold.objects.create(
        vote=row.vote, entry_id=row.entry_id - 1, template="vote.counted", params=row.params
    )
    RollTold.objects.update(after=0, ended_at=None)
    assert other.params["title"] == "老楼加装电梯"
    assert tell_rolls(b.hall.now, 4) == 4  # two of each
    assert (len(told("vote.opened")), len(told("vote.counted"))) == (4, 2)


def test_a_portion_that_is_written_twice_tells_nobody_twice(world: World) -> None:
    b = opened(world)
    tell_rolls(b.hall.now, 2)
    # As a worker that died before it said how far it had come.
    RollTold.objects.update(after=0, ended_at=None)
    tell_rolls(b.hall.now, 4)
    assert told("vote.opened") == list(FOUR)


def test_a_worker_that_comes_second_writes_nothing(world: World) -> None:
    b = opened(world)
    stale = RollTold.objects.get()
    with transaction.atomic():
        assert tell_rolls(b.hall.now, 2) == 2
    here = RollTold.objects.filter(pk=stale.pk, after=stale.after, ended_at=None)
    assert here.update(after=99) == 0


def test_telling_costs_the_same_statements_for_one_and_for_all(world: World) -> None:
    b = opened(world)
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            assert tell_rolls(b.hall.now, limit) == limit
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7


def test_two_workers_at_one_roll_tell_everybody_once(transactional_db: None) -> None:
    world = make_world()
    names = [f"住户{no:02}" for no in range(40)]
    settle(world, names)
    b = make_ballots(world)
    b.open()
    workers = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "tests/jobs/tell_once.py"), b.hall.now.isoformat()],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    said = [worker.communicate(timeout=300)[0] for worker in workers]
    assert sum(int(one) for one in said) == 40
    assert sorted(told("vote.opened")) == names
