"""Every step and every state has its words; what one person wrote is not read by all."""

import ast
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from yishi.core.case.state import CaseState
from yishi.core.person import Role
from yishi.phrases.role import say_seat
from yishi.phrases.state import AWAITED, say_standing, say_state
from yishi.phrases.story import CODES, say_event, say_story

NOW = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
BESIDE = ("publication", "finding", "outside", "method/drafting")
CORE = Path(__file__).parents[2] / "src" / "yishi" / "core"
PARAMS = {
    "unit": "区城管局",
    "lead": "区城管局",
    "co": ["区水务公司"],
    "item": "井盖缺失",
    "due": DUE.isoformat(),
    "solved": False,
    "satisfaction": "dissatisfied",
    "tries": 1,
    "limit": 3,
    "until": DUE.isoformat(),
    "length": 3,
    "kind": "working_day",
    "reports": 2,
    "community": "柳荫社区居委会",
    "parts": [{"title": "这是一句话", "unit": "区城管局"}, {"title": "路灯", "unit": "区供电公司"}],
}
SECRET = "这是一句话"
# A removal, and a vote called off, owe everybody their ground.
GROUNDS = ("publication.taken_down", "vote.voided")
PUBLIC = ("topic", "meeting", "round", "proposal", "project")
WRITTEN = ("answer", "words", "note", "why", "result", "ground", "reason", "clause")


def strings(node: ast.AST) -> set[str]:
    found = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
    return {text for text in found if isinstance(text, str) and "." in text}


def codes_handed_over(module: ast.Module) -> dict[str, set[str]]:
    """Function → the codes it is called with, for those that take one as `code`."""
    at = {
        node.name: [arg.arg for arg in node.args.args].index("code")
        for node in module.body
        if isinstance(node, ast.FunctionDef) and "code" in [arg.arg for arg in node.args.args]
    }
    found: dict[str, set[str]] = {}
    for node in ast.walk(module):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in at:
            found.setdefault(name, set()).update(strings(node.args[at[name]]))
    return found


def codes_of(function: ast.AST, handed: set[str]) -> set[str]:
    """The codes of the events a function makes, also where a variable `code` carries them."""
    assigned: set[str] = set(handed)
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            assigned |= strings(node.value)
    for node in ast.walk(function):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Event":
            continue
        code = next((k.value for k in node.keywords if k.arg == "code"), None) or node.args[0]
        match code:
            case ast.Name():
                found |= assigned
            case ast.JoinedStr(values=[_, ast.Constant(value=str(end))]):
                found |= {f"{start}{end}" for start in assigned}
            case _:
                found |= strings(code)
    return found


def codes_of_topics() -> set[str]:
    """Every code that stands in the decisions about topics, and what an act makes of it by itself.

    A kind of stage names its code without the noun: `event("screened", …)`.
    """
    found: set[str] = {"topic.raised", "topic.declined", "topic.handed_over", "topic.to_owners"}
    for path in (CORE / "topic").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            args = node.args if isinstance(node, ast.Call) else []
            texts = {str(arg.value) for arg in args if isinstance(arg, ast.Constant)}
            if name in ("event", "_voiced", "_answered", "_set"):
                found |= {f"topic.{text}" for text in texts}
            elif name in ("Event", "_end"):
                found |= {text for text in texts if text.startswith("topic.")}
    return found - {"topic.vote", "topic.ballot"}


def codes_of_projects() -> set[str]:
    """Every code of a project: a decision names it without the noun, `event("costed", …)`."""
    found: set[str] = set()
    for path in (CORE / "project").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "event"
            first = node.args[0] if isinstance(node, ast.Call) and named else None
            if isinstance(first, ast.Constant):
                found.add(f"project.{first.value}")
    return found


def codes_in_core() -> set[str]:
    """Every code that stands in the decisions about cases, orders and publication."""
    found: set[str] = set()
    named = ("case", "meeting", "vote", "round", "project")
    nouns = [path for name in named for path in CORE.glob(f"{name}/*.py")]
    for path in [*nouns, *(CORE / f"{name}.py" for name in BESIDE)]:
        module = ast.parse(path.read_text(encoding="utf-8"))
        handed = codes_handed_over(module)
        for node in module.body:
            found |= codes_of(node, handed.get(getattr(node, "name", ""), set()))
    return found


@dataclass
class Step:
    code: str
    params: dict[str, Any] = field(default_factory=dict)
    role: str = "unit_handler"
    office: str = "区城管局"
    person: Any = None
    person_id: int | None = None
    uid: str = "u"
    seq: int | None = None
    at: datetime = NOW


@dataclass
class Named:
    name: str


def test_every_code_of_the_decisions_is_told() -> None:
    told_of_acts = {
        "case.imported", "burden.refused", "method.adopted", "method.stopped",
        "meeting.invited", "meeting.told", "meeting.paper_added", "project.made",
        "round.fund_announced", "round.fund_corrected", "proposal.named", "proposal.unnamed",
        "project.funder_unnamed", "project.unnamed",
    }  # fmt: skip
    topics = {code for code in CODES if code.startswith("topic.")}
    # Of a project the noun is put before the code in one place, which names none itself.
    core = (codes_in_core() - {"project."}) | codes_of_projects()
    assert core | told_of_acts == CODES - topics
    assert codes_of_topics() == topics


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_step_is_a_sentence_and_never_a_code(code: str) -> None:
    said = say_event(code, PARAMS, NOW)
    assert "." not in said
    assert "%" not in said
    assert re.search("[一-鿿]", said)


def test_a_step_says_who_and_by_when() -> None:
    assert say_event("case.dispatched", PARAMS, NOW) == (
        "已派给区城管局，区水务公司协办，最迟明天17:00前办结"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("report.filed", "反映了这件事，最迟明天17:00前定下由谁来办"),
        ("case.set_aside", "这件事关系到大家，转为议题，最迟明天17:00前答复"),
        ("case.accepted", "受理立案，事项是“窨井盖缺失”"),
    ],
)
def test_a_step_says_what_comes_by_then(code: str, said: str) -> None:
    params = {"due": PARAMS["due"], "item": "窨井盖缺失"}
    assert say_event(code, params, NOW) == said


@pytest.mark.parametrize(
    ("role", "office", "said"),
    [
        (Role.DISPATCHER, "望江街道综合治理中心分拨员", "望江街道综合治理中心分拨员"),
        (Role.UNIT_HANDLER, "区城市管理局诉求专员", "区城市管理局诉求专员 · 承办单位"),
        (Role.LEADER, "", "领导"),
    ],
)
def test_a_seat_says_its_role_once(role: Role, office: str, said: str) -> None:
    assert say_seat(role, office) == said


def test_a_step_without_a_calendar_says_no_date() -> None:
    params = {**PARAMS, "due": "", "co": []}
    assert say_event("case.dispatched", params, NOW) == "已派给区城管局"


@pytest.mark.parametrize(
    "code",
    # What a meeting, a round or one of its projects comes to is public.
    sorted(c for c in CODES if c.split(".")[0] not in PUBLIC),
)
def test_the_public_reads_nobodys_words_but_the_ground_of_what_was_undone(code: str) -> None:
    params = {**PARAMS, **dict.fromkeys(WRITTEN, SECRET)}
    told = SECRET in say_event(code, params, NOW, "public")
    assert told == (code in GROUNDS)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("topic.met", True),  # public, unless its page took the words out
        ("topic.overridden", True),
        ("topic.declined", True),
        ("topic.commented", False),  # a voice stands with its step, not in the story
        ("topic.objected", False),
        ("topic.posted", False),
        ("meeting.cancelled", True),
        ("meeting.item_ended", True),
        ("meeting.reported", True),
        ("meeting.answered", False),  # a unit told the desk who comes
        ("meeting.stated", False),
    ],
)
def test_a_topic_tells_everybody_what_was_said_and_nobody_who_spoke(code: str, told: bool) -> None:
    params = {**PARAMS, **dict.fromkeys(WRITTEN, SECRET)}
    params.pop("clause")
    assert (SECRET in say_event(code, params, NOW, "public")) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("case.contacted", False),
        ("case.not_reached", False),
        ("case.check_passed", False),
        ("order.issued", False),
        ("case.result_submitted", True),
        ("case.answered", True),
        ("case.set_aside", True),
    ],
)
def test_a_resident_reads_what_was_written_to_them(code: str, told: bool) -> None:
    params = {**PARAMS, **dict.fromkeys(WRITTEN, SECRET)}
    assert (SECRET in say_event(code, params, NOW, "resident")) == told


def test_names_are_for_staff_and_the_first_asked_for_the_resident() -> None:
    steps = [
        Step("report.filed_for", PARAMS, "grid_worker", "柳荫社区", Named("小陈"), 2),
        Step("case.signed", PARAMS, person=Named("小孙"), person_id=3),
        Step("report.rated", PARAMS, "resident", "", Named("王桂英"), 1),
    ]

    def who(audience: Any, viewer: int | None = None) -> list[Any]:
        return [
            f"{w['role']} {w['name']}".strip() if isinstance(w, dict) else w
            for w in (line["who"] for line in say_story(steps, NOW, audience, viewer))
        ]

    assert who("staff") == ["柳荫社区 · 网格员 小陈", "区城管局 · 承办单位 小孙", "居民"]
    assert who("resident", 1) == ["柳荫社区 · 网格员 小陈", "区城管局 · 承办单位", "您"]
    assert who("public") == ["柳荫社区 · 网格员", "区城管局 · 承办单位", "居民"]


def test_drafts_for_the_board_are_between_the_offices() -> None:
    steps = [Step("publication.drafted"), Step("publication.signed_off")]
    assert [line["code"] for line in say_story(steps, NOW)] == ["publication.signed_off"]
    assert len(say_story(steps, NOW, "staff")) == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("case.return_asked", "区城管局认为不归它办，申请退回，最迟明天17:00前决定"),
        ("case.ruled", "争议裁定：由区城管局主办，区水务公司协办，最迟明天17:00前办结"),
        ("case.extended", "同意区城管局延期 3 个工作日，最迟明天17:00前办结"),
        ("case.suspended", "区城管局暂时无法继续办理，已中止，至明天17:00"),
        ("case.split", "拆分为 2 部分，由区城管局、区供电公司分别办理，区城管局主办"),
        ("case.took_in", "并入了同类诉求，共 2 位居民反映"),
    ],
)
def test_what_does_not_go_straight_is_told_as_well(code: str, said: str) -> None:
    params = {**PARAMS, "due": ""} if code == "case.split" else PARAMS
    assert say_event(code, params, NOW) == said


def test_a_suspension_says_what_is_waited_for_and_a_quotation_fits_into_its_sentence() -> None:
    params = {**PARAMS, "waits_for": "等检测、鉴定或专业意见", "words": "同意。"}
    assert say_event("case.suspended", params, NOW, "resident") == (
        "区城管局暂时无法继续办理（等检测、鉴定或专业意见），已中止：“同意”，至明天17:00"
    )


def test_cases_put_together_in_one_go_are_one_line() -> None:
    later = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
    steps = [
        Step("case.signed", PARAMS, seq=4),
        *(Step("case.took_in", {"reports": n}, person_id=7, seq=3 + n) for n in range(2, 9)),
        Step("case.took_in", {"reports": 9}, person_id=7, at=later, seq=12),
        Step("case.took_in", {"reports": 10}, person_id=8, at=later),
    ]
    lines = say_story(steps, NOW, "staff")
    assert [line["text"] for line in lines] == [
        "区城管局签收了",
        "并入了 7 件同类诉求，现共 8 位居民反映",
        "并入了同类诉求，共 9 位居民反映",
        "并入了同类诉求，共 10 位居民反映",
    ]
    assert [line["exact"] for line in lines] == [
        line["exact"] for line in say_story([steps[0], steps[7], *steps[8:]], NOW, "staff")
    ]
    assert [line["verified"] for line in lines] == [True, True, True, False]
    newest_first = say_story(reversed(steps), NOW, "staff")
    assert [line["text"] for line in newest_first] == [line["text"] for line in reversed(lines)]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("case.return_asked", False),
        ("case.return_refused", False),
        ("case.return_disputed", False),
        ("case.merged", False),
        ("case.ruled", True),
        ("case.extended", True),
        ("case.interim", True),
        ("report.supplemented", True),
    ],
)
def test_a_resident_reads_no_notes_between_the_offices(code: str, told: bool) -> None:
    params = {**PARAMS, **dict.fromkeys(WRITTEN, SECRET)}
    line = say_story([Step(code, params)], NOW)[0]
    assert (SECRET in line["text"]) == told
    assert line["ground"] == ""


def test_parts_are_named_to_those_concerned_and_not_to_the_public() -> None:
    step = Step("case.split", PARAMS)
    parts = "这是一句话 → 区城管局；路灯 → 区供电公司"
    assert [say_story([step], NOW, to)[0]["ground"] for to in ("staff", "resident", "public")] == [
        parts,
        parts,
        "",
    ]


def test_no_resident_reads_what_another_said() -> None:
    def step(code: str, report: str, **more: Any) -> Step:
        return Step(code, {**PARAMS, "words": SECRET, "report": report, **more}, "resident", "")

    steps = [
        step("report.supplemented", "mine"),
        step("report.supplemented", "theirs"),
        step("report.urged", "theirs"),
        step("report.rated", "theirs", solved=True),
        step("report.rated_redo", "theirs"),
    ]
    told = [line["text"] for line in say_story(steps, NOW, own={"mine"})]
    assert told == [
        "作了补充：“这是一句话”",
        "一同反映的居民还不满意；由区城管局重新办理，最迟明天17:00前办结",
    ]
    assert len(say_story(steps, NOW, "staff")) == 5


def test_who_asks_for_more_time_is_between_the_offices_until_it_is_given() -> None:
    steps = [Step("case.extension_asked", PARAMS), Step("case.extended", PARAMS)]
    assert [line["code"] for line in say_story(steps, NOW)] == ["case.extended"]


@pytest.mark.parametrize("state", list(CaseState))
def test_every_state_has_a_tag_and_a_sentence(state: CaseState) -> None:
    assert set(say_state(state)) == {"word", "mark", "kind"}
    for due in (None, DUE, NOW):
        sentence = say_standing(state, "区城管局", due, NOW)
        assert re.search("[一-鿿]", sentence)
        assert "%" not in sentence


@pytest.mark.parametrize(
    ("state", "due", "said"),
    [
        ("submitted", DUE, "我们已经收到，最迟明天17:00前告诉您由谁来办"),
        ("dispatched", DUE, "已派给区城管局，最迟明天17:00前答复您"),
        ("dispatched", NOW, "已派给区城管局，应在今天09:00前完成，已经超时"),
        ("handling", None, "区城管局正在办理，等明年的工作日历公布后就能算出期限"),
        ("answered", DUE, "已经答复您。办好了吗？请您评一评"),
    ],
)
def test_where_it_stands_in_one_sentence(state: str, due: datetime | None, said: str) -> None:
    assert say_standing(state, "区城管局", due, NOW) == said


def test_every_open_state_but_the_answered_awaits_a_clock() -> None:
    assert {s for s in CaseState if s.is_open} - set(AWAITED) == {CaseState.ANSWERED}
