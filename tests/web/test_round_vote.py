"""The pages of a round's vote: every kind of ballot without scripts, paper, the result, why, and
the file anybody counts again."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.hall import DESK, OVERSEER
from tests.acts.rounds_voted import GREEDY, Poll, make_poll
from tests.acts.world import World, make_world
from tests.web.voting import Polls
from yishi.acts.door import Done
from yishi.acts.project import settling
from yishi.counting.budget.pabulib_in import read
from yishi.counting.budget.stated import count_file, stated_rule
from yishi.records.models import Ballot

pytestmark = pytest.mark.django_db
MOST = 12
SIX = ("赵一", "钱二", "孙三", "李四", "周五", "吴六")
COSTS = {"修路": 9_000, "路灯": 4_000, "长椅": 3_000, "花坛": 3_000}


@pytest.fixture
def world() -> World:
    return make_world()


def opened(
    world: World, patch: pytest.MonkeyPatch, gifts: Any = None, **said: str
) -> tuple[Polls, Poll]:
    poll = make_poll(world, COSTS, SIX, 10_000, gifts, **said)
    poll.open()
    polls = Polls(poll, patch)  # type: ignore[arg-type]
    polls.at(poll.hall.now)
    return polls, poll


def counted(world: World, patch: pytest.MonkeyPatch, **said: str) -> tuple[Polls, Poll]:
    """Four chose the road, two the lamps and the bench; it is closed."""
    polls, poll = opened(world, patch, **said)
    for who in SIX:
        marks = ["修路"] if who in SIX[:4] else ["路灯", "长椅"]
        assert isinstance(poll.cast(who, marks), Done)
    assert isinstance(poll.close(), Done)
    polls.at(poll.hall.now)
    return polls, poll


def kept(poll: Poll) -> list[str]:
    return sorted(str(one.chosen) for one in Ballot.objects.filter(vote=poll.vote))


def test_a_resident_chooses_looks_and_casts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, poll = opened(world, monkeypatch, secret="false")
    line, road = poll.line("赵一").uid, poll.options["修路"]
    page = polls.send("赵一", "cast", line=line).content.decode()
    assert "最多选5个项目" in page and "9,000 元" in page
    assert all(title in page for title in COSTS)
    fields = {"line": line, "pick": [road, poll.options["花坛"]]}
    check = polls.send("赵一", "cast", check="yes", **fields).content.decode()
    assert "1 修路" in check and "4 花坛" in check and "2 路灯" not in check
    assert "还能选" in check and "<b>3</b>" in check
    assert not Ballot.objects.exists()
    polls.does("赵一", "cast", cast="yes", **fields)
    assert kept(poll) == ["1001"]


def test_each_voter_sees_an_order_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, poll = opened(world, monkeypatch)

    def order(who: str) -> list[str]:
        page = polls.send(who, "cast", line=poll.line(who).uid).content.decode()
        return re.findall(r'name="pick" value="(\w+)"', page)

    orders = {who: order(who) for who in SIX}
    assert all(sorted(one) == sorted(poll.options.values()) for one in orders.values())
    assert order("赵一") == orders["赵一"]
    assert len({tuple(one) for one in orders.values()}) > 1


def test_what_is_left_of_the_money_is_said_without_scripts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, poll = opened(
        world, monkeypatch, {"修路": 6_000}, ballot='"knapsack"', most="", secret="false"
    )
    line, pick = poll.line("赵一").uid, [poll.options[one] for one in ("修路", "路灯")]
    page = polls.send("赵一", "cast", line=line, pick=pick, sum="yes").content.decode()
    assert "（其中别人出6,000 元）" in page
    assert "<b>3,000 元</b>" in page  # 10,000 less 3,000 of the road's 9,000 and 4,000
    every = list(poll.options.values())
    over = polls.refused("赵一", "cast", line=line, pick=every, check="yes")
    assert "选的项目合起来超过了资金" in over and "需要" in over
    assert over.count('data-price="') == 4 == len(re.findall(r'data-price="\d+" checked', over))
    assert "<b>-3,000 元</b>" in over
    polls.does("赵一", "cast", line=line, pick=pick, cast="yes")
    assert kept(poll) == ["1100"]


@pytest.mark.parametrize(
    ("kind", "typed", "bad", "why", "letters"),
    [
        ("ranking", {"修路": "2", "长椅": "1"}, {"修路": "1", "长椅": "1"},
         "两个项目排了同一名", "2010"),
        ("points", {"修路": "4", "花坛": "1"}, {"修路": "9"}, "打的分超过了总数", "4001"),
        ("points", {"修路": "5"}, {"修路": "五"}, "选票上不能这样写", "5000"),
    ],
)  # fmt: skip
def test_a_ranking_and_points(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    typed: dict[str, str],
    bad: dict[str, str],
    why: str,
    letters: str,
) -> None:
    polls, poll = opened(world, monkeypatch, ballot=f'"{kind}"', counting=GREEDY, secret="false")
    line = poll.line("赵一").uid

    def fields(said: dict[str, str]) -> dict[str, str]:
        return {f"mark_{poll.options[title]}": word for title, word in said.items()}

    assert why in polls.refused("赵一", "cast", line=line, check="yes", **fields(bad))
    check = polls.send("赵一", "cast", line=line, check="yes", **fields(typed))
    assert check.status_code == 200
    polls.does("赵一", "cast", line=line, cast="yes", **fields(typed))
    assert kept(poll) == [letters]


def test_papers_are_entered_by_numbers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, poll = opened(world, monkeypatch)
    for who in SIX:
        assert isinstance(poll.take(who), Done)
    assert poll.vote.until_at is not None
    polls.at(poll.vote.until_at)
    assert "没有编号是7的项目" in polls.refused(DESK, "box", serial="1", numbers="7")
    assert "写了两遍" in polls.refused(DESK, "box", serial="1", numbers="1 1")
    assert "选的项目太多" not in polls.page(DESK, "box")
    assert 'name="serial" value="1"' in polls.page(DESK, "box")
    for serial in range(1, 7):
        for who in (DESK, OVERSEER):
            numbers = {5: "2，3", 6: "0"}.get(serial, "1")
            polls.does(who, "box", serial=str(serial), numbers=numbers)
    # Every paper is entered: none is asked for any more.
    assert 'name="serial" value=' not in polls.page(DESK, "box")
    assert isinstance(poll.close(), Done)
    assert kept(poll) == ["0000", "0110", "1000", "1000", "1000", "1000"]
    polls.at(poll.hall.now)
    assert "1张空白票" in polls.page("赵一", "count")


def test_anybody_reads_what_it_came_to_and_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, _poll = counted(world, monkeypatch)
    page = polls.page("王桂英")
    assert "选出2个项目" in page and "3 长椅" in page and "10,000 元" in page
    why = polls.page("王桂英", "count")
    for words in ("均等份额", "多票优先", "我的那一份", "开始前抽好的签"):
        assert words in why, words
    assert "2、3" in polls.page("王桂英", "ballots")
    rows = polls.page("王桂英", "ballots.csv").splitlines()
    assert sorted(row.partition(",")[2] for row in rows[1:7]) == [",1,1,"] * 2 + ["1,,,"] * 4


@pytest.mark.parametrize(
    ("said", "marks", "gifts"),
    [
        ({}, {"修路": 1}, None),
        ({}, {"修路": 1}, {"修路": 6_000}),
        ({"ballot": '"knapsack"', "most": ""}, {"修路": 1}, {"长椅": 1_000}),
        ({"counting": GREEDY}, {"修路": 1, "花坛": 1}, {"修路": 6_000}),
        ({"ballot": '"ranking"', "counting": GREEDY}, {"花坛": 1, "修路": 2}, None),
        ({"ballot": '"points"', "counting": GREEDY}, {"修路": 4, "花坛": 1}, None),
    ],
)
def test_the_file_gives_the_winners_again(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    said: dict[str, str],
    marks: dict[str, int],
    gifts: Any,
) -> None:
    """Whatever the ballots and the rule: with its lot, its step, and what others give."""
    polls, poll = opened(world, monkeypatch, gifts, **said)
    for who in SIX:
        assert isinstance(poll.cast(who, marks if who in SIX[:4] else {"长椅": 1}), Done)
    assert isinstance(poll.close(), Done)
    polls.at(poll.hall.now)
    file = read(polls.page("王桂英", "ballots.pb"))
    rule = stated_rule(file)
    assert rule is not None
    assert len(file.votes) == 6
    again = count_file(file, rule)
    titles = {row["project_id"]: row["name"] for row in file.projects}
    assert [titles[file.names[one]] for one in again.winners] == poll.won()
    assert file.official == frozenset(file.names[one] for one in again.winners)


def test_the_file_leaves_out_what_nobody_could_choose_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, poll = opened(world, monkeypatch)
    for who in SIX:
        assert isinstance(poll.cast(who, ["修路"] if who in SIX[:4] else ["修路", "长椅"]), Done)
    why = "查出地下有燃气管，不能动工"
    ask = poll.world.ask(DESK, poll.hall.now)
    poll.hall.did(settling.stop(ask, poll.projects["修路"], why))
    assert isinstance(poll.close(), Done)
    polls.at(poll.hall.now)
    file = read(polls.page("王桂英", "ballots.pb"))
    assert [row["votes"] for row in file.projects] == ["0", "0", "2", "0"]
    assert (len(file.votes), file.official) == (2, frozenset({"3"}))


def test_the_page_of_the_round_tells_what_was_chosen_and_how(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, poll = opened(world, monkeypatch)
    assert "投票选出的项目" not in Client().get(f"/rounds/{poll.topic}").content.decode()
    for who in SIX:
        assert isinstance(poll.cast(who, ["修路"] if who in SIX[:4] else ["路灯", "长椅"]), Done)
    assert isinstance(poll.close(), Done)
    polls.at(poll.hall.now)
    page = Client().get(f"/rounds/{poll.topic}").content.decode()
    table = page[page.index("投票选出的项目") : page.index("怎么计的票")]
    for said in ("2 路灯", "3 长椅"):
        assert said in table, table


@pytest.mark.parametrize("page", ["", "count", "ballots", "ballots.pb"])
def test_a_page_of_a_round_asks_few_statements(
    world: World, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    polls, _poll = counted(world, monkeypatch)
    polls.page("王桂英", page)
    with CaptureQueriesContext(connection) as found:
        polls.page("王桂英", page)
    asked = [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= MOST, "\n".join(asked)


def test_casting_pages_ask_few_statements(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, poll = opened(world, monkeypatch)
    line = poll.line("赵一").uid
    polls.send("赵一", "cast", line=line)
    with CaptureQueriesContext(connection) as found:
        polls.send("赵一", "cast", line=line)
    assert len([one for one in found if "SAVEPOINT" not in one["sql"]]) <= MOST


def test_what_is_no_count_has_no_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, _poll = opened(world, monkeypatch)
    assert [polls.status("王桂英", page) for page in ("count", "ballots.pb", "ballots")] == [
        404
    ] * 3


def test_the_sheets_of_a_round(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, poll = opened(world, monkeypatch)
    sheet = polls.page(DESK, "sheets/paper")
    assert "9,000 元" in sheet and "最多选5个项目" in sheet and "资金一共10,000 元" in sheet
    assert "反对" not in sheet
    assert "打勾" in polls.page(DESK, "sheets/count")
    for who in SIX:
        assert isinstance(poll.cast(who, ["长椅"]), Done)
    assert isinstance(poll.close(), Done)
    polls.at(poll.hall.now)
    notice = polls.page(DESK, "sheets/result")
    assert "3 长椅" in notice and "6 票" in notice and "投票前抽的签" in notice


def test_the_desk_reads_what_opening_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = make_poll(world, COSTS, SIX, 10_000)
    poll.roll()
    polls = Polls(poll, monkeypatch)  # type: ignore[arg-type]
    polls.at(poll.hall.now)
    page = polls.desk.get(DESK, f"/topics/{poll.topic}/do/open-vote")
    assert "给项目的资金一共10,000 元" in page and "签现在就抽" in page and "4 花坛" in page
    assert polls.deed(DESK, "open-vote").status_code == 302
    assert poll.vote.state == "open"


def test_the_round_and_its_dossier_tell_the_count(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    polls, poll = counted(world, monkeypatch)
    page = polls.desk.get("王桂英", f"/topics/{poll.topic}")
    assert "投票选出2个项目" in page
    # Each option stands as its project does, in the result that hangs out and in the list.
    assert [page.count(word) for word in ("可选", "未获选", "确定要做，")] == [0, 4, 4]
    assert all(f'href="/projects/{uid}"' in page for uid in poll.projects.values())
    answer: Any = polls.desk.browser(DESK).get(f"/topics/{poll.topic}/dossier")
    dossier = b"".join(answer.streaming_content).decode()
    assert "2 路灯：4,000 元，2 票" in dossier and "投票前抽的签" in dossier
