"""The roll, paper, the box, the result and the city's own system, page by page."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.acts.hall import DESK, OVERSEER, SECRETARY
from tests.acts.roll import ABSTAIN, AGAINST, FOR, settle
from tests.acts.world import World
from tests.web.test_ceilings import statements
from tests.web.voting import FOUR, MOST, Polls, opened, polls, with_papers
from yishi.core.vote.now import Way
from yishi.records.models import Ballot, Doorstep, Part, Vote, Voter
from yishi.records.spreadsheet import XLSX_TYPE, read_tables, write_xlsx

HEADS = ["姓名", "楼栋", "房号", "面积（平方米）", "同名区分"]


def workbook(*rows: list[str]) -> SimpleUploadedFile:
    """A roll as an office sends it."""
    data = write_xlsx({"名册": (HEADS, list(rows))})
    return SimpleUploadedFile("roll.xlsx", data, XLSX_TYPE)


def step_of(made: Polls, name: str) -> str:
    """The page of a step on the topic's side, which must be there."""
    return made.desk.get(DESK, f"/topics/{made.ballots.topic}/do/{name}")


def test_the_steps_show_what_will_happen_and_to_whom(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, roll="3")
    topic = f"/topics/{made.ballots.topic}"
    assert f"{topic}/do/open-roll" in made.desk.get(DESK, topic)
    page = step_of(made, "open-roll")
    assert "本社区应列入的账户：4个" in page and "居民一人一票" in page
    answer = made.deed(DESK, "open-roll")
    assert (answer.status_code, answer["Location"]) == (302, made.address("roll"))
    assert [row.name for row in Voter.objects.order_by("no")] == list(FOUR)
    assert made.vote.roll_until_at is not None
    made.at(made.vote.roll_until_at)
    page = step_of(made, "open-vote")
    assert "名册冻结并留下指纹：4人" in page and "1 装电梯" in page
    assert made.deed(DESK, "open-vote").status_code == 302
    page = made.desk.get(DESK, topic)
    assert f"{topic}/do/close-vote" not in page and "投票到" in page
    for name in ("open-roll", "open-vote", "close-vote", "hand-vote"):
        answer = made.desk.browser(DESK).get(f"{topic}/do/{name}")
        assert answer.status_code == 422 and 'class="refusal"' in answer.content.decode(), name
    assert made.deed("赵一", "close-vote").status_code == 403
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    assert f"{topic}/do/close-vote" in made.desk.get(DESK, topic)
    assert "4人中有0人参与" in step_of(made, "close-vote")
    assert statements(made.desk.browser(DESK), f"{topic}/do/close-vote") <= MOST


def test_a_roll_from_a_workbook_is_loaded_whole_or_not_at_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="owner")
    bad = workbook(["周五", "柳荫2栋", "101", "", ""], ["", "柳荫2栋", "102", "八十", ""])
    page = made.deed(DESK, "open-roll", file=bad)
    assert page.status_code == 422
    said = page.content.decode()
    assert "面积（平方米）" in said and "姓名" in said and Vote.objects.count() == 0
    assert "表里有填得不对的格" in said
    good = workbook(["周五", "柳荫2栋", "101", "89.35", ""], ["周五", "柳荫2栋", "102", "60", ""])
    assert made.deed(DESK, "open-roll", file=good).status_code == 302
    line = made.ballots.line("周五")
    assert (line.area_cm2, Voter.objects.count()) == (1_493_500, 5)
    answer = made.desk.browser(DESK).get("/votes/template.xlsx")
    tables = read_tables(answer.content, "roll.xlsx")
    assert isinstance(tables, dict) and list(tables["名册"][0]) == HEADS


def test_lines_that_are_probably_one_home_are_pointed_out_when_the_roll_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="household")
    rows = workbook(
        ["陈九", "柳荫1栋", "1单元101", "", ""], ["周五", "柳荫1栋", "2单元601", "", ""]
    )
    answer = made.deed(DESK, "open-roll", file=rows)
    page = made.desk.get(DESK, answer["Location"])
    lines = {one.label: one.no for one in Voter.objects.all()}
    pair = f"第{lines['柳荫1栋 1单元101']}行和第{lines['柳荫1栋 101']}行"
    assert f"有1对很可能是同一户，只是一处没写单元（{pair}）" in page
    assert len(lines) == 6, "nobody joins them but whoever strikes one"


def test_a_line_is_added_put_right_and_struck_with_a_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="owner", roll="3")
    made.ballots.roll()
    made.does(DESK, "roll/add", name="周五", label="柳荫2栋 101", area="89.35", phone="")
    assert made.ballots.line("周五").area_cm2 == 893_500
    line = made.line("周五")
    made.refused(DESK, f"roll/{line}", what="area", area="九十", why="量错了")
    made.does(DESK, f"roll/{line}", what="area", area="90", why="量错了")
    assert made.ballots.line("周五").area_cm2 == 900_000
    made.refused(DESK, f"roll/{line}", what="strike", area="", why="")
    made.does(DESK, f"roll/{line}", what="strike", area="", why="已卖房")
    assert Voter.objects.get(uid=line).is_struck
    assert "已划去" in made.page(DESK, "roll?state=struck")
    answer = made.send(SECRETARY, f"roll/{line}", what="strike", why="我来划")
    assert answer.status_code == 404


def test_an_objection_is_ruled_on_before_the_vote_opens(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, roll="3")
    made.ballots.roll()
    made.does("赵一", "object", kind="not_entitled", words="李四早就搬走了。")
    page = made.page(SECRETARY, "objections")
    found = re.search(r"/objections/(\w+)", page)
    assert found and "李四早就搬走了" in page
    assert made.send(DESK, f"objections/{found[1]}", upheld="yes", words="是").status_code == 403
    assert made.vote.roll_until_at is not None
    made.at(made.vote.roll_until_at)
    assert made.deed(DESK, "open-vote").status_code == 422
    made.does(SECRETARY, f"objections/{found[1]}", upheld="no", words="户口还在本楼。")
    assert "户口还在本楼" in made.page("赵一", "object")
    assert made.deed(DESK, "open-vote").status_code == 302


def test_the_printed_roll_hides_given_names(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = polls(world, monkeypatch, roll="3")
    made.ballots.roll()
    page = made.page(DESK, "sheets/roll")
    assert "赵某" in page and "赵一" not in page and "表决名册公示" in page


def test_the_roll_of_those_with_a_seat_has_their_homes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="delegate", roll="3")
    settle(world, ("居民01",))
    made.ballots.roll()
    assert made.ballots.line("居民01").label == "柳荫1栋 101"
    page = made.page(DESK, "sheets/roll")
    assert "住处" in page and "柳荫1栋 101" in page


def test_where_no_home_is_known_the_roll_has_no_column_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="delegate", roll="3")
    made.ballots.roll()
    assert set(Voter.objects.values_list("label", flat=True)) == {""}
    assert "住处" not in made.page(DESK, "sheets/roll")


def test_the_register_at_the_door(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(world, monkeypatch)
    page = made.page("网格员小陈", "doors")
    assert "应收4份，已收0份" in page
    made.does(DESK, f"doors/{made.line('赵一')}", what="absent")
    made.does(DESK, f"doors/{made.line('钱二')}", what="refused")
    assert list(Doorstep.objects.values_list("found", flat=True)) == ["absent", "refused"]
    page = made.refused(DESK, f"doors/{made.line('赵一')}", what="door", second="")
    assert 'class="refusal"' in page and Part.objects.count() == 0
    second = world.people[OVERSEER].uid
    made.does(DESK, f"doors/{made.line('赵一')}", what="door", second=second)
    assert Part.objects.get().way == "door"
    page = made.page(DESK, "doors")
    assert "应收4份，已收1份" in page and "拒收 1" in page and "家里没人" not in page
    made.ballots.cast("李四", FOR)
    assert "以纸质票为准" in made.page(DESK, f"doors/{made.line('李四')}")
    page = made.refused(DESK, f"doors/{made.line('李四')}", what="paper")
    assert "这一行已经在网上投过票" in page
    made.does(DESK, f"doors/{made.line('李四')}", what="paper", why="本人到场投票")
    assert "以纸质票为准，网上不能再改" in made.page("李四", "cast")


def test_the_box_is_entered_by_two_and_one_paper_differs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, ("装电梯", "修楼道"), secret="true")
    for name in FOUR[:3]:
        made.ballots.take(name)
    assert 'class="refusal"' in made.page(DESK, "box")
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    for serial, digits in ((1, (1, 2)), (2, (1, 1)), (3, (2, 3))):
        to = made.does(DESK, "box", serial=serial, on_1=digits[0], on_2=digits[1])
        assert to.endswith(f"/box?after={serial}")
    page = made.page(OVERSEER, "box")
    assert 'value="1"' in page and "等第二人录：" in page
    for serial, digits in ((1, (1, 2)), (2, (1, 3)), (3, (2, 3))):
        made.does(OVERSEER, "box", serial=serial, on_1=digits[0], on_2=digits[1])
    page = made.page(DESK, "box")
    assert "两人都要重录：</b> 2" in page
    assert made.deed(DESK, "close-vote").status_code == 422
    made.refused(DESK, "box", serial=2, on_1=4, on_2=1)
    for who in (DESK, OVERSEER):
        made.does(who, "box", serial=2, on_1=1, on_2=1)
    assert "每一张都由两人录得一致" in made.page(DESK, "box")
    with_papers(made)
    assert made.deed(DESK, "close-vote").status_code == 302
    page = made.page("赵一")
    assert "方案1“装电梯”通过" in page and "75%（3/4）" in page


def test_the_result_with_its_arithmetic_and_every_ballot(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, unit="owner")
    for who, choice in zip(FOUR, (FOR, FOR, AGAINST), strict=False):
        made.ballots.cast(who, choice)
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    with_papers(made)
    assert made.deed(OVERSEER, "close-vote")["Location"] == made.address()
    page = made.page("王桂英")
    for said in ("按人数", "按面积", "270平方米", "240平方米", "赞成2人，占3人的约66.6%（2/3）"):
        assert said in page
    assert made.vote.roll_digest in page
    assert statements(made.desk.browser("王桂英"), made.address()) <= MOST
    assert statements(made.desk.browser("王桂英"), made.address("ballots")) <= MOST
    listed = made.page("王桂英", "ballots")
    assert "填法相同的不到3张时，不列面积" in listed and "平方米" not in listed
    file = made.desk.browser("王桂英").get(made.address("ballots.csv")).content.decode()
    assert "f,2,\r\n" in file and "a,1,\r\n" in file
    sheet = made.page("王桂英", "sheets/result")
    assert "表决结果公示" in sheet and "约66.6%（2/3）" in sheet
    for shown in (page, listed, sheet):
        assert not any(name in shown for name in FOUR)


def test_below_quorum_nothing_passed_and_it_is_held_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch)
    made.ballots.cast("赵一", FOR)
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    with_papers(made)
    assert made.deed(DESK, "close-vote").status_code == 302
    page = made.page("赵一")
    assert "参与不够，什么都没通过" in page and "重新表决" in page and "没达到" in page
    assert "/do/open-roll" in made.desk.get(DESK, f"/topics/{made.ballots.topic}")


def test_nothing_on_any_page_joins_a_secret_ballot_to_its_voter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, secret="true")
    for who, choice in zip(FOUR, (FOR, AGAINST, ABSTAIN, FOR), strict=True):
        made.ballots.cast(who, choice)
    lines = {name: made.ballots.line(name) for name in FOUR}
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    with_papers(made)
    assert made.deed(DESK, "close-vote").status_code == 302
    public = [made.page("王桂英", page) for page in ("", "ballots", "sheets/result")]
    file = made.desk.browser("赵一").get(made.address("ballots.csv")).content.decode()
    rows = [row for row in file.splitlines() if re.match(r"[0-9a-f]{16},", row)]
    assert sorted(row.split(",")[1] for row in rows) == ["a", "f", "f", "x"]
    staff = [made.page(DESK, page) for page in ("roll", "sheets/paper")]
    for name, line in lines.items():
        for page in (*public, file):
            assert name not in page and line.uid not in page
    for ballot in Ballot.objects.all():
        for page in staff:
            assert ballot.key not in page and f"{ballot.pk:016x}" not in page


def test_a_secret_paper_has_no_stub_and_no_code(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, secret="true")
    page = made.page(DESK, "sheets/paper")
    assert "请勿签名" in page and "存根" not in page and "验真码" not in page
    assert not any(name in page for name in FOUR)


def test_a_paper_by_name_has_its_stub(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(world, monkeypatch).page(DESK, "sheets/paper")
    assert "存根" in page and all(name in page for name in FOUR) and "签名：" in page


def test_a_vote_handed_to_the_city_and_its_result_brought_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="owner", handed="true")
    made.ballots.roll()
    page = step_of(made, "hand-vote")
    assert made.address("roll.xlsx") in page
    answer = made.desk.browser(DESK).get(made.address("roll.xlsx"))
    tables = read_tables(io.BytesIO(answer.content).getvalue(), "roll.xlsx")
    assert isinstance(tables, dict) and tables["业主名册"][0]["面积（平方米）"] in ("90", 90, 90.0)
    assert made.deed(DESK, "hand-vote", to="市业主决策系统").status_code == 302
    assert "市业主决策系统" in made.page("赵一")
    numbers = {
        "heads": 3, "heads_area": "270.5",
        "for_1": 2, "against_1": 1, "abstain_1": 0,
        "for_area_1": "180", "against_area_1": "90.5", "abstain_area_1": "0",
    }  # fmt: skip
    assert made.deed(DESK, "bring-result", **numbers).status_code == 422  # no paper of it yet
    with_papers(made)
    assert made.deed(DESK, "bring-result", **numbers).status_code == 302
    second = made.desk.get(OVERSEER, f"/topics/{made.ballots.topic}/do/bring-result")
    assert "270.5" not in second
    differs = made.deed(OVERSEER, "bring-result", **numbers | {"for_1": 3, "against_1": 0})
    assert differs["Location"].endswith("/do/bring-result")
    for who in (DESK, OVERSEER):
        assert made.deed(who, "bring-result", **numbers).status_code == 302
    page = made.page("赵一")
    assert "方案1“装电梯”通过" in page and "270.5平方米" in page and "市业主决策系统" in page


def test_a_vote_is_called_off_for_a_public_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, secret="true")
    made.ballots.cast("赵一", FOR)
    assert "到现在有1人" in made.page(SECRETARY, "void")
    made.refused(SECRETARY, "void", why="")
    made.does(SECRETARY, "void", why="方案写错了，重新表决。")
    assert Ballot.objects.count() == 0
    assert "这次表决取消了" in made.page("赵一")


def test_what_a_vote_left_is_told_at_its_topic_and_in_what_is_published(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, unit="owner")
    for who, choice in zip(FOUR, (FOR, AGAINST, AGAINST), strict=False):
        made.ballots.cast(who, choice)
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    with_papers(made)
    assert made.deed(DESK, "close-vote").status_code == 302
    topic = f"/topics/{made.ballots.topic}"
    page = made.desk.get(DESK, topic)
    assert "名册4，参与3，至少要3" in page and "总面积360平方米，参与270平方米" in page
    page = made.desk.get(DESK, f"{topic}/do/publish")
    assert "名册4，参与3，至少要3" in page and "没有方案通过" in page


def test_where_one_is_chosen_the_result_has_options_and_who_chose_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, ("甲店", "乙店"), choose="one")
    for who, choices in zip(FOUR, ((FOR,), (FOR,), (FOR,), (ABSTAIN, ABSTAIN)), strict=True):
        made.ballots.cast(who, *choices)
    with_papers(made)
    assert made.deed(DESK, "close-vote").status_code == 302
    page, sheet = made.page("王桂英"), made.page("王桂英", "sheets/result")
    for shown in (page, sheet):
        assert "1 甲店" in shown and "2 乙店" in shown and "都不选（弃权）" in shown
        assert "75%（3/4）" in shown and "0人" in shown
        assert "反对" not in shown
    assert "通过需要3人（共4人）" in page


def test_two_counts_of_hands_that_agree_are_no_warning(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, ways="hands")
    for who in FOUR[:3]:
        made.ballots.take(who, Way.HANDS)
    made.ballots.end()
    made.at(made.ballots.hall.now)
    mine = {"yes_1": 2, "against_1": 1, "abstained_1": 0}
    told = []
    for who, votes in ((DESK, mine), (OVERSEER, mine | {"yes_1": 3, "against_1": 0})):
        made.does(who, "hands", **votes)
        told.append(note_in(made.page(who, "hands")))
    for who in (DESK, OVERSEER):
        made.does(who, "hands", **mine)
    told.append(note_in(made.page(DESK, "hands")))
    assert told == [
        ("plain", "已有一人数过，另一人不看这个数再数一遍。"),
        ("warning", "两次数得不一样，都不作数，两人都要重数。"),
        ("success", "两次数得一致。"),
    ]


def note_in(page: str) -> tuple[str, str]:
    """The kind and the words of the note above a form."""
    found = re.search(r'class="note (\w+)" role="status">.*?<span>([^<]*)</span>', page, re.S)
    assert found
    return found[1], found[2]


def test_a_mark_made_by_mistake_is_withdrawn_from_the_page_of_its_line(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch)
    line = made.line("赵一")
    mark, back = f"doors/{line}", f"doors/{line}/unmark"
    assert "登记错了" not in made.page(DESK, mark)
    assert made.status(DESK, back) == 404
    made.does(DESK, mark, what="paper", why="")
    page = made.page(OVERSEER, f"{mark}?building=b1")
    assert "登记错了？撤销登记" in page and f"/{back}?building=b1" in page
    page = made.page(OVERSEER, back)
    assert "撤销这条登记？" in page and "截止前可以再投，哪种方式都行" in page
    assert "required" in page or "必填" in page
    assert made.status("赵一", back) == made.status("王桂英", back) == 403
    made.refused(OVERSEER, back, why="")
    assert Part.objects.get().voter_id is not None
    to = made.does(OVERSEER, f"{back}?building=b1", why="点错了一行")
    assert to == made.address("doors") + "?building=b1"
    assert "已撤销登记：" in made.desk.get(OVERSEER, to)
    assert Part.objects.get().voter_id is None
    assert "登记错了" not in made.page(DESK, mark)
    assert statements(made.desk.browser(DESK), made.address(mark)) <= MOST
