"""How a vote is held, who looks on, which form a meeting has: in words, in both languages."""

from django.utils.translation import override

from yishi.core.method.chart import lay_out
from yishi.core.method.compare import compare
from yishi.core.method.language import Method, Stage
from yishi.phrases.flow import note_of, say_leader
from yishi.phrases.method_difference import say_difference, say_fields
from yishi.phrases.method_room import say_meeting, say_room, say_vote_note, say_voting
from yishi.rulebook.kinds import method_of
from yishi.rulebook.shipped import shipped, shipped_bundle


def method(id: str, version: str = "") -> Method:
    return method_of(shipped_bundle("methods", id, version))


def stage(id: str, procedure: str, stage: str) -> Stage:
    found = method(id).procedure(procedure)
    assert found is not None
    one = found.stage(stage)
    assert one is not None
    return one


def test_a_vote_in_a_drawing() -> None:
    notes = {
        id: say_vote_note(stage(id, procedure, vote))
        for id, procedure, vote in (
            ("siyi", "four", "resolve"),
            ("owners", "special", "resolve"),
            ("charter", "charter", "resolve"),
            ("canteen", "supplier", "choose"),
            ("h11235", "major", "resolve"),
        )
    }
    assert notes == {
        "siyi": "",
        "owners": "人数和面积都要过",
        "charter": "一户一票 · 无记名",
        "canteen": "一席一票 · 无记名 · 只选一个",
        "h11235": "一席一票",
    }
    assert note_of(stage("owners", "ordinary", "resolve")) == (
        "业委会",
        "人数和面积都要过",
        "60 天",
    )


def test_a_vote_in_a_row() -> None:
    voting = stage("owners", "ordinary", "resolve").voting
    assert voting is not None
    said = say_voting(voting)
    for words in ("名册公示 7 天", "书面委托，一人至多代3人", "可以移交市里的系统表决"):
        assert words in said
    with override("en"):
        assert "by name" in say_voting(voting)
        assert "its roll is on view for 7 days" in say_voting(voting)


def test_who_looks_on_the_doors_the_calls_and_the_form() -> None:
    assert say_room(stage("h11235", "major", "carry_out")) == "居务监督委员会、居民代表会议监督"
    assert say_room(stage("h11235", "major", "post")) == "送到每一户"
    assert say_room(stage("h11235", "major", "accept")) == "回访10户"
    assert say_room(stage("siyi", "four", "carry_out")) == ""
    assert say_leader(stage("h11235", "major", "post")) == "居委会；送到每一户"
    meeting = next(one for one in method("c4321", "2").rhythm if one.code == "joint")
    assert say_meeting(meeting).endswith("请：社区党组织、居委会、物业服务企业、业委会、驻区单位")


def test_what_the_second_version_of_4321_changes_is_told() -> None:
    old, new = method("c4321", "1"), method("c4321", "2")
    told = [
        line
        for one in compare(old, new)
        for line in (say_difference(one, old, new), *say_fields(one, old, new))
    ]
    whole = "\n".join(told)
    assert "是否送到每一户：否 → 是" in whole
    assert "谁来监督：未写明 → 社区协商委员会、居务监督委员会" in whole
    assert "回访几户：未写明 → 10" in whole
    assert "“半年通报”" in whole


def test_nothing_is_cut_off_in_the_drawing_of_a_shipped_procedure() -> None:
    cut = [
        (made.id, procedure.id, line.words)
        for made in map(method_of, (one for one in shipped() if one.kind == "methods"))
        for procedure in made.procedures
        for box in lay_out(
            procedure, notes={one.id: note_of(one) for one in procedure.stages}
        ).boxes
        for line in box.lines
        if line.words.endswith("…")
    ]
    assert cut == []
