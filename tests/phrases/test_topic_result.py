"""The proposed text of what came of a topic: decided how, tried how often, why it stopped."""

from datetime import UTC, datetime
from typing import Any

from yishi.phrases.topic_result import propose_result

OPTIONS = {"a": (1, "物业公司维修"), "b": (2, "请产权单位检修")}


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 2, tzinfo=UTC)


def visit(kind: str, name: str, at: int, edge: str, **more: Any) -> dict[str, Any]:
    kept = {"facts": {"stage": kind}, "words": "", "is_public": True, **more}
    return {"kind": kind, "name": {"zh": name}, "left_at": day(at), "edge": edge, **kept}


def tried(no: int, at: int, state: str, words: str, *, public: bool = True) -> dict[str, Any]:
    of = {"option": no, "title": OPTIONS["ab"[no - 1]][1], "unit": "区水务公司"}
    return {"no": no, "state": state, "words": words, "ended_at": day(at), "public": public, **of}


VOTE = {
    "seats": 21,
    "need": 10,
    "option": 1,
    "present": {"representatives": 18},
    "votes": {"a": [11, 5, 2], "b": [8, 8, 2]},
}


def test_what_stopped_says_every_try_and_where_it_stopped() -> None:
    passages = [
        visit("confer", "两委商议", 2, "pass"),
        visit("vote", "居民代表会议决议", 3, "pass", facts=VOTE),
        visit("carry_out", "组织实施", 9, "fail", words="产权单位不同意。"),
    ]
    tries = [tried(1, 5, "failed", "缺资料"), tried(2, 9, "failed", "产权单位不同意。")]
    text = propose_result(passages, tries, OPTIONS, "没有办成，原因已公布", carried=False)
    assert text.splitlines() == [
        "2026年3月3日，居民代表会议决议：应到21人，到会18人，要10人赞成，方案1通过；"
        "方案1“物业公司维修”11人赞成；方案2“请产权单位检修”8人赞成。",
        "2026年3月5日，第1次实施，区水务公司承办，方案1“物业公司维修”没有办成：缺资料。",
        "2026年3月9日，第2次实施，区水务公司承办，方案2“请产权单位检修”没有办成：产权单位不同意。",
        "停在“组织实施”：办不成。产权单位不同意。",
        "结果：没有办成，原因已公布。",
    ]


def test_what_was_said_among_those_who_took_part_is_not_proposed() -> None:
    passages = [visit("meet", "坐下来谈", 2, "fail", words="甲家不让步", is_public=False)]
    tries = [tried(1, 5, "failed", "甲家不开门", public=False)]
    text = propose_result(passages, tries, OPTIONS, "没有谈成，理由已公布", carried=False)
    assert "甲家" not in text
    assert text.startswith("2026年3月2日，坐下来谈：")


def test_nothing_left_is_only_the_end() -> None:
    assert (
        propose_result([], [], {}, "办成，结果已公布", carried=True) == "结果：办成，结果已公布。"
    )
