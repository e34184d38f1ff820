"""The smaller kinds of rule file, refused where they are wrong."""

from datetime import time

import pytest

from tests.rules.files import bundle
from yishi.core.calendar import WorkHours
from yishi.core.caserules import Text
from yishi.core.channel import Channel
from yishi.rulebook.kinds import channels_of, office_hours, parse, redaction_of, work_hours
from yishi.rulebook.problem import RuleFileError
from yishi.rulebook.shipped import FOLDER

CHANNELS = """
families = [{ code = "phone", name = { zh = "电话" } }]
[[channels]]
code = "mayor"
name = { zh = "市长热线" }
who = ["dispatcher"]
counts_as = "phone"
"""
HOURS = 'windows = [{ from = "09:00", to = "12:00" }, { from = "14:00", to = "18:00" }]\n'
PATTERNS = """
name_mask = "某"
patterns = [{ code = "x", name = { zh = "甲" }, pattern = '(?P<hide>x)', mask = "*" }]
"""
MESSAGES = (FOLDER / "messages" / "standard.toml").read_text().partition("[quiet]")
MESSAGES_BODY = MESSAGES[1] + MESSAGES[2]


def test_a_place_adds_a_channel() -> None:
    channels = channels_of(bundle("channels", CHANNELS))
    assert channels == (Channel("mayor", Text("市长热线"), ("dispatcher",), "phone"),)


def test_office_hours() -> None:
    windows = ((time(9), time(12)), (time(14), time(18)))
    assert work_hours(bundle("hours", HOURS)) == office_hours() == WorkHours(windows)


@pytest.mark.parametrize(
    ("kind", "body", "was", "becomes", "key"),
    [
        ("channels", CHANNELS, '["dispatcher"]', '["mayor"]', "channels.1.who.1"),
        ("channels", CHANNELS, '["dispatcher"]', "[]", "channels.1.who"),
        ("channels", CHANNELS, 'counts_as = "phone"', 'counts_as = "x"', "channels.1.counts_as"),
        ("hours", HOURS, '"12:00"', '"24:00"', "windows.1.to"),
        ("hours", HOURS, '"12:00"', '"08:00"', "windows.1.to"),
        ("hours", HOURS, '"14:00"', '"11:00"', "windows.2.from"),
        ("redaction", PATTERNS, "(?P<hide>x)", "(x", "patterns.1.pattern"),
        ("redaction", PATTERNS, "(?P<hide>x)", "x", "patterns.1.pattern"),
        ("messages", MESSAGES_BODY, '"08:00"', '"21:00"', "quiet.to"),
        ("messages", MESSAGES_BODY, '"08:00"', '"09:00"', "morning.at"),
        ("messages", MESSAGES_BODY, "number = 2\n", "number = 0\n", "digest.most.number"),
        ("messages", MESSAGES_BODY, "sms = ", "fax = ", "by_default.fax"),
        ("weather", "", "", "", "kind"),
    ],
)
def test_what_is_wrong_is_named(kind: str, body: str, was: str, becomes: str, key: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        parse(bundle(kind, body.replace(was, becomes, 1)))
    assert refused.value.key == key


def test_a_pattern_hides_only_its_group() -> None:
    assert redaction_of(bundle("redaction", PATTERNS)).patterns[0].code == "x"


def test_words_fall_back_to_chinese() -> None:
    assert Text("电话").in_language("en") == "电话"
    assert Text("电话", "Phone").in_language("en-gb") == "Phone"
    assert Text("电话", "Phone").in_language("zh-hans") == "电话"
