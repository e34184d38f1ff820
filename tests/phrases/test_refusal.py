"""Every refusal the product can answer has words, and says need and have as people read them."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from yishi.acts.meeting.act import worded
from yishi.core.method.language import Competence, Paper
from yishi.core.place import BodyKind
from yishi.core.refusal import Refusal
from yishi.phrases.refusal import has_words, say_at_field, say_refusal

AT_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Path(__file__).resolve().parents[2] / "src" / "yishi"


def codes() -> Iterator[str]:
    """The code of every `Refusal(…)` in the sources; a name stands for its module's constant."""
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "Refusal":
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.Name) and first.id in constants:
                yield str(constants[first.id])
            elif isinstance(first, ast.JoinedStr):
                yield from _joined(first)


def _joined(code: ast.JoinedStr) -> Iterator[str]:
    """The codes that end with whose a matter is to decide: `f"competence_{theirs}"`."""
    start = code.values[0]
    assert isinstance(start, ast.Constant) and start.value == "competence_"
    yield from (f"competence_{whose}" for whose in Competence)


@pytest.mark.parametrize("code", sorted(set(codes())))
def test_every_refusal_has_words(code: str) -> None:
    assert has_words(code)


@pytest.mark.parametrize(
    ("refusal", "need", "have"),
    [
        (Refusal("proof_missing", 1, 0, "photos"), "1 photos", "0 photos"),
        (Refusal("words_too_long", 9, 12, "characters"), "9 characters", "12 characters"),
        (Refusal("not_now", ("signed", "redo"), "answered", "state"),
         "Signed for, Being done again", "Answered"),
        (Refusal("not_now", ("draft",), "published", "publication"), "Draft", "Public"),
        (Refusal("co_open", 0, ("区水务公司",), "units"), "0 units", "区水务公司"),
        (Refusal("extension_long", 5, 9, "working_day"), "5 working days", "9 working days"),
        (Refusal("until_past", "2026-03-11T01:00:00+00:00", "2026-03-10T16:00:00+00:00", "moment"),
         "11 Mar 2026 09:00", "10 Mar 2026 24:00"),
        (Refusal("too_early", "2026-03-31T16:00:00+00:00", "2026-03-11T01:00:00+00:00", "moment"),
         "31 Mar 2026 24:00", "11 Mar 2026 09:00"),
        (Refusal("notice_short", AT_NINE, AT_NINE - DAY, "moment"),
         "24 Nov 2026 09:00", "23 Nov 2026 09:00"),
        (Refusal("cell_in_future", AT_NINE, "2026-11-24 09:30"),
         "24 Nov 2026 09:00", "2026-11-24 09:30"),
        (Refusal("due_past", date(2026, 3, 11), date(2026, 3, 9)), "2026-3-11", "2026-3-9"),
        (Refusal("duty_not_for_community", "lead", ("柳荫社区居委会", "井盖缺失", "assist")),
         "a community may lead", "柳荫社区居委会, “井盖缺失”: a community may assist only"),
        (Refusal("already_decided", have="accepted"), "", ""),
        (Refusal("not_found", have="case"), "", ""),
        (Refusal("stale"), "", ""),
    ],
)  # fmt: skip
def test_need_and_have_are_readable(refusal: Refusal, need: str, have: str) -> None:
    with override("en"):
        said = say_refusal(refusal)
    assert (said["need"], said["have"]) == (need, have)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("permit", "谁可以做什么的总表"),
        ("norms.md §1 Independence", "谁办理，谁不核查"),
        ("norms.md §1", ""),
        ("个人信息保护法 第十三条", "个人信息保护法 第十三条"),
    ],
)
def test_a_ground_is_named_as_people_know_it(source: str, said: str) -> None:
    assert say_refusal(Refusal("why_missing", source=source))["source"] == said


def test_a_period_reads_as_on_every_other_page() -> None:
    """Its last moment belongs to the day before, as on a clock."""
    ends = Refusal("vote_over", "2026-11-23T16:00:00+00:00", "2026-11-24T00:30:00+00:00", "moment")
    said = say_refusal(ends)
    assert (said["need"], said["have"]) == ("2026年11月23日24:00", "2026年11月24日08:30")
    days = say_refusal(Refusal("period_backwards", date(2026, 3, 11), date(2026, 3, 9), "day"))
    assert (days["need"], days["have"]) == ("2026年3月11日", "2026年3月9日")


def test_an_unknown_code_still_says_that_nothing_was_done() -> None:
    with override("en"):
        assert say_refusal(Refusal("who_knows"))["title"] == "This could not be done"


def test_a_rule_file_is_named_as_rules() -> None:
    words = Refusal("words_too_long", 2000, 2001, "characters", "standard")
    assert say_refusal(words)["source"] == "现行规则（standard）"
    law = Refusal("words_too_long", 2000, 2001, "characters", "城市道路管理条例")
    assert say_refusal(law)["source"] == "城市道路管理条例"


NAMES = {"discuss": "两委商议", "resolve": "居民会议决议", "four": "大事四议"}


@pytest.mark.parametrize(
    ("refusal", "missing", "need", "have", "source"),
    [
        (
            Refusal("step_skipped", "discuss", ("resolve",), "stage", "four"),
            "现在在“两委商议”，这一步要到“居民会议决议”才做。",
            "两委商议",
            "居民会议决议",
            "本社区工作法的“大事四议”",
        ),
        (
            Refusal(
                "quorum_missed", 14, 13, BodyKind.REPRESENTATIVES, "村民委员会组织法第二十六条"
            ),
            "到会不够数，谁赞成都不算通过。",
            "居民代表会议14人",
            "居民代表会议13人",
            "村民委员会组织法第二十六条",
        ),
        (
            Refusal(
                "competence_owners", 3, "使用维修资金", "option", "民法典第二百七十八条第一款第五项"
            ),
            "方案3涉及“使用维修资金”，由业主共同决定（民法典第二百七十八条第一款第五项），"
            "居民的会议不能表决。",
            "",
            "",
            "民法典第二百七十八条第一款第五项",
        ),
        (
            Refusal("attach_missing", (Paper.MINUTES,), (), "paper", "discuss"),
            "材料齐了才能离开这个环节。",
            "会议记录",
            "",
            "本社区工作法的“两委商议”",
        ),
        (
            Refusal("words_missing", 1, 0, "words", "discuss"),
            "说了什么、做了什么，写一句记下来。",
            "",
            "",
            "本社区工作法的“两委商议”",
        ),
    ],
)
def test_a_refusal_of_a_topic_names_the_step_the_body_and_the_rule(
    refusal: Refusal, missing: str, need: str, have: str, source: str
) -> None:
    said = say_refusal(refusal, NAMES)
    assert (said["missing"], said["need"], said["have"], said["source"]) == (
        missing,
        need,
        have,
        source,
    )


def test_what_is_not_of_the_method_keeps_its_own_source_at_a_topic() -> None:
    sources = ("standard", "permit", "ours：两周够看完", "《条例》")
    said = [say_refusal(Refusal("why_missing", source=one), NAMES)["source"] for one in sources]
    assert said == [
        "现行规则（standard）",
        "谁可以做什么的总表",
        "我们自己定的：两周够看完",
        "《条例》",
    ]


def test_where_no_method_is_known_no_code_of_it_is_shown() -> None:
    said = say_refusal(Refusal("step_skipped", "discuss", ("resolve",), "stage", "four"))
    assert (said["need"], said["have"], said["source"]) == ("", "", "本社区采用的工作法")


def test_a_day_somebody_chose_is_set_beside_the_first_or_last_that_may_be() -> None:
    with override("zh-hans"):
        early = say_refusal(Refusal("due_past", date(2026, 11, 24), date(2026, 11, 20)))
        late = say_refusal(Refusal("due_far", date(2031, 11, 29), date(2099, 1, 1)))
        other = say_refusal(Refusal("photos_missing", 1, 0, "photos"))
    assert (early["need_word"], early["have_word"]) == ("最早", "您选的")
    assert (late["need_word"], late["have_word"]) == ("最晚", "您选的")
    assert (other["need_word"], other["have_word"]) == ("需要", "目前")


def test_what_is_too_much_is_said_at_its_field_with_the_limit() -> None:
    with override("zh-hans"):
        said = say_at_field(Refusal("photo_too_large", 20, 25, "MB"))
        other = say_at_field(Refusal("photo_unreadable"))
        wishes = say_refusal(Refusal("proposals_many", 5, 5, "proposal"))
    assert said == "照片太大了：最多 20 MB、目前 25 MB"
    assert other == "文件坏了，或者不是照片。"
    assert wishes["need_word"] == "最多"


def test_an_act_on_a_meeting_out_of_its_time_names_the_states_in_words() -> None:
    said = worded(Refusal("not_now", ("closed", "signed"), "called", "state", "norms.md §1"))
    with override("zh-hans"):
        shown = say_refusal(said)
    assert (shown["need"], shown["have"]) == ("待签发、已签发", "已通知")
