"""A topic in words: where it stands, what it needs, what a stage left, each act by its name."""

from datetime import UTC, datetime

import pytest

from yishi.core.method.language import Paper, StageKind
from yishi.core.permit import ACTS
from yishi.core.place import BodyKind
from yishi.core.topic.kinds import kinds_of
from yishi.core.topic.now import OptionState, Outcome, TopicNow, TopicState
from yishi.phrases.act import say_act
from yishi.phrases.topic import (
    say_deed,
    say_option_state,
    say_outcome,
    say_topic_standing,
    say_topic_state,
)
from yishi.phrases.topic_need import say_needs
from yishi.phrases.topic_passage import say_numbers
from yishi.rulebook.kinds import parse
from yishi.rulebook.shipped import shipped_bundle

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
FOUR = parse(shipped_bundle("methods", "siyi")).procedure("four")
READS = {"topic.list", "topic.view", "topic.read_closed", "topic.read_cases"}


def stage(name: str):  # type: ignore[no-untyped-def]
    found = FOUR.stage(name)
    assert found is not None
    return found


@pytest.mark.parametrize("act", sorted(a for a in ACTS if a.startswith("topic.")))
def test_every_act_on_a_topic_has_its_words(act: str) -> None:
    if act not in READS:
        assert say_act(act) != act
    if kinds_of(act):
        assert say_deed(act)


def test_every_state_and_outcome_has_its_words() -> None:
    assert [say_topic_state(state)["word"] for state in TopicState] == [
        "待审核",
        "进行中",
        "已结束",
    ]
    assert all(say_option_state(state)["word"] for state in OptionState)
    assert say_option_state(OptionState.OPEN, TopicState.ENDED)["word"] == "未选"
    ended = [say_topic_state("ended", is_carried_out=done)["kind"] for done in (True, False)]
    assert ended == ["done", ""]
    assert all("_" not in say_outcome(outcome, {}) for outcome in Outcome)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (DUE, "正在“居民会议决议”，由居民代表会议主持，最迟明天17:00前"),
        (NOW, "正在“居民会议决议”，由居民代表会议主持，应在今天09:00前完成，已经超时"),
        (None, "正在“居民会议决议”，由居民代表会议主持"),
    ],
)
def test_where_it_stands_in_one_sentence(due: datetime | None, said: str) -> None:
    lead = BodyKind.REPRESENTATIVES
    assert say_topic_standing("running", "居民会议决议", lead, due, NOW) == said


def test_what_a_stage_needs_is_said_with_numbers_and_the_rule() -> None:
    topic = TopicNow("u", TopicState.RUNNING, tally={"people": 4})
    assert say_needs(stage("propose"), topic, (), NOW) == [
        "要听够10人的意见，已经听了4人（我们自己定的：一件大事至少听十个人说）",
        "还要附上：书面意见",
    ]
    seats = {BodyKind.RESIDENTS_ASSEMBLY: 30}
    said = say_needs(
        stage("resolve"),
        TopicNow("u", TopicState.RUNNING, seats=seats, tally={"votes": {}}),
        (Paper.REGISTER, Paper.MINUTES),
        NOW,
    )
    assert said[0] == "还没有方案，至少要提出一个"
    assert said[1] == "已有一人计票，等另一人复核，两次一致才作数"
    assert said[2].startswith("居民会议：在任30人，至少16人到会（参照：城市居民委员会组织法")


@pytest.mark.parametrize("one", FOUR.stages, ids=lambda one: one.id)
def test_every_stage_says_what_it_needs(one) -> None:  # type: ignore[no-untyped-def]
    said = say_needs(one, TopicNow("u", TopicState.RUNNING), (), NOW)
    assert said
    assert not [line for line in said if "%" in line]


def test_a_vote_is_told_with_who_came_and_what_was_needed() -> None:
    facts = {
        "present": {"residents_assembly": 19},
        "seats": 21,
        "need": 10,
        "votes": {"a": [15, 3, 1], "b": [4, 15, 0]},
    }
    said = say_numbers(StageKind.VOTE, facts, stage("resolve"), {"a": 1, "b": 2})
    assert said[0].startswith("到会19/21，至少要到11人（参照：城市居民委员会组织法")
    assert said[1:3] == [
        "方案1：赞成15，反对3，弃权1，需要10",
        "方案2：赞成4，反对15，弃权0，需要10",
    ]
    assert "才算通过（参照：城市居民委员会组织法" in said[3]


@pytest.mark.parametrize("kind", list(StageKind))
def test_a_stage_without_numbers_says_none(kind: StageKind) -> None:
    assert say_numbers(kind, {}, None, {}) == []
