"""What a vote came to, in words: which denominator was missed, and its options in their order."""

import pytest
from django.utils.translation import override

from yishi.phrases.vote_left import say_votes
from yishi.phrases.vote_result import say_verdict
from yishi.records.models import Vote


@pytest.mark.parametrize(
    ("heads", "area", "said"),
    [
        (True, False, "人数够了，面积不够。两样都够才作数，赞成再多也不通过，重新表决。"),
        (False, True, "面积够了，人数不够。两样都够才作数，赞成再多也不通过，重新表决。"),
        (False, False, "参与没到数，赞成再多也不通过，重新表决。"),
    ],
)
def test_a_void_vote_of_owners_says_what_was_missed(heads: bool, area: bool, said: str) -> None:
    quorums = [{"by": "heads", "met": heads}, {"by": "area", "met": area}]
    vote = Vote(unit="owner", result={"outcome": "void", "quorums": quorums})
    with override("zh-hans"):
        told = say_verdict(vote, {})
    assert (told["title"], told["words"]) == ("参与不够，什么都没通过", said)


def test_what_each_option_had_is_told_in_the_order_of_the_paper() -> None:
    votes = {"xz": [3, 0, 0], "ab": [9, 0, 0], "km": [2, 1, 0]}
    with override("zh-hans"):
        told = list(say_votes({"votes": votes, "heads": 9}, {"km": 1, "ab": 2, "xz": 3}))
    assert told == [
        "方案1：赞成2，反对1，弃权0",
        "方案2：赞成9，反对0，弃权0",
        "方案3：赞成3，反对0，弃权0",
    ]


def test_where_one_was_chosen_nothing_is_said_of_being_against() -> None:
    votes = {"xz": [3, 0, 2], "ab": [9, 0, 2], "km": [1, 0, 2]}
    facts = {"votes": votes, "heads": 15, "need_heads": 8}
    with override("zh-hans"):
        told = list(say_votes(facts, {"km": 1, "ab": 2, "xz": 3}))
    assert told == [
        "方案1：1票，需要8",
        "方案2：9票，需要8",
        "方案3：3票，需要8",
        "都不选的2票",
    ]


def test_where_each_was_voted_on_nobody_against_is_said_too() -> None:
    with override("zh-hans"):
        told = list(say_votes({"votes": {"ab": [9, 0, 2]}, "heads": 11}, {"ab": 1}))
    assert told == ["方案1：赞成9，反对0，弃权2"]
