"""An election counted on a page: for whoever is signed in, within bounds, stored nowhere."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.acts.world import World
from tests.web.staff import BACKEND
from yishi.counting.budget.counted import Rule, count
from yishi.counting.budget.pabulib_in import read
from yishi.web import count as page
from yishi.web.count_example import EXAMPLE

STATEMENTS_MOST = 12


@pytest.fixture
def resident(world: World, client: Client) -> Client:
    client.force_login(world.people["王桂英"], BACKEND)
    return client


def sent(client: Client, text: str | bytes, **fields: str) -> Any:
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("vote.pb", data, "text/plain")
    return client.post("/count", {"file": file, **fields})


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("who", ["王桂英", "社区小周", "督查员老冯", "管理员"])
def test_whoever_is_signed_in_may_count(world: World, client: Client, who: str) -> None:
    client.force_login(world.people[who], BACKEND)
    assert client.get("/count").status_code == 200


def test_a_visitor_signs_in_first(world: World, client: Client) -> None:
    answer = client.get("/count")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=%2Fcount")
    assert sent(client, EXAMPLE).status_code == 302


def test_two_rules_are_shown_side_by_side(resident: Client) -> None:
    answer = sent(resident, EXAMPLE)
    html = answer.content.decode()
    assert answer.status_code == 200
    said = words(html)
    assert "东大路小修小补（示例）" in said
    assert "预算 60,000 元" in said
    # By shares four of the five; by most votes the two that cost most.
    assert html.count(' class="left-over"') == 2
    election = read(EXAMPLE).election
    shares = count(election, range(5), Rule.SHARES_UNTIL_OVERSPENT, unit=100)
    most = count(election, range(5), Rule.GREEDY_SKIP)
    assert (len(shares.won), len(most.won)) == (4, 2)
    # In the table and again above the reasons.
    assert html.count('"tag done"') == 2 * (4 + 2)
    assert "30 人中的 30 人" in said
    assert "30 人中的 16 人" in said
    assert "停车位重新划线" in said


def test_each_project_has_its_reason_by_each_rule(resident: Client) -> None:
    html = sent(resident, EXAMPLE).content.decode()
    park = words(
        html[html.index('id="why-0"') : html.index("</details>", html.index('id="why-0"'))]
    )
    assert "份额分完时，选它的 16 人手里一共还有" in park
    assert "得 16 票。轮到它时还剩 60,000 元，它要 42,000 元。" in park


def test_the_public_table_holds_what_a_receipt_needs(resident: Client) -> None:
    html = sent(resident, EXAMPLE).content.decode()
    election = read(EXAMPLE).election
    counted = count(election, range(5), Rule.SHARES_UNTIL_OVERSPENT, unit=100)
    rows = re.findall(r'data-project="(\d+)" data-most="([\d/]+)"', html)
    assert rows == [(str(one.project), str(one.most)) for one in counted.won if one.most]
    assert f'data-each="{counted.each}"' in html
    assert html.count('type="checkbox" id="own-') == 5
    # The ballot is in no form: nothing can send it.
    ballot = html[html.index("data-ballot") : html.index("</fieldset>", html.index("data-ballot"))]
    assert "<form" not in ballot
    assert ' name="' not in ballot


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_can_be_chosen_alone(resident: Client, rule: Rule) -> None:
    html = sent(resident, EXAMPLE, rule=rule.value, beside="none").content.decode()
    assert html.count(' class="left-over"') == 1
    assert ("data-receipt=" in html) is rule.by_shares


def test_the_example_is_shown_without_a_file(resident: Client) -> None:
    assert "东大路小修小补" in resident.get("/count?example").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("park;42000", "park;free", "12 cost 大于 0 的金额，如 25000 或 216829.41 free"),
        ("\n1;park,dance", "\n1;park,dnace", "19 vote 本文件里有的项目编号 dnace"),
        ("num_votes;30", "num_votes;31", "9 num_votes 30，与 VOTES 的行数一致 31"),
    ],
)
def test_a_bad_file_is_told_by_line_and_column(
    resident: Client, old: str, new: str, told: str
) -> None:
    answer = sent(resident, EXAMPLE.replace(old, new, 1))
    assert answer.status_code == 422
    assert told in words(answer.content.decode())


def test_what_is_no_text_is_refused(resident: Client) -> None:
    answer = sent(resident, b"\xff\xfe\x00")
    assert answer.status_code == 422
    assert "这不是 .pb 文件" in answer.content.decode()
    assert sent(resident, "").status_code == 422


def test_no_file_is_told(resident: Client) -> None:
    answer = resident.post("/count", {"rule": "stated"})
    assert answer.status_code == 422
    assert "没有选择文件" in answer.content.decode() or "没有选" in answer.content.decode()


def test_a_file_too_large_is_not_read(resident: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "BYTES_MOST", len(EXAMPLE.encode()) - 1)
    answer = sent(resident, EXAMPLE)
    assert answer.status_code == 422
    assert "文件太大，这里计不了" in answer.content.decode()


def test_too_many_projects_are_refused(resident: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "PROJECTS_MOST", 4)
    answer = sent(resident, EXAMPLE)
    assert answer.status_code == 422
    assert "项目太多，这里计不了" in answer.content.decode()


def test_a_count_of_millions_of_steps_is_not_begun(resident: Client) -> None:
    # One unit more, and again, until two voters can pay for what costs a million millions.
    endless = EXAMPLE.replace("park;42000", "park;1000000000000")
    endless = endless.replace("budget;60000", "budget;999999999999")
    answer = sent(resident, endless)
    assert answer.status_code == 422
    assert "这样计票要太久" in answer.content.decode()
    assert sent(resident, endless, rule="greedy/skip").status_code == 200


def test_a_rule_nobody_knows_is_asked_for(resident: Client) -> None:
    strange = EXAMPLE.replace("equalshares/add1", "tea leaves")
    answer = sent(resident, strange)
    assert answer.status_code == 422
    assert "文件没有写明可用的计票规则" in answer.content.decode()
    assert sent(resident, strange, rule="phragmen/sequential").status_code == 200


def test_the_winners_the_file_names_are_compared(resident: Client) -> None:
    head, votes = EXAMPLE.split("VOTES\n")
    rows = head.splitlines()
    at = rows.index("project_id;cost;name")
    won = {"dance", "bench", "lamp", "ramp"}
    named = [f"{row};{int(row.split(';')[0] in won)}" for row in rows[at + 1 :]]
    official = "\n".join([*rows[:at], "project_id;cost;name;selected", *named, "VOTES", votes])
    assert "与这里第一种规则算出来的相同" in sent(resident, official).content.decode()
    other = official.replace("圆", "圆").replace(
        "lamp;8000;北门补两盏路灯;1", "lamp;8000;北门补两盏路灯;0"
    )
    assert "与这里第一种规则算出来的不同" in sent(resident, other).content.decode()


def test_marks_nobody_sees_are_taken_out_of_names(resident: Client) -> None:
    tricked = EXAMPLE.replace("北门补两盏路灯", "北门\u202e补两盏路灯<script>")
    html = sent(resident, tricked).content.decode()
    assert "\u202e" not in html
    assert "<script>" not in html.split("<main")[1]


def test_nothing_is_stored_and_little_is_asked(resident: Client) -> None:
    sent(resident, EXAMPLE)
    with CaptureQueriesContext(connection) as asked:
        sent(resident, EXAMPLE)
    assert len(asked) <= STATEMENTS_MOST
    written = [one["sql"] for one in asked if re.match(r"(INSERT|UPDATE|DELETE)", one["sql"])]
    assert written == []
