"""Amounts, reasons and faults of an election of projects, in words."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from tests.counting.budget.elections import approvals
from yishi.counting.budget.counted import Rule, Way, count
from yishi.counting.budget.explain import explain
from yishi.counting.budget.pabulib_in import BadFile, read
from yishi.phrases.budget import Money, say_rule, say_rule_how, say_rule_short, say_way
from yishi.phrases.budget_file import say_fault
from yishi.phrases.budget_why import say_held, say_votes, say_why
from yishi.web.count_example import EXAMPLE


@pytest.mark.parametrize(
    ("amount", "money", "said"),
    [
        (107_000_000, Money(), "1,070,000 元"),
        (107_000_050, Money(), "1,070,000.50 元"),
        (Fraction(200, 3), Money(), "约 0.67 元"),
        (Fraction(1, 8), Money(1, ""), "约 0.12"),
        (Fraction(3, 8), Money(1, ""), "约 0.38"),
        (5, Money(1, "PLN"), "5 PLN"),
        (123_456, Money(1000, "EUR"), "约 123.46 EUR"),
        (0, Money(), "0 元"),
    ],
)
def test_an_amount_is_whole_or_to_the_hundredth(
    amount: int | Fraction, money: Money, said: str
) -> None:
    with override("zh-hans"):
        assert money.say(amount) == said


def test_every_rule_and_way_has_words() -> None:
    for language in ("zh-hans", "en"):
        with override(language):
            words = [*map(say_rule, Rule), *map(say_rule_how, Rule), *map(say_way, Way)]
            assert len(set(words)) == 2 * len(Rule) + len(Way)
            assert len({say_rule_short(rule) for rule in Rule}) == 3


def test_a_loser_is_told_what_was_missing_and_what_would_have_been_enough() -> None:
    # 60 for six, 10 each: four want the road at 20 and the square at 31, two the lamp at 20.
    road, lamp = {0, 1}, {2}
    election = approvals(60, (20, 31, 20), road, road, road, road, lamp, lamp)
    counted = count(election, range(3), Rule.SHARES_PLAIN)
    square = explain(counted)[1]
    with override("zh-hans"):
        assert say_why(square, counted, Money(1)) == [
            "份额分完时，选它的 4 人手里一共还有 20 元，它要 31 元，差 11 元，"
            "要 2 个人的整份才补得上。",
            "费用降到 20 元，就会入选。",
        ]
    with override("en"):
        assert say_why(square, counted, Money(1, "PLN"))[0] == (
            "When sharing ended its 4 supporters had 20 PLN left together, and it costs 31 PLN: "
            "11 PLN was missing, what 2 full shares would cover."
        )


def test_one_vote_and_several_are_said_in_both_languages() -> None:
    election = approvals(100, (70, 20), {0}, {0}, {1})
    told = explain(count(election, [0, 1], Rule.GREEDY_SKIP))
    with override("zh-hans"):
        assert [say_votes(why) for why in told] == ["2 票", "1 票"]
    with override("en"):
        assert [say_votes(why) for why in told] == ["2 votes", "1 vote"]


def test_no_space_stands_between_two_han_characters() -> None:
    election = approvals(100, (70,), {0}, {0}, {0})
    counted = count(election, [0], Rule.SHARES_PLAIN)
    with override("zh-hans"):
        assert say_why(explain(counted)[0], counted, Money(1)) == [
            "第 1 轮，由选它的 3 人用份额买下，每人最多出约 23.33 元。"
        ]


def test_every_reason_has_words_by_every_rule() -> None:
    election = approvals(100, (60, 50, 30, 10, 5, 101), *[{0, 1, 2}] * 3, {0, 1}, {0, 3, 5})
    for rule in Rule:
        counted = count(election, range(6), rule, threshold=2)
        with override("zh-hans"):
            told = explain(counted)
            for why in told:
                said = say_why(why, counted, Money(1))
                assert said
                assert not [words for words in said if "%" in words]
            assert say_held(counted, told)[-1].startswith(("每个答案", "说“就会入选”", "整份是"))
            assert say_held(counted, [why for why in told if why.won]) == []


def test_what_others_give_is_taken_off_before_it_is_reckoned() -> None:
    election = approvals(20, (20, 30), {0}, {1})
    counted = count(election, [0, 1], Rule.SHARES_PLAIN, gifts={1: 12})
    with override("zh-hans"):
        assert say_why(explain(counted)[1], counted, Money(1)) == [
            "它的费用 30 元里，有 12 元由别人出，只计其余的。",
            "份额分完时，选它的 1 人手里一共还有 10 元，它要 18 元，差 8 元，"
            "要 1 个人的整份才补得上。轮到它用余款补选时，预算只剩 0 元，也不够。",
        ]
        # No change is promised where gifts are counted: only what a full share is.
        assert say_held(counted, explain(counted)) == ["整份是每个人分到的全部份额。"]


def test_what_was_given_to_another_is_not_said_to_be_given_to_this_one() -> None:
    """Two pay 5 for the first; of the 4 given to it 2 come back to each: one buys the second."""
    election = approvals(12, (10, 3), {0, 1}, {0})
    counted = count(election, [0, 1], Rule.SHARES_PLAIN, gifts={0: 4})
    with override("zh-hans"):
        assert say_why(explain(counted)[1], counted, Money(1)) == [
            "别的项目收到的捐助退回以后，选它的 1 人份额就够了，每人最多出 3 元。"
        ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("META\n", "", "第 1 行，分段：应当是META 这一段，现在是：key;value"),
        ("park;42000", "park;42000;1", "第 12 行，整行：应当是3 列，与 PROJECTS 的表头一致，"),
        ("project_id;cost", "project_id;price", "第 11 行，表头：应当是有且只有一列 cost，"),
        ("vote_type;approval", "vote_type;applause", "第 5 行，vote_type：应当是投票方式："),
        ("\n2;park", "\n1;park", "第 20 行，voter_id：应当是不与别的投票人重复的编号，现在是：1"),
        ("\n1;park,dance", "\n1;park,park", "第 19 行，vote：应当是每个项目只写一次，"),
    ],
)
def test_a_fault_is_told_in_words(old: str, new: str, said: str) -> None:
    with pytest.raises(BadFile) as bad:
        read(EXAMPLE.replace(old, new, 1))
    with override("zh-hans"):
        assert say_fault(bad.value.wrong[0]).startswith(said)
