"""`yishi count`: who wins, why not, what a share paid for; what is wrong in a file."""

from pathlib import Path

import pytest

from tests.counting.budget.elections import collection
from yishi.cli import main
from yishi.counting.budget.pabulib_in import read

SMALL = """META
key;value
description;三棵树的街
budget;100
vote_type;approval
rule;greedy
currency;CNY
num_projects;3
num_votes;5
PROJECTS
project_id;cost;name
road;60;路面
lamp;50;路灯
bench;30;长椅
VOTES
voter_id;vote
1;road,lamp,bench
2;road,lamp,bench
3;road,lamp
4;road
5;bench
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    file = tmp_path / "small.pb"
    file.write_text(SMALL, "utf-8")
    return str(file)


def test_winners_and_reasons_are_told(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", small]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "三棵树的街",
        "3 个项目，5 位投票人，预算 100 元。",
        "",
        "多票优先，钱不够的跳过",
        "入选 2 个，用 90 元，余 10 元。5 位投票人中，5 位至少有一个自己选的项目入选。",
        "",
        "入选项目",
        "  road  60 元  路面",
        "    得 4 票。轮到它时还剩 100 元，它要 60 元。",
        "    再少一票就落选了。",
        "  bench  30 元  长椅",
        "    得 3 票。轮到它时还剩 40 元，它要 30 元。",
        "    少 2 票也还会入选，再少一票就不会了。",
        "",
        "未入选",
        "  lamp  50 元  路灯",
        "    得 3 票。轮到它时还剩 10 元，它要 50 元。",
        "    费用不超过 30 元，就会入选。",
        "    再多 1 票，就会入选。",
        "",
        "每个答案只改一处，其余照旧：预算、别的项目的费用、每一张选票。"
        "“多一票”指多一位只选这个项目的投票人。",
    ]


def test_a_second_rule_stands_beside_it(small: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["count", small, "--beside", "equal_shares/plain"]) == 0
    said = capsys.readouterr().out
    beside = said[said.index("对照：") :].splitlines()
    assert beside[0] == "对照：均等份额，不补足"
    assert [line for line in beside if "（" in line or "(" in line] == [
        "两种规则都入选 (2)",
        "只按第一种入选 (0)",
        "只按第二种入选 (0)",
    ]


def test_a_receipt_is_what_the_share_paid_for(
    small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["count", small, "--rule", "equal_shares/plain", "--receipt", "5"]) == 0
    said = capsys.readouterr().out
    assert said[said.index("5 的账单") :].splitlines() == [
        "5 的账单",
        "本人份额：20 元",
        "    20 元  bench  长椅",
        "剩余：0 元",
    ]
    assert main(["count", small, "--receipt", "5"]) == 1
    assert capsys.readouterr().err == "这种规则不分份额，没有个人账单。\n"
    assert main(["count", small, "--rule", "equal_shares/plain", "--receipt", "x"]) == 1
    assert capsys.readouterr().err == "文件里没有投票人 x。\n"


def test_the_election_is_written_with_its_winners(small: str, tmp_path: Path) -> None:
    out = tmp_path / "out.pb"
    assert main(["count", small, "--rule", "equal_shares/plain", "--out", str(out)]) == 0
    decided = read(out.read_text("utf-8"))
    assert decided.official == {"road", "bench"}
    assert decided.meta["rule"] == "equalshares"
    assert decided.ballots == read(SMALL).ballots


def test_a_decided_file_is_written_as_it_was(tmp_path: Path) -> None:
    path = next(path for path in collection() if "Swiecie_2023" in path.name)
    out = tmp_path / "out.pb"
    assert main(["count", str(path), "--out", str(out)]) == 0
    assert read(out.read_text("utf-8")) == read(path.read_text("utf-8"))


def test_every_fault_of_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.pb"
    file.write_text(SMALL.replace("road;60", "road;free").replace("5;bench", "5;tree"), "utf-8")
    assert main(["count", str(file)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{file} 还不能计票：",
        "- 第 12 行，cost：应当是大于 0 的金额，如 25000 或 216829.41，现在是：free",
    ]
    file.write_bytes(b"\xff\xfe")
    assert main(["count", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} 不是 UTF-8 文本。\n"
    assert main(["count", str(tmp_path / "none.pb")]) == 1
    assert capsys.readouterr().err == f"{tmp_path}/none.pb: No such file or directory\n"


def test_a_rule_nobody_knows_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strange.pb"
    file.write_text(SMALL.replace("rule;greedy", "rule;tea leaves"), "utf-8")
    assert main(["count", str(file)]) == 1
    assert capsys.readouterr().err == "文件没有写明可用的计票规则，请用 --rule 指定一种。\n"
    assert main(["count", str(file), "--rule", "phragmen/sequential"]) == 0
