"""The case files of the shipped methods: every case is played, and none leaves a step untried."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from yishi.core.calendar import Calendar, Span, SpanKind, WorkHours
from yishi.core.method.floors import Floors
from yishi.core.method.language import Edge, Method, StageKind, Unit
from yishi.core.method.measure import Limit
from yishi.core.topic.rehearse import rehearse
from yishi.core.topic.sentence import NO_CALENDAR, Case, Clause, Mismatch, Step
from yishi.rulebook.cases import cases_of, may_say, read_cases
from yishi.rulebook.check import check
from yishi.rulebook.kinds import floors_of, method_of
from yishi.rulebook.load import Bundle, read_bundle
from yishi.rulebook.played import parting
from yishi.rulebook.problem import NO_SENTENCE, RuleFileError
from yishi.rulebook.shipped import FOLDER, shipped, shipped_bundle

LAYERS: tuple[Floors, ...] = (
    floors_of(shipped_bundle("law", "residents")),
    floors_of(shipped_bundle("floors", "standard")),
)
CALENDAR = Calendar({}, ZoneInfo("Asia/Shanghai"), WorkHours(((time(9), time(17)),)))
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
# By the name of its file: a later version of a method stands beside the first.
METHODS = {Path(bundle.file).stem: bundle for bundle in shipped() if bundle.kind == "methods"}
CASES = [(name, case) for name, bundle in METHODS.items() for case in cases_of(bundle)]
SIYI = method_of(METHODS["siyi"])


def played(method: Method, text: str) -> Mismatch | None:
    """What comes of the one case of a text."""
    (case,) = read_cases("cases.md", f"## 一件\n{text}")
    return rehearse(method, case, LAYERS, CALENDAR, MONDAY)


@pytest.mark.parametrize(("name", "case"), CASES, ids=lambda v: getattr(v, "title", v))
def test_every_case_comes_out_as_it_says(name: str, case: Case) -> None:
    method = method_of(METHODS[name])
    assert rehearse(method, case, LAYERS, CALENDAR, MONDAY) is None


def test_each_method_has_a_case_file() -> None:
    assert {name: len(cases_of(bundle)) for name, bundle in METHODS.items()} == {
        "c4321": 29,
        "c4321-2": 35,
        "canteen": 14,
        "charter": 15,
        "forms5": 16,
        "h11235": 21,
        "owners": 22,
        "siyi": 35,
        "talkday": 12,
        "three": 11,
        "weishi": 23,
        "weishi-2": 23,
    }


def jumps(case: Case) -> Iterator[tuple[str, str, str]]:
    """(procedure, where it stands, where it tries to go) of every jump a case sees refused."""
    procedure = stage = ""
    for at, sentence in enumerate(case.sentences):
        for clause in sentence.clauses:
            procedure = clause.name if clause.code == "procedure" else procedure
            stage = clause.name if clause.code in ("stands_in", "enters") else stage
            if clause.code == "jumps":
                assert case.sentences[at + 1].clauses[0].code == "refused", case.title
                yield procedure, stage, clause.name


@pytest.mark.parametrize("name", METHODS)
def test_every_step_is_tried_before_its_turn_and_refused(name: str) -> None:
    method = method_of(METHODS[name])
    tried = {jump for case in cases_of(METHODS[name]) for jump in jumps(case)}
    pairs = {
        (procedure.name.zh, stage.name.zh, target.name.zh)
        for procedure in method.procedures
        for stage in procedure.stages
        if (target := procedure.stage(stage.to[Edge.PASS])) is not None
    }
    assert pairs - tried == set()


@pytest.mark.parametrize("name", METHODS)
def test_every_stage_and_every_end_is_come_to(name: str) -> None:
    method = method_of(METHODS[name])
    said = {
        clause.name
        for case in cases_of(METHODS[name])
        for sentence in case.sentences
        if sentence.step is Step.THEN
        for clause in sentence.clauses
        if clause.code in ("enters", "stays", "ends")
    }
    stages = {stage.name.zh for one in method.procedures for stage in one.stages}
    ends = {end.name.zh for one in method.procedures for end in one.ends}
    assert (stages | ends) - said == set()


@pytest.mark.parametrize("name", METHODS)
def test_the_edge_of_every_vote_and_every_count_is_tried(name: str) -> None:
    """Each least number stands in a refusal as what is needed, beside one less that there is."""
    short = {
        (refused.name, need.number)
        for case in cases_of(METHODS[name])
        for sentence in case.sentences
        if (refused := said(sentence.clauses, "refused"))
        and (need := said(sentence.clauses, "need"))
        and (have := said(sentence.clauses, "have"))
        and have.number == need.number - 1
    }
    method = method_of(METHODS[name])
    stages = [stage for one in method.procedures for stage in one.stages]
    hands = [stage for stage in stages if stage.kind is StageKind.VOTE and not stage.voting]
    assert sum(code == "quorum_missed" for code, _ in short) >= len(hands)
    rolls = [stage.voting.unit for stage in stages if stage.voting]
    assert one_short(METHODS[name], "quorum_heads", "heads") >= len(rolls)
    assert one_short(METHODS[name], "quorum_area", "area") >= rolls.count(Unit.OWNER)
    codes = {StageKind.COLLECT: "heard_few", StageKind.ACCEPT: "inspectors_few"}
    main = method.procedures[0].stages
    assert {
        (codes[stage.kind], stage.least.number)
        for stage in main
        if stage.least is not None and stage.kind in codes
    } <= short


def one_short(bundle: Bundle, need: str, have: str) -> int:
    """How many scenes see a vote by roll that counts for nothing for the want of one."""
    return sum(
        needs.number == has.number + 1
        for case in cases_of(bundle)
        for sentence in case.sentences
        if said(sentence.clauses, "void")
        and (needs := said(sentence.clauses, need))
        and (has := said(sentence.clauses, have))
    )


def said(clauses: tuple[Clause, ...], code: str) -> Clause | None:
    """The clause of that code."""
    return next((clause for clause in clauses if clause.code == code), None)


@pytest.mark.parametrize(
    ("text", "mismatch"),
    [
        (
            "假如 按“大事四议”，议题走到“居民代表提议”\n当 听取10人意见，结束征集\n那么 进入“验收”",
            Mismatch(4, "验收", "两委商议"),
        ),
        (
            "假如 按“大事四议”，议题走到“居民代表提议”\n当 听取9人意见，结束征集\n"
            "那么 进入“两委商议”",
            Mismatch(4, None, "heard_few"),
        ),
        (
            "假如 按“大事四议”，议题走到“居民代表提议”\n当 听取9人意见，结束征集\n"
            "那么 拒绝：听取的人不够，需要11人",
            Mismatch(4, 11, 10),
        ),
        (
            "假如 按“大事四议”，议题走到“居民代表提议”\n当 3人验收，合格\n那么 还在“居民代表提议”",
            Mismatch(3, ("3人验收", "合格"), "unused"),
        ),
        (
            "假如 按“大事四议”，议题走到“验收”\n当 3人验收，合格，办成\n那么 进入“结果公布”",
            Mismatch(3, ("办成",), "unused"),
        ),
    ],
)
def test_where_case_and_method_part_is_named(text: str, mismatch: Mismatch) -> None:
    assert played(SIYI, text) == mismatch


def test_a_stage_or_a_matter_nobody_knows_is_named() -> None:
    stage = played(SIYI, "假如 按“大事四议”，议题走到“抓阄”\n当 公布\n那么 进入“验收”")
    assert stage is not None
    assert (stage.line, stage.said) == (2, "抓阄")
    matter = played(
        SIYI,
        "假如 按“大事四议”，议题走到“验收”，方案一要“盖大楼”\n当 3人验收，合格\n那么 进入“验收”",
    )
    assert matter is not None
    assert (matter.line, matter.said) == (2, "盖大楼")


@pytest.mark.parametrize(
    ("text", "key", "found"),
    [
        ("## 一件\n假如 按“大事四议”，天气好\n", "第 2 行", "天气好"),
        ("## 一件\n\n- 当 居民会会议到会20人\n", "第 3 行", "居民会会议到会20人"),
        ("## 一件\n那么 拒绝：心情不好\n", "第 2 行", "拒绝：心情不好"),
        ("## 一件\n后来 就成了\n", "第 2 行", "后来 就成了"),
    ],
)
def test_a_sentence_nobody_may_say_is_refused_by_its_line(text: str, key: str, found: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        read_cases("methods/siyi/cases.md", text)
    error = refused.value
    assert (error.file, error.key, error.have) == ("methods/siyi/cases.md", key, found)
    assert error.problem == "is not a sentence a case may say"
    assert error.allowed


def test_a_case_ends_with_what_comes_of_it() -> None:
    with pytest.raises(RuleFileError) as refused:
        read_cases("methods/siyi/cases.md", "# 说明\n随便写\n## 一件\n当 公布\n")
    assert (refused.value.key, refused.value.allowed) == ("一件", ("假如", "当", "那么"))


def test_a_changed_number_is_found_by_the_cases(tmp_path: Path) -> None:
    """Three quarters of the representatives instead of two thirds: the cases at the edge say so."""
    bundle = METHODS["c4321"]
    files = dict(bundle.files)
    before, vote, after = files["c4321.toml"].decode().partition('id = "resolve"')
    files["c4321.toml"] = (before + vote + after.replace('"2/3"', '"3/4"', 1)).encode()
    changed = read_bundle("methods", files)
    titles = [case.title for case, _ in parting(changed, method_of(changed), LAYERS)]
    assert titles == [
        "代表到会差一人，不能表决",
        "三十一名代表，要到二十一人",
        "赞成刚好一半，没有通过",
        "票数多过到会人数，不收",
        "电梯：四次会议、三次碰壁，第二个方案办成",
    ]
    path = tmp_path / "methods" / "c4321.toml"
    for name, body in files.items():
        (path.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (path.parent / name).write_bytes(body)
    lines: list[str] = []
    assert check([path], lines.append) == 1
    assert lines[0] == (
        "wrong  methods/c4321.toml: case '代表到会差一人，不能表决', line 81: 20, found 23"
    )


@pytest.mark.parametrize(
    "words",
    ["假如 有10个方案", "当 公示满1000天", "当 公示到第1000天就结束", "当 100条异议成立"],
)
def test_what_takes_for_ever_to_play_is_no_sentence(words: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        read_cases("cases.md", f"## 一件\n{words}\n那么 进入“组织实施”")
    assert refused.value.problem == NO_SENTENCE


def test_a_period_past_the_loaded_calendars_is_named_and_not_guessed() -> None:
    four = SIYI.procedures[0]
    notice = next(one for one in four.stages if one.kind is StageKind.NOTICE)
    long = replace(notice, period=Limit(Span(300, SpanKind.WORKING_DAY), "ours"))
    stages = tuple(long if one is notice else one for one in four.stages)
    method = replace(SIYI, procedures=(replace(four, stages=stages),))
    text = f"假如 按“{four.name.zh}”，议题走到“{notice.name.zh}”\n当 公示满7天\n那么 进入“组织实施”"
    assert played(method, text) == Mismatch(3, None, NO_CALENDAR)


def test_a_method_without_a_case_file_has_no_cases() -> None:
    toml = (FOLDER / "methods" / "siyi.toml").read_bytes()
    assert cases_of(read_bundle("methods", {"siyi.toml": toml})) == ()


def test_what_may_be_said_is_shown_with_gaps() -> None:
    assert "听取…人意见" in may_say(Step.WHEN)
    assert "方案…赞成…票" in may_say(Step.WHEN)
    assert "…到会…人" in may_say(Step.WHEN)
    assert "进入“…”" in may_say(Step.THEN)
    assert not any("(?P" in words for step in Step for words in may_say(step))
