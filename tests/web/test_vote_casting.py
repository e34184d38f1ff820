"""A voter casts on a phone, without scripts: one question a screen, checked, changed, refused."""

import pytest

from tests.acts.roll import FOR
from tests.acts.world import World
from tests.web.voting import Polls, opened, polls
from yishi.acts.vote import proxy
from yishi.records.models import Ballot, Part

TWO = ("装电梯", "修楼道")


def fields(made: Polls, *words: str) -> dict[str, str]:
    """A filled-in ballot."""
    names = [f"on_{uid}" for uid in made.ballots.options]
    return dict(zip(names, words, strict=False))


def test_one_question_a_screen_then_a_check_then_the_vote(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, TWO)
    line = made.line("赵一")
    first = made.send("赵一", "cast", line=line, to="0").content.decode()
    # There is one line to vote for, so its ballot is asked at once; back is the vote's page.
    opened_at_once = made.page("赵一", "cast")
    assert "第1项，共2项" in opened_at_once
    assert f'class="back" href="/votes/{made.ballots.vote.uid}"' in opened_at_once
    assert "1 装电梯" in first and "第1项，共2项" in first
    page = made.refused("赵一", "cast", line=line, next="1")
    assert "不想表态，就选“弃权”" in page
    second = made.send("赵一", "cast", line=line, next="1", **fields(made, "for")).content.decode()
    assert "2 修楼道" in second and 'value="for"' in second
    check = made.send("赵一", "cast", line=line, next="2", **fields(made, "for", "against"))
    assert "这样投，对吗" in check.content.decode() and Part.objects.count() == 0
    made.does("赵一", "cast", line=line, cast="yes", **fields(made, "for", "against"))
    assert Ballot.objects.get().chosen == "fa"
    page = made.page("赵一", "cast")
    assert "您投过了" in page and "改我的票" in page and "截止前可以改，最迟到" in page


def test_a_ballot_with_a_gap_is_not_cast(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(world, monkeypatch, TWO)
    page = made.refused("赵一", "cast", line=made.line("赵一"), cast="yes", **fields(made, "for"))
    assert "2 修楼道" in page and Part.objects.count() == 0


def test_a_second_press_casts_once_and_another_vote_takes_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch)
    line, sent = made.line("赵一"), fields(made, "for")
    for _ in range(2):
        answer = made.send("赵一", "cast", "same-key", line=line, cast="yes", **sent)
        assert answer.status_code == 302
    assert Part.objects.count() == 1
    made.does("赵一", "cast", line=line, cast="yes", **fields(made, "against"))
    assert "已改投，以这次为准。" in made.page("赵一", "cast")
    assert [one.chosen for one in Ballot.objects.all()] == ["a"]


def test_one_of_several_is_chosen_or_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(world, monkeypatch, TWO, choose="one")
    uid = made.ballots.options[1]
    made.does("赵一", "cast", line=made.line("赵一"), cast="yes", one=uid)
    made.does("钱二", "cast", line=made.line("钱二"), cast="yes", one="none")
    assert sorted(Ballot.objects.values_list("chosen", flat=True)) == ["-f", "xx"]


def test_whoever_stands_on_no_line_is_told_why_and_how_to_object(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, roll="3")
    made.ballots.roll()
    page = made.page("王桂英", "cast")
    assert "您不在这次表决的名册上" in page and "object?kind=missing" in page
    assert 'id="other"' not in page
    made.does("王桂英", "object", kind="missing", words="我住柳荫1栋502，漏了我。")
    assert "等候裁定" in made.page("王桂英", "object")
    assert made.vote.roll_until_at is not None
    made.at(made.vote.roll_until_at)
    assert "异议期已过" in made.refused("王桂英", "object", kind="missing", words="再提一次")


def test_nobody_casts_the_line_of_somebody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch)
    answer = made.send("钱二", "cast", line=made.line("赵一"), cast="yes", **fields(made, "for"))
    assert answer.status_code == 200 and Part.objects.count() == 0
    answer = made.send("王桂英", "cast", line=made.line("赵一"), cast="yes", **fields(made, "for"))
    assert "您不在这次表决的名册上" in answer.content.decode() and Part.objects.count() == 0


def test_after_the_end_nothing_is_cast(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = opened(world, monkeypatch)
    assert made.vote.until_at is not None
    made.at(made.vote.until_at)
    page = made.refused("赵一", "cast", line=made.line("赵一"), cast="yes", **fields(made, "for"))
    assert Part.objects.count() == 0 and 'class="refusal"' in page
    assert "现在不能投票" in made.page("赵一", "cast")


def test_a_vote_given_in_writing_is_cast_by_whoever_holds_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, roll="3", proxies="2")
    made.ballots.roll()
    ask = made.ballots.ask("社区小周")
    proxy.file_proxy(ask, made.vote.uid, made.line("赵一"), made.line("钱二"))
    assert made.vote.roll_until_at is not None
    made.at(made.vote.roll_until_at)
    assert made.deed("社区小周", "open-vote").status_code == 302
    page = made.page("钱二", "cast")
    assert "别人书面委托您的票" in page and "柳荫1栋 101" in page
    made.does("钱二", "cast", line=made.line("赵一"), cast="yes", **fields(made, "for"))
    made.does("钱二", "cast", line=made.line("钱二"), cast="yes", **fields(made, "against"))
    assert Part.objects.count() == 2
    assert "您投过了" in made.page("赵一", "cast")


def test_a_household_votes_once_whoever_of_it_casts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = polls(world, monkeypatch, unit="household")
    from tests.acts.roll import settle

    settle(world, ("赵一", "钱二"), room="101")
    made.ballots.open()
    made.at(made.ballots.hall.now)
    assert "柳荫1栋 101" in made.page("赵一", "cast")
    made.ballots.cast("赵一", FOR)
    assert "您投过了" in made.page("钱二", "cast")


def test_a_secret_ballot_says_what_is_kept_and_is_never_shown_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = opened(world, monkeypatch, secret="true")
    line = made.line("赵一")
    check = made.send("赵一", "cast", line=line, next="1", **fields(made, "against"))
    assert "谁也查不出您选了什么" in check.content.decode()
    made.does("赵一", "cast", line=line, cast="yes", **fields(made, "against"))
    again = made.send("赵一", "cast", line=line, to="0").content.decode()
    assert 'value="against"' in again and 'value="against" checked' not in again
