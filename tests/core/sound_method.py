"""A small sound method that the tests of methods start from, and one small change at a time."""

from dataclasses import replace
from typing import Any

from yishi.core.method.language import Edge, Method, Stage
from yishi.rulebook.kinds import method_of
from yishi.rulebook.load import Bundle, read_bundle

SOUND = """
kind = "methods"
id = "small"
version = "1"
valid_from = 2026-01-01
source = "ours"
layer = "community"
name = { zh = "小议", en = "Small" }
about = { zh = "大事大议，小事小议。", en = "Large matters at length, small ones briefly." }
catalogue = [
  { code = "works", name = { zh = "基础设施建设" }, calls = ["property_firm"] },
  { code = "culture", name = { zh = "文化服务" } },
]
sizes = [
  { code = "large", name = { zh = "大事" }, means = { zh = "关系多数居民" }, procedure = "major" },
  { code = "little", name = { zh = "小事" }, means = { zh = "关系几户居民" }, procedure = "minor" },
  { code = "private", name = { zh = "私事" }, means = { zh = "一家的事" }, procedure = "" },
]

[[rhythm]]
code = "quarter"
name = { zh = "居民代表会议" }
body = "representatives"
every = "quarter"
day = 10
collects = true
source = "ours"

[[procedures]]
id = "major"
name = { zh = "大议" }
ends = [
  { id = "done", name = { zh = "已办成" }, carried_out = true },
  { id = "dropped", name = { zh = "不办了" }, carried_out = false },
]

[[procedures.stages]]
id = "collect"
kind = "collect"
name = { zh = "征集" }
lead = "residents_committee"
least = { number = 10, source = "ours" }
limit = { length = 30, kind = "day", source = "ours" }
pass = "screen"

[[procedures.stages]]
id = "screen"
kind = "screen"
name = { zh = "初审" }
lead = "party_committee"
grounds = [{ code = "not_ours", name = { zh = "不属于居民自治事务" } }]
limit = { length = 5, kind = "working_day", source = "ours" }
pass = "confer"
fail = "tell_dropped"

[[procedures.stages]]
id = "confer"
kind = "confer"
name = { zh = "两委商议" }
lead = "party_committee"
carry = "residents_committee"
decides = ["party_committee", "residents_committee"]
limit = { length = 10, kind = "working_day", source = "ours" }
pass = "comment"
fail = "tell_dropped"

[[procedures.stages]]
id = "comment"
kind = "comment"
name = { zh = "征求意见" }
lead = "residents_committee"
parties = ["property_firm"]
period = { length = 7, kind = "day", source = "ours" }
limit = { length = 15, kind = "day", source = "ours" }
pass = "resolve"

[[procedures.stages]]
id = "resolve"
kind = "vote"
name = { zh = "代表会议表决" }
lead = "residents_committee"
decides = ["representatives"]
observers = ["advisers"]
quorum = { share = "2/3", of = "seats", more_than = false, source = "ours" }
threshold = { share = "1/2", of = "present", more_than = true, source = "ours" }
tie = "fails"
limit = { length = 30, kind = "day", source = "ours" }
times = { number = 4, source = "ours" }
pass = "announce"
fail = "tell_dropped"
exhausted = "tell_dropped"

[[procedures.stages]]
id = "announce"
kind = "notice"
name = { zh = "公示" }
lead = "residents_committee"
period = { length = 5, kind = "day", source = "ours" }
limit = { length = 10, kind = "day", source = "ours" }
pass = "work"
objection = "resolve"

[[procedures.stages]]
id = "work"
kind = "carry_out"
name = { zh = "实施" }
lead = "residents_committee"
fallback = "body"
limit = { length = 60, kind = "working_day", source = "ours" }
times = { number = 6, source = "ours" }
pass = "accept"
fail = "resolve"
exhausted = "tell_dropped"

[[procedures.stages]]
id = "accept"
kind = "accept"
name = { zh = "验收" }
lead = "supervisory_committee"
least = { number = 2, source = "ours" }
limit = { length = 10, kind = "working_day", source = "ours" }
pass = "tell_done"
fail = "work"

[[procedures.stages]]
id = "tell_done"
kind = "publish"
name = { zh = "公布结果" }
lead = "residents_committee"
limit = { length = 3, kind = "day", source = "ours" }
pass = "done"

[[procedures.stages]]
id = "tell_dropped"
kind = "publish"
name = { zh = "公布不办的理由" }
lead = "residents_committee"
limit = { length = 3, kind = "day", source = "ours" }
pass = "dropped"

[[procedures]]
id = "minor"
name = { zh = "小议" }
ends = [{ id = "settled", name = { zh = "议定了" }, carried_out = false }]

[[procedures.stages]]
id = "talk"
kind = "meet"
name = { zh = "坐下来谈" }
lead = "residents_committee"
must_come = ["property_firm"]
unlimited = { zh = "谈到双方都说好为止" }
pass = "tell"
fail = "tell"

[[procedures.stages]]
id = "tell"
kind = "publish"
name = { zh = "公布" }
lead = "residents_committee"
limit = { length = 3, kind = "day", source = "ours" }
pass = "settled"
"""


def sound_bundle(toml: str = SOUND) -> Bundle:
    """The method as a file, or what a test made of it."""
    return read_bundle("methods", {"small.toml": toml.encode()})


def sound(toml: str = SOUND) -> Method:
    """The method, or what a test made of its file."""
    return method_of(sound_bundle(toml))


def with_stage(method: Method, stage: str, **changes: Any) -> Method:
    """The method with some fields of one stage changed. `to` keeps the edges it does not name;
    an edge that is to lead to None is taken away."""
    return with_stages(method, lambda one: _changed(one, changes) if one.id == stage else one)


def with_stages(method: Method, change: Any) -> Method:
    """The method with every stage passed through `change`."""
    return replace(
        method,
        procedures=tuple(
            replace(procedure, stages=tuple(change(stage) for stage in procedure.stages))
            for procedure in method.procedures
        ),
    )


def _changed(stage: Stage, changes: dict[str, Any]) -> Stage:
    given = dict(changes)
    if "to" in given:
        to = {**stage.to, **{Edge(edge): target for edge, target in given["to"].items()}}
        given["to"] = {edge: target for edge, target in to.items() if target is not None}
    return replace(stage, **given)
