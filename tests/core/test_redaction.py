"""What must not be read by the public, in the ways people really write it."""

import pytest

from yishi.core.redaction import Mark, redact
from yishi.rulebook.kinds import redaction_of
from yishi.rulebook.shipped import shipped_bundle

RULES = redaction_of(shipped_bundle("redaction", "standard"))


@pytest.mark.parametrize(
    ("written", "shown", "codes"),
    [
        ("", "", []),
        ("井盖没了，请尽快处理", "井盖没了，请尽快处理", []),
        ("请回电13812345678", "请回电138****5678", ["mobile"]),
        ("138-1234-5678，急", "138****5678，急", ["mobile"]),
        ("138 1234 5678", "138****5678", ["mobile"]),
        ("１３８１２３４５６７８", "１３８****５６７８", ["mobile"]),
        ("一三八一二三四五六七八", "一三八****五六七八", ["mobile"]),
        ("+8613812345678", "+86138****5678", ["mobile"]),
        ("0755-84622000转3", "0755-********转3", ["landline"]),
        ("身份证440301199001011234", "身份证******************", ["id_number"]),
        ("44030119900101123X", "******************", ["id_number"]),
        ("440301900101123", "***************", ["id_number_old"]),
        ("卡号6222020200112233445", "卡号************3445", ["bank_card"]),
        ("卡号6222 0202 0011 2233", "卡号************2233", ["bank_card"]),
        ("粤B12345挡了消防通道", "粤B*****挡了消防通道", ["plate"]),
        ("粤BD12345占了两个车位", "粤B*****占了两个车位", ["plate"]),
        ("发到zhang.san@example.com", "发到***@***", ["email"]),
        ("加微信：lao_wang88", "加微信：*****", ["account"]),
        ("3栋502室漏水", "3栋***室漏水", ["room"]),
        ("３栋５０２室漏水", "３栋***室漏水", ["room"]),
        ("三栋五零二室漏水", "三栋***室漏水", ["room"]),
        ("3栋502户的老人", "3栋***户的老人", ["room"]),
        ("3栋1户1号床", "3栋***户1号床", ["room"]),
        ("3栋一户十一口人", "3栋***户十一口人", ["room"]),
        ("3栋502户一名老人", "3栋***户一名老人", ["room"]),
        ("2单元1203房", "2单元***房", ["room"]),
        ("5号楼1单元502", "5号楼1单元***", ["room_bare"]),
        ("住在502室的邻居", "住在***室的邻居", ["door"]),
        ("地址3-2-502", "地址3-2-***", ["triple"]),
    ],
)
def test_hidden(written: str, shown: str, codes: list[str]) -> None:
    words, marks = redact(written, RULES)
    assert words == shown
    assert [mark.code for mark in marks] == codes


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-03-02 上午停水",
        "一室一厅漏水",
        "3栋2单元门口",
        "3栋120户居民",
        "3栋一户一表改造",
        "3栋1户1表改造",
        "5号楼一户一策",
        "2单元一房一价",
        "修路花了 180000 元",
        "编号 20180702174500",
        "京A线路灯不亮",
        "热线12345没人接",
        "第502路公交车",
    ],
)
def test_left_alone(harmless: str) -> None:
    assert redact(harmless, RULES) == (harmless, ())


def test_names_are_given_and_keep_the_family_name() -> None:
    words, marks = redact(
        "李建国和李建的邻居王 芳", RULES, names=("李建国", "王芳", "李建", "陈", "")
    )
    assert words == "李某和李某的邻居王某"
    assert marks == (Mark("name", 0, 3), Mark("name", 4, 6), Mark("name", 9, 12))


def test_marks_point_into_the_original_words() -> None:
    written = "3栋502室 13812345678"
    marks = redact(written, RULES)[1]
    assert [(mark.code, written[mark.start : mark.end]) for mark in marks] == [
        ("room", "502"),
        ("mobile", "1234"),
    ]


def test_several_in_one_sentence() -> None:
    written = "张伟（13812345678，粤B12345）住3栋502室，报警回执发zw@example.com"
    words = redact(written, RULES, names=("张伟",))[0]
    assert words == "张某（138****5678，粤B*****）住3栋***室，报警回执发***@***"
