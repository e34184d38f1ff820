"""Messages as they are sent: short, warm, the number as people read it, a day that stays true."""

from datetime import UTC, datetime

import pytest

from yishi.phrases.message import say_message

MESSAGES = {
    "case.accepted": "您反映的事（2611-4821-353）已受理立案。",
    "case.dispatched": "您反映的事（2611-4821-353）已派给区城管局，最迟11月25日24:00前答复您。",
    "case.signed": "区城管局接手了您反映的事（2611-4821-353）。",
    "case.answered": (
        "您反映的事（2611-4821-353）有答复了：“井盖装好了。”办得怎么样？请您评一评。"
    ),
    "report.instant": (
        "您反映的事（2611-4821-353）已秒回：“井盖装好了。”要是还没解决，点一下“还没解决”，"
        "马上有人接手。"
    ),
    "report.unsolved": (
        "秒回没有解决您反映的事（2611-4821-353），已转人工办理，时限仍从您提出时算起。"
    ),
    "case.redo": "您对2611-4821-353的办理不满意，已请区城管局重新办理，最迟11月25日24:00前办结。",
    "case.return_accepted": (
        "区城管局提出您反映的事（2611-4821-353）不归它办，"
        "我们正在重新确定承办单位，已用的时间照算。"
    ),
    "case.disputed": (
        "您反映的事（2611-4821-353）由谁来办，有关单位意见不一，已交争议裁定组裁定，定下后告诉您。"
    ),
    "case.ruled": (
        "经争议裁定，您反映的事（2611-4821-353）由区城管局办理，最迟11月25日24:00前答复您。"
    ),
    "case.merged": (
        "您反映的事（2611-4821-353）与同类诉求并在一起办理。编号不变，办好了单独答复您。"
    ),
    "case.extended": ("您反映的事（2611-4821-353）还需要一些时间，最迟11月25日24:00前答复您。"),
    "case.suspended": (
        "您反映的事（2611-4821-353）暂时无法继续办理，区城管局已中止，最迟11月25日24:00恢复。"
    ),
    "case.interim": (
        "区城管局对您反映的事（2611-4821-353）先作了临时处置：“先围起来了。”还在继续办理。"
    ),
}
PARAMS = {
    "number": "26114821353",
    "lead": "区城管局",
    "unit": "区城管局",
    "answer": "井盖装好了。",
    "words": "先围起来了。",
    "until": "2026-11-25T16:00:00+00:00",
}
MIDNIGHT_AFTER_25TH = "2026-11-25T16:00:00+00:00"


@pytest.mark.parametrize(("template", "said"), MESSAGES.items(), ids=list(MESSAGES))
def test_a_message_in_words(template: str, said: str) -> None:
    due = {"due": MIDNIGHT_AFTER_25TH} if "11月" in said else {}
    assert say_message(template, PARAMS | due) == said


def test_without_a_calendar_the_date_follows() -> None:
    said = say_message("case.dispatched", PARAMS | {"due": ""})
    assert said == "您反映的事（2611-4821-353）已派给区城管局，答复时间定下后告诉您。"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("topic.raised", "有议题等您审核：“四部电梯怎么修”（2611-4821-353）。"),
        (
            "topic.taken_up",
            "您提出的议题“四部电梯怎么修”（2611-4821-353）已列入议事，第一个环节已经开始，"
            "每一步您都能看到。",
        ),
        ("topic.entered", "议题“四部电梯怎么修”（2611-4821-353）进入“两委商议”。"),
        ("topic.ended", "您提出的议题“四部电梯怎么修”（2611-4821-353）有结果了：“先围起来了。”"),
        (
            "topic.voice_answered",
            "您对议题“四部电梯怎么修”（2611-4821-353）提的意见有答复了：“井盖装好了。”",
        ),
    ],
)
def test_a_message_about_a_topic(template: str, said: str) -> None:
    params = {**PARAMS, "title": "四部电梯怎么修", "stage": "两委商议"}
    assert say_message(template, params) == said


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "meeting.called",
            "请参加“四月恳谈日”：2026年4月10日09:00，居民议事厅。来不来请回个话。",
        ),
        (
            "meeting.listed",
            "“四月恳谈日”把“楼道照明”列入限期整改清单，请在11月25日24:00前办好。",
        ),
        ("meeting.to_sign", "“四月恳谈日”的会议记录等您签发。"),
    ],
)
def test_a_message_about_a_meeting(template: str, said: str) -> None:
    at = datetime(2026, 4, 10, 1, tzinfo=UTC).isoformat()
    params = {
        **PARAMS,
        "title": "四月恳谈日",
        "at": at,
        "due": MIDNIGHT_AFTER_25TH,
        "where": "居民议事厅",
        "item": "楼道照明",
    }
    assert say_message(template, params) == said
