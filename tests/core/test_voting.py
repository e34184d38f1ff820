"""A vote by roll decides by its bars, exactly at the edge and one below; and its steps before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from yishi.core.calendar import Span, SpanKind
from yishi.core.caserules import Text
from yishi.core.method.language import (
    Choose,
    Competence,
    Edge,
    Paper,
    Stage,
    StageKind,
    Tie,
    Unit,
    Voting,
)
from yishi.core.method.measure import Bar, Limit, Of
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.core.topic.kinds import voting
from yishi.core.topic.now import Leave, OptionNow, OptionState, Stay, TopicNow, TopicState
from yishi.core.vote.alike import alike_lines
from yishi.core.vote.ballot import areas_told, count_ballots, write_ballot
from yishi.core.vote.facts import Brought, Polled, RollOpened, VoteClosed, VoteHanded, VoteOpened
from yishi.core.vote.now import Choice, Way
from yishi.core.vote.result import plain
from yishi.core.vote.roll import Account, Line, Row, make_roll

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(days=10)
LAW = "民法典第二百七十八条"
TWO_THIRDS = Bar(Fraction(2, 3), Of.SEATS, more_than=False, source=LAW)
HALF_OF_ALL = Bar(Fraction(1, 2), Of.SEATS, more_than=True, source="ours")
HALF = Bar(Fraction(1, 2), Of.PRESENT, more_than=True, source=LAW)
THREE_QUARTERS = Bar(Fraction(3, 4), Of.PRESENT, more_than=False, source=LAW)
DAYS = Limit(Span(10, SpanKind.DAY), "ours")
VOTING = Voting(Unit.PERSON, ("online", "paper"), secret=False, choose=Choose.EACH, period=DAYS)
STAGE = Stage(
    "resolve",
    StageKind.VOTE,
    Text("表决"),
    BodyKind.RESIDENTS_COMMITTEE,
    {Edge.PASS: "do", Edge.FAIL: "tell"},
    decides=(BodyKind.RESIDENTS_ASSEMBLY,),
    quorum=HALF_OF_ALL,
    threshold=HALF,
    tie=Tie.FAILS,
    voting=VOTING,
)
OWNERS = replace(
    STAGE,
    decides=(BodyKind.OWNERS_ASSEMBLY,),
    quorum=TWO_THIRDS,
    voting=replace(VOTING, unit=Unit.OWNER),
)
A, B = OptionNow("a", 1), OptionNow("b", 2)


def topic(**more: object) -> TopicNow:
    known = TopicNow(
        "t",
        TopicState.RUNNING,
        Competence.RESIDENTS,
        "four",
        "resolve",
        options=(A,),
        tally={"vote": "v", "state": "open", "until": UNTIL.isoformat()},
    )
    return replace(known, **more)  # type: ignore[arg-type]


def polled(voters: int, heads: int, **votes: tuple[int, int, int]) -> VoteClosed:
    return VoteClosed(
        voters=voters, heads=heads, votes=votes, ways={"online": heads}, ballots=heads
    )


def close(stage: Stage, facts: VoteClosed, now: datetime = UNTIL, **more: object) -> object:
    return voting.close_vote(stage, topic(**more), facts, now)


@pytest.mark.parametrize(
    ("voters", "heads", "votes", "code", "edge"),
    [
        (10, 6, (4, 2, 0), "topic.ballot_passed", Edge.PASS),  # ordinary
        (10, 6, (3, 3, 0), "topic.ballot_failed", Edge.FAIL),  # half is not more than half
        (10, 5, (5, 0, 0), "topic.ballot_void", None),  # one below quorum, all for it
        (11, 6, (4, 1, 1), "topic.ballot_passed", Edge.PASS),  # exactly at the edge of quorum
        (10, 7, (3, 0, 4), "topic.ballot_failed", Edge.FAIL),  # who abstains took part
        (10, 0, (0, 0, 0), "topic.ballot_void", None),  # nobody
        (1, 1, (1, 0, 0), "topic.ballot_passed", Edge.PASS),
    ],
)
def test_persons_reach_quorum_and_threshold_exactly(
    voters: int, heads: int, votes: tuple[int, int, int], code: str, edge: Edge | None
) -> None:
    answer = close(STAGE, polled(voters, heads, a=votes))
    assert isinstance(answer, Leave | Stay)
    assert answer.event.code == code
    assert getattr(answer, "edge", None) is edge


def owners(
    heads: tuple[int, int, int], area: tuple[int, int, int], part: int, part_cm2: int
) -> VoteClosed:
    return VoteClosed(
        voters=9,
        heads=part,
        votes={"a": heads},
        area_cm2=9_000,
        heads_cm2=part_cm2,
        areas={"a": area},
        ways={"online": part},
        ballots=part,
    )


@pytest.mark.parametrize(
    ("heads", "area", "part", "part_cm2", "code", "missed"),
    [
        # heads, area, who took part, their area
        ((4, 2, 0), (3_001, 2_999, 0), 6, 6_000, "topic.ballot_passed", []),
        ((4, 2, 0), (3_000, 3_000, 0), 6, 6_000, "topic.ballot_failed",
         [("threshold", "area", 3_001, 3_000)]),
        ((3, 3, 0), (5_000, 1_000, 0), 6, 6_000, "topic.ballot_failed",
         [("threshold", "heads", 4, 3)]),
        ((6, 0, 0), (5_999, 0, 0), 6, 5_999, "topic.ballot_void",
         [("quorum", "area", 6_000, 5_999)]),
        ((5, 0, 0), (8_000, 0, 0), 5, 8_000, "topic.ballot_void",
         [("quorum", "heads", 6, 5)]),
        ((0, 0, 0), (0, 0, 0), 0, 0, "topic.ballot_void",
         [("quorum", "heads", 6, 0), ("quorum", "area", 6_000, 0)]),
    ],
)  # fmt: skip
def test_owners_need_heads_and_area_and_each_that_is_missed_is_named(
    heads: tuple[int, int, int],
    area: tuple[int, int, int],
    part: int,
    part_cm2: int,
    code: str,
    missed: list[tuple[str, str, int, int]],
) -> None:
    facts = owners(heads, area, part, part_cm2)
    answer = close(OWNERS, facts, competence=Competence.OWNERS)
    assert isinstance(answer, Leave | Stay)
    assert answer.event.code == code
    told = plain(voting.result_in(OWNERS, topic(), facts))["missed"]
    assert isinstance(told, list)
    assert [(one["of"], one["by"], one["need"], one["have"]) for one in told] == missed
    assert {one["source"] for one in told} <= {LAW}


def test_a_special_matter_of_owners_is_met_at_three_quarters_exactly() -> None:
    special = replace(OWNERS, threshold=THREE_QUARTERS)
    at = owners((6, 2, 0), (6_000, 2_000, 0), 8, 8_000)
    below = owners((6, 2, 0), (5_999, 2_001, 0), 8, 8_000)
    codes = [
        close(special, one, competence=Competence.OWNERS).event.code  # type: ignore[attr-defined]
        for one in (at, below)
    ]
    assert codes == ["topic.ballot_passed", "topic.ballot_failed"]


@pytest.mark.parametrize(
    ("tie", "code", "chosen"),
    [
        (Tie.FAILS, "topic.ballot_failed", ""),
        (Tie.AGAIN, "topic.ballot_tied", ""),
        (Tie.ORDER, "topic.ballot_passed", "a"),
    ],
)
def test_of_two_as_strong_the_rule_says_which(tie: Tie, code: str, chosen: str) -> None:
    facts = polled(10, 8, a=(6, 2, 0), b=(6, 1, 1))
    answer = close(replace(STAGE, tie=tie), facts, options=(A, B))
    assert isinstance(answer, Leave)
    assert (answer.event.code, answer.chosen) == (code, chosen)


def test_the_strongest_is_chosen_and_the_others_that_pass_are_ranked() -> None:
    facts = polled(10, 8, a=(5, 3, 0), b=(7, 1, 0))
    answer = close(STAGE, facts, options=(A, B))
    assert isinstance(answer, Leave) and answer.options is not None
    assert answer.chosen == "b"
    assert [(one.uid, one.rank, one.state) for one in answer.options] == [
        ("a", 2, OptionState.OPEN), ("b", 1, OptionState.CHOSEN),
    ]  # fmt: skip


def test_a_vote_below_quorum_may_be_called_again() -> None:
    answer = close(STAGE, polled(10, 5, a=(5, 0, 0)))
    assert isinstance(answer, Stay) and answer.tally == {}
    again = voting.open_roll(STAGE, topic(tally=answer.tally), RollOpened(vote="w", voters=9), NOW)
    assert isinstance(again, Stay)


@pytest.mark.parametrize(
    ("change", "need", "have", "code"),
    [
        ({"once": (3, 7)}, 2, (3, 7), "paper_once"),
        ({"differ": (4,)}, (), (4,), "paper_differs"),
        ({"ballots": 5}, 6, 5, "ballots_wrong"),
        ({"ways": {"online": 4, "hands": 2}, "ballots": 4}, 2, 0, "hands_missing"),
        ({"ways": {"online": 4, "hands": 2}, "ballots": 4, "hands": 3}, 2, 3, "hands_wrong"),
    ],
)
def test_a_vote_is_not_closed_while_its_paper_does_not_agree(
    change: dict[str, object], need: object, have: object, code: str
) -> None:
    facts = replace(polled(10, 6, a=(6, 0, 0)), **change)  # type: ignore[arg-type]
    answer = close(STAGE, facts)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.need, answer.have) == (code, need, have)


def test_a_vote_is_closed_early_only_where_every_line_took_part() -> None:
    early = UNTIL - timedelta(seconds=1)
    refused = close(STAGE, polled(10, 9, a=(9, 0, 0)), early)
    assert isinstance(refused, Refusal) and refused.code == "vote_runs"
    assert isinstance(close(STAGE, polled(10, 10, a=(9, 1, 0)), early), Leave)


def test_the_roll_is_on_view_and_its_objections_ruled_on_before_it_opens() -> None:
    rolled = topic(tally={"vote": "v", "state": "roll", "roll_until": UNTIL.isoformat()})
    facts = VoteOpened(voters=9, area_cm2=0, objections=0, until_at=UNTIL + timedelta(days=10))
    early = voting.open_vote(STAGE, rolled, facts, UNTIL - timedelta(seconds=1))
    assert isinstance(early, Refusal) and early.code == "roll_runs"
    opened = voting.open_vote(STAGE, rolled, facts, UNTIL)
    assert isinstance(opened, Stay) and opened.tally["state"] == "open"
    for change, code in (({"objections": 1}, "roll_objections"), ({"voters": 0}, "roll_empty")):
        refused = voting.open_vote(STAGE, rolled, replace(facts, **change), UNTIL)
        assert isinstance(refused, Refusal) and refused.code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"competence": None}, "competence_missing"),
        ({"competence": Competence.DUTY}, "competence_duty"),
        ({"competence": Competence.OWNERS}, "competence_owners"),
        ({"options": ()}, "options_missing"),
        ({"options": (replace(A, competence=Competence.OWNERS, matter="fund"),)},
         "competence_owners"),
    ],
)  # fmt: skip
def test_competence_comes_before_the_roll(more: dict[str, object], code: str) -> None:
    at = topic(tally={}, **more)
    refused = voting.open_roll(STAGE, at, RollOpened(vote="v", voters=9), NOW)
    assert isinstance(refused, Refusal) and refused.code == code


def test_an_option_of_the_owners_is_left_off_the_residents_paper() -> None:
    fund = replace(B, competence=Competence.OWNERS, matter="fund")
    assert voting.on_paper(STAGE, topic(options=(A, fund))) == ("a",)


HANDED = replace(STAGE, voting=replace(VOTING, handed=True))
COUNT = frozenset({Paper.COUNT})
ON_VIEW = {"vote": "v", "state": "roll", "roll_until": NOW.isoformat()}
TO_CITY = VoteHanded(to="市系统", voters=10)


def brought(by: str, heads: int = 6) -> Brought:
    return Brought(voters=10, heads=heads, votes={"a": (4, 2, 0)}, by=by, attached=COUNT)


def handed() -> TopicNow:
    answer = voting.hand_vote(HANDED, topic(tally=ON_VIEW), TO_CITY, NOW)
    assert isinstance(answer, Stay)
    return topic(tally=answer.tally)


def test_a_vote_is_handed_over_on_a_roll_that_was_on_view_to_its_end() -> None:
    for tally, facts, moment, code in (
        ({}, TO_CITY, NOW, "roll_missing"),
        (ON_VIEW, TO_CITY, NOW - timedelta(seconds=1), "roll_runs"),
        (ON_VIEW, replace(TO_CITY, objections=1), NOW, "roll_objections"),
        (ON_VIEW, replace(TO_CITY, voters=0), NOW, "roll_empty"),
        ({"vote": "v", "state": "open"}, TO_CITY, NOW, "vote_opened"),
    ):
        refused = voting.hand_vote(HANDED, topic(tally=tally), facts, moment)
        assert isinstance(refused, Refusal) and refused.code == code


def test_a_handed_vote_is_decided_where_two_enter_the_same() -> None:
    at = handed()
    first = voting.bring_result(HANDED, at, brought("1"), NOW)
    assert isinstance(first, Stay) and first.event.code == "topic.result_brought"
    at = replace(at, tally=first.tally)
    same = voting.bring_result(HANDED, at, brought("1", 7), NOW)
    assert isinstance(same, Stay) and same.tally["by"] == "1"  # replaces their own entry
    answer = voting.bring_result(HANDED, at, brought("2"), NOW)
    assert isinstance(answer, Leave) and answer.edge is Edge.PASS


def test_two_that_differ_both_begin_again_and_a_handed_vote_needs_its_paper() -> None:
    at = handed()
    first = voting.bring_result(HANDED, at, brought("1"), NOW)
    assert isinstance(first, Stay)
    differ = voting.bring_result(HANDED, replace(at, tally=first.tally), brought("2", 7), NOW)
    assert isinstance(differ, Stay)
    assert (differ.event.code, "brought" in differ.tally) == ("topic.results_differ", False)
    for facts, code in (
        (replace(brought("1"), attached=frozenset()), "attach_missing"),
        (brought("1", 11), "result_wrong"),
        (brought("1", 5), "result_wrong"),
        (replace(brought("1"), votes={"z": (1, 0, 0)}), "option_unknown"),
    ):
        refused = voting.bring_result(HANDED, at, facts, NOW)
        assert isinstance(refused, Refusal) and refused.code == code
    not_here = voting.hand_vote(STAGE, topic(tally=ON_VIEW), TO_CITY, NOW)
    assert isinstance(not_here, Refusal) and not_here.code == "hand_not_allowed"


F, N, X = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN


@pytest.mark.parametrize(
    ("choose", "choices", "letters"),
    [
        (Choose.EACH, {"a": F, "b": N}, "fa"),
        (Choose.EACH, {"a": F}, "fx"),  # what is left open is abstained from
        (Choose.EACH, {}, "xx"),
        (Choose.ONE, {"b": F}, "-f"),
        (Choose.ONE, {}, "xx"),
        (Choose.ONE, {"a": X, "b": X}, "xx"),
        (Choose.ONE, {"a": F, "b": F}, "choose_one"),
        (Choose.ONE, {"a": N}, "choose_one"),
        (Choose.EACH, {"z": F}, "option_unknown"),
    ],
)
def test_a_ballot_is_one_letter_an_option(
    choose: Choose, choices: dict[str, Choice], letters: str
) -> None:
    written = write_ballot(choose, ("a", "b"), choices)
    assert (written.code if isinstance(written, Refusal) else written) == letters


def test_ballots_are_counted_as_they_were_written() -> None:
    assert count_ballots(("a", "b"), {"fa": 2, "fx": 1, "-f": 3}) == {
        "a": (3, 0, 0), "b": (3, 2, 1),
    }  # fmt: skip
    assert count_ballots(("a",), {}) == {"a": (0, 0, 0)}


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([("f", 9, 810), ("a", 4, 300)], {"f": 810, "a": 300}),
        ([("f", 9, 810), ("a", 1, 90)], {}),  # the rest would give the one away
        ([("ff", 9, 810), ("fa", 4, 300), ("aa", 1, 90)], {"ff": 810}),
        ([("ff", 9, 810), ("fa", 2, 200), ("aa", 1, 90)], {"ff": 810}),
        ([("ff", 9, 810), ("fa", 2, 200), ("af", 2, 150)], {"ff": 810}),
        ([("f", 2, 180)], {}),
        ([], {}),
    ],
)
def test_an_area_is_told_where_it_tells_nobodys_ballot(
    counted: list[tuple[str, int, int]], told: dict[str, int]
) -> None:
    assert areas_told(counted) == told


def account(id: int, name: str, room: str, area: int = 0) -> Account:
    return Account(id, name, "1栋", 5, room, area)


def test_a_person_stands_on_the_roll_once_with_or_without_an_account() -> None:
    roll = make_roll(
        Unit.PERSON,
        [account(1, "王桂英", "101"), account(2, "李建国", "101")],
        [Row("王桂英", "1栋", "101"), Row("陈小芳", "1栋", "102"), Row("陈小芳", "1栋", "102")],
        {"1 栋": 5},
    )
    assert roll.lines == (
        Line("李建国", "1栋 101", 5, 0, (2,)),
        Line("王桂英", "1栋 101", 5, 0, (1,)),
        Line("陈小芳", "1栋 102", 5),
    )


def test_a_household_is_one_line_whoever_of_it_has_an_account() -> None:
    roll = make_roll(
        Unit.HOUSEHOLD,
        [account(1, "王桂英", "101"), account(2, "李建国", "１０１室"), account(3, "赵一", "")],
        [Row("陈小芳", "1栋", "102")],
    )
    assert [(one.name, one.label, one.holders) for one in roll.lines] == [
        ("王桂英、李建国", "1栋 101、1栋 １０１室", (1, 2)), ("陈小芳", "1栋 102", ()),
    ]  # fmt: skip
    assert roll.unplaced == 1


@pytest.mark.parametrize(
    ("accounts", "rows", "lines"),
    [
        # co-owners of one room are one head, its area once
        ([account(1, "王", "101", 900_000), account(2, "李", "101", 900_000)], [],
         [("王、李", 900_000, (1, 2))]),
        # several properties are one head with their area together
        ([], [Row("张", "1栋", "101", 800_000), Row("张", "2栋", "202", 700_000)],
         [("张", 1_500_000, ())]),
        # a mark tells two of one name apart
        ([], [Row("张", "1栋", "101", 800_000, "甲"), Row("张", "2栋", "202", 700_000, "乙")],
         [("张", 800_000, ()), ("张", 700_000, ())]),
        # the register's area goes before the account's
        ([account(1, "王", "101", 900_000)], [Row("王", "1栋", "101", 880_000)],
         [("王", 880_000, (1,))]),
        # who has no area has no vote, unless the register knows the property
        ([account(1, "王", "101"), account(2, "李", "102")], [Row("王", "1栋", "101", 880_000)],
         [("王", 880_000, (1,))]),
        ([], [], []),
    ],
)  # fmt: skip
def test_owners_stand_by_property_and_name(
    accounts: list[Account], rows: list[Row], lines: list[tuple[str, int, tuple[int, ...]]]
) -> None:
    roll = make_roll(Unit.OWNER, accounts, rows)
    assert [(one.name, one.area_cm2, one.holders) for one in roll.lines] == lines


@pytest.mark.parametrize("unit", [Unit.PERSON, Unit.HOUSEHOLD, Unit.OWNER])
def test_whoever_is_only_in_the_file_is_called_at_by_building_too(unit: Unit) -> None:
    rows = [
        Row("张", "1栋", "101", 800_000),
        Row("李", "９栋", "202", 700_000),
        Row("丙", "别处", "3", 1),
    ]
    roll = make_roll(unit, [], rows, {"1栋": 5, "9栋": 13})
    assert {one.name: one.building_id for one in roll.lines} == {"张": 5, "李": 13, "丙": None}


@pytest.mark.parametrize("written", ["5幢", "5号楼", "５ 栋", "柳荫苑5号楼", "柳荫苑5栋"])
def test_a_flat_is_one_line_however_the_register_writes_its_building(written: str) -> None:
    account = Account(1, "王", "柳荫苑5栋", 7, "501", 900_000)
    rows = [Row("王", written, "501室", 910_000), Row("丁", "15幢", "501", 800_000)]
    roll = make_roll(Unit.OWNER, [account], rows, {"柳荫苑5栋": 7, "柳荫苑1栋": 8})
    assert [(one.label, one.building_id, one.area_cm2, one.holders) for one in roll.lines] == [
        ("15幢 501", None, 800_000, ()),
        ("柳荫苑5栋 501、柳荫苑5栋 501室", 7, 910_000, (1,)),
    ]


def test_a_number_that_two_buildings_have_names_neither() -> None:
    known = {"柳荫苑5栋": 7, "和平里5栋": 8}
    roll = make_roll(Unit.PERSON, [], [Row("王", "5幢", "501")], known)
    assert [(one.label, one.building_id) for one in roll.lines] == [("5幢 501", None)]


def test_of_present_nothing_counts_but_who_took_part() -> None:
    facts = Polled(voters=100, heads=51, votes={"a": (26, 25, 0)})
    result = voting.result_in(STAGE, topic(), facts)
    assert (result.passing, result.supports[0].need, result.supports[0].whole) == (("a",), 26, 51)
    assert result.quorums[0].need == 51
    assert Way.ONLINE == "online"


@pytest.mark.parametrize(
    ("unit", "lines", "pairs"),
    [
        ("household", [(1, "5栋 1单元501", ""), (2, "5栋 501室", "")], [(1, 2)]),
        ("household", [(1, "5栋 ２－501", ""), (2, "5 栋 501", "")], [(1, 2)]),
        ("household", [(1, "5栋 1单元501", ""), (2, "6栋 501", "")], []),
        ("household", [(1, "5栋 1单元501", ""), (2, "5栋 2单元501", "")], []),
        ("household", [(1, "5栋 1单元501", ""), (2, "5栋 502", "")], []),
        ("household", [(1, "5栋 三单元501", ""), (2, "5栋 二单元501", ""), (3, "5栋 501", "")],
         [(1, 3), (2, 3)]),
        ("owner", [(1, "5栋 1单元501、5栋 车位", "赵一"), (2, "5栋 501", "钱二")], [(1, 2)]),
        ("owner", [(1, "5栋 1单元501、5栋 501", "赵一")], []),
        ("person", [(1, "5栋 1单元501", "赵一"), (2, "5栋 501", "赵 一")], [(1, 2)]),
        ("person", [(1, "5栋 1单元501", "赵一"), (2, "5栋 501", "钱二")], []),
        ("person", [(1, "", "赵一"), (2, "501", "赵一")], []),
    ],
)  # fmt: skip
def test_lines_that_are_probably_one_home_are_told_by_their_numbers(
    unit: str, lines: list[tuple[int, str, str]], pairs: list[tuple[int, int]]
) -> None:
    assert alike_lines(Unit(unit), lines) == pairs
