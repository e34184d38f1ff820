"""What an answer may lack: read off literal sentences."""

import pytest

from yishi.assist.reply import NoticeCode as N
from yishi.assist.reply import is_empty, look, touches

ASKED = "小区门口的路灯三盏不亮，晚上黑灯瞎火，请尽快修"


def codes(reply: str, asked: str = ASKED, *, dated: bool = True) -> list[N]:
    return [notice.code for notice in look(asked, reply, dated=dated)]


@pytest.mark.parametrize(
    "reply",
    [
        "已收悉",
        "您好！您的留言已收悉，感谢您的支持。",
        "您反映的问题已转交相关部门处理，请耐心等待。",
        "关于您反映的问题，已转区城管局调查处理。2026年3月5日",
        "我们高度重视，将尽快处理，给您带来不便敬请谅解！",
        "网友：您好！您反映的问题已转社区核实、办理。",
        "谢谢。",
        "",
    ],
)
def test_an_empty_acknowledgement_is_said_to_be_that_alone(reply: str) -> None:
    assert is_empty(reply)
    assert codes(reply) == [N.EMPTY]


@pytest.mark.parametrize(
    "reply",
    [
        "已换好",
        "感谢您的反映，路灯已修好。",
        "请到社区一楼窗口办理。",
        "不属于本单位职责，已告知燃气公司上门检查。",
    ],
)
def test_what_says_anything_of_the_matter_is_not_empty(reply: str) -> None:
    assert not is_empty(reply)


@pytest.mark.parametrize(
    "when",
    [
        "3月5日", "三月五日", "2026年3月", "5日前", "三个工作日内", "48小时内", "下周三",
        "今天下午",
        "本月底", "3月中旬", "年底前", "上半年", "2026-03-05", "4月份",
    ],
)  # fmt: skip
def test_a_time_is_named(when: str) -> None:
    assert N.NO_DATE not in codes(f"小区门口的三盏路灯{when}修复")


@pytest.mark.parametrize("reply", ["路灯已修复。", "路灯将尽快更换，请放心。2026年3月5日"])
def test_no_time_is_named_and_the_letters_own_date_is_none(reply: str) -> None:
    assert N.NO_DATE in codes(reply)
    assert N.NO_DATE not in codes(reply, dated=False)


@pytest.mark.parametrize(
    "deed",
    ["更换了灯泡", "派人到现场检修", "责令物业整改", "将于4月施工", "可到社区登记", "已清走"],
)
def test_a_deed_is_named(deed: str) -> None:
    assert N.NO_MEASURE not in codes(f"门口的路灯，3月5日{deed}")


@pytest.mark.parametrize(
    "reply", ["楼道堆物，已当场处理", "和住户一起搬走了", "已抽干", "换了灯泡", "已劝住户清走"]
)
def test_what_is_settled_on_the_spot_is_said_in_few_words(reply: str) -> None:
    assert codes(reply, "巡查发现楼道堆物", dated=False) == []


def test_another_language_is_not_read() -> None:
    assert codes("Stacked goods: dealt with on the spot") == []


def test_no_deed_is_named() -> None:
    assert codes("3月5日起门口的路灯是个老问题，情况比较复杂") == [N.NO_MEASURE]


def test_words_of_another_matter_are_beside_it() -> None:
    other = "经查，3月5日执法队员已对烧烤摊油烟直排一事责令停业整改，并安装净化器。"
    assert codes(other) == [N.BESIDE]
    assert codes("3月5日已派人把门口三盏不亮的路灯全部换成新灯泡，晚上可以放心走了。") == []


def test_a_short_answer_is_not_held_to_the_words_of_the_question() -> None:
    assert codes("3月5日已清走", "楼道堆了纸箱") == []
    assert codes("3月5日已派执法队员到现场责令停业整改并安装净化器，今后加强巡查。", "") == []


def test_how_far_words_touch() -> None:
    right, wrong = touches([ASKED, ASKED], ["门口三盏不亮的路灯已修", "烧烤摊的净化器已装"])
    assert right > wrong
    assert wrong == 0
